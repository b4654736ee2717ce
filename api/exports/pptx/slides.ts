import type PptxGenJS from 'pptxgenjs';
import { alignmentOf, cellText, widthsOf } from '../report/cells.ts';
import { ACCENT, ALARM, INK, MUTED, RULE, WASH } from '../report/colors.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Language, Report, Section, Table } from '../report/model.ts';

/** One question a slide: the question, one answer, the evidence. 13.33 × 7.5 inches. */

type Slide = PptxGenJS.default.Slide;

const WIDTH = 13.33;
const LEFT = 0.6;
const ROOM = WIDTH - 2 * LEFT;
const ANSWER_TOP = 1.18;
const ANSWER_HEIGHT = 0.95;
const EVIDENCE_TOP = 2.2;
const EVIDENCE_HEIGHT = 4.6;
const FOOT_TOP = 6.98;
const ROW_HEIGHT = 0.38;
const PADDING = 0.16;
const ANSWER_LENGTH = { 'zh-CN': 110, en: 230 };
/** Bars that a hall can read. */
const BARS = 12;

const hex = (color: string): string => color.slice(1);

export const faceOf = (language: Language): string => (language === 'en' ? 'Calibri' : 'Microsoft YaHei');

/** As many whole sentences as fit. */
export function firstSentences(text: string, most: number): string {
  let taken = '';
  for (const sentence of text.split(/(?<=。)|(?<=\.\s)/u)) {
    if (taken && taken.length + sentence.length > most) break;
    taken += sentence;
  }
  return taken.length > most * 1.5 ? `${taken.slice(0, most)}…` : taken.trim();
}

function frame(slide: Slide, report: Report, question: string, answer: string): void {
  const fontFace = faceOf(report.language);
  const colour = { fontFace, color: hex(INK), margin: 0 };
  slide.background = { color: 'FFFFFF' };
  slide.addText(question, {
    ...colour,
    x: LEFT,
    y: 0.42,
    w: ROOM,
    h: 0.7,
    fontSize: 30,
    bold: true,
    valign: 'middle',
    fit: 'shrink',
  });
  slide.addText(answer, {
    ...colour,
    x: LEFT,
    y: ANSWER_TOP,
    w: ROOM,
    h: ANSWER_HEIGHT,
    fontSize: 18,
    valign: 'top',
    fit: 'shrink',
  });
  slide.addText(report.subtitle, {
    ...colour,
    color: hex(MUTED),
    x: LEFT,
    y: FOOT_TOP,
    w: ROOM - 1,
    h: 0.3,
    fontSize: 12,
  });
  slide.slideNumber = {
    x: WIDTH - LEFT - 0.6,
    y: FOOT_TOP,
    w: 0.6,
    h: 0.3,
    fontFace,
    fontSize: 12,
    color: hex(MUTED),
    align: 'right',
  };
}

/** A native chart, whose figures can be edited in the presentation. */
function addChart(slide: Slide, report: Report, chart: Chart): void {
  const bars = chart.kind === 'bars';
  const most = bars ? BARS : chart.categories.length;
  const labels = chart.categories.slice(0, most);
  const fontFace = faceOf(report.language);
  const format = chart.axis.share ? '0%' : chart.stacked ? '0' : '0.0';
  const several = chart.series.length > 1;
  const data = chart.series
    .map(({ name, values }) => ({ name, labels, values: values.slice(0, most).map((value) => value ?? 0) }))
    .filter(({ values }, index) => index === 0 || values.some((value) => value !== 0));
  slide.addChart('bar', data, {
    x: LEFT,
    y: EVIDENCE_TOP,
    w: ROOM,
    h: EVIDENCE_HEIGHT,
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
    legendFontSize: 14,
    catAxisLabelFontFace: fontFace,
    catAxisLabelFontSize: bars && labels.length > 10 ? 12 : 14,
    ...(bars && { catAxisLabelFrequency: '1', valAxisLabelPos: 'nextTo' as const }),
    catAxisLabelColor: hex(INK),
    catAxisMajorTickMark: 'none',
    catAxisLineColor: hex(MUTED),
    valAxisMinVal: 0,
    ...(chart.axis.max !== undefined && { valAxisMaxVal: chart.axis.max }),
    valAxisLabelFormatCode: chart.axis.share ? '0%' : '0',
    valAxisLabelFontFace: fontFace,
    valAxisLabelFontSize: 12,
    valAxisLabelColor: hex(MUTED),
    valAxisLineShow: false,
    valGridLine: { color: hex(RULE), size: 0.75 },
    showValue: !chart.stacked && (!several || labels.length * data.length <= 16),
    dataLabelFormatCode: format,
    dataLabelFontFace: fontFace,
    dataLabelFontSize: 12,
    dataLabelColor: hex(INK),
    ...(!chart.stacked && { dataLabelPosition: 'outEnd' as const }),
  });
}

/** Width of a text in inches: Chinese characters are square, others a little over half as wide. */
const inches = (text: string, fontSize: number): number =>
  (Array.from(text).reduce((sum, sign) => sum + (sign > '\u2E80' ? 1.05 : 0.56), 0) * fontSize) / 72;

