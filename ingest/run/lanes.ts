import { ZONE } from '#schemas/events.ts';
import { covers, type Offsets } from '#schemas/position.ts';
import { alsoTouched, nobody } from '#schemas/touched.ts';
import { subjectNoted } from '../admission/note.ts';
import { envelopeIn } from '../project/project.ts';
import { type Figures, subjectOfKey, type Wanted } from '../state/state.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import type { Projector, RecordBatch } from './projector.ts';

/** What names nobody goes where the zone's own events are judged. */
const FIRST = 0;

function subjectOf(record: StreamRecord): string {
  const noted = subjectNoted(record);
  if (noted !== undefined) return noted;
  const envelope = envelopeIn(record) as { subject?: unknown } | null | undefined;
  return typeof envelope?.subject === 'string' ? envelope.subject : '';
}

/** FNV-1a over UTF-16 units. The states of the lanes depend on it: it never changes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Which of so many lanes a subject's events are projected in. */
export const laneOf = (subject: string, lanes: number): number =>
  subject === ZONE || subject === '' ? FIRST : hashOf(subject) % lanes;

const inEach = (choose: (a: number, b: number) => number) => (some: Offsets, others: Offsets) =>
  some.map((offset, partition) => choose(offset, others[partition] ?? 0));
const nearer = inEach(Math.min);
const further = inEach(Math.max);

/** What a lane has that has committed nothing yet, or lost it. */
const nothingOf = ({ offsets }: Figures): Figures => {
  const nothing = offsets.map(() => 0);
  return { offsets: nothing, written: nothing, quarantined: 0 };
};

/** How far the earliest has come; the others skip what they have already. */
const together = (figures: readonly Figures[]): Figures =>
  figures.reduce((some, others) => ({
    offsets: nearer(some.offsets, others.offsets),
    // Nobody commits before the rows of all are in the store.
    written: further(some.written, others.written),
    quarantined: some.quarantined + others.quarantined,
  }));

/**
 * Several projectors as one: each subject has its lane, and no event's effect depends on another subject's, but for
 * the zone's, whose plans every lane must know. So all lanes follow the zone's events, and the first makes their rows.
 */
export function inLanes<R>(lanes: readonly Projector<R>[]): Projector<R> {
  /** Of each lane, how far it has come, and how many of its events are in quarantine. */
  let reached: Offsets[] = [];
  let quarantined: number[] = [];
  /** How many more are there in each group that is finished, the oldest first. */
  let finished: number[][] = [];

  const laneFor = (subject: string): number => laneOf(subject, lanes.length);
  const forAll = async (call: (lane: Projector<R>, index: number) => Promise<void>): Promise<void> => {
    await Promise.all(lanes.map(call));
  };

  function share({ records, partitions = 1 }: RecordBatch): RecordBatch[] {
    const batches = lanes.map(() => ({
      records: [] as StreamRecord[],
      followed: new Set<number>(),
      partitions,
    }));
    for (const record of records) {
      const subject = subjectOf(record);
      const own = laneFor(subject);
      for (const [lane, batch] of batches.entries()) {
        if (lane !== own && subject !== ZONE) continue;
        if (covers(reached[lane] ?? [], record.position)) continue;
        batch.records.push(record);
        if (lane !== own) batch.followed.add(record.position);
      }
    }
    return batches;
  }

  return {
    async begin() {
      const figures = await Promise.all(lanes.map((lane) => lane.begin()));
      const known = figures.find((one) => one !== undefined);
      reached = figures.map((one) => one?.offsets ?? []);
      quarantined = figures.map((one) => one?.quarantined ?? 0);
      finished = [];
      return known && together(figures.map((one) => one ?? nothingOf(known)));
    },
    async add(whole) {
      const batches = share(whole);
      await forAll((lane, index) => lane.add(batches[index] as RecordBatch));
    },
    async finish() {
      const made = await Promise.all(lanes.map((lane) => lane.finish()));
      finished.push(made.map((one) => one.quarantined));
      const touched = nobody();
      for (const one of made) alsoTouched(touched, one.touched);
      return {
        rows: made.flatMap(({ rows }) => rows),
        touched,
        quarantined: made.reduce((sum, one) => sum + one.quarantined, 0),
      };
    },
    async commit({ offsets, written }) {
      const [more = []] = finished;
      // A lane that is ahead of the others after a crash stays there.
      reached = reached.map((own) => further(offsets, own));
      quarantined = quarantined.map((count, lane) => count + (more[lane] ?? 0));
      await forAll((lane, index) =>
        lane.commit({
          offsets: reached[index] ?? offsets,
          written,
          quarantined: quarantined[index] ?? 0,
        }),
      );
      finished.shift();
    },
    async load(wanted) {
      const shares: Wanted[][] = lanes.map(() => []);
      for (const item of wanted()) shares[laneFor(subjectOfKey(item))]?.push(item);
      const views = await Promise.all(lanes.map(({ load }, index) => load(() => shares[index] ?? [])));
      return {
        get: (table, key) => views[laneFor(subjectOfKey({ table, key }))]?.get(table, key),
      };
    },
    clear: () => forAll((lane) => lane.clear()),
    close: () => forAll((lane) => lane.close()),
  };
}
