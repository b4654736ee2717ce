import { type Cell, cellText, type Heading, type Table } from '#schemas/presentation/table.ts';
import { foldedLines, halves } from '../report/fold.ts';

/** How a table lies on a sheet: columns as wide as what stands in them, rows as high as what wraps. */
export type Layout = {
  /** In half-width characters. */
  widths: number[];
  /** Columns in which longer texts take several lines. */
  wraps: boolean[];
  /** Lines that the head takes. */
  headLines: number;
  /** Lines that a row takes. */
  linesOf(row: readonly Cell[]): number;
};

/** What is longer wraps. */
const WIDEST = 54;
/** A column that asks for so much holds sentences. */
const WRAPPING = 40;
/** The least that a column of figures takes. */
const FIGURE = 8;
/** A head is bold, and has a button beside it. */
const HEAD_ROOM = 2;

/** A head takes two lines at most, and no Latin word of it is torn. */
function headNeeds(heading: string): number {
  const words = (heading.match(/[A-Za-z]+/g) ?? []).map(({ length }) => length);
  const whole = halves(heading);
  let width = Math.max(Math.ceil(whole / 2), ...words);
  while (foldedLines(heading, width) > 2) width++;
  return width + HEAD_ROOM;
}

type Lying = { width: number; wraps: boolean };

/** Figures of fixed decimals are the longer the further from zero: the outermost are as long as any. */
const isFixed = ({ kind, decimals, signed }: Heading): boolean =>
  kind === 'number' && decimals !== undefined && !signed;

/** The width of the longest text of a column, each text looked at once. */
function longestOf(column: Heading, index: number, rows: Table['rows']): number {
  const cells = new Set<Cell>();
  const outermost = { least: 0, most: 0 };
  const fixed = isFixed(column);
  for (const row of rows) {
    const cell = row[index] ?? null;
    if (fixed && typeof cell === 'number') {
      if (cell < outermost.least) outermost.least = cell;
      if (cell > outermost.most) outermost.most = cell;
    } else cells.add(cell);
  }
  if (cells.size < rows.length && fixed) cells.add(outermost.least).add(outermost.most);
  let longest = 0;
  for (const cell of cells) longest = Math.max(longest, halves(cellText(cell, column)));
  return longest;
}

/** By what stands in it; by what it asks for, where the rows are yet to come. */
function layColumn(column: Heading, index: number, { rows }: Table, upright: boolean): Lying {
  const head = upright ? 0 : headNeeds(column.heading);
  const isText = column.kind === 'text';
  if (rows.length === 0)
    return { width: Math.max(column.width, head), wraps: isText && column.width >= WRAPPING };
  const longest = longestOf(column, index, rows);
  const least = isText || upright ? 0 : FIGURE;
  return { width: Math.max(Math.min(longest, WIDEST), head, least), wraps: isText && longest > WIDEST };
}

/** `isUpright`: heads that stand on end need no width of their own. */
export function layOut(table: Table, isUpright: (index: number) => boolean = () => false): Layout {
  const { columns } = table;
  const lying = columns.map((column, index) => layColumn(column, index, table, isUpright(index)));
  const widths = lying.map(({ width }) => width);
  const wrapping = lying.flatMap(({ wraps }, index) => (wraps ? [index] : []));
  const most = (lines: (at: Lying, index: number) => number): number =>
    lying.reduce((max, at, index) => Math.max(max, lines(at, index)), 1);
  return {
    widths,
    wraps: lying.map(({ wraps }) => wraps),
    headLines: most(({ width }, index) =>
      isUpright(index) ? 1 : foldedLines(columns[index]?.heading ?? '', width - HEAD_ROOM),
    ),
    linesOf(row) {
      let lines = 1;
      for (const index of wrapping) {
        const cell = row[index];
        if (typeof cell === 'string') lines = Math.max(lines, foldedLines(cell, widths[index] ?? 0));
      }
      return lines;
    },
  };
}

/** A1-style name of a column, from 0. */
export function letters(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** Points that a line takes, and what a row that wraps has beside its lines. */
export const LINE = 15;
const PADDING = 3;
/** The most that Excel gives a row. */
export const HIGHEST = 409;

/** The height of a row of so many lines, as far as Excel goes; undefined where it is a single one. */
export const heightOf = (lines: number): number | undefined =>
  lines > 1 ? Math.min(lines * LINE + PADDING, HIGHEST) : undefined;
