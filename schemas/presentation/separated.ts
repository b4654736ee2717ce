import { decimalText } from './numbers.ts';
import type { Cell, Heading, Table } from './table.ts';
import { onOneLine, printableText } from './text.ts';

/** CSV and TSV as spreadsheets take them: the one writer, for the server's files, the dashboard's, and the clipboard. */

const BOM = '\uFEFF';
/** What a spreadsheet takes for the beginning of a formula; Chinese and Japanese ones take full-width signs, too. */
const SIGN = '[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE62\\uFE63\\uFE66\\uFE6B]';
/** What may stand before the sign without being seen, or is taken away by the program that reads it. */
const UNSEEN = '(?:\\p{Default_Ignorable_Code_Point}|\\p{Cc}|\\p{Cf}|\\s|")*';
const FORMULA = new RegExp(`^${UNSEEN}${SIGN}|^[\\t\\r\\n]`, 'u');
/** Half of Europe's spreadsheets part cells at semicolons and see no quotes there: what follows one begins a cell. */
const AFTER_SEMICOLON = new RegExp(`(;${UNSEEN})(?=${SIGN})`, 'gu');

/** A text that no spreadsheet takes for a formula, on one line: an apostrophe keeps it text. */
export function harmless(text: string): string {
  const clean = printableText(onOneLine(text)).replace(AFTER_SEMICOLON, "$1'");
  return FORMULA.test(text) ? `'${clean}` : clean;
}

/** Figures as a program reads them: rounded as they are shown, without thousands set off. Shares keep their digits. */
function cellOf(cell: Cell, { kind, decimals }: Pick<Heading, 'kind' | 'decimals'>): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return decimalText(cell, decimals);
  return kind === 'day' && /^[\d-]+$/.test(cell) ? cell : harmless(cell);
}

const quotedWhere =
  (special: RegExp) =>
  (text: string): string =>
    special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
/** A semicolon, too, for the spreadsheets that part cells there; spaces at an end would be taken away. */
const csvCell = quotedWhere(/[",;]|^\s|\s$/);
const tsvCell = quotedWhere(/"/);

export type Written = Pick<Table, 'rows' | 'mark'> & {
  columns: readonly Pick<Heading, 'heading' | 'kind' | 'decimals'>[];
};

const LINES_AT_ONCE = 2_000;

/** The table as CSV (RFC 4180, UTF-8 with the mark by which Excel knows it), in pieces of a few thousand lines. */
export function* csvOf({ columns, rows, mark }: Written): Generator<string> {
  const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
  let piece =
    BOM + (mark ? line([harmless(mark)]) : '') + line(columns.map(({ heading }) => harmless(heading)));
  for (let from = 0; from < rows.length; from += LINES_AT_ONCE) {
    for (const row of rows.slice(from, from + LINES_AT_ONCE))
      piece += line(columns.map((column, index) => cellOf(row[index] ?? null, column)));
    yield piece;
    piece = '';
  }
  if (piece) yield piece;
}

/** The table as a spreadsheet takes it from the clipboard. */
export const tsvOf = ({ columns, rows, mark }: Written): string =>
  [
    ...(mark ? [[harmless(mark)]] : []),
    columns.map(({ heading }) => harmless(heading)),
    ...rows.map((row) => columns.map((column, index) => cellOf(row[index] ?? null, column))),
  ]
    .map((cells) => cells.map(tsvCell).join('\t'))
    .join('\n');
