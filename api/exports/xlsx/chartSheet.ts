import type { CellValue, SheetChart, WriteSheet } from 'hucre/xlsx';
import { COLORS } from '#schemas/presentation/palette.ts';
import { foldedLines, halves } from '../report/fold.ts';
import type { Chart, Report } from '../report/model.ts';
import { heightOf, LINE, letters } from './layout.ts';
import { fontOf, type Printed, pageOf, rgb } from './sheets.ts';

/** Native charts beside the figures they are drawn from, all on one sheet. */

const ROWS_BETWEEN = 3;
const LEAST_ROWS = 18;
/** Columns that a chart covers, to the right of its figures. */
const CHART_COLUMNS = 13;
const FIGURES = 8;
/** Half-width characters that a figure's column takes. */
const COLUMN = 11;
/** Room for what a chart's bars are called. */
const NARROWEST = 24;
const WIDEST = 64;

type Placed = { chart: Chart; row: number; height: number };

function place(charts: readonly Chart[], top: number): Placed[] {
  let row = top;
  return charts.map((chart) => {
    const perCategory = chart.kind === 'bars' ? 1 : 0;
    const height = Math.max(LEAST_ROWS, chart.categories.length * perCategory + 6);
    const placed = { chart, row, height };
    row += height + ROWS_BETWEEN;
    return placed;
  });
}

/** Rows that a printed page has room for, so wide as the sheet is. */
const PAGE_ROWS = 70;

/** Rows at which a page begins, so that no chart is cut in two. */
function breaksOf(placed: readonly Placed[]): number[] {
  const breaks: number[] = [];
  let from = 0;
  for (const { row, height } of placed) {
    if (row === from || row + height - from <= PAGE_ROWS) continue;
    // Named is the row above.
    breaks.push(row - 1);
    from = row;
  }
  return breaks;
}

function native({ chart, row, height }: Placed, sheet: string): SheetChart {
  const { axis, categories, series } = chart;
  const first = row + 3;
  const last = row + 2 + categories.length;
  const reference = (column: number) => `'${sheet}'!$${letters(column)}$${first}:$${letters(column)}$${last}`;
  const bars = chart.kind === 'bars';
  return {
    type: bars ? 'bar' : 'column',
    title: chart.title,
    titleFontSize: 14,
    altText: chart.alt,
    series: series.map(({ name, color }, index) => ({
      name,
      color: color.slice(1),
      categories: reference(0),
      values: reference(index + 1),
    })),
    barGrouping: chart.stacked ? 'stacked' : 'clustered',
    ...(chart.stacked && { overlap: 100 }),
    gapWidth: bars ? 40 : 80,
    legend: series.length > 1 ? 'bottom' : false,
    ...(series.length === 1 && {
      dataLabels: {
        showValue: true,
        position: 'outEnd',
        numberFormat: { formatCode: axis.share ? '0%' : '0.00' },
      },
    }),
    axes: {
      x: { ...(bars && { reverse: true }), labelFontSize: 9, majorTickMark: 'none', minorTickMark: 'none' },
      y: {
        title: axis.name,
        gridlines: { major: true },
        minorTickMark: 'none',
        labelFontSize: 9,
        labelColor: COLORS.muted.slice(1),
        numberFormat: { formatCode: axis.share ? '0%' : '0' },
        scale: { min: 0, ...(axis.max !== undefined && { max: axis.max }) },
        ...(bars && { crosses: 'max' }),
      },
    },
    anchor: { from: { row, col: FIGURES }, to: { row: row + height, col: FIGURES + CHART_COLUMNS } },
  };
}

/** The sheet of charts; null where there are none. */
export function chartSheet(report: Report, name: string): Printed | null {
  const charts = report.charts.filter(({ categories }) => categories.length);
  if (!charts.length) return null;
  // What the tables must not be taken for stands in the first row here, too.
  const mark = report.sheets[0]?.mark;
  const placed = place(charts, mark ? 1 : 0);
  const rows: CellValue[][] = mark ? [[mark]] : [];
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  if (mark) cells.set('0,0', { style: { font: { ...fontOf(report), color: rgb(COLORS.alarm) } } });
  const heights: NonNullable<WriteSheet['rowDefs']> = new Map();
  for (const { chart, row } of placed) {
    while (rows.length < row) rows.push([]);
    rows.push([chart.title]);
    cells.set(`${row},0`, { style: { font: { ...fontOf(report), bold: true } } });
    rows.push([null, ...chart.series.map((series) => series.name)]);
    chart.categories.forEach((category, index) => {
      rows.push([category, ...chart.series.map(({ values }) => values[index] ?? null)]);
    });
    const heads = chart.series.map((series) => foldedLines(series.name, COLUMN));
    heights.set(row + 1, { height: heightOf(Math.max(...heads)) ?? LINE });
    chart.series.forEach((_, column) => {
      cells.set(`${row + 1},${column + 1}`, {
        style: { alignment: { horizontal: 'right', wrapText: true } },
      });
    });
    const numFmt = chart.axis.share ? '0%' : '0.00';
    chart.categories.forEach((_, index) => {
      chart.series.forEach((_series, column) => {
        cells.set(`${row + 2 + index},${column + 1}`, { style: { numFmt } });
      });
    });
  }
  const last = placed.at(-1);
  const longest = Math.max(...charts.flatMap(({ categories }) => categories.map(halves)));
  const sheet: WriteSheet = {
    name,
    columns: [
      { width: Math.min(Math.max(longest, NARROWEST), WIDEST) },
      ...Array.from({ length: FIGURES - 1 }, () => ({ width: COLUMN + 2 })),
    ],
    rows,
    cells,
    rowDefs: heights,
    rowBreaks: breaksOf(placed),
    charts: placed.map((chart) => native(chart, name)),
    ...pageOf(report, Number.POSITIVE_INFINITY),
  };
  return { sheet, to: `${letters(FIGURES + CHART_COLUMNS)}${(last?.row ?? 0) + (last?.height ?? 0) + 1}` };
}
