import { z } from 'zod';
import type { Ask } from './ask.ts';
import { type SelfInspection, selfInspectionCriteria } from './selfInspection.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const SQL = (conditions: string): string => `
  SELECT unit, recordedFrom, criteria
  FROM self_inspections FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY unit`;

const row = z.object({ unit: z.string(), recordedFrom: z.int(), criteria: z.string() });

/** Every unit's self-inspection for a year as it stands: the latest of each. */
export async function selfInspectionsOf(
  ask: Ask,
  { snapshot, year }: { snapshot: Snapshot; year: number },
): Promise<(SelfInspection & { unit: string })[]> {
  const { sql, params } = versionsIn(snapshot);
  const rows = await ask.query(row, SQL(sql), { ...params, year });
  return rows.map(({ unit, recordedFrom, criteria }) => ({
    unit,
    recordedAt: recordedFrom,
    criteria: selfInspectionCriteria.parse(JSON.parse(criteria)),
  }));
}
