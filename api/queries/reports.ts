import { type ListedActivity, listedActivity } from './activities.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** In the order of the events that gave the present bodies. Evidence and notes say nothing of what a report brings. */
const SQL = (conditions: string): string => `
  SELECT activity, unit, year, kind, CAST(state AS String) AS state, waived, appealOpen,
    CAST(recordedBy AS String) AS recordedBy, toString(occurredOn) AS day, title, quantity, due, done, members,
    form, score, indicator, value, ledByHead, emptyArrayString() AS evidence, '' AS note
  FROM activity_versions FINAL
  WHERE unit = {unit:String} AND year = {year:UInt16}
    AND (has({kinds:Array(String)}, kind) OR activity = {activity:String})
    AND state != 'retracted' AND ${conditions}
  ORDER BY bodyPos
  LIMIT {limit:UInt32}`;

/** All reports of a unit's year of some kinds, and one by its id whatever its kind; what was retracted is left out. */
export async function reportsOf(
  ask: Ask,
  {
    snapshot,
    activity = '',
    ...rest
  }: {
    snapshot: Snapshot;
    unit: string;
    year: number;
    kinds: readonly string[];
    activity?: string | undefined;
    limit: number;
  },
): Promise<ListedActivity[]> {
  const { sql, params } = versionsIn(snapshot);
  return ask.query(listedActivity, SQL(sql), { ...params, ...rest, activity });
}
