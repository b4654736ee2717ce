/** Rows in the order in which they came: their keys, where the bytes of each end, and the bytes, one behind the other. */
export type PackedRows = { keys: string[]; ends: number[]; bytes: Uint8Array };

/** Keys of a page as the database keeps them: one text is written several times as fast as many. */
export type KeyPage = { text: string; ends: number[] };
/** Their rows' bytes. */
export type BytePage = Omit<PackedRows, 'keys'>;

export function keyPageOf(keys: readonly string[]): KeyPage {
  let end = 0;
  const ends = keys.map((key) => {
    end += key.length;
    return end;
  });
  return { text: keys.join(''), ends };
}

export const keysOf = ({ text, ends }: KeyPage): string[] =>
  ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));

export const NO_ROWS: PackedRows = { keys: [], ends: [], bytes: Buffer.alloc(0) };

const endBefore = ({ ends }: BytePage, index: number): number => (index === 0 ? 0 : (ends[index - 1] ?? 0));

export const bytesAt = (page: BytePage, index: number): Uint8Array =>
  page.bytes.subarray(endBefore(page, index), page.ends[index]);

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
