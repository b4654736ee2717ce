import type { Store } from './client.ts';
import { type Columns, nativeBlock } from './nativeWriter.ts';
import type { Rows } from './rows.ts';
import { TABLE_NAMES, TABLES } from './tables.ts';

/** Rows on their way into the store, already in its format: bytes weigh less than objects while they wait. */
export type Insert = {
  add(rows: Rows): void;
  /**
   * Writes all that was added. The ledger goes last: what it holds is in the other tables already, so the greatest
   * position in it is the checkpoint (`checkpoint.ts`). When this rejects or the process dies within, part may be
   * there; writing the same again puts it right.
   */
  write(): Promise<void>;
};

export function openInsert(store: Store): Insert {
  const blocks = new Map<keyof Rows, Buffer[]>(TABLE_NAMES.map((table) => [table, []]));
  return {
    add(rows) {
      for (const table of TABLE_NAMES)
        if (rows[table].length > 0) blocks.get(table)?.push(blockOf(table, rows));
    },
    async write() {
      for (const [table, some] of blocks)
        if (some.length > 0) await store.insertNative(table, Object.keys(TABLES[table]), some);
    },
  };
}

const blockOf = <T extends keyof Rows>(table: T, rows: Rows): Buffer =>
  nativeBlock(TABLES[table] as Columns<Rows[T][number]>, rows[table] as readonly Rows[T][number][]);

/** Writes one projected batch. */
export async function insertRows(store: Store, rows: Rows): Promise<void> {
  const insert = openInsert(store);
  insert.add(rows);
  await insert.write();
}
