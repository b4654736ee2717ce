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

/** By what stands in it; by what it asks for, where the rows are yet to come. */
function layColumn(column: Heading, index: number, { rows }: Table, upright: boolean): Lying {
  const head = upright ? 0 : headNeeds(column.heading);
  const isText = column.kind === 'text';
  if (rows.length === 0)
    return { width: Math.max(column.width, head), wraps: isText && column.width >= WRAPPING };
  let longest = 0;
  for (const row of rows) longest = Math.max(longest, halves(cellText(row[index] ?? null, column)));
  const least = isText || upright ? 0 : FIGURE;
  return { width: Math.max(Math.min(longest, WIDEST), head, least), wraps: isText && longest > WIDEST };
}

/** `isUpright`: heads that stand on end need no width of their own. */
export function layOut(table: Table, isUpright: (index: number) => boolean = () => false): Layout {
  const { columns } = table;
  const lying = columns.map((column, index) => layColumn(column, index, table, isUpright(index)));
  const most = (lines: (at: Lying, index: number) => number): number =>
    lying.reduce((max, at, index) => Math.max(max, lines(at, index)), 1);
  return {
    widths: lying.map(({ width }) => width),
    wraps: lying.map(({ wraps }) => wraps),
    headLines: most(({ width }, index) =>
      isUpright(index) ? 1 : foldedLines(columns[index]?.heading ?? '', width - HEAD_ROOM),
    ),
    linesOf: (row) =>
      most(({ width, wraps }, index) => {
        const cell = row[index];
        return wraps && typeof cell === 'string' ? foldedLines(cell, width) : 1;
      }),
  };
}
