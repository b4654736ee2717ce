import type { Database } from 'lmdb';
import type { RowCodec } from '../rowCodec.ts';
import type { DirectoryFile } from './directoryFile.ts';
import { createHashDirectory } from './hashDirectory.ts';
import type { PackedChanges } from './packedChanges.ts';
import {
  type BytePage,
  bytesAt,
  joined,
  type KeyPage,
  keyPageOf,
  keysOf,
  NO_ROWS,
  type PackedRows,
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
  /** Forgets what it has in memory, once that is committed. */
  forget(): void;
  /** Keeps its directory for the next opening. */
  close(): void;
};

/** With more new rows than this share of all, the directory is kept anew at once: the next opening may follow a crash. */
const MANY = 0.25;

/** Pages by number: of keys, of which opening reads those that its directory's file lacks, and of the rows' bytes. */
export type Pages = { keys: Database<KeyPage, number>; bytes: Database<BytePage, number> };

/**
 * A table that nearly every event adds a row to. In a tree by key each row would touch a page of its own, most of
 * what a commit costs; so rows are written one behind the other, and found by a directory in memory. A row that
 * replaces another comes behind it, and the other stays: one in eight does.
 */
export function openPackedTable<V>(
  pages: Pages,
  codec: RowCodec<V>,
  directoryFile: DirectoryFile,
): PackedTable<V> {
  const kept = directoryFile.read();
  const directory = createHashDirectory(kept?.image);
  /** Rows that the directory knows. */
  let count = kept?.rows ?? 0;
  /** Rows that its file knows. */
  let filed = count;
  /** The rows of the last page, while it has room. */
  let tail = NO_ROWS;
  /** Pages that are full never change. */
  let lastKeys: { number: number; keys: string[] } | undefined;
  let lastBytes: { number: number; page: BytePage } | undefined;

  function keysAround(ordinal: number): string[] {
    const number = Math.floor(ordinal / PAGE);
    if (lastKeys?.number === number) return lastKeys.keys;
    const page = pages.keys.get(number);
    const keys = page ? keysOf(page) : [];
    if (keys.length === PAGE) lastKeys = { number, keys };
    return keys;
  }
  function bytesAround(ordinal: number): BytePage {
    const number = Math.floor(ordinal / PAGE);
    if (lastBytes?.number === number) return lastBytes.page;
    const page = pages.bytes.get(number) ?? NO_ROWS;
    if (page.ends.length === PAGE) lastBytes = { number, page };
    return page;
  }
  const isAt = (key: string) => (ordinal: number) => keysAround(ordinal)[ordinal % PAGE] === key;
  const enter = (keys: readonly string[]): void => {
    for (const key of keys) directory.put(key, count++, isAt(key));
  };

  function keep(): void {
    if (filed === count) return;
    directoryFile.write(directory.image(), count);
    filed = count;
  }

  for (const { key: number, value } of pages.keys.getRange({ start: Math.floor(count / PAGE) })) {
    const keys = keysOf(value);
    enter(keys.slice(count - number * PAGE));
    const page = keys.length < PAGE ? pages.bytes.get(number) : undefined;
    tail = page ? { keys, ends: page.ends, bytes: Buffer.from(page.bytes) } : NO_ROWS;
  }
  if (count - filed > count * MANY) keep();

  return {
    get(key) {
      const ordinal = directory.find(key, isAt(key));
      return ordinal === undefined ? undefined : codec.unpack(bytesAt(bytesAround(ordinal), ordinal % PAGE));
    },
    write(added) {
      const all = joined(tail, added.rows());
      const first = (count - tail.keys.length) / PAGE;
      const parts: PackedRows[] = [];
      for (let at = 0; at < all.keys.length; at += PAGE)
        parts.push(sliced(all, at, Math.min(at + PAGE, all.keys.length)));
      // One kind after the other, so that keys lie together on the disk.
      for (const [at, { keys }] of parts.entries()) pages.keys.put(first + at, keyPageOf(keys));
      for (const [at, { ends, bytes }] of parts.entries()) pages.bytes.put(first + at, { ends, bytes });
    },
    settle(added) {
      const all = joined(tail, added.rows());
      enter(added.rows().keys);
      const { keys, ends, bytes } = sliced(all, all.keys.length - (count % PAGE));
      tail = { keys, ends, bytes: Buffer.from(bytes) };
    },
    clear() {
      directoryFile.remove();
      filed = 0;
      pages.keys.clearSync();
      pages.bytes.clearSync();
    },
    forget() {
      directory.clear();
      count = 0;
      tail = NO_ROWS;
      lastKeys = undefined;
      lastBytes = undefined;
    },
    close: keep,
  };
}
