import { z } from 'zod';
import type { Offsets } from '#schemas/position.ts';
import { activityState } from '#schemas/results/results.ts';
import type { Ask } from './ask.ts';
import { recordsFrom, recordsIn, type Snapshot, versionsIn } from './snapshot.ts';

/** So many at a time: of more, the latest. */
const MOST = 10_000;

/** Without the envelope's other fields: what a decision says of its activity. */
const DECIDED = (conditions: string): string => `
  SELECT position, subject AS unit, CAST(type AS String) AS type,
    JSONExtractString(envelope, 'data', 'activity') AS activity,
    JSONExtractString(envelope, 'data', 'reason') AS reason,
    JSONExtractString(envelope, 'data', 'outcome') AS outcome
  FROM ledger
  WHERE type IN ('activity.rejected', 'appeal.decided') AND verdict = 'applied'
    AND recordedAt >= {since:Int64} AND ${conditions}
  ORDER BY position DESC
  LIMIT 1 BY position
  LIMIT ${MOST}`;
const decided = z.object({
  position: z.int(),
  unit: z.string(),
  type: z.enum(['activity.rejected', 'appeal.decided']),
  activity: z.string(),
  reason: z.string(),
  outcome: z.string(),
});
export type DecisionRow = z.infer<typeof decided>;

/** Decisions behind `after`, not before a time (ms), in the order of the stream. */
export async function decisionsAfter(
  ask: Ask,
  { snapshot, after, since }: { snapshot: Snapshot; after: Offsets; since: number },
): Promise<DecisionRow[]> {
  const known = recordsIn(snapshot);
  const wanted = recordsFrom(after);
  const params = { ...known.params, ...wanted.params, since };
  return (await ask.query(decided, DECIDED(`${known.sql} AND ${wanted.sql}`), params)).reverse();
}

const ABOUT = (conditions: string): string => `
  SELECT unit, activity, year, CAST(kind AS String) AS kind, CAST(state AS String) AS state, title
  FROM activity_versions FINAL
  WHERE unit IN {units:Array(String)} AND activity IN {activities:Array(String)} AND ${conditions}`;
const about = z.object({
  unit: z.string(),
  activity: z.string(),
  year: z.int(),
  kind: z.string(),
  state: activityState,
  title: z.string(),
});
export type DecidedActivity = z.infer<typeof about>;

/** What decisions were about, as it stands now. */
export async function decidedActivities(
  ask: Ask,
  { snapshot, rows }: { snapshot: Snapshot; rows: readonly DecisionRow[] },
): Promise<DecidedActivity[]> {
  if (rows.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  return ask.query(about, ABOUT(sql), {
    ...params,
    units: [...new Set(rows.map(({ unit }) => unit))],
    activities: [...new Set(rows.map(({ activity }) => activity))],
  });
}
