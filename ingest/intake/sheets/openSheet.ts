import { type Cell, GARBLED, MERGED, NOT_CALCULATED, textOf } from '#schemas/imports/cells.ts';
import { isBlank, type SheetRow } from '#schemas/imports/rows.ts';
import { csvRows } from './csvRows.ts';
import { type Decoded, decodeText, type Encoding, isMostlyText } from './encoding.ts';
import { foreignFormat } from './foreign.ts';
import { SheetRefused } from './refused.ts';
import type { SheetNotes } from './sheetNotes.ts';
import { inspectWorkbook } from './workbook.ts';

/** A file of rows. A workbook may have several sheets; a text is one. */
export type OpenedSheet = {
  /** Of text. */
  encoding: Encoding | undefined;
  /** How many sheets may be tried in turn. */
  sheets: number;
  /** What the sheets of a workbook are called; none of a text. */
  names: readonly string[];
  /** A workbook whose days are counted from 1904, as old Macs did. */
  since1904: boolean;
  rows(sheet: number): AsyncIterable<SheetRow>;
};

const begins = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

const isZip = (bytes: Uint8Array): boolean => begins(bytes, 0x50, 0x4b, 0x03, 0x04);
/** The container of .xls, and of workbooks with a password. */
const isOle = (bytes: Uint8Array): boolean => begins(bytes, 0xd0, 0xcf, 0x11, 0xe0);
const isOther = (bytes: Uint8Array): boolean =>
  begins(bytes, 0x25, 0x50, 0x44, 0x46) ||
  begins(bytes, 0x89, 0x50, 0x4e, 0x47) ||
  begins(bytes, 0xff, 0xd8, 0xff) ||
  // gzip, 7z, RAR, RTF.
  begins(bytes, 0x1f, 0x8b) ||
  begins(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
  begins(bytes, 0x52, 0x61, 0x72, 0x21) ||
  begins(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66) ||
  // An archive with nothing in it.
  begins(bytes, 0x50, 0x4b, 0x05, 0x06);

/** The last row that a sheet may have. */
const LAST_ROW = 2 ** 20;
/** Each is looked at: those of a plan, or a list behind explanations, and some of the clerk's own. */
const MOST_SHEETS = 16;

/** In a text that is well-formed U+FFFD is a sign like others. Readers of workbooks put it where bytes are no text. */
const NOT_READ = { clean: /\0/, damaged: /[\0\ufffd]/ };
const markedIn =
  (notRead: RegExp) =>
  (cell: Cell): Cell =>
    typeof cell === 'string' && notRead.test(cell) ? `${GARBLED}${cell.replaceAll('\0', '\ufffd')}` : cell;

async function* workbookRows(
  bytes: Uint8Array,
  sheet: number,
  { hidden, uncalculated, covered }: SheetNotes,
): AsyncGenerator<SheetRow> {
  const { streamXlsxRows } = await import('hucre/xlsx');
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      const row = index + 1;
      if (row < 1 || row > LAST_ROW) throw new RangeError(`there is no row ${row}`);
      const cells = (values as Cell[]).map(markedIn(NOT_READ.damaged));
      for (const place of uncalculated.get(row) ?? []) cells[place] ??= NOT_CALCULATED;
      if (covered.has(row) && !isBlank(cells))
        for (const place of covered.get(row) ?? [])
          if (textOf(cells[place] ?? null) === '') cells[place] = MERGED;
      yield { row, cells, ...(hidden.has(row) && { hidden: true }) };
    }
  } catch (cause) {
    throw new SheetRefused('broken', { cause });
  }
}

/** The rows of a text; cells with signs that could not be read are marked, and their rows told. */
function* textRows({ text, damaged }: Decoded): Generator<SheetRow> {
  const notRead = damaged ? NOT_READ.damaged : NOT_READ.clean;
  if (!notRead.test(text)) return yield* csvRows(text);
  const marked = markedIn(notRead);
  for (const row of csvRows(text)) yield 'cells' in row ? { ...row, cells: row.cells.map(marked) } : row;
}

async function* inTurn(rows: Iterable<SheetRow>): AsyncGenerator<SheetRow> {
  yield* rows;
}

/** Looks at what a file is, by its bytes and not by its name, and opens it. Throws `SheetRefused`. */
export function openSheet(bytes: Uint8Array): OpenedSheet {
  if (bytes.length === 0) throw new SheetRefused('empty');
  if (isOle(bytes)) throw new SheetRefused('xls');
  if (isOther(bytes)) throw new SheetRefused('other-file');
  if (isZip(bytes)) {
    const inspected = inspectWorkbook(bytes);
    if ('fault' in inspected) throw new SheetRefused(inspected.fault);
    const { names, places, since1904, notesOf } = inspected;
    if (names.length > MOST_SHEETS) throw new SheetRefused('too-many-sheets');
    return {
      encoding: undefined,
      sheets: names.length || MOST_SHEETS,
      names,
      since1904,
      rows: (sheet) => workbookRows(bytes, places[sheet] ?? sheet, notesOf(sheet)),
    };
  }
  const decoded = decodeText(bytes);
  const format = foreignFormat(decoded?.text ?? Buffer.from(bytes.subarray(0, 4_096)).toString('latin1'));
  if (format) throw new SheetRefused(format);
  if (!decoded || !isMostlyText(decoded.text.split('\0').length - 1, decoded.text.length))
    throw new SheetRefused('no-text');
  const rows = () => inTurn(textRows(decoded));
  return { encoding: decoded.encoding, sheets: 1, names: [], since1904: false, rows };
}
