import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from 'fflate';
import type { Cell, Heading } from '#schemas/presentation/table.ts';
import { printableText } from '#schemas/presentation/text.ts';
import { layOut } from './layout.ts';
import { heightOf, letters } from './sheets.ts';
import { sheetText } from './text.ts';

/**
 * Rows of a large table poured into a finished workbook: its sheet has the head, the set-up and one row that shows
 * the styles; the rows are written as they come, so that memory does not grow with them.
 */

const ROWS_AT_ONCE = 250;
/** Excel's limit of rows on a sheet, with the head. */
export const MOST_ROWS = 1_048_575;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string =>
  sheetText(printableText(text)).replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);

const serial = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - EPOCH) / DAY_MS;

function cellXml(cell: Cell, column: Heading, reference: string, style: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"${style}><v>${cell}</v></c>`;
  if (column.kind === 'day') return `<c r="${reference}"${style}><v>${serial(cell)}</v></c>`;
  return `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

type Template = { before: string; after: string; styles: string[] };

/** The sheet's text around its second row, which gives the styles. */
function templateOf(xml: string, columns: readonly Heading[]): Template {
  const row = /<row r="2"[^>]*>.*?<\/row>/s.exec(xml);
  if (!row) throw new TypeError('the sheet has no row to take the styles from');
  const styles = columns.map((_, index) => {
    const cell = new RegExp(`<c r="${letters(index)}2"[^>]*?( s="\\d+")`).exec(row[0]);
    return cell?.[1] ?? '';
  });
  return { before: xml.slice(0, row.index), after: xml.slice(row.index + row[0].length), styles };
}

/** The filter and the print area reach to the last row, which is known only at the end: they take whole columns. */
const open = (xml: string, columns: number): string => {
  const last = letters(columns - 1);
  return xml
    .replace(/<autoFilter ref="[^"]*"/, `<autoFilter ref="A1:${last}${MOST_ROWS + 1}"`)
    .replace(/<dimension ref="[^"]*"\/>/, '');
};

type Options = {
  path: string;
  columns: readonly Heading[];
  signal?: AbortSignal | undefined;
  onRows?: ((rows: number) => void) | undefined;
};

/** The workbook's bytes with the rows in it, a piece at a time. Rows beyond what a sheet holds end it with an error. */
export async function* withRows(
  workbook: Uint8Array,
  rows: AsyncIterable<Cell[]> | Iterable<Cell[]>,
  { path, columns, signal, onRows }: Options,
): AsyncGenerator<Uint8Array> {
  const parts = unzipSync(workbook);
  const sheet = parts[path];
  if (!sheet) throw new TypeError(`the workbook has no part ${path}`);
  const { before, after, styles } = templateOf(open(strFromU8(sheet), columns.length), columns);
  const ready: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else ready.push(chunk);
  });
  const flush = function* () {
    if (failed) throw failed;
    yield* ready.splice(0);
  };
  for (const [name, bytes] of Object.entries(parts)) {
    if (name === path) continue;
    const file = new ZipDeflate(name);
    zip.add(file);
    file.push(bytes, true);
  }
  const file = new ZipDeflate(path, { level: 4 });
  zip.add(file);
  file.push(strToU8(before));
  const { linesOf } = layOut({ id: '', title: '', columns: [...columns], rows: [] });
  let count = 0;
  let text = '';
  for await (const row of rows) {
    if (++count > MOST_ROWS) throw new RangeError(`a sheet holds ${MOST_ROWS} rows at most`);
    const line = count + 1;
    const height = heightOf(linesOf(row));
    text += height === undefined ? `<row r="${line}">` : `<row r="${line}" ht="${height}" customHeight="1">`;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index];
      if (column) text += cellXml(row[index] ?? null, column, letters(index) + line, styles[index] ?? '');
    }
    text += '</row>';
    if (count % ROWS_AT_ONCE) continue;
    signal?.throwIfAborted();
    file.push(strToU8(text));
    text = '';
    onRows?.(count);
    yield* flush();
    await new Promise((resolve) => setImmediate(resolve));
  }
  file.push(strToU8(text + after), true);
  zip.end();
  yield* flush();
}
