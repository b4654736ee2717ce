import { z } from 'zod';
import { dictionary } from '#schemas/dictionary.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const SQL = (conditions: string): string => `
  SELECT recordedFrom, criteria
  FROM self_inspections FINAL
  WHERE year = {year:UInt16} AND unit = {unit:String} AND ${conditions}`;

const row = z.object({ recordedFrom: z.int(), criteria: z.string() });
export const selfInspectionCriteria = dictionary(
  z.string(),
  z.strictObject({ selfScore: z.number(), shortcomings: z.string(), remedies: z.string() }),
);

export type SelfInspection = { recordedAt: number; criteria: z.infer<typeof selfInspectionCriteria> };

/** A unit's self-inspection for a year as it stands: the latest. */
export async function latestSelfInspection(
  ask: Ask,
  { snapshot, unit, year }: { snapshot: Snapshot; unit: string; year: number },
): Promise<SelfInspection | undefined> {
  const { sql, params } = versionsIn(snapshot);
  const [latest] = await ask.query(row, SQL(sql), { ...params, unit, year });
  return (
    latest && {
      recordedAt: latest.recordedFrom,
      criteria: selfInspectionCriteria.parse(JSON.parse(latest.criteria)),
    }
  );
}
