import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { LATE_DAYS } from '#schemas/results/inbox.ts';
import type { Ask, Params } from './ask.ts';
import { type Snapshot, versionsIn, versionsUpTo } from './snapshot.ts';

export type MarkQuestion = {
  snapshot: Snapshot;
  year: number;
  units: readonly string[];
};

/** A list that is bound must not be empty; no unit has an empty id. */
const bound = (units: readonly string[]): Params => ({ units: units.length ? [...units] : [''] });
const OF_UNITS = 'AND unit IN {units:Array(String)}';

/** Incidents that count, each with the day of its first record. */
const INCIDENTS = (inForce: string, upTo: string): string => `
  SELECT unit, kind, toString(occurredOn) AS day, first AS recordedAt
  FROM (
    SELECT unit, activity, CAST(kind AS String) AS kind, occurredOn
    FROM activity_versions FINAL
    PREWHERE kind IN {kinds:Array(String)}
    WHERE year = {year:UInt16} ${OF_UNITS}
      AND state IN ('reported', 'verified') AND NOT waived AND (${inForce})
  ) AS counting
  INNER JOIN (
    SELECT unit, activity, min(recordedFrom) AS first
    FROM activity_versions FINAL
    PREWHERE kind IN {kinds:Array(String)}
    WHERE year = {year:UInt16} ${OF_UNITS} AND (${upTo})
    GROUP BY unit, activity
  ) AS records USING (unit, activity)
  ORDER BY day, unit, kind`;

const incident = z.object({ unit: z.string(), kind: z.string(), day, recordedAt: z.int() });
export type MarkedIncident = z.infer<typeof incident>;

export async function incidentDays(
  ask: Ask,
  { snapshot, year, units, kinds }: MarkQuestion & { kinds: readonly string[] },
): Promise<MarkedIncident[]> {
  if (kinds.length === 0) return [];
  const [inForce, upTo] = [versionsIn(snapshot), versionsUpTo(snapshot)];
  return ask.query(incident, INCIDENTS(inForce.sql, upTo.sql), {
    ...inForce.params,
    ...upTo.params,
    year,
    kinds: [...kinds],
    ...bound(units),
  });
}

const LATE = `recordedBy = 'unit' AND fromPos = bodyPos
  AND intDiv(recordedFrom, 86400000) - toInt64(toInt32(occurredOn)) > ${LATE_DAYS}`;

/**
 * Reports whose first record came late, by unit (or all together) and the month of that record, up to a time (ms). What
 * was only amended late is not one: of the few that have a late body the first is looked at.
 */
const REPORTS = (upTo: string, by: string): string => `
  SELECT ${by} AS whose, max(first) AS lastAt, count() AS reports
  FROM (
    SELECT unit, activity, min(recordedFrom) AS first, argMin(${LATE}, fromPos) AS late
    FROM activity_versions FINAL
    WHERE year = {year:UInt16} ${OF_UNITS} AND (${upTo}) AND (unit, activity) IN (
      SELECT unit, activity FROM activity_versions FINAL
      WHERE year = {year:UInt16} ${OF_UNITS} AND ${LATE} AND (${upTo}))
    GROUP BY unit, activity
    HAVING late AND first <= {until:Int64}
  )
  GROUP BY whose, toStartOfMonth(toDateTime(intDiv(first, 1000), {timezone:String}))
  ORDER BY lastAt, whose`;

const lateReports = z.object({ whose: z.string(), lastAt: z.int(), reports: z.int() });
export type LateReports = z.infer<typeof lateReports>;

export async function lateReportsOf(
  ask: Ask,
  {
    snapshot,
    year,
    units,
    timezone,
    together,
    until,
  }: MarkQuestion & { timezone: string; together: boolean; until: number },
): Promise<LateReports[]> {
  const upTo = versionsUpTo(snapshot);
  return ask.query(lateReports, REPORTS(upTo.sql, together ? "''" : 'unit'), {
    ...upTo.params,
    year,
    timezone,
    until,
    ...bound(units),
  });
}
