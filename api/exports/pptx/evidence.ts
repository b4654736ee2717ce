import { COLORS } from '#schemas/presentation/palette.ts';
import { alignmentOf, cellText, type Table } from '#schemas/presentation/table.ts';
import { cutTo, cutToLines, linesIn, toldApart } from '../measure.ts';
import { widthsOf } from '../report/cells.ts';
import { evened } from '../report/fold.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Report } from '../report/model.ts';
import { cutNote } from '../report/shorten.ts';
import { EVIDENCE_HEIGHT, EVIDENCE_TOP, FOOT_TOP, faceOf, hex, LEFT, ROOM, type Slide } from './stage.ts';

/** The evidence on a slide: a native chart or a table. */

const ROW_HEIGHT = 0.38;
const NOTE_HEIGHT = 0.28;
const PADDING = 0.16;
/** Bars that a hall can read. */
const BARS = 12;
const CROWDED = 10;
const POINTS = 72;
/** Points that a bar's label, a column's neighbour and the name of a series may take. */
const BAR_LABEL = 300;
const GAP = 12;
const SERIES = 200;
const LEGEND_SIZE = 14;
/** Lines that the label of a column may take. */
const LABEL_LINES = 3;

/** A native chart, whose figures can be edited in the presentation. */
export function addChart(slide: Slide, report: Report, chart: Chart): void {
  const bars = chart.kind === 'bars';
  const most = bars ? BARS : chart.categories.length;
  const labelSize = bars && chart.categories.length > CROWDED ? 12 : 14;
  const labelRoom = bars ? BAR_LABEL : (ROOM * POINTS) / Math.max(1, chart.categories.length) - GAP;
  const lines = bars ? 1 : LABEL_LINES;
  const labels = toldApart(chart.categories.slice(0, most), (name) =>
    cutToLines(name, lines, labelRoom, labelSize),
  );
  const { standings = [], cut = 'cutTop' } = chart;
  const note = cutNote(wordsIn(report.language), cut, standings, standings.length ? labels.length : 0);
  const fontFace = faceOf(report.language);
  const format = chart.axis.share ? '0%' : chart.stacked ? '0' : '0.0';
  const several = chart.series.length > 1;
  const data = chart.series
    .map(({ name, values }) => ({
      name: cutTo(name, SERIES, LEGEND_SIZE),
      labels,
      values: values.slice(0, most).map((value) => value ?? 0),
    }))
    .filter(({ values }, index) => index === 0 || values.some((value) => value !== 0));
  slide.addChart('bar', data, {
    x: LEFT,
    y: EVIDENCE_TOP,
    w: ROOM,
    h: note === undefined ? EVIDENCE_HEIGHT : EVIDENCE_HEIGHT - NOTE_HEIGHT,
    altText: chart.alt,
    barDir: bars ? 'bar' : 'col',
    barGrouping: chart.stacked ? 'stacked' : 'clustered',
    barGapWidthPct: bars ? 35 : 70,
    chartColors: chart.series.map(({ color }) => hex(color)),
    chartArea: { roundedCorners: false },
    showTitle: false,
    showLegend: several,
    legendPos: 'b',
    legendFontFace: fontFace,
    legendFontSize: LEGEND_SIZE,
    catAxisLabelFontFace: fontFace,
    catAxisLabelFontSize: labelSize,
    ...(bars && { catAxisLabelFrequency: '1', valAxisLabelPos: 'nextTo' as const }),
    catAxisLabelColor: hex(COLORS.ink),
    catAxisMajorTickMark: 'none',
    catAxisLineColor: hex(COLORS.muted),
    valAxisMinVal: 0,
    ...(chart.axis.max !== undefined && { valAxisMaxVal: chart.axis.max }),
    valAxisLabelFormatCode: chart.axis.share ? '0%' : '0',
    valAxisLabelFontFace: fontFace,
    valAxisLabelFontSize: 12,
    valAxisLabelColor: hex(COLORS.muted),
    valAxisLineShow: false,
    valGridLine: { color: hex(COLORS.rule), size: 0.75 },
    showValue: !chart.stacked && (!several || labels.length * data.length <= 16),
    dataLabelFormatCode: format,
    dataLabelFontFace: fontFace,
    dataLabelFontSize: 12,
    dataLabelColor: hex(COLORS.ink),
    ...(!chart.stacked && { dataLabelPosition: 'outEnd' as const }),
  });
  if (note !== undefined) addNote(slide, report, note);
}

