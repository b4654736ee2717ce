import type { Span } from '#schemas/presentation/dotPlot.ts';
import { COLORS } from '#schemas/presentation/palette.ts';
import { escaped } from '../fonts/markup.ts';
import { cutTo, fittedIn, toldApart } from '../measure.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Report } from '../report/model.ts';
import { EVIDENCE_HEIGHT, EVIDENCE_TOP, FOOT_TOP, faceOf, hex, LEFT, ROOM, type Slide } from './stage.ts';

/**
 * Dots with a reach, as a native scatter chart, whose figures can be edited: the dots are one series, each reach is one
 * of two points and a line (LibreOffice draws no error bars of a presentation). The library writes scatter charts against
 * the schemas, with one look for all series, so the chart's part is written here; the library adds the workbook behind it. Names and figures stand beside it as texts, in the rows of the dots.
 */

/** The part of a chart, to take the place of the library's. */
export type DotsXml = string;

const NAMES = 3.9;
const ENDS = 2.4;
const PLOT = ROOM - NAMES - ENDS;
const NOTE = 0.5;
const AXIS = 0.42;
const ROW = 0.6;
const POINTS = 72;
const NAME_SIZE = 16;
const PADDED = 0.12;
/** Of the plot's width: dots at its edges are whole. */
const MARGIN = 0.03;
const EMU = 12_700;

const NAMESPACES =
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

const line = (color: string, points: number): string =>
  `<a:ln w="${Math.round(points * EMU)}" cap="rnd"><a:solidFill><a:srgbClr val="${hex(color)}"/></a:solidFill><a:round/></a:ln>`;
const NO_LINE = '<a:ln><a:noFill/></a:ln>';

/** Rows of a column of the workbook, as the chart refers to them; the first has its heading. */
const cells = (letter: string, from: number, values: readonly number[]): string =>
  `<c:numRef><c:f>Sheet1!$${letter}$${from + 2}:$${letter}$${from + 1 + values.length}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${values.length}"/>${values
    .map((value, at) => `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`)
    .join('')}</c:numCache></c:numRef>`;

/** What lies in the workbook: the totals with their rows, then the ends of each reach with the same. */
type Figures = { values: number[]; rows: number[] };
type Series = { name: string; from: number; many: number; look: string };

const seriesXml = ({ values, rows }: Figures, { name, from, many, look }: Series, index: number): string =>
  [
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:v>${escaped(name)}</c:v></c:tx>${look}`,
    `<c:xVal>${cells('A', from, values.slice(from, from + many))}</c:xVal>`,
    `<c:yVal>${cells('B', from, rows.slice(from, from + many))}</c:yVal><c:smooth val="0"/></c:ser>`,
  ].join('');

const DOT = `<c:spPr>${NO_LINE}</c:spPr><c:marker><c:symbol val="circle"/><c:size val="12"/><c:spPr><a:solidFill><a:srgbClr val="${hex(COLORS.accent)}"/></a:solidFill>${line(COLORS.paper, 1)}</c:spPr></c:marker>`;
const REACH = `<c:spPr>${line(COLORS.control, 3.5)}</c:spPr><c:marker><c:symbol val="none"/></c:marker>`;

const [ACROSS, UP] = [111_111_111, 222_222_222];
const GRID = `<c:majorGridlines><c:spPr>${line(COLORS.rule, 0.75)}</c:spPr></c:majorGridlines>`;

function axesXml({ axis: { min = 0, max = 0, step = 1 } }: Chart, count: number, fontFace: string): string {
  const ends = (low: number, high: number): string =>
    `<c:scaling><c:orientation val="minMax"/><c:max val="${high}"/><c:min val="${low}"/></c:scaling>`;
  const text = `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200"><a:solidFill><a:srgbClr val="${hex(COLORS.muted)}"/></a:solidFill><a:latin typeface="${fontFace}"/><a:ea typeface="${fontFace}"/></a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>`;
  const marks = (labels: string): string =>
    `<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="${labels}"/>`;
  const format = '<c:numFmt formatCode="General" sourceLinked="0"/>';
  return [
    `<c:valAx><c:axId val="${ACROSS}"/>${ends(min, max)}<c:delete val="0"/><c:axPos val="b"/>${GRID}${format}${marks('low')}`,
    `<c:spPr>${line(COLORS.muted, 0.75)}</c:spPr>${text}<c:crossAx val="${UP}"/><c:crosses val="min"/><c:crossBetween val="midCat"/><c:majorUnit val="${step}"/></c:valAx>`,
    `<c:valAx><c:axId val="${UP}"/>${ends(0.5, count + 0.5)}<c:delete val="0"/><c:axPos val="l"/>${GRID}${format}${marks('none')}`,
    `<c:spPr>${NO_LINE}</c:spPr><c:crossAx val="${ACROSS}"/><c:crosses val="min"/><c:crossBetween val="midCat"/><c:majorUnit val="1"/></c:valAx>`,
  ].join('');
}

