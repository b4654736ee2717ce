/** What a sheet says beside its values: which rows are hidden, and where a formula stands without its result. */
export type SheetNotes = {
  hidden: ReadonlySet<number>;
  /** Places of cells, from 0, by row, from 1. */
  uncalculated: ReadonlyMap<number, readonly number[]>;
};

export const NO_NOTES: SheetNotes = { hidden: new Set(), uncalculated: new Map() };

/** The value of an attribute in a tag. */
export const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];

/** No cell or tag of a row is longer; what is holds none that is looked for. */
const LONGEST = 256 * 1024;
const MOST_NOTED = 100_000;
const END_OF_CELL = '</c>';

/** The tag of the last cell that begins in a text. */
const tagIn = (text: string): string => {
  const begin = Math.max(0, text.lastIndexOf('<c '));
  return text.slice(begin, begin + LONGEST_TAG);
};
const LONGEST_TAG = 500;

/** `AB12`: row 12, the 27th place from 0. */
function placeOf(reference: string): { row: number; place: number } | undefined {
  const [, letters = '', row = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
  if (letters === '') return undefined;
  const place = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(row), place };
}

/** Takes notes piece by piece, as the part comes out of the archive. */
export function createSheetNotes() {
  const hidden = new Set<number>();
  const uncalculated = new Map<number, number[]>();
  let rest = '';
  let noted = 0;

  function lookAtRows(text: string): void {
    if (!text.includes('hidden')) return;
    for (const [tag] of text.matchAll(/<(?:\w+:)?row\b[^>]*>/g))
      if (/^(?:1|true)$/.test(attribute(tag, 'hidden') ?? '')) hidden.add(Number(attribute(tag, 'r')));
  }
  /**
   * Programs write formulas and leave it to Excel to reckon: such a cell has no value of any kind. Every sign is passed
   * once, whatever a stranger wrote.
   */
  function lookAtFormulas(text: string): void {
    let [from, cellBefore] = [0, 0];
    for (let at = text.indexOf('<f', from); at >= 0; at = text.indexOf('<f', from)) {
      from = at + 2;
      if (!/[\s/>]/.test(text[from] ?? '')) continue;
      const end = text.indexOf(END_OF_CELL, at);
      if (end < 0) return;
      const head = text.slice(cellBefore, at);
      [from, cellBefore] = [end, end];
      if (text.slice(at, end).includes('<v')) continue;
      const found = placeOf(attribute(tagIn(head), 'r') ?? '');
      if (!found || ++noted > MOST_NOTED) continue;
      const places = uncalculated.get(found.row);
      if (places) places.push(found.place);
      else uncalculated.set(found.row, [found.place]);
    }
  }

  return {
    notes: { hidden, uncalculated } satisfies SheetNotes,
    /** More formulas without results than are noted. */
    isFull: (): boolean => noted > MOST_NOTED,
    push(chunk: Uint8Array): void {
      const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      // Up to here whole cells and whole tags of rows.
      const lastCell = text.lastIndexOf(END_OF_CELL);
      const end = Math.max(lastCell < 0 ? 0 : lastCell + END_OF_CELL.length, text.lastIndexOf('<row'));
      const whole = text.slice(0, Math.max(0, end));
      lookAtRows(whole);
      lookAtFormulas(whole);
      rest = text.slice(Math.max(0, end)).slice(-LONGEST);
    },
  };
}
