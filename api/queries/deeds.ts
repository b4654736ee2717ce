import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { LISTED, type ListedActivity, UNATTACHED } from './activities.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

export type DeedQuestion = {
  snapshot: Snapshot;
  year: number;
  units: readonly string[];
  /** Of several, those of the kinds that come first are preferred. */
  kinds: readonly string[];
  states: readonly string[];
  on: string;
};

const WHERE = (conditions: string): string => `
    year = {year:UInt16} AND unit IN {units:Array(String)} AND kind IN {kinds:Array(String)}
    AND state IN {states:Array(String)} AND occurredOn <= toDate32({on:String}) AND ${conditions}`;

/** Verified before reported, with evidence before without, then the latest; so many of a kind, and of a unit. */
const SHOWN = (conditions: string): string => `
  SELECT * FROM (
    SELECT ${UNATTACHED}
    FROM activity_versions FINAL
    WHERE ${WHERE(conditions)}
    ORDER BY unit, kind, state = 'verified' DESC, notEmpty(evidence) DESC, day DESC, activity
    LIMIT {ofKind:UInt32} BY unit, kind
  )
  ORDER BY unit, state = 'verified' DESC, notEmpty(evidence) DESC, indexOf({kinds:Array(String)}, kind), day DESC, activity
  LIMIT {ofUnit:UInt32} BY unit`;

/** What some units did of some kinds, as far as it is worth showing to others. */
export async function deedsToShow(
  ask: Ask,
  { snapshot, ...question }: DeedQuestion & { ofKind: number; ofUnit: number },
): Promise<ListedActivity[]> {
  if (question.units.length === 0 || question.kinds.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  return ask.query(LISTED.row, SHOWN(sql), { ...params, ...question });
}

const PRACTISED = (conditions: string): string => `
  SELECT unit, CAST(kind AS String) AS kind, count() AS activities, countIf(state = 'verified') AS verified,
    toString(max(occurredOn)) AS latest
  FROM activity_versions FINAL
  WHERE ${WHERE(conditions)}
  GROUP BY unit, kind`;

const practised = z.object({
  unit: z.string(),
  kind: z.string(),
  activities: z.int(),
  verified: z.int(),
  latest: day,
});

/** How much of each kind some units did, how much of it is verified, and when they last did any. */
export async function practisedBy(
  ask: Ask,
  { snapshot, ...question }: DeedQuestion,
): Promise<z.infer<typeof practised>[]> {
  if (question.units.length === 0 || question.kinds.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  return ask.query(practised, PRACTISED(sql), { ...params, ...question });
}
