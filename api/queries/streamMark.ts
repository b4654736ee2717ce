import { z } from 'zod';
import { type Offsets, positionOf } from '#schemas/position.ts';
import type { Ask } from './ask.ts';

const record = z.object({ position: z.int(), source: z.string(), id: z.string(), recordedAt: z.int() });
const count = z.object({ applied: z.int() });

const RANGE = 'position >= {from:UInt64} AND position < {to:UInt64}';

const LAST = `
  SELECT position, source, id, recordedAt FROM ledger
  WHERE ${RANGE}
  ORDER BY position DESC
  LIMIT 1`;

const APPLIED = `SELECT count() AS applied FROM ledger FINAL WHERE verdict = 'applied' AND ${RANGE}`;

/** What tells a projected stream from another, and from the same one projected by other rules. */
export type StreamMark = readonly { last: z.infer<typeof record> | null; applied: number }[];

/** For each partition its last event before `offsets`, and how many up to there were applied. */
export function streamMark(ask: Ask, offsets: Offsets): Promise<StreamMark> {
  return Promise.all(
    offsets.map(async (offset, partition) => {
      const range = { from: positionOf(partition, 0), to: positionOf(partition, offset) };
      const [[last = null], [counted]] = await Promise.all([
        ask.query(record, LAST, range),
        ask.query(count, APPLIED, range),
      ]);
      return { last, applied: counted?.applied ?? 0 };
    }),
  );
}
