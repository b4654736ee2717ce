import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project } from '#ingest/project/project.ts';
import { createProjector } from '#ingest/run/localProjector.ts';
import type { Projector } from '#ingest/run/projector.ts';
import { inShards } from '#ingest/run/shards.ts';
import { openWriteBatch } from '#ingest/run/writeBatch.ts';
import { emptyTables, type StateStore, type StateTable } from '#ingest/state/state.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import type { Rows } from '#ingest/tables/tables.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { replay } from '#test/reference/history.ts';
import type { StoredEvent } from '#test/reference/types.ts';
import { recordsOf } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { finalTables, type MemoryStore, memoryStore } from '#test/support/memoryStore.ts';

const recordsOfHistory = (seed: number): StreamRecord[] =>
  recordsOf(randomHistory(seed).stream.map(({ event }) => event));

/** How a group of batches ends: all is kept, or the process dies on the way there. */
type Step = { size: number; dies: 'no' | 'before insert' | 'before commits' | 'between commits' };
type States = ReturnType<typeof memoryState>[];

/** The states' rows together. What shards know of the zone is the same in all of them. */
function contentsOf(states: States): Record<string, unknown> {
  const tables = emptyTables();
  for (const state of states)
    for (const [name, rows] of Object.entries(state.contents()))
      for (const [key, row] of rows) {
        const table = tables[name as StateTable] as Map<string, unknown>;
        if (table.has(key)) expect(table.get(key)).toEqual(row);
        table.set(key, row);
      }
  const sorted = Object.entries(tables).map(([name, rows]) => [
    name,
    [...(rows as Map<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return Object.fromEntries(sorted);
}

async function projectAll(
  records: readonly StreamRecord[],
  { steps = [], shards = 1 }: { steps?: Iterable<Step>; shards?: number } = {},
): Promise<{ store: MemoryStore; states: States; quarantined: number }> {
  const [store, states] = [memoryStore(), Array.from({ length: shards }, memoryState)];
  const dead = () => Promise.reject(new Error('the power went'));
  const projectorOf = (dies: Step['dies']): Projector<Rows> => {
    const fails = (shard: number) => dies === 'before commits' || (dies === 'between commits' && shard > 0);
    const one = (state: StateStore, shard: number) =>
      createProjector(fails(shard) ? { ...state, commit: dead } : state, (rows) => rows);
    return shards === 1 ? one(states[0] as StateStore, 1) : inShards(states.map(one));
  };
  const plan = steps[Symbol.iterator]();
  for (;;) {
    const { size, dies } = plan.next().value ?? { size: records.length, dies: 'no' };
    const projector = projectorOf(dies);
    const projection = await projector.begin();
    const before = projection.from ?? { offsets: [0], written: [0], quarantined: 0 };
    const [done = 0] = before.offsets;
    if (done === records.length) return { store, states, quarantined: before.quarantined };
    const [batch, extent] = [projection.open(), openWriteBatch()];
    const [end, piece] = [Math.min(done + size, records.length), Math.ceil(size / 3)];
    for (let at = done; at < end; at += piece) {
      const next = Math.min(at + piece, end);
      extent.add({ records: records.slice(at, next), next: [next], atEnd: false });
      await batch.add({ records: records.slice(at, next) });
    }
    if (dies === 'before insert') continue;
    const finished = await batch.finish();
    await store.insert(finished.rows);
    const committed = finished.commit(extent.checkpoint(before, finished.quarantined));
    await (dies === 'no' ? committed : expect(committed).rejects.toThrow('the power went'));
  }
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const steps = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 200 }),
    dies: fc.constantFrom<Step['dies']>('no', 'no', 'before insert', 'before commits', 'between commits'),
  }),
  { maxLength: 60 },
);

describe('replay', () => {
  test('ends in the same rows and state in batches of any size, in any number of shards, through any crash', () =>
    fc.assert(
      fc.asyncProperty(seeds, steps, fc.integer({ min: 1, max: 4 }), async (seed, cuts, shards) => {
        const records = recordsOfHistory(seed);
        const whole = await projectAll(records);
        const cut = await projectAll(records, { steps: cuts, shards });
        expect(finalTables(cut.store)).toEqual(finalTables(whole.store));
        expect(contentsOf(cut.states)).toEqual(contentsOf(whole.states));
        expect(cut.quarantined).toBe(whole.quarantined);
      }),
      { numRuns: 80 },
    ));

  test('from the start over what is there already changes nothing', async () => {
    const records = recordsOfHistory(7);
    const { store } = await projectAll(records);
    const before = structuredClone(finalTables(store));
    for (let at = 0; at < records.length; at += 50) {
      const state = memoryState();
      const { rows } = project(state.view, records.slice(0, at + 50));
      await store.insert([rows]);
    }
    expect(finalTables(store)).toEqual(before);
  });
});

