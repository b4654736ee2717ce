import { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import { dictionary } from '#schemas/dictionary.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const LATEST = select(TABLES.self_inspections, ['recordedFrom', 'criteria']);

const SQL = (conditions: string): string => `
  SELECT ${LATEST.columns}
  FROM self_inspections FINAL
  WHERE year = {year:UInt16} AND unit = {unit:String} AND ${conditions}`;

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
  const [latest] = await ask.query(LATEST.row, SQL(sql), { ...params, unit, year });
  return (
    latest && {
      recordedAt: latest.recordedFrom,
      criteria: selfInspectionCriteria.parse(JSON.parse(latest.criteria)),
    }
  );
}
