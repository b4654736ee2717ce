import { type Offsets, positionOf } from '#schemas/position.ts';
import type { Params } from './ask.ts';

/**
 * What a query sees: the stream as read up to `offsets`, and of that what was recorded up to `asOf` (ms since the
 * epoch; null = everything). Batches are written table by table while queries run, so the position decides, not
 * what happens to be there: every query of an answer sees the same state, the one that its watermark names.
 */
export type Snapshot = { offsets: Offsets; asOf: number | null };

/** A condition and the parameters that it binds. */
export type Condition = { sql: string; params: Params };

/**
 * The position of the last record before `offsets`, in the partition of the row's own position. One partition
 * needs no look-up, and lets the primary key of the ledger skip what is out of range.
 */
function lastBefore(offsets: Offsets, column: string, name: string): { sql: string; params: Params } {
  const last = offsets.map((offset, partition) => positionOf(partition, offset) - 1);
  return last.length === 1
    ? { sql: `{${name}:UInt64}`, params: { [name]: last[0] ?? 0 } }
    : {
        sql: `arrayElement({${name}:Array(UInt64)}, intDiv(${column} - 1, 1099511627776) + 1)`,
        params: { [name]: last },
      };
}

/** The versions (of activities, units, targets, self-inspections) that are in force in a snapshot. */
export function versionsIn({ offsets, asOf }: Snapshot): Condition {
  const { sql: last, params } = lastBefore(offsets, 'fromPos', 'readTo');
  const closedLater = `closedBy = 0 OR closedBy > ${last}`;
  if (asOf === null) return { sql: `fromPos <= ${last} AND (${closedLater})`, params };
  return {
    sql: `fromPos <= ${last} AND recordedFrom <= {asOf:Int64} AND (${closedLater} OR recordedTo > {asOf:Int64})`,
    params: { ...params, asOf },
  };
}

/** The versions that began by `offsets`: what came later is left alone. */
export function versionsBy(offsets: Offsets): Condition {
  const { sql, params } = lastBefore(offsets, 'fromPos', 'beganBy');
  return { sql: `fromPos <= ${sql}`, params };
}

/** The versions that were ever in force up to a snapshot. */
export function versionsUpTo({ offsets, asOf }: Snapshot): Condition {
  const { sql: last, params } = lastBefore(offsets, 'fromPos', 'readTo');
  if (asOf === null) return { sql: `fromPos <= ${last}`, params };
  return { sql: `fromPos <= ${last} AND recordedFrom <= {asOf:Int64}`, params: { ...params, asOf } };
}

/** The rows (of ledger, plans, freezes …) that have been recorded in a snapshot. */
export function recordsIn({ offsets, asOf }: Snapshot): Condition {
  const { sql: last, params } = lastBefore(offsets, 'position', 'readTo');
  if (asOf === null) return { sql: `position <= ${last}`, params };
  return { sql: `position <= ${last} AND recordedAt <= {asOf:Int64}`, params: { ...params, asOf } };
}

/** The rows that follow what had been read up to `offsets`. */
export function recordsFrom(offsets: Offsets): Condition {
  const { sql, params } = lastBefore(offsets, 'position', 'readFrom');
  return { sql: `position > ${sql}`, params };
}
