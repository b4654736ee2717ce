import { z } from 'zod';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const SQL = (conditions: string): string => `
  SELECT countIf(state = 'reported' AND recordedBy = 'unit') AS verification, countIf(appealOpen AND state != 'retracted') AS appeals
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}`;

const row = z.object({ verification: z.int(), appeals: z.int() });

/** What waits for the department: activities that units reported and nobody has verified, and undecided appeals. */
export async function pendingWork(
  ask: Ask,
  { snapshot, year }: { snapshot: Snapshot; year: number },
): Promise<z.infer<typeof row>> {
  const { sql, params } = versionsIn(snapshot);
  const [counted] = await ask.query(row, SQL(sql), { ...params, year });
  return counted ?? { verification: 0, appeals: 0 };
}
