import { z } from 'zod';
import { allBut, type Selected, select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { Position } from '#schemas/position.ts';
import type { Ask } from './ask.ts';
import { fitting } from './pageBytes.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const PAGE = (columns: string, conditions: string): string => `
  SELECT ${columns}
  FROM quarantine FINAL
  WHERE position > {after:UInt64} AND ${conditions}
  ORDER BY position
  LIMIT {limit:UInt32}`;

const SIZES = 'length(content) + length(reason) AS bytes';
const ROWS = select(TABLES.quarantine, allBut(TABLES.quarantine));

const TOTAL = (conditions: string): string =>
  `SELECT count() AS total FROM quarantine FINAL WHERE ${conditions}`;

const size = z.object({ bytes: z.int() });
const total = z.object({ total: z.int() });

export type QuarantinedRecord = Selected<typeof ROWS>;

/**
 * What the rules refused, in stream order, empty texts where the record named none, and whether there is more: at most
 * `limit` rows, and no more bytes than a page holds.
 */
export async function listQuarantine(
  ask: Ask,
  { snapshot, after = 0, limit }: { snapshot: Snapshot; after?: Position | undefined; limit: number },
): Promise<{ rows: QuarantinedRecord[]; more: boolean }> {
  const { sql, params } = recordsIn(snapshot);
  const sizes = await ask.query(size, PAGE(SIZES, sql), { ...params, after, limit: limit + 1 });
  const fit = fitting(sizes, limit);
  const rows =
    fit === 0 ? [] : await ask.query(ROWS.row, PAGE(ROWS.columns, sql), { ...params, after, limit: fit });
  return { rows, more: sizes.length > fit };
}

export async function countQuarantine(ask: Ask, snapshot: Snapshot): Promise<number> {
  const { sql, params } = recordsIn(snapshot);
  return (await ask.query(total, TOTAL(sql), params))[0]?.total ?? 0;
}
