import type { CellStyle, CellValue, ColumnDef, WriteSheet } from 'hucre/xlsx';
import { ALARM, RULE, WASH } from '../report/colors.ts';
import type { Cell, Column, Report, Table } from '../report/model.ts';

/** Tables as sheets: real numbers and dates, frozen heads, filters, print set-up. */

export const rgb = (color: string): { rgb: string } => ({ rgb: color.slice(1) });

const THIN = { style: 'thin', color: rgb(RULE) } as const;
const HEAD: CellStyle = {
  fill: { type: 'pattern', pattern: 'solid', fgColor: rgb(WASH) },
  border: { bottom: { style: 'thin', color: rgb('#7C8792') } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const VERTICAL: CellStyle = {
  ...HEAD,
  alignment: { horizontal: 'center', vertical: 'bottom', wrapText: true, textRotation: 90 },
};

const FORMATS: Record<Column['kind'], (column: Column) => string | undefined> = {
  text: () => '@',
  number: ({ decimals }) =>
    decimals === undefined ? 'General' : decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`,
  share: () => '0%',
  day: () => 'yyyy-mm-dd',
};

function styleOf(column: Column): CellStyle {
  const numFmt = FORMATS[column.kind](column);
  const horizontal =
    column.centred || column.id === 'rank' ? 'center' : column.kind === 'text' ? 'left' : 'right';
  return {
    ...(numFmt && { numFmt }),
    border: { bottom: THIN },
    alignment: {
      horizontal,
      vertical: 'center',
      ...(column.kind === 'text' && column.width > 30 && { wrapText: true }),
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

/** Excel takes 31 characters and none of these; two sheets may not share a name. */
export function sheetName(title: string, taken: Set<string>): string {
  const base =
    title
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 31) || '_';
  let name = base;
  for (let copy = 2; taken.has(name.toLowerCase()); copy++)
    name = `${base.slice(0, 31 - 1 - String(copy).length)} ${copy}`;
  taken.add(name.toLowerCase());
  return name;
}

const cellValue = (cell: Cell, { kind }: Column): CellValue =>
  kind === 'day' && typeof cell === 'string' ? new Date(`${cell}T00:00:00Z`) : cell;

/** Text in page heads and feet: & begins a code there. */
export const headText = (text: string): string => text.replaceAll('&', '&&').slice(0, 200);

const HEAD_HEIGHT = 30;
const MATRIX_HEAD_HEIGHT = 190;
const MATRIX = 'matrix';

export function pageOf(report: Report, landscape: boolean): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  const foot = report.language === 'en' ? 'Page &P of &N' : '第 &P 页 共 &N 页';
  return {
    pageSetup: {
      paperSize: 'a4',
      orientation: landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { top: 0.8, bottom: 0.7, left: 0.5, right: 0.5, header: 0.4, footer: 0.3 },
    },
    headerFooter: {
      oddHeader: `&L${headText(report.tableTitle)}&R${headText(report.subtitle)}`,
      oddFooter: `&C${foot}`,
    },
  };
}

/** The font of the workbook; a cell with a font of its own has to name it again. */
export const fontOf = ({ language }: Report) => ({ name: language === 'en' ? 'Calibri' : '宋体', size: 11 });

function alarmStyles(
  report: Report,
  table: Table,
  styles: readonly CellStyle[],
): Map<string, { style: CellStyle }> {
  const cells = new Map<string, { style: CellStyle }>();
  for (const row of table.alarmed ?? [])
    styles.forEach((style, index) => {
      cells.set(`${row + 1},${index}`, {
        style: { ...style, font: { ...fontOf(report), color: rgb(ALARM) } },
      });
    });
  return cells;
}

/** Pale to mid blue: figures stay readable on it. */
const HEAT = ['FFFFFFFF', 'FF9CC2E5'];

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

/** One table as one sheet; its heads in the first row, so that filters and other programs find them. */
export function tableSheet(report: Report, table: Table, name: string): WriteSheet {
  const { columns, rows } = table;
  const styles = columns.map(styleOf);
  const last = `${letters(columns.length - 1)}${rows.length + 1}`;
  const matrix = table.id === MATRIX;
  const firstShare = columns.findIndex(({ kind }) => kind === 'share');
  const page = pageOf(report, columns.reduce((sum, { width }) => sum + width, 0) > 95);
  const font = { ...fontOf(report), bold: true };
  const [head, vertical] = [
    { ...HEAD, font },
    { ...VERTICAL, font },
  ];
  const cells = alarmStyles(report, table, styles);
  columns.forEach((_column, index) => {
    cells.set(`0,${index}`, { style: matrix && index >= firstShare ? vertical : head });
  });
  const names = columns.findIndex(({ id }) => id === 'name');
  return {
    name,
    columns: columns.map(
      (column, index): ColumnDef => ({ width: column.width + 2, style: styles[index] ?? {} }),
    ),
    rows: [
      columns.map(({ heading }) => heading),
      ...rows.map((row) => columns.map((column, index) => cellValue(row[index] ?? null, column))),
    ],
    cells,
    rowDefs: new Map([[0, { height: matrix ? MATRIX_HEAD_HEIGHT : HEAD_HEIGHT }]]),
    freezePane: { rows: 1, columns: names >= 0 ? names + 1 : 0 },
    autoFilter: { range: `A1:${last}` },
    ...page,
    pageSetup: {
      ...page.pageSetup,
      printArea: `$A$1:$${letters(columns.length - 1)}$${rows.length + 1}`,
      printTitlesRow: '$1:$1',
    },
    ...(matrix && rows.length > 0 && { conditionalRules: heat(`${letters(firstShare)}2:${last}`) }),
  };
}
