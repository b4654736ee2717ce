/** A plain table: what a chart shows, for reading, copying and saving. */
export type Cell = string | number | null;
export type Sheet = { head: readonly string[]; body: readonly (readonly Cell[])[] };

/** Spreadsheets run what begins so; a quote in front keeps it text. Numbers come as numbers and stay as they are. */
const FORMULA = /^[=+\-@\t\r]/;

const textOf = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return FORMULA.test(cell) ? `'${cell}` : cell;
};

const quoted = (cell: Cell): string => {
  const text = textOf(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, with the mark by which Excel knows UTF-8. */
export const toCsv = ({ head, body }: Sheet): string =>
  `\uFEFF${[head, ...body].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;

/** As a spreadsheet takes it from the clipboard. */
export const toTsv = ({ head, body }: Sheet): string =>
  [head, ...body]
    .map((row) => row.map((cell) => textOf(cell).replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
