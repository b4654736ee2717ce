import type { Changes } from '../changes.ts';
import type { RowCodec } from '../rowCodec.ts';
import { createHashDirectory } from './hashDirectory.ts';
import { bytesAt, type PackedRows } from './packedRows.ts';

/**
 * What a group of events changes in a table, as bytes from the start: packing is several times as dear once a row has
 * left the processor's cache, and objects that wait for the group to be written outlive their events. Few are looked
 * up again. A key that is set twice has two rows, of which the later one holds.
 */
export type PackedChanges<V> = Changes<V> & { rows(): PackedRows };

export function createPackedChanges<V>(codec: RowCodec<V>): PackedChanges<V> {
  const directory = createHashDirectory();
  const keys: string[] = [];
  const ends: number[] = [];
  let bytes = Buffer.allocUnsafe(4_096);
  let length = 0;

  function append(row: Uint8Array): void {
    if (length + row.length > bytes.length) {
      const more = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + row.length));
      bytes.copy(more, 0, 0, length);
      bytes = more;
    }
    bytes.set(row, length);
    length += row.length;
  }
  const rows = (): PackedRows => ({ keys, ends, bytes: bytes.subarray(0, length) });
  const at = (index: number): V => codec.unpack(bytesAt(rows(), index));

  return {
    get size() {
      return keys.length;
    },
    get(key) {
      const index = directory.find(key, (other) => keys[other] === key);
      return index === undefined ? undefined : at(index);
    },
    set(key, value) {
      directory.put(key, keys.length, (other) => keys[other] === key);
      keys.push(key);
      append(codec.pack(value));
      ends.push(length);
    },
    rows,
    *[Symbol.iterator]() {
      for (const [index, key] of keys.entries())
        if (directory.find(key, (other) => keys[other] === key) === index) yield [key, at(index)];
    },
  };
}
