import type { Offsets } from '#schemas/position.ts';
import { clearStore, readCheckpoint } from '../store/checkpoint.ts';
import type { Store } from '../store/client.ts';
import { type Blocks, insertBlocks } from '../store/insert.ts';
import { mergeStore } from '../store/merge.ts';
import type { MaintainedStore } from './maintenance.ts';

/** What the loop asks of the store. `R` is what rows are passed on as. */
export type RowStore<R> = MaintainedStore & {
  /** Rows that are there already change nothing. */
  insert(rows: readonly R[]): Promise<void>;
  /** Behind the last record of each partition that was inserted whole. */
  checkpoint(partitions: number): Promise<Offsets>;
  clear(): Promise<void>;
};

export const rowStoreOf = (store: Store): RowStore<Blocks> => ({
  insert: (pieces) => insertBlocks(store, pieces),
  checkpoint: (partitions) => readCheckpoint(store, partitions),
  clear: () => clearStore(store),
  merge: () => mergeStore(store),
  pauseMerges: store.pauseMerges,
});
