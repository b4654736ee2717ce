import { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot, versionsUpTo } from './snapshot.ts';

/** An event has opened a version, or closed one: so the versions of an activity name all its events. */
const POSITIONS = (conditions: string): string => `
  SELECT arrayJoin(arrayFilter(position -> position > 0, [fromPos, closedBy])) AS position
  FROM activity_versions
  WHERE unit = {unit:String} AND activity IN {activities:Array(String)} AND ${conditions}
  GROUP BY position`;

const RECORDS = select(TABLES.ledger, ['position', 'activity', 'source', 'id', 'type']);

/** Of an envelope only what a history tells: whole, those of a page could be of any size. */
const EVENTS = (conditions: string): string => `
  SELECT position, activity, source, id, CAST(type AS String) AS type,
    JSONExtractString(envelope, 'time') AS time, JSONExtractString(envelope, 'recordedtime') AS recordedtime,
    JSONExtractString(envelope, 'actor') AS actor,
    JSONExtractString(envelope, 'data', 'reason') AS reason,
    JSONExtractString(envelope, 'data', 'outcome') AS outcome
  FROM ledger
  WHERE position IN {positions:Array(UInt64)} AND ${conditions}
  ORDER BY position
  LIMIT 1 BY position`;

const found = z.object({ position: z.int() });
const row = z.object({
  ...RECORDS.shape,
  recordedtime: z.string(),
  /** The account; '' where the event names none, as below. */
  actor: z.string(),
  /** '' where the event has none. */
  time: z.string(),
  reason: z.string(),
  outcome: z.string(),
});

export type HistoryEvent = z.infer<typeof row>;

/** The events behind some activities of a unit, in stream order. */
export async function activityHistories(
  ask: Ask,
  { snapshot, unit, activities }: { snapshot: Snapshot; unit: string; activities: readonly string[] },
): Promise<HistoryEvent[]> {
  if (activities.length === 0) return [];
  const versions = versionsUpTo(snapshot);
  const positions = await ask.query(found, POSITIONS(versions.sql), { ...versions.params, unit, activities });
  const records = recordsIn(snapshot);
  return ask.query(row, EVENTS(records.sql), {
    ...records.params,
    positions: positions.map(({ position }) => position),
  });
}
