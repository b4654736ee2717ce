import { afterEach, describe, expect, test } from 'vitest';
import type { Advance } from '#ingest/run/advances.ts';
import { type Ingest, type IngestOptions, startIngest } from '#ingest/run/ingest.ts';
import { createProjector } from '#ingest/run/localProjector.ts';
import type { Projector } from '#ingest/run/projector.ts';
import { inShards, shardOf } from '#ingest/run/shards.ts';
import type { StateStore } from '#ingest/state/state.ts';
import type { Rows } from '#ingest/tables/tables.ts';
import { amended, recorded, registered } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { finalTables, memoryStore } from '#test/support/memoryStore.ts';
import { memoryStream } from '#test/support/memoryStream.ts';

const running: Ingest[] = [];
afterEach(() => Promise.all(running.splice(0).map((ingest) => ingest.stop())));

const recordedtime = '2026-06-15T04:00:00.000Z';
const EVENTS = [
  registered('u-1', {}, { recordedtime }),
  ...Array.from({ length: 20 }, (_, index) => recorded('u-1', `a-${index}`, {}, { recordedtime })),
  ...Array.from({ length: 20 }, (_, index) => amended('u-1', `a-${index}`, {}, { recordedtime })),
];

const projectorOn = (state: StateStore): Projector<Rows> => createProjector(state, (rows) => rows);

function setting() {
  const [stream, state, store] = [memoryStream(), memoryState(), memoryStore()];
  const start = async (more: Partial<IngestOptions<Rows>> = {}): Promise<Ingest> => {
    const ingest = await startIngest({
      stream,
      projector: projectorOn(state),
      store,
      minIntervalMs: 0,
      ...more,
    });
    running.push(ingest);
    return ingest;
  };
  const write = (events: readonly object[]) => stream.append(events as never);
  return { stream, state, store, start, write };
}

