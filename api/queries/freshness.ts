import { z } from 'zod';
import { REPORT_TYPES } from '#schemas/reports.ts';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

// What was there already, or was refused, is no second report. What the department recorded of an incident is none.
const SQL = (conditions: string): string => `
  SELECT max(recordedAt) AS last, count() AS reports
  FROM ledger FINAL
  WHERE verdict = 'applied' AND type IN {types:Array(String)} AND ${conditions}
    AND NOT (source = '/organisation' AND activity != '' AND (subject, activity) IN (
      SELECT unit, activity FROM activity_versions WHERE kind IN {incidents:Array(String)}))`;

const row = z.object({ last: z.int(), reports: z.int() });

export type Freshness = { lastReported: number | null; reports: number };

/**
 * How many reports a snapshot holds, and when the latest was recorded (ms since the epoch). `incidents`: the kinds
 * that the plan deducts for or vetoes.
 */
export async function freshness(
  ask: Ask,
  { snapshot, incidents }: { snapshot: Snapshot; incidents: readonly string[] },
): Promise<Freshness> {
  const { sql, params } = recordsIn(snapshot);
  const [found] = await ask.query(row, SQL(sql), { ...params, types: [...REPORT_TYPES], incidents });
  return { lastReported: found?.reports ? found.last : null, reports: found?.reports ?? 0 };
}