/** What is said below evidence that is cut, above the foot. */
function addNote(slide: Slide, report: Report, note: string): void {
  slide.addText(note, {
    x: LEFT,
    y: FOOT_TOP - NOTE_HEIGHT,
    w: ROOM,
    h: NOTE_HEIGHT,
    fontFace: faceOf(report.language),
    fontSize: 11,
    color: hex(COLORS.muted),
    margin: 0,
  });
}

const HEAD_SIZE = 12;
/** Other fonts are wider by so much. */
const TIGHT = 0.95;

/** Room in half-width characters: Chinese signs are square, others about half as wide. */
const roomIn = (inches: number, fontSize: number): number => Math.floor((inches * 72) / (fontSize * 0.53));

const heightOf = (lines: number, fontSize: number): number =>
  Math.max(ROW_HEIGHT, (lines * fontSize * 1.25) / 72 + 0.08);

/** Columns' widths in inches. */
const columnWidths = (table: Table, fontSize: number): number[] =>
  widthsOf(table, {
    room: Math.round(ROOM * 100),
    digit: (fontSize / 72) * 100 * 0.62,
    padding: PADDING * 100,
  }).map((width) => width / 100);

/** How many rows there is room for, with the lines that their texts and the heads take. */
function rowsThatFit(
  { columns, rows, standings = [] }: Table,
  fontSize: number,
  widths: readonly number[],
): number {
  const linesOf = (texts: readonly string[], size: number): number =>
    Math.max(
      ...texts.map((text, index) => linesIn(text, (widths[index] ?? 1) * POINTS * TIGHT, size).length),
    );
  const headings = columns.map(({ heading }) => heading);
  let left = EVIDENCE_HEIGHT - heightOf(linesOf(headings, HEAD_SIZE), HEAD_SIZE);
  for (const [count, row] of rows.entries()) {
    const texts = columns.map((column, index) => cellText(row[index] ?? null, column));
    left -= heightOf(linesOf(texts, fontSize), fontSize);
    // Where rows are left out a note says so, for which there must be room.
    if (left < (count < Math.max(rows.length, standings.length) - 1 ? NOTE_HEIGHT : 0)) return count;
  }
  return rows.length;
}

/** Lines that a cell of a slide takes: who wants the whole of a long name has it in the letter. */
const CELL_LINES = 2;

/** The table with no text longer than its cell has room for. */
const cutCells = (table: Table, widths: readonly number[], fontSize: number): Table => ({
  ...table,
  rows: table.rows.map((row) =>
    row.map((cell, index) =>
      typeof cell === 'string'
        ? cutToLines(cell, CELL_LINES, (widths[index] ?? 1) * POINTS * TIGHT, fontSize)
        : cell,
    ),
  ),
});

export function addTable(slide: Slide, report: Report, whole: Table): void {
  const { columns, alarmed = [] } = whole;
  const red = new Set(alarmed);
  const fontSize = columns.length > 8 ? 12 : 14;
  const colW = columnWidths(whole, fontSize);
  const widths = colW.map((width) => width - PADDING);
  const table = cutCells(whole, widths, fontSize);
  const shown = table.rows.slice(0, rowsThatFit(table, fontSize, widths));
  const fontFace = faceOf(report.language);
  const rule = { type: 'solid' as const, pt: 0.75, color: hex(COLORS.rule) };
  const none = { type: 'none' as const };
  const head = columns.map((column, index) => ({
    text: evened(column.heading, roomIn(widths[index] ?? 1, HEAD_SIZE)),
    options: {
      bold: true,
      fill: { color: hex(COLORS.wash) },
      align: alignmentOf(column),
      fontSize: HEAD_SIZE,
      color: hex(COLORS.muted),
    },
  }));
  const rows = shown.map((row, at) =>
    columns.map((column, index) => ({
      text: cellText(row[index] ?? null, column),
      options: { align: alignmentOf(column), color: hex(red.has(at) ? COLORS.alarm : COLORS.ink) },
    })),
  );
  slide.addTable([head, ...rows], {
    x: LEFT,
    y: EVIDENCE_TOP,
    w: ROOM,
    colW,
    rowH: ROW_HEIGHT,
    fontFace,
    fontSize,
    valign: 'middle',
    margin: [0.03, 0.08, 0.03, 0.08],
    border: [rule, none, rule, none],
    autoPage: false,
  });
  // Rows that are in no order are counted alone.
  const standings = table.standings ?? table.rows.map((_, index) => index);
  const note = cutNote(wordsIn(report.language), 'cutTop', standings, shown.length);
  if (note !== undefined) addNote(slide, report, note);
}