/** Columns' widths in inches. */
const columnWidths = (table: Table, fontSize: number): number[] =>
  widthsOf(table, {
    room: Math.round(ROOM * 100),
    digit: (fontSize / 72) * 100 * 0.62,
    padding: PADDING * 100,
  }).map((width) => width / 100);

/** How many rows there is room for, with the lines that their texts take. */
function rowsThatFit(table: Table, fontSize: number): number {
  const { columns, rows } = table;
  const widths = columnWidths(table, fontSize).map((width) => width - PADDING);
  const line = (fontSize * 1.25) / 72;
  let left = EVIDENCE_HEIGHT - 0.6;
  for (const [count, row] of rows.entries()) {
    const lines = columns.map((column, index) =>
      Math.ceil(inches(cellText(row[index] ?? null, column), fontSize) / (widths[index] ?? 1)),
    );
    left -= Math.max(ROW_HEIGHT, Math.max(...lines) * line + 0.08);
    if (left < 0) return count;
  }
  return rows.length;
}

function addTable(slide: Slide, report: Report, table: Table): void {
  const { columns, alarmed = [] } = table;
  const red = new Set(alarmed);
  const fontSize = columns.length > 8 ? 12 : 14;
  const shown = table.rows.slice(0, rowsThatFit(table, fontSize));
  const fontFace = faceOf(report.language);
  const rule = { type: 'solid' as const, pt: 0.75, color: hex(RULE) };
  const none = { type: 'none' as const };
  const head = columns.map((column) => ({
    text: column.heading,
    options: {
      bold: true,
      fill: { color: hex(WASH) },
      align: alignmentOf(column),
      fontSize: 12,
      color: hex(MUTED),
    },
  }));
  const rows = shown.map((row, at) =>
    columns.map((column, index) => ({
      text: cellText(row[index] ?? null, column),
      options: { align: alignmentOf(column), color: hex(red.has(at) ? ALARM : INK) },
    })),
  );
  slide.addTable([head, ...rows], {
    x: LEFT,
    y: EVIDENCE_TOP,
    w: ROOM,
    colW: columnWidths(table, fontSize),
    rowH: ROW_HEIGHT,
    fontFace,
    fontSize,
    valign: 'middle',
    margin: [0.03, 0.08, 0.03, 0.08],
    border: [rule, none, rule, none],
    autoPage: false,
  });
  if (table.rows.length > shown.length) {
    const { say } = wordsIn(report.language);
    slide.addText(say.cutTop(shown.length, table.rows.length), {
      x: LEFT,
      y: FOOT_TOP - 0.28,
      w: ROOM,
      h: 0.28,
      fontFace,
      fontSize: 11,
      color: hex(MUTED),
      margin: 0,
    });
  }
}

function addPoints(slide: Slide, report: Report, { points = [], findings }: Section): void {
  const lines = points.length
    ? points.slice(0, 6).map(({ lead, text }) => lead + text)
    : findings.slice(1, 6);
  if (!lines.length) return;
  slide.addText(
    lines.map((text) => ({
      text: firstSentences(text, 160),
      options: { bullet: true, breakLine: true, paraSpaceAfter: 10 },
    })),
    {
      x: LEFT,
      y: EVIDENCE_TOP,
      w: ROOM,
      h: EVIDENCE_HEIGHT,
      fontFace: faceOf(report.language),
      fontSize: 18,
      color: hex(INK),
      valign: 'top',
      margin: 0,
      fit: 'shrink',
    },
  );
}

/** The opening slide. */
export function addTitle(slide: Slide, report: Report): void {
  const text = { fontFace: faceOf(report.language), x: 1, w: WIDTH - 2, align: 'center' as const };
  slide.background = { color: 'FFFFFF' };
  slide.addShape('rect', {
    x: 1,
    y: 4.25,
    w: WIDTH - 2,
    h: 0.03,
    fill: { color: hex(ACCENT) },
    line: { color: hex(ACCENT), width: 0 },
  });
  slide.addText(report.title, {
    ...text,
    y: 2,
    h: 2,
    fontSize: 38,
    bold: true,
    color: hex(INK),
    valign: 'bottom',
    fit: 'shrink',
  });
  slide.addText(report.subtitle, { ...text, y: 4.45, h: 0.5, fontSize: 18, color: hex(MUTED) });
  slide.addText(`${report.letter.signer}   ${report.letter.date}`, {
    ...text,
    y: 5.1,
    h: 0.5,
    fontSize: 18,
    color: hex(INK),
  });
  if (report.warning)
    slide.addText(report.warning, { ...text, y: 5.9, h: 0.5, fontSize: 16, color: hex(ALARM) });
}

/** One section as one slide: its chart, else its first table, else its points. */
export function addSection(slide: Slide, report: Report, section: Section): void {
  const [chart] = section.charts;
  const [table] = section.tables;
  const most = ANSWER_LENGTH[report.language];
  frame(slide, report, section.question, firstSentences(section.answer ?? section.findings[0] ?? '', most));
  if (chart?.categories.length) addChart(slide, report, chart);
  else if (table) addTable(slide, report, table);
  else addPoints(slide, report, section);
}
