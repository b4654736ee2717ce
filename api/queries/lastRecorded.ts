import { z } from 'zod';
import { type Offsets, partitionOf } from '#schemas/position.ts';
import type { Ask } from './ask.ts';
import { recordsIn } from './snapshot.ts';

const SQL = (conditions: string): string => `
  SELECT max(position) AS last, argMax(recordedAt, position) AS recordedAt
  FROM ledger
  WHERE ${conditions}
  GROUP BY intDiv(position - 1, 1099511627776)`;

const row = z.object({ last: z.int(), recordedAt: z.int() });

/** The recorded time of the last record read from each partition; null where none has been. */
export async function lastRecorded(ask: Ask, offsets: Offsets): Promise<(number | null)[]> {
  const { sql, params } = recordsIn({ offsets, asOf: null });
  const rows = await ask.query(row, SQL(sql), params);
  const times = new Map(rows.map(({ last, recordedAt }) => [partitionOf(last), recordedAt]));
  return offsets.map((_, partition) => times.get(partition) ?? null);
}

const LATEST = (conditions: string): string => `
  SELECT max(recordedAt) AS latest, count() AS records
  FROM ledger
  WHERE ${conditions}`;

const latestRow = z.object({ latest: z.int(), records: z.int() });

/** The latest recorded time of all that has been read, or of what was recorded by a time; null where nothing was. */
export async function latestRecorded(
  ask: Ask,
  offsets: Offsets,
  asOf: number | null = null,
): Promise<number | null> {
  const { sql, params } = recordsIn({ offsets, asOf });
  const [found] = await ask.query(latestRow, LATEST(sql), params);
  return found?.records ? found.latest : null;
}
