import type { Cell, Column, Table } from './report/model.ts';

/** CSV as spreadsheets take it: UTF-8 with BOM, CRLF, quoted as RFC 4180 says. */

const BOM = '\uFEFF';
/** What a spreadsheet would run as a formula; Chinese and Japanese ones take the full-width signs too. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/;
const QUOTED = /[",\r\n]/;

/** A text that no spreadsheet takes for a formula: an apostrophe keeps it text. Numbers are written by `cell`. */
export const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

const quote = (text: string): string => (QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function cell(value: Cell, { kind }: Pick<Column, 'kind'>): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return quote(kind === 'day' ? value : harmless(value));
}

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

const LINES_AT_ONCE = 2_000;

/** The table as CSV, in pieces of a few thousand lines. */
export function* csvOf({ columns, rows }: Pick<Table, 'columns' | 'rows'>): Generator<string> {
  let piece = BOM + line(columns.map(({ heading }) => quote(harmless(heading))));
  for (let from = 0; from < rows.length; from += LINES_AT_ONCE) {
    for (const row of rows.slice(from, from + LINES_AT_ONCE))
      piece += line(columns.map((column, index) => cell(row[index] ?? null, column)));
    yield piece;
    piece = '';
  }
  if (piece) yield piece;
}
