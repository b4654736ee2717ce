import type { Store } from './client.ts';
import { type Columns, nativeBlock } from './nativeWriter.ts';
import type { Rows } from './rows.ts';
import { TABLE_NAMES, TABLES } from './tables.ts';

/** Rows an insert: enough that its fixed costs don't show, and little enough that none takes much memory. */
const BLOCK = 10_000;

/**
 * Writes one projected batch. The ledger goes last: what it holds is in the other tables already, so the
 * greatest position in it is the checkpoint (`checkpoint.ts`). When this rejects or the process dies within,
 * part of the batch may be there; writing the same batch again puts it right.
 */
export async function insertRows(store: Store, rows: Rows): Promise<void> {
  for (const table of TABLE_NAMES) await insertInto(store, table, rows);
}

async function insertInto<T extends keyof Rows>(store: Store, table: T, rows: Rows): Promise<void> {
  const columns = TABLES[table] as Columns<Rows[T][number]>;
  const all: readonly Rows[T][number][] = rows[table];
  for (let from = 0; from < all.length; from += BLOCK) {
    const some = from === 0 && all.length <= BLOCK ? all : all.slice(from, from + BLOCK);
    await store.insertNative(table, Object.keys(columns), nativeBlock(columns, some));
  }
}