/** Streams of the same events with the subjects interleaved otherwise; each subject's order stays, and so do the plans' places. */
function interleaved(stream: readonly StoredEvent[], choices: readonly number[]): unknown[] {
  const merged: unknown[] = [];
  let segment: StoredEvent['event'][] = [];
  let turn = 0;
  const flush = (): void => {
    const queues = new Map<unknown, unknown[]>();
    for (const event of segment) queues.set(event.subject, [...(queues.get(event.subject) ?? []), event]);
    while (queues.size > 0) {
      const subjects = [...queues.keys()];
      const subject = subjects[(choices[turn++ % choices.length] ?? 0) % subjects.length];
      const queue = queues.get(subject) as unknown[];
      merged.push(queue.shift());
      if (queue.length === 0) queues.delete(subject);
    }
    segment = [];
  };
  for (const { event } of stream) {
    if (event.type !== 'plan.adopted') segment.push(event);
    else {
      flush();
      merged.push(event);
    }
  }
  flush();
  return merged;
}

/** A table with every position replaced by the event that stands there, in an order of its own. */
function byEvent(store: MemoryStore, envelopes: readonly unknown[]): Record<string, unknown[]> {
  const nameOf = (position: number): string =>
    position === 0 ? '' : JSON.stringify(envelopes[position - 1]);
  const rename = (row: object): string =>
    JSON.stringify(
      Object.entries(row).map(([column, value]) =>
        ['position', 'fromPos', 'closedBy', 'bodyPos'].includes(column)
          ? [column, nameOf(value)]
          : [column, value],
      ),
    );
  return Object.fromEntries(
    Object.entries(finalTables(store)).map(([table, rows]) => [table, (rows as object[]).map(rename).sort()]),
  );
}

test('the order of events across units does not matter to any version', () =>
  fc.assert(
    fc.asyncProperty(
      seeds,
      fc.array(fc.nat(1_000), { minLength: 1, maxLength: 50 }),
      async (seed, choices) => {
        const { stream } = randomHistory(seed);
        const one = stream.map(({ event }) => event);
        const other = interleaved(stream, choices);
        const first = await projectAll(recordsOf(one));
        const second = await projectAll(recordsOf(other));
        // Exact repetitions of an event are told apart by nothing, so a ledger's rows compare as a bag.
        expect(byEvent(second.store, other)).toEqual(byEvent(first.store, one));
      },
    ),
    { numRuns: 40 },
  ));

describe('beside the reference', () => {
  type Facts = { unit: string; activity: string; state: string; waived: boolean; appealOpen: boolean };
  const facts = ({ unit, activity, state, waived, appealOpen }: Facts): string =>
    `${unit} ${activity} ${state} ${waived} ${appealOpen}`;

  test('the same events are refused, and the same activities stand, in 80 random histories', () => {
    for (let seed = 1; seed <= 80; seed++) {
      const { stream } = randomHistory(seed);
      // A subject that is left out is for the door to fill in.
      const whole = stream.map(({ event }) => ({ subject: String(event.data.unit ?? 'zone'), ...event }));
      const { rows, changes } = project(memoryState().view, recordsOf(whole));
      const theirs = replay(stream);
      const refused = rows.quarantine.map(({ position, reason }) => ({ ...whole[position - 1], reason }));
      const agreed = new Set(theirs.quarantined.map(({ position }) => position));
      const stands = new Set(rows.quarantine.map(({ position }) => position));
      expect(
        refused.filter((_, index) => !agreed.has(rows.quarantine[index]?.position ?? 0)),
        `seed ${seed}`,
      ).toEqual([]);
      expect(
        theirs.quarantined.filter(({ position }) => !stands.has(position)),
        `seed ${seed}`,
      ).toEqual([]);
      expect([...changes.activities].map(([, activity]) => facts(activity)).sort()).toEqual(
        theirs.activities.map(facts).sort(),
      );
    }
  });
});
