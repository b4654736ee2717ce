import { z } from 'zod';
import { LISTED, type ListedActivity, ROW_BYTES } from './activities.ts';
import type { Ask } from './ask.ts';
import { fitting, PAGE_BYTES } from './pageBytes.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** Incidents of a year as they stand; what was withdrawn stays to be seen. */
const STANDING = (columns: string, conditions: string): string => `
  SELECT ${columns}
  FROM activity_versions FINAL
  PREWHERE kind IN {kinds:Array(String)}
  WHERE year = {year:UInt16} AND ${conditions}`;
const LATEST = (columns: string, conditions: string): string => `
  ${STANDING(columns, conditions)}
  ORDER BY occurredOn DESC, unit, activity
  LIMIT {limit:UInt32}`;
const size = z.object({ bytes: z.int() });
const sizedRow = z.object({ ...LISTED.shape, bytes: z.int() });

/** So many are listed, the latest first. */
export const MOST_INCIDENTS = 2_000;

export type IncidentQuestion = { snapshot: Snapshot; year: number; kinds: readonly string[] };

/** The incidents of a year, at most 2,000, and no more bytes than a page holds. */
export async function incidentsOf(
  ask: Ask,
  { snapshot, ...rest }: IncidentQuestion,
): Promise<ListedActivity[]> {
  if (rest.kinds.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  const asked = { ...params, ...rest };
  const sizes = await ask.query(size, LATEST(`${ROW_BYTES} AS bytes`, sql), {
    ...asked,
    limit: MOST_INCIDENTS,
  });
  const limit = fitting(sizes, MOST_INCIDENTS);
  return limit === 0 ? [] : ask.query(LISTED.row, LATEST(LISTED.columns, sql), { ...asked, limit });
}

/** `row` is none where a year has more of them than a page holds: a zone has dozens. */
export type SizedIncident = { unit: string; row: (ListedActivity & { bytes: number }) | undefined };

/** All incidents of some units, or of all of them, in no order. */
export async function allIncidents(
  ask: Ask,
  { snapshot, units, ...rest }: IncidentQuestion & { units: readonly string[] | undefined },
): Promise<SizedIncident[]> {
  if (rest.kinds.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  const conditions = units ? `unit IN {units:Array(String)} AND (${sql})` : sql;
  const asked = { ...params, ...rest, ...(units && { units }) };
  const [all] = await ask.query(size, STANDING(`sum(${ROW_BYTES}) AS bytes`, conditions), asked);
  if ((all?.bytes ?? 0) > PAGE_BYTES) return [{ unit: '', row: undefined }];
  const columns = `${LISTED.columns}, ${ROW_BYTES} AS bytes`;
  const rows = await ask.query(sizedRow, STANDING(columns, conditions), asked);
  return rows.map((row) => ({ unit: row.unit, row }));
}
