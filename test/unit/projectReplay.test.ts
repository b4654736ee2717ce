import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project } from '#ingest/project.ts';
import { type Figures, openGroup } from '#ingest/run/group.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { replay } from '#test/reference/history.ts';
import type { StoredEvent } from '#test/reference/types.ts';
import { recordsOf } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { finalTables, type MemoryStore, memoryStore } from '#test/support/memoryStore.ts';

const recordsOfHistory = (seed: number): StreamRecord[] =>
  recordsOf(randomHistory(seed).stream.map(({ event }) => event));

/** What happens after each batch: all is kept, or the process dies once the rows are inserted, or before. */
type Step = { size: number; dies: 'no' | 'after insert' | 'before insert' };

async function projectAll(
  records: readonly StreamRecord[],
  steps: Iterable<Step>,
): Promise<{ store: MemoryStore; state: ReturnType<typeof memoryState> }> {
  const [store, state] = [memoryStore(), memoryState()];
  const plan = steps[Symbol.iterator]();
  let done = 0;
  let figures: Figures = { offsets: [0], written: [0], quarantined: 0 };
  const torn = { ...state, commit: () => Promise.reject(new Error('the power went')) };
  while (done < records.length) {
    const { size, dies } = plan.next().value ?? { size: records.length, dies: 'no' };
    const group = openGroup(state.view, store.insert());
    const [end, bite] = [Math.min(done + size, records.length), Math.ceil(size / 3)];
    for (let at = done; at < end; at += bite) {
      const next = Math.min(at + bite, end);
      group.add({ records: records.slice(at, next), next: [next], atEnd: false });
    }
    if (dies === 'before insert') continue;
    if (dies === 'after insert') {
      await expect(group.write(torn, figures)).rejects.toThrow();
      continue;
    }
    figures = await group.write(state, figures);
    done = end;
  }
  return { store, state };
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const steps = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 200 }),
    dies: fc.constantFrom('no', 'no', 'after insert', 'before insert') as fc.Arbitrary<Step['dies']>,
  }),
  { maxLength: 60 },
);

describe('replay', () => {
  test('ends in the same rows and state in batches of any size, through any crash', () =>
    fc.assert(
      fc.asyncProperty(seeds, steps, async (seed, cuts) => {
        const records = recordsOfHistory(seed);
        const whole = await projectAll(records, []);
        const cut = await projectAll(records, cuts);
        expect(finalTables(cut.store)).toEqual(finalTables(whole.store));
        expect(cut.state.contents()).toEqual(whole.state.contents());
      }),
      { numRuns: 60 },
    ));

  test('from the start over what is there already changes nothing', async () => {
    const records = recordsOfHistory(7);
    const { store } = await projectAll(records, []);
    const before = structuredClone(finalTables(store));
    for (let at = 0; at < records.length; at += 50) {
      const state = memoryState();
      const { rows } = project(state.view, records.slice(0, at + 50));
      const insert = store.insert();
      insert.add(rows);
      await insert.write();
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
        const first = await projectAll(recordsOf(one), []);
        const second = await projectAll(recordsOf(other), []);
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
