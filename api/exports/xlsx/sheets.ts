import type { CellStyle, CellValue, ColumnDef, WriteOptions, WriteSheet } from 'hucre/xlsx';
import { COLORS } from '#schemas/presentation/palette.ts';
import { alignmentOf, type Heading, type Table } from '#schemas/presentation/table.ts';
import type { Report } from '../report/model.ts';
import { HIGHEST, LINE, layOut, letters } from './layout.ts';
import type { Poured } from './rowStream.ts';
import { headOf } from './text.ts';

/** Tables as sheets: real numbers and dates, frozen heads, filters, print set-up. */

export const rgb = (color: string): { rgb: string } => ({ rgb: color.slice(1) });

const THIN = { style: 'thin', color: rgb(COLORS.rule) } as const;
const HEAD: CellStyle = {
  fill: { type: 'pattern', pattern: 'solid', fgColor: rgb(COLORS.wash) },
  border: { bottom: { style: 'thin', color: rgb('#7C8792') } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const VERTICAL: CellStyle = {
  ...HEAD,
  alignment: { horizontal: 'center', vertical: 'bottom', wrapText: true, textRotation: 90 },
};

const FORMATS: Record<Heading['kind'], (column: Heading) => string | undefined> = {
  text: () => '@',
  number: ({ decimals }) =>
    decimals === undefined ? 'General' : decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`,
  share: () => '0%',
  day: () => 'yyyy-mm-dd',
};

function styleOf(column: Heading, before: Heading | undefined, wraps: boolean): CellStyle {
  const numFmt = FORMATS[column.kind](column);
  const horizontal = alignmentOf(column);
  const beside = horizontal === 'left' && before !== undefined && alignmentOf(before) === 'right';
  return {
    ...(numFmt && { numFmt }),
    border: { bottom: THIN },
    alignment: {
      horizontal,
      vertical: 'center',
      ...(wraps && { wrapText: true }),
      // A figure and the text after it would touch.
      ...(beside && { indent: 1 }),
    },
  };
}

const SHEET_NAME = 31;
const RESERVED = /^history$/i;

/** No character is cut in two. */
function cutTo(text: string, most: number): string {
  let kept = '';
  for (const sign of text) {
    if (kept.length + sign.length > most) break;
    kept += sign;
  }
  return kept.trimEnd();
}

/** Excel takes 31 characters and none of these, and keeps a name for itself; two sheets may not share one. */
export function sheetName(title: string, taken: Set<string>): string {
  const base = title.replace(/[[\]:*?/\\']/g, ' ').trim() || '_';
  const whole = RESERVED.test(base) ? `${base} 1` : cutTo(base, SHEET_NAME);
  let name = whole;
  for (let copy = 2; taken.has(name.toLowerCase()); copy++)
    name = `${cutTo(base, SHEET_NAME - 1 - String(copy).length)} ${copy}`;
  taken.add(name.toLowerCase());
  return name;
}

const HEAD_LINES = 2;
const MATRIX_HEAD_HEIGHT = 190;
const MATRIX = 'matrix';

/** From which width on (in half-width characters) a sheet is printed broadside, and on A3: smaller type is no use. */
const BROAD = 95;
const LARGE = 150;

export function pageOf(report: Report, width: number): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  const foot = report.language === 'en' ? 'Page &P of &N' : '第 &P 页 共 &N 页';
  return {
    pageSetup: {
      paperSize: width > LARGE ? 'a3' : 'a4',
      orientation: width > BROAD ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { top: 0.8, bottom: 0.7, left: 0.5, right: 0.5, header: 0.4, footer: 0.3 },
    },
    headerFooter: {
      oddHeader: headOf(report.tableTitle, report.subtitle),
      oddFooter: `&C${foot}`,
    },
  };
}

/** The font of the workbook; a cell with a font of its own has to name it again. */
export const fontOf = ({ language }: Report) => ({ name: language === 'en' ? 'Calibri' : '宋体', size: 11 });

/** Rows that show the styles of a table, one that is plain and one that stands out; `withRows` puts its rows there. */
const samplesOf = ({ columns }: Table): CellValue[][] => {
  const sample = columns.map(({ kind }) => (kind === 'text' ? '-' : kind === 'day' ? new Date(0) : 0));
  return [sample, sample];
};

/** What the second sample has beside the first. */
function alarmStyles(
  report: Report,
  styles: readonly CellStyle[],
  row: number,
): Map<string, { style: CellStyle }> {
  const font = { ...fontOf(report), color: rgb(COLORS.alarm) };
  return new Map(styles.map((style, index) => [`${row},${index}`, { style: { ...style, font } }]));
}

/** Ink where nothing is met, blank where all is, as on screen; pale enough for figures to be read on it. */
const HEAT = ['FF9CC2E5', 'FFFFFFFF'];

const heat = (range: string): NonNullable<WriteSheet['conditionalRules']> => [
  {
    type: 'colorScale',
    priority: 1,
    range,
    colorScale: {
      cfvo: [
        { type: 'num', value: '0' },
        { type: 'num', value: '1' },
      ],
      colors: HEAT,
    },
  },
];

type NamedRange = NonNullable<WriteOptions['namedRanges']>[number];

/** A sheet with what is printed of it: from the first cell to this one, the head repeated on each page. */
export type Printed = {
  sheet: WriteSheet;
  /** How far to print, as in `H34`; all there is, where it is left out. */
  to?: string;
  /** Whether it begins with a head, in the first row or below what the table is marked with. */
  headed?: boolean;
  top?: number;
};

const absolute = (cell: string): string => cell.replace(/([A-Z]+)(\d+)/, '$$$1$$$2');

/** What is printed of a sheet, as names in the workbook. The sheet's name is quoted, since it may hold spaces. */
export function printNames({ sheet: { name: scope }, to, headed, top = 0 }: Printed): NamedRange[] {
  const sheet = `'${scope.replaceAll("'", "''")}'`;
  return [
    ...(to ? [{ name: '_xlnm.Print_Area', range: `${sheet}!$A$1:${absolute(to)}`, scope }] : []),
    ...(headed ? [{ name: '_xlnm.Print_Titles', range: `${sheet}!$1:$${top + 1}`, scope }] : []),
  ];
}

/** A sheet whose rows are yet to be poured in. */
export type Framed = Printed & Omit<Poured, 'path' | 'rows' | 'count'>;

/**
 * One table as one sheet; its heads in the first row, so that filters and other programs find them, unless what it must
 * not be taken for stands there. It is laid out for the table's rows, and has two samples in their place.
 */
export function tableSheet(report: Report, table: Table, name: string): Framed {
  const { columns, rows, mark } = table;
  const top = mark ? 1 : 0;
  const last = `${letters(columns.length - 1)}${top + rows.length + 1}`;
  const matrix = table.id === MATRIX;
  const firstShare = columns.findIndex(({ kind }) => kind === 'share');
  const isUpright = (index: number) => matrix && index >= firstShare;
  const { widths, wraps, headLines, linesOf } = layOut(table, isUpright);
  const styles = columns.map((column, index) => styleOf(column, columns[index - 1], wraps[index] === true));
  const headHeight = matrix ? MATRIX_HEAD_HEIGHT : Math.min(Math.max(headLines, HEAD_LINES) * LINE, HIGHEST);
  const font = { ...fontOf(report), bold: true };
  const [head, vertical] = [
    { ...HEAD, font },
    { ...VERTICAL, font },
  ];
  const cells = alarmStyles(report, styles, top + 2);
  columns.forEach((_column, index) => {
    cells.set(`${top},${index}`, { style: isUpright(index) ? vertical : head });
  });
  if (mark) cells.set('0,0', { style: { font: { ...font, color: rgb(COLORS.alarm) } } });
  const names = columns.findIndex(({ id }) => id === 'name');
  const sheet: WriteSheet = {
    name,
    columns: widths.map((width, index): ColumnDef => ({ width: width + 2, style: styles[index] ?? {} })),
    rows: [...(mark ? [[mark]] : []), columns.map(({ heading }) => heading), ...samplesOf(table)],
    cells,
    rowDefs: new Map([[top, { height: headHeight }]]),
    freezePane: { rows: top + 1, columns: names >= 0 ? names + 1 : 0 },
    autoFilter: { range: `A${top + 1}:${last}` },
    ...pageOf(
      report,
      widths.reduce((sum, width) => sum + width, 0),
    ),
    ...(matrix && rows.length > 0 && { conditionalRules: heat(`${letters(firstShare)}${top + 2}:${last}`) }),
  };
  return {
    sheet,
    to: last,
    headed: true,
    top,
    columns,
    linesOf,
    above: top + 1,
    alarmed: new Set(table.alarmed),
  };
}
