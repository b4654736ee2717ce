import { LISTED, type ListedActivity } from './activities.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** The latest first. A zone has dozens in a year; what was withdrawn stays to be seen. */
const SQL = (conditions: string): string => `
  SELECT ${LISTED.columns}
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND kind IN {kinds:Array(String)} AND ${conditions}
  ORDER BY occurredOn DESC, unit, activity
  LIMIT 2000`;

/** The incidents of a year, at most 2,000. */
export async function incidentsOf(
  ask: Ask,
  { snapshot, ...rest }: { snapshot: Snapshot; year: number; kinds: readonly string[] },
): Promise<ListedActivity[]> {
  if (rest.kinds.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  return ask.query(LISTED.row, SQL(sql), { ...params, ...rest });
}
