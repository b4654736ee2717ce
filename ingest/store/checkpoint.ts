import { z } from 'zod';
import { type Offsets, offsetOf, partitionOf } from '#schemas/position.ts';
import { TABLE_NAMES } from '../tables/tables.ts';
import type { Store } from './client.ts';
import { ownTable } from './template.ts';

const lastOfPartition = z.object({ last: z.int() });

/**
 * How far the stream has been read into the store: behind the last record of each partition in the ledger,
 * which holds every record of the stream and is written last. So position and data cannot disagree.
 */
export async function readCheckpoint(store: Store, partitions: number): Promise<Offsets> {
  const rows = await store.query(
    lastOfPartition,
    'SELECT max(position) AS last FROM ledger GROUP BY intDiv(position - 1, 1099511627776)',
  );
  const offsets = Array.from({ length: partitions }, () => 0);
  for (const { last } of rows) offsets[partitionOf(last)] = offsetOf(last) + 1;
  return offsets;
}

/** Empties every table, so that the store can be built again from the stream. */
export async function clearStore(store: Store): Promise<void> {
  for (const table of TABLE_NAMES) await store.command(`TRUNCATE TABLE ${ownTable(table, store.cluster)}`);
}
