import type { Offsets } from '#schemas/position.ts';
import { clearStore, readCheckpoint } from '../store/checkpoint.ts';
import type { Store } from '../store/client.ts';
import { insertRows } from '../store/insert.ts';
import type { Rows } from '../store/rows.ts';

/** What the loop asks of the store. Inserting the same rows again changes nothing. */
export type RowStore = {
  insert(rows: Rows): Promise<void>;
  /** Behind the last record of each partition that was inserted whole. */
  checkpoint(partitions: number): Promise<Offsets>;
  clear(): Promise<void>;
};

export const rowStoreOf = (store: Store): RowStore => ({
  insert: (rows) => insertRows(store, rows),
  checkpoint: (partitions) => readCheckpoint(store, partitions),
  clear: () => clearStore(store),
});
