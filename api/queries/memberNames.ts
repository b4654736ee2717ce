import { z } from 'zod';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** More than a team has; a form that offered them all would be no help. */
const MOST = 200;

const SQL = (conditions: string): string => `
  SELECT CAST(kind AS String) AS kind_, arraySlice(arraySort(groupUniqArrayArray(members)), 1, ${MOST}) AS members_
  FROM activity_versions FINAL
  WHERE unit = {unit:String} AND year = {year:UInt16} AND state IN ('reported', 'verified')
    AND notEmpty(members) AND ${conditions}
  GROUP BY kind
  ORDER BY kind_`;

const row = z.object({ kind_: z.string(), members_: z.array(z.string()) });

/** The members that a unit's reports of a year name, by kind. */
export async function membersByKind(
  ask: Ask,
  { snapshot, unit, year }: { snapshot: Snapshot; unit: string; year: number },
): Promise<{ kind: string; members: string[] }[]> {
  const { sql, params } = versionsIn(snapshot);
  const rows = await ask.query(row, SQL(sql), { ...params, unit, year });
  return rows.map(({ kind_, members_ }) => ({ kind: kind_, members: members_ }));
}
