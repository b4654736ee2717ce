import { z } from 'zod';
import { LISTED, type ListedActivity, ROW_BYTES } from './activities.ts';
import type { Ask } from './ask.ts';
import { fitting } from './pageBytes.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** The latest first. A zone has dozens in a year; what was withdrawn stays to be seen. */
const SQL = (columns: string, conditions: string): string => `
  SELECT ${columns}
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND kind IN {kinds:Array(String)} AND ${conditions}
  ORDER BY occurredOn DESC, unit, activity
  LIMIT {limit:UInt32}`;
const size = z.object({ bytes: z.int() });
const MOST = 2_000;

/** The incidents of a year, at most 2,000, and no more bytes than a page holds. */
export async function incidentsOf(
  ask: Ask,
  { snapshot, ...rest }: { snapshot: Snapshot; year: number; kinds: readonly string[] },
): Promise<ListedActivity[]> {
  if (rest.kinds.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  const sizes = await ask.query(size, SQL(`${ROW_BYTES} AS bytes`, sql), { ...params, ...rest, limit: MOST });
  const limit = fitting(sizes, MOST);
  return limit === 0 ? [] : ask.query(LISTED.row, SQL(LISTED.columns, sql), { ...params, ...rest, limit });
}
