import type { Store } from './client.ts';
import { TABLE_NAMES } from './tables.ts';
import { ownTable } from './template.ts';

/** Merges each partition of each table into one part, where it is not one already. */
export async function mergeStore(store: Store): Promise<void> {
  for (const table of TABLE_NAMES)
    await store.tidy(
      `OPTIMIZE TABLE ${ownTable(table, store.cluster)} FINAL SETTINGS optimize_skip_merged_partitions = 1`,
    );
}
