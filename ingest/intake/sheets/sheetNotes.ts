/** What a sheet says beside its values: which rows are hidden, where a formula stands without its result, and what is merged. */
export type SheetNotes = {
  hidden: ReadonlySet<number>;
  /** Places of cells, from 0, by row, from 1. */
  uncalculated: ReadonlyMap<number, readonly number[]>;
  /** Cells that are merged with one above them, and so have no value of their own; as above. */
  covered: ReadonlyMap<number, readonly number[]>;
};

export const NO_NOTES: SheetNotes = { hidden: new Set(), uncalculated: new Map(), covered: new Map() };

/** The value of an attribute in a tag. */
export const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];

/** No cell or tag of a row is longer; what is holds none that is looked for. */
const LONGEST = 256 * 1024;
const MOST_NOTED = 100_000;
const LONGEST_TAG = 500;

/** Columns that are looked at of merged cells. */
const MOST_COLUMNS = 100;

/** `AB12`: row 12, the 27th place from 0. */
function placeOf(reference: string): { row: number; place: number } | undefined {
  const [, letters = '', row = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
  if (letters === '') return undefined;
  const place = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(row), place };
}

function note(noted: Map<number, number[]>, row: number, place: number): void {
  const places = noted.get(row);
  if (places) places.push(place);
  else noted.set(row, [place]);
}

/** Takes notes piece by piece, as the part comes out of the archive. */
export function createSheetNotes() {
  const hidden = new Set<number>();
  const uncalculated = new Map<number, number[]>();
  const covered = new Map<number, number[]>();
  /** Some programs write every tag with a prefix, `<x:c>`. */
  let prefix: string | undefined;
  let tag = '';
  let [rest, coveredCells] = ['', 0];
  let noted = 0;

  function lookAtRows(text: string): void {
    if (!text.includes('hidden')) return;
    for (const [tag] of text.matchAll(/<(?:\w+:)?row\b[^<>]*>/g))
      if (/^(?:1|true)$/.test(attribute(tag, 'hidden') ?? '')) hidden.add(Number(attribute(tag, 'r')));
  }
  /**
   * Programs write formulas and leave it to Excel to reckon: such a cell has no value, or an empty one. Of a text an
   * empty value is a result (`t="str"`). Every sign is passed once, whatever a stranger wrote.
   */
  function lookAtFormulas(text: string): void {
    let [from, cellBefore] = [0, 0];
    const formula = `<${prefix}f`;
    for (let at = text.indexOf(formula, from); at >= 0; at = text.indexOf(formula, from)) {
      from = at + formula.length;
      if (!/[\s/>]/.test(text[from] ?? '')) continue;
      const end = text.indexOf(`</${prefix}c>`, at);
      if (end < 0) return;
      const head = text.slice(cellBefore, at);
      [from, cellBefore] = [end, end];
      const own = text.slice(at, end);
      const value = own.indexOf(`<${prefix}v`);
      const isThere = value >= 0;
      if (isThere && !/^[^>]*(?:\/>|><)/.test(own.slice(value, value + LONGEST_TAG))) continue;
      const begin = Math.max(0, head.lastIndexOf(`<${prefix}c `));
      const cell = head.slice(begin, begin + LONGEST_TAG);
      if (isThere && attribute(cell, 't') === 'str') continue;
      const found = placeOf(attribute(cell, 'r') ?? '');
      if (found && ++noted <= MOST_NOTED) note(uncalculated, found.row, found.place);
    }
  }

  /** Every row of merged cells but the first: the value stands in the first alone. They are listed behind the rows. */
  function lookAtMerged(chunk: string): void {
    const text = tag + chunk;
    for (const [merge] of text.includes('mergeCell') ? text.matchAll(/<(?:\w+:)?mergeCell\s[^<>]*>/g) : []) {
      const [first, last] = (attribute(merge, 'ref') ?? '').split(':').map(placeOf);
      if (!first || !last || last.place < first.place) continue;
      const end = Math.min(last.place, first.place + MOST_COLUMNS);
      for (let row = first.row + 1; row <= last.row && coveredCells < MOST_NOTED; row++)
        for (let place = first.place; place <= end; place++, coveredCells++) note(covered, row, place);
    }
    const open = text.lastIndexOf('<');
    tag = open < 0 || text.includes('>', open) ? '' : text.slice(open).slice(0, LONGEST_TAG);
  }

  return {
    notes: { hidden, uncalculated, covered } satisfies SheetNotes,
    /** More formulas without results than are noted. */
    isFull: (): boolean => noted > MOST_NOTED,
    push(chunk: Uint8Array): void {
      const read = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      lookAtMerged(read);
      const text = rest + read;
      prefix ??= /<(\w+:)?worksheet\b/.exec(text)?.[1] ?? (text.includes('<worksheet') ? '' : undefined);
      if (prefix === undefined) {
        rest = text.slice(-LONGEST);
        return;
      }
      const endOfCell = `</${prefix}c>`;
      // Up to here whole cells and whole tags of rows.
      const lastCell = text.lastIndexOf(endOfCell);
      const end = Math.max(lastCell < 0 ? 0 : lastCell + endOfCell.length, text.lastIndexOf(`<${prefix}row`));
      const whole = text.slice(0, Math.max(0, end));
      lookAtRows(whole);
      lookAtFormulas(whole);
      rest = text.slice(Math.max(0, end)).slice(-LONGEST);
    },
  };
}
