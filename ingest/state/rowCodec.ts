import { Packr } from 'msgpackr';
import type { RowOf } from '../tables/columns.ts';
import { OPEN_END } from '../tables/tables.ts';

/** How rows of a table are kept as bytes. */
export type RowCodec<V> = { pack(row: V): Uint8Array; unpack(bytes: Uint8Array): V };

const packr = new Packr({ useRecords: false });

/** What every open version has in common, and so is left out. */
const OPEN = { closedBy: 0, recordedTo: OPEN_END };

/** Open versions of a table as bytes: their values in the order of its columns. */
export function openVersionCodec<D extends Record<keyof typeof OPEN, unknown>>(
  description: D,
): RowCodec<RowOf<D>> {
  type Row = RowOf<D>;
  const names = Object.keys(description) as (keyof D & string)[];
  const kept = names.filter((name) => !(name in OPEN));
  // Copied, so that rows need not grow by a field at a time.
  const blank = Object.fromEntries(names.map((name) => [name, null]));
  return {
    pack(row) {
      const values = new Array<unknown>(kept.length);
      for (let at = 0; at < kept.length; at++) values[at] = row[kept[at] as keyof D];
      return packr.pack(values);
    },
    unpack(bytes) {
      const values = packr.unpack(bytes) as unknown[];
      const row: Record<string, unknown> = { ...blank, ...OPEN };
      for (let at = 0; at < kept.length; at++) row[kept[at] as string] = values[at];
      return row as Row;
    },
  };
}
