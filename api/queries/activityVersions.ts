import { z } from 'zod';
import { type ListedActivity, listedActivity } from './activities.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsUpTo } from './snapshot.ts';

const SQL = (conditions: string): string => `
  SELECT fromPos, closedBy, activity, unit, year, kind, CAST(state AS String) AS state, waived, appealOpen,
    CAST(recordedBy AS String) AS recordedBy, toString(occurredOn) AS day, title, quantity, due, done, members,
    form, score, indicator, value, ledByHead, evidence, note
  FROM activity_versions FINAL
  WHERE unit = {unit:String} AND year = {year:UInt16} AND activity IN {activities:Array(String)}
    AND ${conditions}
  ORDER BY fromPos`;

/** `fromPos` is the event that made the version, `closedBy` the one that ended it (0 = none yet). */
const row = listedActivity.extend({ fromPos: z.int(), closedBy: z.int() });

export type ActivityVersion = ListedActivity & z.infer<typeof row>;

/** Everything that some activities of a unit's year have ever been, in the order of the events that made it so. */
export async function activityVersions(
  ask: Ask,
  {
    snapshot,
    unit,
    year,
    activities,
  }: { snapshot: Snapshot; unit: string; year: number; activities: readonly string[] },
): Promise<ActivityVersion[]> {
  if (activities.length === 0) return [];
  const { sql, params } = versionsUpTo(snapshot);
  return ask.query(row, SQL(sql), { ...params, unit, year, activities });
}
