import { ZONE } from '#schemas/events.ts';
import { covers, type Offsets } from '#schemas/position.ts';
import { alsoTouched, nobody } from '#schemas/touched.ts';
import { subjectStamped } from '../admission/stamp.ts';
import { envelopeIn } from '../project/project.ts';
import { type Checkpoint, subjectOfKey, type Wanted } from '../state/state.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import type { FinishedBatch, Projection, Projector, RecordBatch } from './projector.ts';

/** What names nobody goes where the events of the zone are projected. */
const FIRST = 0;

function subjectOf(record: StreamRecord): string {
  const stamped = subjectStamped(record);
  if (stamped !== undefined) return stamped;
  const envelope = envelopeIn(record) as { subject?: unknown } | null | undefined;
  return typeof envelope?.subject === 'string' ? envelope.subject : '';
}

/** FNV-1a over UTF-16 units. The states of the shards depend on it: it never changes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Which of so many shards a subject's events are projected in. */
export const shardOf = (subject: string, shards: number): number =>
  subject === ZONE || subject === '' ? FIRST : hashOf(subject) % shards;

const inEach = (choose: (a: number, b: number) => number) => (some: Offsets, others: Offsets) =>
  some.map((offset, partition) => choose(offset, others[partition] ?? 0));
const nearer = inEach(Math.min);
const further = inEach(Math.max);

/** What a shard has that has committed nothing yet, or lost it. */
const nothingOf = ({ offsets }: Checkpoint): Checkpoint => {
  const nothing = offsets.map(() => 0);
  return { offsets: nothing, written: nothing, quarantined: 0 };
};

/** How far the earliest has come; the others skip what they have already. */
const together = (checkpoints: readonly Checkpoint[]): Checkpoint =>
  checkpoints.reduce((some, others) => ({
    offsets: nearer(some.offsets, others.offsets),
    // Nobody commits before the rows of all are in the store.
    written: further(some.written, others.written),
    quarantined: some.quarantined + others.quarantined,
  }));

/**
 * Several projectors as one: each subject has its shard, and no event's effect depends on another subject's, but for
 * the zone's, whose plans every shard must know. So all shards follow the zone's events, and the first makes their rows.
 */
export function inShards<R>(shards: readonly Projector<R>[]): Projector<R> {
  const shardFor = (subject: string): number => shardOf(subject, shards.length);
  const forAll = async (call: (shard: Projector<R>) => Promise<void>): Promise<void> => {
    await Promise.all(shards.map(call));
  };

  /** Each shard's part of a batch; what a shard has reached already is left out. */
  function share({ records, partitions = 1 }: RecordBatch, reached: readonly Offsets[]): RecordBatch[] {
    const batches = shards.map(() => ({
      records: [] as StreamRecord[],
      followed: new Set<number>(),
      partitions,
    }));
    for (const record of records) {
      const subject = subjectOf(record);
      const own = shardFor(subject);
      for (const [shard, batch] of batches.entries()) {
        if (shard !== own && subject !== ZONE) continue;
        if (covers(reached[shard] ?? [], record.position)) continue;
        batch.records.push(record);
        if (shard !== own) batch.followed.add(record.position);
      }
    }
    return batches;
  }

  return {
    async begin() {
      const projections = await Promise.all(shards.map((shard) => shard.begin()));
      return inAll(projections, share);
    },
    async load(wanted) {
      const shares: Wanted[][] = shards.map(() => []);
      for (const item of wanted()) shares[shardFor(subjectOfKey(item))]?.push(item);
      const views = await Promise.all(shards.map(({ load }, index) => load(() => shares[index] ?? [])));
      return {
        get: (table, key) => views[shardFor(subjectOfKey({ table, key }))]?.get(table, key),
      };
    },
    clear: () => forAll((shard) => shard.clear()),
    close: () => forAll((shard) => shard.close()),
  };
}

/** What was begun in each shard, as one. */
function inAll<R>(
  projections: readonly Projection<R>[],
  share: (whole: RecordBatch, reached: readonly Offsets[]) => RecordBatch[],
): Projection<R> {
  const known = projections.find(({ from }) => from !== undefined)?.from;
  /** Of each shard, how far it has come, and how many of its events are in quarantine. */
  let reached = projections.map(({ from }) => from?.offsets ?? []);
  let quarantined = projections.map(({ from }) => from?.quarantined ?? 0);

  function whole(parts: readonly FinishedBatch<R>[]): FinishedBatch<R> {
    const touched = nobody();
    for (const part of parts) alsoTouched(touched, part.touched);
    return {
      rows: parts.flatMap(({ rows }) => rows),
      touched,
      quarantined: parts.reduce((sum, part) => sum + part.quarantined, 0),
      async commit({ offsets, written }) {
        // A shard that is ahead of the others after a crash stays there.
        reached = reached.map((own) => further(offsets, own));
        quarantined = quarantined.map((count, shard) => count + (parts[shard]?.quarantined ?? 0));
        const checkpoints = reached.map((own, shard) => ({
          offsets: own,
          written,
          quarantined: quarantined[shard] ?? 0,
        }));
        await Promise.all(parts.map((part, shard) => part.commit(checkpoints[shard] as Checkpoint)));
      },
    };
  }

  return {
    from: known && together(projections.map(({ from }) => from ?? nothingOf(known))),
    open() {
      const batches = projections.map((projection) => projection.open());
      return {
        async add(records) {
          const shares = share(records, reached);
          await Promise.all(batches.map((batch, shard) => batch.add(shares[shard] as RecordBatch)));
        },
        finish: async () => whole(await Promise.all(batches.map((batch) => batch.finish()))),
      };
    },
  };
}
