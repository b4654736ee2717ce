import { z } from 'zod';
import { dayIn } from '#schemas/dates.ts';
import type { Ask } from './ask.ts';
import { versionsUpTo } from './snapshot.ts';
import type { TallyQuestion } from './tallies.ts';

const row = z.object({ unit: z.string(), first: z.int() });

const SQL = (conditions: string): string => `
  SELECT unit, min(recordedFrom) AS first
  FROM self_inspections
  WHERE year = {year:UInt16} AND ${conditions}
  GROUP BY unit`;

/** The day (plan time zone) on which each unit's first self-inspection for the year was recorded. */
export async function firstInspections(
  ask: Ask,
  { plan, snapshot, units }: Omit<TallyQuestion, 'on'>,
): Promise<Map<string, string>> {
  const { sql, params } = versionsUpTo(snapshot);
  const rows = await ask.query(row, SQL(units ? `${sql} AND unit IN {units:Array(String)}` : sql), {
    ...params,
    year: plan.year,
    ...(units && { units }),
  });
  return new Map(rows.map(({ unit, first }) => [unit, dayIn(plan.timezone, first)]));
}
