import { z } from 'zod';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const row = z.object({ unit: z.string() });

const SQL = (conditions: string): string => `
  SELECT DISTINCT unit
  FROM activity_versions FINAL
  PREWHERE occurredOn > toDate32({on:String})
  WHERE year = {year:UInt16} AND ${conditions}`;

/** The units that have an activity of the year after a day: the tallies of all others are the same on that day as of the whole year. */
export async function unitsAfter(
  ask: Ask,
  { year, on, snapshot }: { year: number; on: string; snapshot: Snapshot },
): Promise<Set<string>> {
  // An activity lies inside its year.
  if (on >= `${year}-12-31`) return new Set();
  const { sql, params } = versionsIn(snapshot);
  const rows = await ask.query(row, SQL(sql), { ...params, year, on });
  return new Set(rows.map(({ unit }) => unit));
}