function chartXml(chart: Chart, figures: Figures, share: number, fontFace: string): DotsXml {
  const count = chart.categories.length;
  const reaches = spansOf(chart).map(
    ({ at }, index): Series => ({
      name: chart.categories[at] ?? '',
      from: count + 2 * index,
      many: 2,
      look: REACH,
    }),
  );
  const dots: Series = { name: chart.series[0]?.name ?? '', from: 0, many: count, look: DOT };
  // Drawn last, the dots lie above what reaches through them; written first, for LibreOffice draws no line otherwise.
  const series = [
    seriesXml(figures, dots, reaches.length),
    ...reaches.map((one, at) => seriesXml(figures, one, at)),
  ];
  return [
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace ${NAMESPACES}><c:roundedCorners val="0"/>`,
    '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout><c:manualLayout><c:layoutTarget val="inner"/>',
    `<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="${MARGIN}"/><c:y val="0"/><c:w val="${1 - 2 * MARGIN}"/><c:h val="${share}"/></c:manualLayout></c:layout>`,
    '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>',
    `${series.join('')}<c:axId val="${ACROSS}"/><c:axId val="${UP}"/></c:scatterChart>`,
    `${axesXml(chart, count, fontFace)}<c:spPr><a:noFill/>${NO_LINE}</c:spPr></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>`,
    `<c:spPr><a:noFill/>${NO_LINE}</c:spPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`,
  ].join('');
}

/** The reaches that are more than a dot. */
const spansOf = ({ spans = [] }: Chart): { at: number; span: Span }[] =>
  spans.flatMap((span, at) => (span && span[0] < span[1] ? [{ at, span }] : []));

function figuresOf(chart: Chart): Figures {
  const totals = (chart.series[0]?.values ?? []).map((value) => value ?? 0);
  const rowOf = (at: number): number => totals.length - at;
  const spans = spansOf(chart);
  return {
    values: [...totals, ...spans.flatMap(({ span }) => [...span])],
    rows: [...totals.map((_, at) => rowOf(at)), ...spans.flatMap(({ at }) => [rowOf(at), rowOf(at)])],
  };
}

/** The chart, its names and its figures; `parts` gets the chart's part. */
export function addDots(slide: Slide, report: Report, chart: Chart, parts: DotsXml[]): void {
  const fontFace = faceOf(report.language);
  const figures = figuresOf(chart);
  const height = Math.min(EVIDENCE_HEIGHT - NOTE - AXIS, chart.categories.length * ROW);
  const row = height / chart.categories.length;
  slide.addChart(
    'scatter',
    [
      { name: chart.axis.name, values: figures.values },
      { name: wordsIn(report.language).chart.dotRow, values: figures.rows },
    ],
    { x: LEFT + NAMES, y: EVIDENCE_TOP, w: PLOT, h: height + AXIS, altText: chart.alt },
  );
  parts.push(chartXml(chart, figures, height / (height + AXIS), fontFace));
  const look = {
    fontFace,
    fontSize: NAME_SIZE,
    color: hex(COLORS.ink),
    valign: 'middle' as const,
    margin: 0,
  };
  const names = toldApart(chart.categories, (name) =>
    cutTo(name, (NAMES - PADDED) * POINTS * 0.95, NAME_SIZE),
  );
  for (const [at, name] of names.entries()) {
    const y = EVIDENCE_TOP + at * row;
    slide.addText(name, { ...look, x: LEFT, y, w: NAMES - PADDED, h: row });
    slide.addText(chart.ends?.[at] ?? '', {
      ...look,
      x: LEFT + NAMES + PLOT + PADDED,
      y,
      w: ENDS - PADDED,
      h: row,
    });
  }
  if (chart.note === undefined) return;
  const box = { width: ROOM * POINTS, height: NOTE * POINTS };
  const { texts, size, pitch } = fittedIn([chart.note], box, { preferred: 12, least: 8 });
  slide.addText(texts[0] ?? '', {
    ...look,
    ...{ x: LEFT, y: FOOT_TOP - NOTE, w: ROOM, h: NOTE },
    ...{ fontSize: size, lineSpacing: pitch, color: hex(COLORS.muted), valign: 'top' as const },
  });
}
