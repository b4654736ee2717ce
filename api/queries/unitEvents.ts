import { z } from 'zod';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const SQL = (conditions: string): string => `
  SELECT position, CAST(type AS String) AS type, source, activity, recordedAt, envelope
  FROM ledger
  WHERE subject = {unit:String} AND verdict = 'applied' AND recordedAt > {since:Int64} AND ${conditions}
  ORDER BY position
  LIMIT 1 BY position
  LIMIT {limit:UInt32}`;

const row = z.object({
  position: z.int(),
  type: z.string(),
  source: z.string(),
  /** '' where the event is about none. */
  activity: z.string(),
  recordedAt: z.int(),
  envelope: z.string(),
});

export type UnitEvent = z.infer<typeof row>;

/** The events about a unit that were recorded after a time and took effect, in stream order. */
export async function unitEventsSince(
  ask: Ask,
  { snapshot, unit, since, limit }: { snapshot: Snapshot; unit: string; since: number; limit: number },
): Promise<UnitEvent[]> {
  const { sql, params } = recordsIn(snapshot);
  return ask.query(row, SQL(sql), { ...params, unit, since, limit });
}
