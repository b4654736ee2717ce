import { LISTED, type ListedActivity } from './activities.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** Links and notes say nothing of what a report brings; files tell that it is there already. */
const REPORTS = LISTED.columnsWith({ evidence: 'emptyArrayString()', note: "''" });

/** In the order of the events that gave the present bodies. */
const SQL = (conditions: string): string => `
  SELECT ${REPORTS}
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
  return ask.query(LISTED.row, SQL(sql), { ...params, ...rest, activity });
}
