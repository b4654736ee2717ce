import { z } from 'zod';
import type { Offsets } from '#schemas/position.ts';
import type { Ask } from './ask.ts';
import { recordsFrom, recordsIn, type Snapshot } from './snapshot.ts';

/** The ledger is ordered by position, so the page is read from its start and no further. */
const SQL = (conditions: string): string => `
  SELECT position, recordedAt, envelope
  FROM ledger
  WHERE ${conditions}
  ORDER BY position
  LIMIT 1 BY position
  LIMIT {limit:UInt32}`;

const row = z.object({ position: z.int(), recordedAt: z.int(), envelope: z.string() });
export type LedgerEvent = z.infer<typeof row>;

/** Records of the stream from `after` on, in order (partition by partition), as stored. */
export async function listEvents(
  ask: Ask,
  { snapshot, after, limit }: { snapshot: Snapshot; after: Offsets; limit: number },
): Promise<LedgerEvent[]> {
  const known = recordsIn(snapshot);
  const wanted = recordsFrom(after);
  const params = { ...known.params, ...wanted.params, limit };
  return ask.query(row, SQL(`${wanted.sql} AND ${known.sql}`), params);
}
