import { z } from 'zod';
import type { Position } from '#schemas/position.ts';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const PAGE = (conditions: string): string => `
  SELECT position, subject, id, type, recordedAt, reason, content
  FROM quarantine FINAL
  WHERE position > {after:UInt64} AND ${conditions}
  ORDER BY position
  LIMIT {limit:UInt32}`;

const TOTAL = (conditions: string): string =>
  `SELECT count() AS total FROM quarantine FINAL WHERE ${conditions}`;

const row = z.object({
  position: z.int(),
  subject: z.string(),
  id: z.string(),
  type: z.string(),
  recordedAt: z.int(),
  reason: z.string(),
  content: z.string(),
});
const total = z.object({ total: z.int() });

export type QuarantinedRecord = z.infer<typeof row>;

/** What the rules refused, in stream order; empty texts where the record named none. */
export async function listQuarantine(
  ask: Ask,
  { snapshot, after = 0, limit }: { snapshot: Snapshot; after?: Position | undefined; limit: number },
): Promise<QuarantinedRecord[]> {
  const { sql, params } = recordsIn(snapshot);
  return ask.query(row, PAGE(sql), { ...params, after, limit });
}

export async function countQuarantine(ask: Ask, snapshot: Snapshot): Promise<number> {
  const { sql, params } = recordsIn(snapshot);
  return (await ask.query(total, TOTAL(sql), params))[0]?.total ?? 0;
}
