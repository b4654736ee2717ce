import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../locales/words.ts';
import { type ChartTheme, frame } from './theme.ts';

/** Where a unit stood on a day. */
export type TrendDot = { day: string; name: string; rank: number | null; of: number; total: number | null };

export type TrendInput = {
  dots: readonly TrendDot[];
  /** Too narrow to write a figure at each day. */
  narrow: boolean;
};

export const TREND_HEIGHT = 292;
const SCORE_STEP = 10;
const UPPER = { left: 44, right: 24, top: 28, height: 104 };
const LOWER = { left: 44, right: 24, top: 176, height: 76 };

/** The scale begins at the last ten below all totals, and says so by its figures. */
const lowest = (dots: readonly TrendDot[]): number =>
  Math.floor(Math.min(100 - SCORE_STEP, ...dots.map(({ total }) => total ?? 100)) / SCORE_STEP) * SCORE_STEP;

/** Room below the worst rank, so that its figure is not cut. */
const deepest = (dots: readonly TrendDot[]): number => Math.max(4, ...dots.map(({ rank }) => rank ?? 1));

/** Total above and rank below over the same days: two scales, two panes, so that no crossing of lines means anything. */
export function trendOption(
  { dots, narrow }: TrendInput,
  theme: ChartTheme,
  words: Words,
): EChartsCoreOption {
  const base = lowest(dots);
  const depth = deepest(dots);
  return {
    ...frame(theme),
    animation: false,
    grid: [UPPER, LOWER],
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [dayAxis(dots, 0, false, theme), dayAxis(dots, 1, true, theme)],
    yAxis: [
      { ...valueAxis(0, words.say('trend.total'), theme), min: base, max: 100, interval: (100 - base) / 2 },
      // The best rank stands at the top.
      {
        ...valueAxis(1, words.say('trend.rank'), theme),
        inverse: true,
        nameLocation: 'start' as const,
        min: 1,
        max: depth,
        interval: depth - 1,
      },
    ],
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.control } },
      formatter: (points: readonly { dataIndex: number }[]) =>
        tooltipText(dots[points[0]?.dataIndex ?? -1], words),
    },
    series: [
      series(dots, narrow, theme, {
        name: words.say('trend.total'),
        index: 0,
        color: theme.accent,
        read: ({ total }) => total,
        write: (total) => words.score(total),
      }),
      series(dots, narrow, theme, {
        name: words.say('trend.rank'),
        index: 1,
        color: theme.ink,
        read: ({ rank }) => rank,
        write: words.count,
      }),
    ],
  };
}

const dayAxis = (dots: readonly TrendDot[], gridIndex: number, named: boolean, theme: ChartTheme) => ({
  type: 'category' as const,
  gridIndex,
  boundaryGap: true,
  data: dots.map(({ name }) => name),
  axisTick: { show: false },
  axisLine: { lineStyle: { color: theme.control }, onZero: false },
  axisLabel: { show: named, color: theme.muted, hideOverlap: true },
  ...(named ? { position: 'bottom' as const } : {}),
});

const valueAxis = (gridIndex: number, name: string, theme: ChartTheme) => ({
  type: 'value' as const,
  gridIndex,
  name,
  nameLocation: 'end' as const,
  nameGap: 16,
  nameTextStyle: { color: theme.muted, align: 'right' as const, padding: [0, 8, 0, 0] },
  axisLabel: { color: theme.muted },
  splitLine: { lineStyle: { color: theme.rule } },
});

type Pane = {
  name: string;
  index: number;
  color: string;
  read: (dot: TrendDot) => number | null;
  write: (value: number) => string;
};

function series(
  dots: readonly TrendDot[],
  narrow: boolean,
  theme: ChartTheme,
  { name, index, color, read, write }: Pane,
) {
  return {
    name,
    type: 'line' as const,
    xAxisIndex: index,
    yAxisIndex: index,
    symbol: index === 0 ? 'circle' : 'rect',
    symbolSize: 6,
    lineStyle: { color, width: 2 },
    itemStyle: { color, opacity: 1 },
    clip: false,
    data: dots.map((dot, place) => {
      const value = read(dot);
      const last = place === dots.length - 1;
      return {
        value: value ?? '-',
        label: {
          show: value !== null && (!narrow || last),
          position: 'top' as const,
          color: theme.ink,
          fontWeight: last ? (600 as const) : (400 as const),
          formatter: value === null ? '' : write(value),
        },
      };
    }),
  };
}

function tooltipText(dot: TrendDot | undefined, words: Words): string {
  if (!dot) return '';
  if (dot.rank === null) return [dot.name, words.say('unit.noRank')].join('\n');
  return [
    dot.name,
    `${words.say('trend.total')}  ${words.score(dot.total)}`,
    `${words.say('trend.rank')}  ${words.count(dot.rank)} / ${words.count(dot.of)}`,
  ].join('\n');
}
