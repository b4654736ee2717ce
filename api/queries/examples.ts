import { LISTED, type ListedActivity, UNATTACHED } from './activities.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** Verified before reported, with evidence before without, then the latest; not too many of one unit. */
const SQL = (conditions: string): string => `
  SELECT ${UNATTACHED}
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND kind = {kind:String} AND unit IN {units:Array(String)}
    AND state IN {states:Array(String)} AND occurredOn <= toDate32({on:String})
    AND ${conditions}
  ORDER BY state = 'verified' DESC, notEmpty(evidence) DESC, day DESC, unit, activity
  LIMIT {each:UInt32} BY unit
  LIMIT {limit:UInt32}`;

export type ExampleQuestion = {
  snapshot: Snapshot;
  year: number;
  kind: string;
  units: readonly string[];
  states: readonly string[];
  on: string;
  each: number;
  limit: number;
};

/** Activities of a kind, of some units, that are worth showing to others. */
export async function exampleActivities(
  ask: Ask,
  { snapshot, ...question }: ExampleQuestion,
): Promise<ListedActivity[]> {
  if (question.units.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  return ask.query(LISTED.row, SQL(sql), { ...params, ...question });
}
