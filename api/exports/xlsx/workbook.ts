import { type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { Table } from '#schemas/presentation/table.ts';
import { foldedLines } from '../report/fold.ts';
import { wordsIn } from '../report/frame.ts';
import type { Report } from '../report/model.ts';
import { chartSheet } from './chartSheet.ts';
import { LINE } from './layout.ts';
import { withRows } from './rowStream.ts';
import { fontOf, type Printed, pageOf, printNames, sheetName, tableSheet } from './sheets.ts';
import { spelt, within } from './text.ts';

/** Characters of a property of a file. */
const PROPERTY = 255;
/** The title's line in points, and what fits in it in half-width characters. */
const TITLE_LINE = 24;
const TITLE_ROOM = 58;
/** Half-width characters beside a fact's name. */
const FACT_ROOM = 72;

/** What the document is and rests on, with a link to every sheet. */
function coverSheet(report: Report, name: string, sheets: readonly string[]): Printed {
  const { cover } = wordsIn(report.language);
  const font = fontOf(report);
  const facts: [string, string][] = report.warning
    ? [...report.cover, [cover.note, report.warning]]
    : report.cover;
  const listFrom = facts.length + 3;
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  cells.set('0,0', {
    style: { font: { ...font, bold: true, size: 16 }, alignment: { vertical: 'center', wrapText: true } },
  });
  facts.forEach((_, index) => {
    cells.set(`${index + 2},0`, { style: { font: { ...font, bold: true }, alignment: { vertical: 'top' } } });
    cells.set(`${index + 2},1`, { style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } } });
  });
  cells.set(`${listFrom},0`, { style: { font: { ...font, bold: true } } });
  sheets.forEach((sheet, index) => {
    const location = `'${sheet.replaceAll("'", "''")}'!A1`;
    cells.set(`${listFrom + index},1`, {
      hyperlink: { target: '', location },
      style: { font: { ...font, underline: true, color: { rgb: '1F4E79' } } },
    });
  });
  const sheet: WriteSheet = {
    name,
    columns: [{ width: 18 }, { width: FACT_ROOM }],
    rows: [
      [report.tableTitle],
      [],
      ...facts,
      [],
      ...sheets.map((sheet, index) => [index ? null : cover.sheets, sheet]),
    ],
    cells,
    // Programs that do not fit rows to what wraps in them would print one fact over the next.
    rowDefs: new Map([
      [0, { height: TITLE_LINE * foldedLines(report.tableTitle, TITLE_ROOM) + 12 }],
      ...facts.map(([, fact], index): [number, { height: number }] => [
        index + 2,
        { height: LINE * foldedLines(fact, FACT_ROOM - 2) + 2 },
      ]),
    ]),
    merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }],
    view: { showGridLines: false },
    ...pageOf(report, 0),
  };
  return { sheet, to: `B${listFrom + sheets.length}` };
}

/** `lastSheet`: the part that holds the last sheet, and how its rows are to lie there; they are poured in by `withRows`. */
export type Workbook = { bytes: Uint8Array; lastSheet: string };

const partOf = (sheet: number): string => `xl/worksheets/sheet${sheet}.xml`;

/** The workbook: cover, a sheet a table, charts; last, where one is given, a table whose rows are yet to be poured in. */
export async function workbookOf(report: Report, streamed?: Table): Promise<Workbook> {
  const words = wordsIn(report.language);
  const taken = new Set<string>();
  const cover = sheetName(words.cover.title, taken);
  const tables = report.sheets.map((table) => ({
    table,
    framed: tableSheet(report, table, sheetName(table.title, taken)),
  }));
  const sheets: Printed[] = tables.map(({ framed }) => framed);
  const charts = chartSheet(report, sheetName(words.sheet.charts, taken));
  if (charts) sheets.push(charts);
  if (streamed) {
    const { sheet } = tableSheet(report, streamed, sheetName(streamed.title, taken));
    sheets.push({ sheet, headed: true });
  }
  const names = sheets.map(({ sheet }) => sheet.name);
  const all = [coverSheet(report, cover, names), ...sheets];
  const frame = await writeXlsx({
    sheets: all.map(({ sheet }) => spelt(sheet)),
    namedRanges: all.flatMap(printNames),
    properties: {
      title: within(report.tableTitle, PROPERTY),
      subject: within(report.subtitle, PROPERTY),
      creator: within(words.letter.signer, PROPERTY),
    },
    defaultFont: fontOf(report),
  });
  const poured = tables.map(({ table: { rows }, framed }, index) => ({
    ...framed,
    path: partOf(index + 2),
    rows,
    count: rows.length,
  }));
  const pieces: Uint8Array[] = [];
  for await (const piece of withRows(frame, poured)) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), lastSheet: partOf(all.length) };
}
