import type { Store } from './client.ts';
import { ownTable } from './template.ts';

/** What every ranking reads whole. The ledger is read by position, where parts that lie apart cost nothing. */
const READ_WHOLE = ['activity_versions', 'unit_versions', 'target_versions', 'self_inspections'] as const;

/** Merges each partition of these tables into one part, where it is not one already. */
export async function mergeStore(store: Store): Promise<void> {
  for (const table of READ_WHOLE)
    await store.inBackground(
      `OPTIMIZE TABLE ${ownTable(table, store.cluster)} FINAL SETTINGS optimize_skip_merged_partitions = 1`,
    );
}
