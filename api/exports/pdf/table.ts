import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces.js';
import { COLORS } from '#schemas/presentation/palette.ts';
import { alignmentOf, cellText, type Table } from '#schemas/presentation/table.ts';
import type { Ink } from '../fonts/runs.ts';
import { isMatrix, widthsOf } from '../report/cells.ts';
import { evened } from '../report/fold.ts';
import { textOf } from './text.ts';

/** Tables whose heads repeat on every page, with thin rules and rows that do not break. */

/** Room for tables in points: the text's width less the padding of its cells. */
const PORTRAIT = 595 - 2 * 48;
const LANDSCAPE = 842 - 2 * 48;
const PADDING = 3;
/** Width of a bold digit or letter, in sizes of the type. */
const DIGIT = 0.6;
/** A table as long as this is set in parts, for layout takes more than its share of time and memory otherwise. */
const ROWS_AT_ONCE = 500;

/** Rows of the head: the table's title and the columns' headings; both repeat, so that no title is left behind. */
const HEADS = 2;

const isFrame = (index: number, rows: number): boolean => index === 1 || index === HEADS || index === rows;

const LAYOUT: NonNullable<ContentTable['layout']> = {
  hLineWidth: (index, { table }) => (index === 0 ? 0 : isFrame(index, table.body.length) ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (index, { table }) => (isFrame(index, table.body.length) ? COLORS.muted : COLORS.rule),
  paddingLeft: () => PADDING,
  paddingRight: () => PADDING,
  paddingTop: () => 2.2,
  paddingBottom: () => 2.2,
};

/** Where a table needs the paper lying. */
export const isWide = (table: Table): boolean =>
  isMatrix(table) && table.columns.reduce((sum, { width }) => sum + width, 0) > 90;

const MATRIX_HEAD = 7;

/** What a head's type takes of a width, in half-width characters: a Chinese sign is as wide as high. */
const roomFor = (width: number, size: number): number => Math.floor(width / (size / 2));

function heads(table: Table, widths: readonly number[], size: number, ink: Ink): TableCell[][] {
  const headSize = isMatrix(table) ? MATRIX_HEAD : size;
  const title: TableCell = {
    text: textOf(table.title, ink),
    bold: true,
    fontSize: 10,
    colSpan: table.columns.length,
    margin: [-PADDING, 6, 0, 0],
  };
  const headings = table.columns.map(
    ({ heading }, index): TableCell => ({
      text: textOf(evened(heading, roomFor(widths[index] ?? 0, headSize)), ink),
      bold: true,
      alignment: 'center',
      fillColor: COLORS.wash,
      color: COLORS.ink,
      fontSize: headSize,
    }),
  );
  return [[title, ...table.columns.slice(1).map((): TableCell => ({}))], headings];
}

/** The table in one or more parts; each begins with the heads. */
export function tableContent(table: Table, ink: Ink, landscape: boolean): Content[] {
  const { columns, rows, alarmed = [] } = table;
  const room = (landscape ? LANDSCAPE : PORTRAIT) - columns.length * 2 * PADDING;
  const red = new Set(alarmed);
  const fontSize = columns.length > 8 ? 8 : 9;
  const widths = widthsOf(table, { room: Math.floor(room), digit: fontSize * DIGIT, padding: 1 });
  const parts: Content[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const body = rows.slice(from, from + ROWS_AT_ONCE).map((row, at) =>
      columns.map(
        (column, index): TableCell => ({
          text: textOf(cellText(row[index] ?? null, column), ink),
          alignment: alignmentOf(column),
          ...(red.has(from + at) && { color: COLORS.alarm }),
        }),
      ),
    );
    parts.push({
      table: {
        headerRows: HEADS,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths,
        body: [...heads(table, widths, fontSize, ink), ...body],
      },
      layout: LAYOUT,
      fontSize,
      margin: [0, 0, 0, from + ROWS_AT_ONCE < rows.length ? 0 : 6],
      ...(from > 0 && { pageBreak: 'before' as const }),
    });
  }
  return parts;
}
