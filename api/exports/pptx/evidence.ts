import { COLORS } from '#schemas/presentation/palette.ts';
import { alignmentOf, cellText, type Table } from '#schemas/presentation/table.ts';
import { cutTo, cutToLines, toldApart, widthOf } from '../measure.ts';
import { evened } from '../report/fold.ts';
import type { Chart, Report } from '../report/model.ts';
import { addDots } from './dots.ts';
import { fittedChart, fittedTable, HEAD_SIZE, PADDING, roomIn } from './fitted.ts';
import { addNote } from './note.ts';
import type { OwnParts } from './repair.ts';
import { EVIDENCE_HEIGHT, EVIDENCE_TOP, faceOf, hex, LEFT, NOTE_HEIGHT, ROOM, type Slide } from './stage.ts';
import { axisWithEnds, totalLabels, UNNAMED } from './totals.ts';

/** The evidence on a slide: a native chart or a table. */

const ROW_HEIGHT = 0.38;
const POINTS = 72;
/** Few bars have room for labels of two lines; those of many are smaller, and take more of the width. In points. */
const FEW_BARS = { most: 8, label: 300, lines: 2, size: 14 };
const MANY_BARS = { label: 400, lines: 1, size: 12 };
/** What a column's label leaves to its neighbour, and what the name of a series may take. */
const GAP = 12;
const SERIES = 200;
const LEGEND_SIZE = 14;
/** A legend of more entries takes lines away from the bars. */
const FEW = 6;
const SMALL_LEGEND = 12;
/** What stands beside bars and their labels. */
const SIDES = 40;
/** Of the label of a column. */
const COLUMN_LINES = 3;
const COLUMN_SIZE = 14;

/** The room that the label of a bar or column has. */
function labelsOf({ kind, categories }: Pick<Chart, 'kind' | 'categories'>): {
  label: number;
  lines: number;
  size: number;
} {
  if (kind === 'bars') return categories.length > FEW_BARS.most ? MANY_BARS : FEW_BARS;
  const label = (ROOM * POINTS) / Math.max(1, categories.length) - GAP;
  return { label, lines: COLUMN_LINES, size: COLUMN_SIZE };
}

/** A native chart, whose figures can be edited in the presentation. `own` takes what the library cannot draw. */
export function addChart(slide: Slide, report: Report, whole: Chart, own: OwnParts): void {
  if (whole.kind === 'dots') {
    addDots(slide, report, whole, own.dots);
    return;
  }
  const { chart, note } = fittedChart(report, whole);
  const bars = chart.kind === 'bars';
  const { label: labelRoom, lines, size: labelSize } = labelsOf(chart);
  const labels = toldApart(chart.categories, (name) => cutToLines(name, lines, labelRoom, labelSize));
  const fontFace = faceOf(report.language);
  const format = chart.axis.share ? '0%' : chart.stacked ? '0' : '0.0';
  const several = chart.series.length > 1;
  const series = chart.series.filter(({ values }, index) => index === 0 || values.some((value) => value));
  const data = series.map(({ name, values }) => ({
    name: cutTo(name, SERIES, LEGEND_SIZE),
    labels,
    values: values.map((value) => value ?? 0),
  }));
  const labelWidth = Math.min(labelRoom, Math.max(0, ...labels.map((label) => widthOf(label, labelSize))));
  const axis = chart.stacked
    ? axisWithEnds(chart, ROOM * POINTS - labelWidth - SIDES)
    : { max: chart.axis.max, step: undefined };
  if (chart.stacked) {
    const totals = totalLabels(chart);
    own.totals.push(totals);
    data.push({ name: UNNAMED, labels, values: [...totals.values] });
  }
  slide.addChart('bar', data, {
    x: LEFT,
    y: EVIDENCE_TOP,
    w: ROOM,
    h: note === undefined ? EVIDENCE_HEIGHT : EVIDENCE_HEIGHT - NOTE_HEIGHT,
    altText: chart.alt,
    barDir: bars ? 'bar' : 'col',
    barGrouping: chart.stacked ? 'stacked' : 'clustered',
    barGapWidthPct: bars ? 35 : 70,
    chartColors: series.map(({ color }) => hex(color)),
    chartArea: { roundedCorners: false },
    showTitle: false,
    showLegend: several,
    legendPos: 'b',
    legendFontFace: fontFace,
    legendFontSize: data.length > FEW ? SMALL_LEGEND : LEGEND_SIZE,
    catAxisLabelFontFace: fontFace,
    catAxisLabelFontSize: labelSize,
    ...(bars && { catAxisLabelFrequency: '1', valAxisLabelPos: 'nextTo' as const }),
    catAxisLabelColor: hex(COLORS.ink),
    catAxisMajorTickMark: 'none',
    catAxisLineColor: hex(COLORS.muted),
    valAxisMinVal: 0,
    ...(axis.max !== undefined && { valAxisMaxVal: axis.max }),
    ...(axis.step !== undefined && { valAxisMajorUnit: axis.step }),
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

export function addTable(slide: Slide, report: Report, whole: Table): void {
  const { table, fontSize, widths: colW, note } = fittedTable(report, whole);
  const { columns, alarmed = [] } = table;
  const red = new Set(alarmed);
  const fontFace = faceOf(report.language);
  const rule = { type: 'solid' as const, pt: 0.75, color: hex(COLORS.rule) };
  const none = { type: 'none' as const };
  const head = columns.map((column, index) => ({
    text: evened(column.heading, roomIn((colW[index] ?? 1) - PADDING, HEAD_SIZE)),
    options: {
      bold: true,
      fill: { color: hex(COLORS.wash) },
      align: alignmentOf(column),
      fontSize: HEAD_SIZE,
      color: hex(COLORS.muted),
    },
  }));
  const rows = table.rows.map((row, at) =>
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
  if (note !== undefined) addNote(slide, report, note);
}
