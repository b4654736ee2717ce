import { z } from 'zod';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot, versionsUpTo } from './snapshot.ts';

/** An event has opened a version, or closed one: so the versions of an activity name all its events. */
const POSITIONS = (conditions: string): string => `
  SELECT arrayJoin(arrayFilter(position -> position > 0, [fromPos, closedBy])) AS position
  FROM activity_versions
  WHERE unit = {unit:String} AND activity IN {activities:Array(String)} AND ${conditions}
  GROUP BY position`;

const EVENTS = (conditions: string): string => `
  SELECT position, activity, envelope
  FROM ledger
  WHERE position IN {positions:Array(UInt64)} AND ${conditions}
  ORDER BY position
  LIMIT 1 BY position`;

const found = z.object({ position: z.int() });
const row = z.object({ position: z.int(), activity: z.string(), envelope: z.string() });

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
