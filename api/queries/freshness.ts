import { z } from 'zod';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const SQL = (conditions: string): string => `
  SELECT max(recordedAt) AS last, count() AS events
  FROM ledger
  WHERE ${conditions}`;

const row = z.object({ last: z.int(), events: z.int() });

/** When the latest event of a snapshot was recorded (ms since the epoch), and how many there are. */
export async function freshness(
  ask: Ask,
  snapshot: Snapshot,
): Promise<{ lastRecorded: number | null; events: number }> {
  const { sql, params } = recordsIn(snapshot);
  const [found] = await ask.query(row, SQL(sql), params);
  return { lastRecorded: found?.events ? found.last : null, events: found?.events ?? 0 };
}
