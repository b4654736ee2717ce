import type { Database } from 'lmdb';
import { createHashDirectory } from './hashDirectory.ts';
import type { PackedChanges } from './packedChanges.ts';
import {
  bytesAt,
  joined,
  NO_ROWS,
  type PackedPage,
  type PackedRows,
  pageOf,
  type RowCodec,
  rowsOf,
  sliced,
} from './packedRows.ts';

/** Rows a page. */
const PAGE = 64;

export type PackedTable<V> = {
  get(key: string): V | undefined;
  /** Writes what a commit adds, as part of its transaction. */
  write(added: PackedChanges<V>): void;
  /** Takes over what has been written, once it is committed. */
  settle(added: PackedChanges<V>): void;
  /** Within a transaction. */
  clear(): void;
};

/**
 * A table that nearly every event adds a row to. In a tree by key each row would touch a page of its own, most of
 * what a commit costs; so rows are written one behind the other, and found by a directory in memory. A row that
 * replaces another comes behind it, and the other stays: one in eight does.
 */
export function openPackedTable<V>(pages: Database<PackedPage, number>, codec: RowCodec<V>): PackedTable<V> {
  const directory = createHashDirectory();
  let count = 0;
  /** The rows of the last page, while it has room. */
  let tail = NO_ROWS;
  let lastRead: { number: number; rows: PackedRows } | undefined;

  /** The rows of the page that an ordinal is in. */
  function around(ordinal: number): PackedRows {
    const number = Math.floor(ordinal / PAGE);
    if (lastRead?.number === number) return lastRead.rows;
    const page = pages.get(number);
    const rows = page ? rowsOf(page) : NO_ROWS;
    if (rows.keys.length === PAGE) lastRead = { number, rows };
    return rows;
  }
  const isAt = (key: string) => (ordinal: number) => around(ordinal).keys[ordinal % PAGE] === key;
  const enter = (keys: readonly string[]): void => {
    for (const key of keys) directory.put(key, count++, isAt(key));
  };

  for (const { value } of pages.getRange()) {
    const rows = rowsOf(value);
    enter(rows.keys);
    tail = rows.keys.length < PAGE ? { ...rows, bytes: Buffer.from(rows.bytes) } : NO_ROWS;
  }

  return {
    get(key) {
      const ordinal = directory.find(key, isAt(key));
      return ordinal === undefined ? undefined : codec.unpack(bytesAt(around(ordinal), ordinal % PAGE));
    },
    write(added) {
      const all = joined(tail, added.rows());
      const first = (count - tail.keys.length) / PAGE;
      for (let at = 0; at < all.keys.length; at += PAGE)
        pages.put(first + at / PAGE, pageOf(sliced(all, at, Math.min(at + PAGE, all.keys.length))));
    },
    settle(added) {
      const all = joined(tail, added.rows());
      enter(added.rows().keys);
      const { keys, ends, bytes } = sliced(all, all.keys.length - (count % PAGE));
      tail = { keys, ends, bytes: Buffer.from(bytes) };
    },
    clear() {
      pages.clearSync();
      directory.clear();
      count = 0;
      tail = NO_ROWS;
      lastRead = undefined;
    },
  };
}
