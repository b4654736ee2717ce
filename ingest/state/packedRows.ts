/** How rows of a table are kept as bytes. */
export type RowCodec<V> = { pack(row: V): Uint8Array; unpack(bytes: Uint8Array): V };

/** Rows in the order in which they came: their keys, where the bytes of each end, and the bytes, one behind the other. */
export type PackedRows = { keys: string[]; ends: number[]; bytes: Uint8Array };

/** A page of them as the database keeps it: one text is written several times as fast as many. */
export type PackedPage = { keys: string; keyEnds: number[]; ends: number[]; bytes: Uint8Array };

export function pageOf({ keys, ends, bytes }: PackedRows): PackedPage {
  let end = 0;
  return { keys: keys.join(''), keyEnds: keys.map((key) => (end += key.length)), ends, bytes };
}

export const rowsOf = ({ keys, keyEnds, ends, bytes }: PackedPage): PackedRows => ({
  keys: keyEnds.map((end, index) => keys.slice(keyEnds[index - 1] ?? 0, end)),
  ends,
  bytes,
});

export const NO_ROWS: PackedRows = { keys: [], ends: [], bytes: Buffer.alloc(0) };

const endBefore = ({ ends }: PackedRows, index: number): number => (index === 0 ? 0 : (ends[index - 1] ?? 0));

export const bytesAt = (rows: PackedRows, index: number): Uint8Array =>
  rows.bytes.subarray(endBefore(rows, index), rows.ends[index]);

export const joined = (first: PackedRows, second: PackedRows): PackedRows => {
  const offset = first.bytes.length;
  return {
    keys: [...first.keys, ...second.keys],
    ends: [...first.ends, ...second.ends.map((end) => end + offset)],
    bytes: Buffer.concat([first.bytes, second.bytes]),
  };
};

/** Some of the rows; their bytes are shared. */
export function sliced(rows: PackedRows, from: number, to = rows.keys.length): PackedRows {
  const [start, ends] = [endBefore(rows, from), rows.ends.slice(from, to)];
  return {
    keys: rows.keys.slice(from, to),
    ends: ends.map((end) => end - start),
    bytes: rows.bytes.subarray(start, ends.at(-1) ?? start),
  };
}