/** Polls until it holds. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the loop', () => {
  test.each([1, 3, 5_000])(
    'makes the same tables in batches of %i, and tells whose answers may differ',
    async (maxBatch) => {
      const { store, start, write } = setting();
      const ingest = await start({ maxBatch, maxWriteBatch: 2 * maxBatch });
      const advances: Advance[] = [];
      ingest.subscribe((advance) => advances.push(advance));
      await write(EVENTS);
      expect(await ingest.caughtUp()).toBe(true);
      expect(ingest.offsets()).toEqual([EVENTS.length]);
      expect(store.final('activity_versions').filter(({ closedBy }) => closedBy === 0)).toHaveLength(20);
      expect(store.final('ledger').every(({ verdict }) => verdict === 'applied')).toBe(true);
      expect(advances.at(-1)).toMatchObject({
        offsets: [EVENTS.length],
        touched: { all: new Set(['u-1']) },
        reset: false,
      });
    },
  );

  test('waits for a position, no longer than it is told, nor when the waiting is called off', async () => {
    const { start, write } = setting();
    const ingest = await start();
    expect(await ingest.reached([0], 0)).toBe(true);
    expect(await ingest.reached([1], 20)).toBe(false);
    const controller = new AbortController();
    const called = ingest.reached([2], 60_000, controller.signal);
    controller.abort();
    expect(await called).toBe(false);
    const waiting = ingest.reached([1], 10_000);
    await write(EVENTS.slice(0, 1));
    expect(await waiting).toBe(true);
  });

  test('tries again what the store refuses, says so meanwhile, and skips nothing', async () => {
    const { store, start, write } = setting();
    let broken = true;
    const ingest = await start({
      maxBatch: 7,
      store: {
        ...store,
        insert: (rows) => (broken ? Promise.reject(new Error('disk full')) : store.insert(rows)),
      },
    });
    await write(EVENTS);
    await until(() => ingest.trouble() !== undefined);
    expect(ingest.trouble()).toBe('The store takes no rows: disk full');
    expect(ingest.offsets()).toEqual([0]);
    broken = false;
    await ingest.caughtUp();
    expect(ingest.trouble()).toBeUndefined();
    expect(store.final('ledger')).toHaveLength(EVENTS.length);
  });

  test('reads on after the stream has failed', async () => {
    const { stream, store, start, write } = setting();
    let failures = 2;
    const ingest = await start({
      maxBatch: 5,
      stream: {
        ...stream,
        async *read(from, options) {
          for await (const batch of stream.read(from, options)) {
            yield batch;
            if (failures-- > 0) throw new Error('connection lost');
          }
        },
      },
    });
    await write(EVENTS);
    await ingest.caughtUp();
    expect(store.final('ledger')).toHaveLength(EVENTS.length);
    expect(store.final('ledger').every(({ verdict }) => verdict === 'applied')).toBe(true);
  });
});

describe('a commit that fails', () => {
  test('is told, and what was not committed is projected again to the same rows', async () => {
    const { state, store, start, write } = setting();
    let failures = 2;
    const torn: StateStore = {
      ...state,
      commit: (checkpoint) =>
        failures-- > 0 ? Promise.reject(new Error('disk full')) : state.commit(checkpoint),
    };
    const ingest = await start({ projector: projectorOn(torn), maxBatch: 5, maxWriteBatch: 10 });
    await write(EVENTS);
    await until(() => ingest.trouble() !== undefined);
    expect(ingest.trouble()).toBe('The stream cannot be projected: disk full');
    await ingest.caughtUp();
    expect(ingest.trouble()).toBeUndefined();
    expect(store.final('ledger').map(({ verdict }) => verdict)).toEqual(EVENTS.map(() => 'applied'));
  });

  test('of one shard of two: whose answers may differ is told of both', async () => {
    const { store, start, write } = setting();
    let failures = 1;
    const [one, two] = [memoryState(), memoryState()];
    const torn: StateStore = {
      ...two,
      commit: (checkpoint) =>
        failures-- > 0 ? Promise.reject(new Error('disk full')) : two.commit(checkpoint),
    };
    const ingest = await start({ projector: inShards([projectorOn(one), projectorOn(torn)]) });
    const advances: Advance[] = [];
    ingest.subscribe((advance) => advances.push(advance));
    const units = ['u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6'];
    expect(new Set(units.map((unit) => shardOf(unit, 2)))).toEqual(new Set([0, 1]));
    await write(units.map((unit) => registered(unit, {}, { recordedtime })));
    await ingest.caughtUp();
    expect(new Set(advances.flatMap(({ touched }) => [...touched.all]))).toEqual(new Set(units));
    expect(store.final('ledger').map(({ verdict }) => verdict)).toEqual(units.map(() => 'applied'));
  });

  test('in its answer alone, after it has happened, is told as well', async () => {
    const { state, store, start, write } = setting();
    let failures = 1;
    const deaf: StateStore = {
      ...state,
      commit: async (checkpoint) => {
        await state.commit(checkpoint);
        if (failures-- > 0) throw new Error('nobody answers');
      },
    };
    const ingest = await start({ projector: projectorOn(deaf) });
    const advances: Advance[] = [];
    ingest.subscribe((advance) => advances.push(advance));
    await write(EVENTS);
    expect(await ingest.reached([EVENTS.length], 10_000)).toBe(true);
    expect(advances.at(-1)?.touched.all).toEqual(new Set(['u-1']));
    expect(store.final('ledger').every(({ verdict }) => verdict === 'applied')).toBe(true);
  });

  test('after the last record of the stream is noticed, too', async () => {
    const { state, start, write } = setting();
    let failures = 1;
    const torn: StateStore = {
      ...state,
      commit: (checkpoint) =>
        failures-- > 0 ? Promise.reject(new Error('disk full')) : state.commit(checkpoint),
    };
    const ingest = await start({ projector: projectorOn(torn) });
    await write(EVENTS);
    expect(await ingest.reached([EVENTS.length], 10_000)).toBe(true);
    expect(ingest.trouble()).toBeUndefined();
  });
});

describe('restart', () => {
  test('goes on where it stopped', async () => {
    const { store, start, write } = setting();
    const first = await start();
    await write(EVENTS.slice(0, 25));
    await first.caughtUp();
    await first.stop();
    await write(EVENTS.slice(25));
    const second = await start();
    expect(second.offsets()).toEqual([25]);
    await second.caughtUp();
    expect(store.final('ledger').map(({ verdict }) => verdict)).toEqual(EVENTS.map(() => 'applied'));
  });

  test('after a crash between insert and commit writes the same rows again', async () => {
    const { state, store, start, write } = setting();
    const dying = { ...state, commit: () => Promise.reject(new Error('killed')) };
    const first = await start({ projector: projectorOn(dying) });
    await write(EVENTS);
    await until(() => first.trouble() !== undefined);
    await first.stop();
    const before = structuredClone(finalTables(store));
    const second = await start();
    expect(second.offsets()).toEqual([0]);
    await second.caughtUp();
    expect(finalTables(store)).toEqual(before);
    expect(store.final('ledger').every(({ verdict }) => verdict === 'applied')).toBe(true);
  });

  test('with a store that has lost what the state has seen starts over', async () => {
    const { state, start, write } = setting();
    const first = await start();
    await write(EVENTS);
    await first.caughtUp();
    await first.stop();
    const emptied = memoryStore();
    const second = await startIngest({
      stream: memoryStreamOf(EVENTS),
      projector: projectorOn(state),
      store: emptied,
      minIntervalMs: 0,
    });
    running.push(second);
    await second.caughtUp();
    expect(emptied.final('ledger')).toHaveLength(EVENTS.length);
  });
});

function memoryStreamOf(events: readonly object[]) {
  const stream = memoryStream();
  void stream.append(events as never);
  return stream;
}

test('a rebuild empties the store, tells its progress, and ends in the same tables', async () => {
  const { store, start, write } = setting();
  const ingest = await start({ maxBatch: 5, maxWriteBatch: 10 });
  const broken = { ...EVENTS[0], type: 'nothing' };
  await write([...EVENTS, broken]);
  await ingest.caughtUp();
  const before = structuredClone(finalTables(store));
  const progress: number[] = [];
  const resets: boolean[] = [];
  ingest.subscribe(({ reset }) => resets.push(reset));
  expect(await ingest.rebuild((done, of) => progress.push(done / of))).toEqual({ events: EVENTS.length + 1 });
  expect(resets[0]).toBe(true);
  expect(progress.at(-1)).toBe(1);
  expect(progress.length).toBeGreaterThan(3);
  expect(finalTables(store)).toEqual(before);
  expect(ingest.quarantined()).toBe(1);
});

describe('rebuilds', () => {
  test('that are asked for at once come one after another', async () => {
    const { store, start, write } = setting();
    const ingest = await start({ maxBatch: 5, maxWriteBatch: 10 });
    await write(EVENTS);
    await ingest.caughtUp();
    const before = structuredClone(finalTables(store));
    const rebuilt = await Promise.all([ingest.rebuild(), ingest.rebuild(), ingest.rebuild()]);
    expect(rebuilt).toEqual(Array.from({ length: 3 }, () => ({ events: EVENTS.length })));
    expect(finalTables(store)).toEqual(before);
  });

  test('that cannot empty the store say so, and reading goes on', async () => {
    const { store, start, write } = setting();
    let broken = true;
    const clear = () => (broken ? Promise.reject(new Error('disk full')) : store.clear());
    const ingest = await start({ store: { ...store, clear } }).catch(() => undefined);
    expect(ingest).toBeUndefined();
    broken = false;
    const running = await start({ store: { ...store, clear } });
    await write(EVENTS);
    await running.caughtUp();
    broken = true;
    await expect(running.rebuild()).rejects.toThrow('disk full');
    expect(await running.reached([EVENTS.length], 10_000)).toBe(true);
    expect(store.final('ledger').every(({ verdict }) => verdict === 'applied')).toBe(true);
  });

  test('that are under way when the projection is stopped end with an error, and nothing runs on', async () => {
    const { start, write } = setting();
    const ingest = await start({ maxBatch: 1, maxWriteBatch: 1 });
    await write(EVENTS);
    await ingest.caughtUp();
    const rebuilt = expect(ingest.rebuild()).rejects.toThrow('The projection was stopped.');
    await ingest.stop();
    await rebuilt;
    await expect(ingest.rebuild()).rejects.toThrow('The projection was stopped.');
  });
});
