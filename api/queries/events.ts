import { z } from 'zod';
import { type Selected, select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { Offsets } from '#schemas/position.ts';
import type { Ask } from './ask.ts';
import { fitting } from './pageBytes.ts';
import { recordsFrom, recordsIn, type Snapshot } from './snapshot.ts';

/** The ledger is ordered by position, so the page is read from its start and no further. */
const SQL = (columns: string, conditions: string): string => `
  SELECT ${columns}
  FROM ledger
  WHERE ${conditions}
  ORDER BY position
  LIMIT 1 BY position
  LIMIT {limit:UInt32}`;

const SIZES = 'position, length(envelope) AS bytes';
const ROWS = select(TABLES.ledger, ['position', 'verdict', 'recordedAt', 'envelope']);

const size = z.object({ position: z.int(), bytes: z.int() });
export type LedgerEvent = Selected<typeof ROWS>;

/**
 * Records of the stream from `after` on, in order (partition by partition), as stored, and whether there are more: at
 * most `limit`, and no more bytes than a page holds. What they take is asked first, so that nothing larger is made.
 */
export async function listEvents(
  ask: Ask,
  { snapshot, after, limit }: { snapshot: Snapshot; after: Offsets; limit: number },
): Promise<{ rows: LedgerEvent[]; more: boolean }> {
  const known = recordsIn(snapshot);
  const wanted = recordsFrom(after);
  const conditions = `${wanted.sql} AND ${known.sql}`;
  const params = { ...known.params, ...wanted.params };
  const sizes = await ask.query(size, SQL(SIZES, conditions), { ...params, limit: limit + 1 });
  const fit = fitting(sizes, limit);
  const rows =
    fit === 0 ? [] : await ask.query(ROWS.row, SQL(ROWS.columns, conditions), { ...params, limit: fit });
  return { rows, more: sizes.length > fit };
}
