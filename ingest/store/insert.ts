import { type Columns, nativeBlock } from '../clickhouse-native/write.ts';
import { codecsOf } from '../tables/columns.ts';
import { type Rows, TABLE_NAMES, TABLES } from '../tables/tables.ts';
import type { Store } from './client.ts';

/**
 * Rows as blocks in the store's own format, by table: bytes weigh less than objects while they wait, and may pass
 * from thread to thread.
 */
export type Blocks = { [T in keyof Rows]?: Uint8Array };

export function blocksOf(rows: Rows): Blocks {
  const blocks: Blocks = {};
  for (const table of TABLE_NAMES) if (rows[table].length > 0) blocks[table] = blockOf(table, rows);
  return blocks;
}

const CODECS = Object.fromEntries(TABLE_NAMES.map((table) => [table, codecsOf<object>(TABLES[table])]));

const blockOf = <T extends keyof Rows>(table: T, rows: Rows): Uint8Array =>
  nativeBlock(CODECS[table] as Columns<Rows[T][number]>, rows[table] as readonly Rows[T][number][]);

/**
 * Writes all of them, an insert a table. The ledger goes last: what it holds is in the other tables already, so the
 * greatest position in it is the checkpoint (`checkpoint.ts`). When this rejects or the process dies within, part may
 * be there; writing the same again puts it right.
 */
export async function insertBlocks(store: Store, pieces: readonly Blocks[]): Promise<void> {
  for (const table of TABLE_NAMES) {
    const blocks = pieces.map((piece) => piece[table]).filter((block) => block !== undefined);
    if (blocks.length > 0) await store.insertNative(table, Object.keys(TABLES[table]), blocks);
  }
}

/** Writes one projected batch. */
export const insertRows = (store: Store, rows: Rows): Promise<void> => insertBlocks(store, [blocksOf(rows)]);
