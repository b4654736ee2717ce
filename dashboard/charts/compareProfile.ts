import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../locales/words.ts';
import { linesWithin } from './measure.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** One criterion, with the scores of the units in their order. */
export type CompareRow = { criterion: string; name: string; scores: readonly (number | null)[] };
export type CompareInput = {
  units: readonly string[];
  rows: readonly CompareRow[];
  /** Of the chart, in pixels. */
  width: number;
};

const LANE = 12;
const ROW = 16;
/** Below the rows. */
const AXIS = 28;
const SIZE = 12;
const STEP = 20;
/** Below it every second figure of the axis has room. */
const NARROW = 480;
/** Marks that lie nearer than this part of the scale would cover each other, also on a phone. */
const NEAR = 0.06;

/** The legend: its type, marks and gaps, and what is free below it. */
const LEGEND = { font: 12, line: 16, mark: 12, beside: 5, gap: 16, between: 6, edge: 5, below: 15 };

/** The names side by side where one line holds them all; else one below the other, each on as many lines as it takes. */
function legendOf({ units, width }: CompareInput, { measure }: Pick<ChartTheme, 'measure'>) {
  const { font, line, mark, beside, gap, between, edge, below } = LEGEND;
  const names = units.map(plainText);
  const room = width - 2 * edge - mark - beside;
  const along = names.reduce((sum, name) => sum + mark + beside + measure.width(name, font) + gap, 2 * edge);
  const isOneLine = along - gap <= width;
  const lines = names.map((name) => (isOneLine ? [name] : linesWithin(name, room, font, measure)));
  const rows = isOneLine ? [1] : lines.map(({ length }) => length);
  const high = rows.reduce((sum, count) => sum + count * line, 0) + (rows.length - 1) * between;
  return {
    isOneLine,
    lines: new Map(names.map((name, at) => [name, lines[at] ?? []])),
    top: high + edge + below,
  };
}

export const compareHeight = (input: CompareInput, theme: Pick<ChartTheme, 'measure'>): number =>
  input.rows.length * (ROW + input.units.length * LANE) + legendOf(input, theme).top + AXIS;

/** The scale begins at the last whole step below all scores, so that small differences show. */
const lowerEdge = (rows: readonly CompareRow[]): number => {
  const scores = rows.flatMap((row) => row.scores.filter((score): score is number => score !== null));
  const least = Math.min(100 - STEP, ...scores);
  return Math.floor(least / STEP) * STEP;
};

/** Marks of a row stand on its line; where some would cover each other, each has a lane of its own. */
function isClose(scores: readonly (number | null)[], near: number): boolean {
  const known = scores.filter((score): score is number => score !== null).sort((a, b) => a - b);
  return known.some((score, index) => index > 0 && score - (known[index - 1] ?? score) < near);
}

/** Each unit has a shape of its own first, and a shade beside it: the types' colours mean the types. */
export const unitMarks = (theme: Pick<ChartTheme, 'accent' | 'ink' | 'control' | 'paper'>) =>
  [
    { symbol: 'circle', fill: theme.accent, edge: theme.paper },
    { symbol: 'diamond', fill: theme.ink, edge: theme.paper },
    { symbol: 'triangle', fill: theme.control, edge: theme.paper },
    { symbol: 'rect', fill: theme.paper, edge: theme.ink },
  ] as const;

/** A line a type from the lowest of the units to the highest, with a mark for each: how far they are apart. */
export function compareOption(input: CompareInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const { units, rows } = input;
  const marks = unitMarks(theme);
  const near = (100 - lowerEdge(rows)) * NEAR;
  const legend = legendOf(input, theme);
  return {
    ...frame(theme),
    animation: false,
    grid: { left: 8, right: 24, top: legend.top, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      orient: legend.isOneLine ? 'horizontal' : 'vertical',
      itemGap: legend.isOneLine ? LEGEND.gap : LEGEND.between,
      itemWidth: LEGEND.mark,
      itemHeight: LEGEND.mark,
      selectedMode: false,
      textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: LEGEND.font, lineHeight: LEGEND.line },
      formatter: (name: string) => legend.lines.get(name)?.join('\n') ?? name,
      data: units.map(plainText),
    },
    xAxis: {
      type: 'value',
      min: lowerEdge(rows),
      max: 100,
      interval: input.width < NARROW ? STEP : STEP / 2,
      axisLabel: { color: theme.muted, hideOverlap: true },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => plainText(name)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.control } },
      axisLabel: { color: theme.ink, fontSize: 14 },
    },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
      formatter: (points: readonly { dataIndex: number }[]) =>
        tooltipText(input, rows[points[0]?.dataIndex ?? -1], words),
    },
    series: [
      ...units.map((unit, index) => {
        const mark = marks[index % marks.length] ?? marks[0];
        return {
          name: plainText(unit),
          type: 'scatter' as const,
          symbol: mark.symbol,
          symbolSize: mark.symbol === 'rect' ? SIZE - 3 : SIZE,
          itemStyle: { color: mark.fill, borderColor: mark.edge, borderWidth: 1.5, opacity: 1 },
          data: rows.map(({ scores }, row) => ({
            value: [scores[index] ?? '-', row],
            symbolOffset: [0, isClose(scores, near) ? (index - (units.length - 1) / 2) * LANE : 0],
          })),
          z: 3 + units.length - index,
        };
      }),
      ...rows.flatMap((row, index) => spanOf(row, index, theme)),
    ],
  };
}

function spanOf({ scores }: CompareRow, row: number, theme: ChartTheme) {
  const known = scores.filter((score): score is number => score !== null);
  if (known.length < 2) return [];
  return [
    {
      type: 'line' as const,
      silent: true,
      symbol: 'none',
      lineStyle: { color: theme.rule, width: 6 },
      data: [
        [Math.min(...known), row],
        [Math.max(...known), row],
      ],
      tooltip: { show: false },
      z: 2,
    },
  ];
}

function tooltipText({ units }: CompareInput, row: CompareRow | undefined, words: Words): string {
  if (!row) return '';
  const lines = units.map((unit, index) => `${plainText(unit)}  ${words.score(row.scores[index])}`);
  return [plainText(row.name), ...lines].join('\n');
}
