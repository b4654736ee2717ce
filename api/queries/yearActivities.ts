import { z } from 'zod';
import { LISTED, type ListedActivity, ROW_BYTES, UNATTACHED } from './activities.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** Whole units at a time: they stand together on disk, and nothing has to be skipped to reach the next ones. */
const SQL = (conditions: string): string => `
  SELECT ${UNATTACHED}
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND unit IN {units:Array(String)} AND ${conditions}
  ORDER BY indexOf({units:Array(String)}, unit), occurredOn, activity`;

const COUNT = (conditions: string): string => `
  SELECT count() AS count
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}`;

export type YearOfUnits = { snapshot: Snapshot; year: number; units: readonly string[] };

const BYTES = (conditions: string): string => `
  SELECT unit, sum(${ROW_BYTES}) AS bytes
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  GROUP BY unit`;

const unitBytes = z.object({ unit: z.string(), bytes: z.int() });

/** What the activities of each unit's year take in an answer; units without any are left out. */
export async function bytesOfUnits(
  ask: Ask,
  { snapshot, year }: Omit<YearOfUnits, 'units'>,
): Promise<Map<string, number>> {
  const { sql, params } = versionsIn(snapshot);
  const rows = await ask.query(unitBytes, BYTES(sql), { ...params, year });
  return new Map(rows.map(({ unit, bytes }) => [unit, bytes]));
}

/** All activities of some units' year, the units in the order given, each unit's by day; retracted ones too. */
export async function yearActivities(
  ask: Ask,
  { snapshot, year, units }: YearOfUnits,
): Promise<ListedActivity[]> {
  if (units.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  return ask.query(LISTED.row, SQL(sql), { ...params, year, units });
}

/** How many activities a year has, of all units. */
export async function countActivities(
  ask: Ask,
  { snapshot, year }: Omit<YearOfUnits, 'units'>,
): Promise<number> {
  const { sql, params } = versionsIn(snapshot);
  const [row] = await ask.query(z.object({ count: z.int() }), COUNT(sql), { ...params, year });
  return row?.count ?? 0;
}
