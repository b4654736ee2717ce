import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProjector } from '#ingest/run/localProjector.ts';
import { openProjector } from '#ingest/run/openProjector.ts';
import type { Projection, Projector } from '#ingest/run/projector.ts';
import { openProjectorThread } from '#ingest/run/projectorThread.ts';
import { keys } from '#ingest/state/state.ts';
import { type Blocks, blocksOf } from '#ingest/store/insert.ts';
import type { Rows } from '#ingest/tables/tables.ts';
import { TABLE_NAMES } from '#ingest/tables/tables.ts';
import { adopted, amended, recorded, recordsOf, registered } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';

let folder: string;
let open: Projector<Blocks>[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-projector-'));
});
afterEach(async () => {
  for (const projector of open) await projector.close();
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

function opened(projector: Projector<Blocks>): Projector<Blocks> {
  open.push(projector);
  return projector;
}

const EVENTS = [
  adopted(2026),
  ...['u-1', 'u-2', 'u-3', 'u-4'].flatMap((unit) => [
    registered(unit),
    recorded(unit, 'a', { title: '讲座', occurredOn: '2026-06-15' }),
    amended(unit, 'a', { title: '讲座（更正）', occurredOn: '2026-06-14' }),
    amended(unit, 'nothing'),
  ]),
];
const RECORDS = recordsOf(EVENTS);
const END = { offsets: [EVENTS.length], written: [EVENTS.length], quarantined: 4 };

/** All records, projected from the start and committed. */
async function projectAll(projector: Projector<Blocks> | Projector<Rows>): Promise<Projection<unknown>> {
  const projection = await projector.begin();
  const batch = projection.open();
  await batch.add({ records: RECORDS });
  await (await batch.finish()).commit(END);
  return projection;
}

/** The bytes of all pieces, by table. */
const bytesOf = (pieces: readonly Blocks[]): string[] =>
  TABLE_NAMES.flatMap((table) =>
    pieces.flatMap((piece) =>
      piece[table] ? [`${table} ${Buffer.from(piece[table]).toString('hex')}`] : [],
    ),
  );

describe('a projector in a thread', () => {
  test('makes the same bytes as one in this thread, group after group', async () => {
    const thread = opened(openProjectorThread({ folder, stream: 'test' }));
    const here = createProjector<Blocks>(memoryState(), blocksOf);
    const begun = await Promise.all([thread, here].map((projector) => projector.begin()));
    for (const { from } of begun) expect(from).toBeUndefined();
    for (const [from, to] of [
      [0, 3],
      [3, RECORDS.length],
    ]) {
      const records = RECORDS.slice(from, to);
      const [theirs, ours] = await Promise.all(
        begun.map(async (projection) => {
          const batch = projection.open();
          await batch.add({ records });
          return batch.finish();
        }),
      );
      expect(bytesOf(theirs?.rows ?? [])).toEqual(bytesOf(ours?.rows ?? []));
      expect(theirs?.touched).toEqual(ours?.touched);
      expect(theirs?.quarantined).toBe(ours?.quarantined);
    }
  });

  test('keeps what it has committed, and tells how far that is when it is opened again', async () => {
    const first = opened(openProjectorThread({ folder, stream: 'test' }));
    await projectAll(first);
    await first.close();
    const second = opened(openProjectorThread({ folder, stream: 'test' }));
    expect((await second.begin()).from).toEqual(END);
  });

  test('that dies rejects what it is asked until it begins anew, on what is committed', async () => {
    const thread = opened(openProjectorThread({ folder, stream: 'test' }, { mostMemoryMb: 64 }));
    const projection = await projectAll(thread);
    const endless = recorded('u-5', 'a', { note: '长'.repeat(1_000) });
    // More than fits once it is parsed. A message that alone is larger than the memory would end the process: V8 reads one at a time.
    const batch = projection.open();
    const much = async (): Promise<void> => {
      for (let from = EVENTS.length; from < 200_000; from += 20_000) {
        const some = Array.from({ length: 20_000 }, (_, n) => ({ ...endless, id: `e-${from + n}` }));
        await batch.add({ records: recordsOf(some, from) });
      }
    };
    await expect(much()).rejects.toThrow('The thread that projects ended');
    await expect(batch.finish()).rejects.toThrow('The thread that projects ended');
    // A door may look up what is committed meanwhile, which starts another thread; the batch may not go on in it.
    const view = await thread.load(() => [{ table: 'units', key: 'u-2' }]);
    expect(view.get('units', 'u-2')?.unit).toBe('u-2');
    await expect(batch.finish()).rejects.toThrow('The thread that projects ended');
    const anew = await thread.begin();
    expect(anew.from).toEqual(END);
    const next = anew.open();
    await next.add({ records: recordsOf([amended('u-1', 'a')], EVENTS.length) });
    expect((await next.finish()).quarantined).toBe(0);
  });
});

test('a thread that is closed is not started again', async () => {
  const thread = openProjectorThread({ folder, stream: 'test' });
  await thread.begin();
  await thread.close();
  await expect(thread.begin()).rejects.toThrow('The thread that projects ended');
  await expect(thread.load(() => [])).rejects.toThrow('The thread that projects ended');
});

test('what stands is told only once a clearing that was begun is over', async () => {
  const state = memoryState();
  const [begins, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow: typeof state = {
    ...state,
    clear: () => {
      begins.resolve();
      return released.promise.then(state.clear);
    },
  };
  const projector = createProjector<Rows>(slow, (rows) => rows);
  await projectAll(projector);
  const cleared = projector.clear();
  await begins.promise;
  const begun = projector.begin();
  released.resolve();
  await cleared;
  expect((await begun).from).toBeUndefined();
});

describe('the projector of a server', () => {
  const wanted = () => [
    { table: 'plans', key: keys.plan(2026) } as const,
    ...['u-1', 'u-2', 'u-3', 'u-4', 'nobody'].flatMap((unit) => [
      { table: 'units', key: unit } as const,
      { table: 'activities', key: keys.activity(unit, 'a') } as const,
      { table: 'clocks', key: unit } as const,
    ]),
  ];

  test('answers a door as the state of one projector does, whatever shard a unit is in', async () => {
    const [state, server] = [memoryState(), opened(openProjector({ folder, stream: 'test' }))];
    const here = createProjector<Rows>(state, (rows) => rows);
    for (const projector of [server, here]) {
      await projectAll(projector);
    }
    const view = await server.load(wanted);
    for (const { table, key } of wanted()) expect(view.get(table, key)).toEqual(state.view.get(table, key));
    expect(view.get('units', 'u-3')?.unit).toBe('u-3');
    expect(view.get('activities', keys.activity('u-4', 'a'))?.title).toBe('讲座（更正）');
  });

  test('starts over when it is emptied', async () => {
    const server = opened(openProjector({ folder, stream: 'test' }));
    await projectAll(server);
    expect((await server.begin()).from).toEqual(END);
    await server.clear();
    expect((await server.begin()).from).toBeUndefined();
    expect((await server.load(wanted)).get('units', 'u-1')).toBeUndefined();
  });
});
