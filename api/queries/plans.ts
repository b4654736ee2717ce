import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import { type Plan, plan as planSchema } from '#schemas/plan.ts';
import type { Position } from '#schemas/position.ts';
import type { Ask } from './ask.ts';

const ADOPTED = select(TABLES.plans, ['position', 'recordedAt', 'document']);

const SQL = `
  SELECT ${ADOPTED.columns}
  FROM plans FINAL
  WHERE year = {year:UInt16}
  ORDER BY version`;

export type AdoptedPlan = { plan: Plan; position: Position; recordedAt: number };

/** Every version of a year's plan in the store, oldest first; the reader picks those of its snapshot. */
export async function adoptedPlans(ask: Ask, year: number): Promise<AdoptedPlan[]> {
  const rows = await ask.query(ADOPTED.row, SQL, { year });
  return rows.map(({ document, ...when }) => ({ ...when, plan: planSchema.parse(JSON.parse(document)) }));
}
