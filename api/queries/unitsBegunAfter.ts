import { z } from 'zod';
import { type Day, day as dayShape } from '#schemas/dates.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const BEGUN = (conditions: string): string => `
  SELECT unit, since
  FROM unit_versions FINAL
  WHERE since > {day:String} AND ${conditions}`;
const begun = z.object({ unit: z.string(), since: dayShape });

/** The units that had not begun on a day, each with the day since which it is there. */
export async function unitsBegunAfter(
  ask: Ask,
  { snapshot, day }: { snapshot: Snapshot; day: Day },
): Promise<Map<string, Day>> {
  const { sql, params } = versionsIn(snapshot);
  const rows = await ask.query(begun, BEGUN(sql), { ...params, day });
  return new Map(rows.map(({ unit, since }) => [unit, since]));
}
