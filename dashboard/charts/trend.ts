import type { EChartsCoreOption } from 'echarts/core';
import type { MarkSpot } from '#schemas/presentation/answers/marks.ts';
import type { MarkKind } from '#schemas/results/marks.ts';
import type { Words } from '../locales/words.ts';
import { kindsOf, MARK_PATHS, markColor } from './marks.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** Where a unit stood on a day. */
export type TrendDot = { day: string; name: string; rank: number | null; of: number; total: number | null };

export type TrendInput = {
  dots: readonly TrendDot[];
  /** Too narrow to write a figure at each day. */
  narrow: boolean;
  /** What happened meanwhile, and what a tooltip says of it: a row of signs for each kind, below the days. */
  spots: readonly MarkSpot[];
  told: (spot: MarkSpot) => string;
};

const SCORE_STEP = 10;
const SIDES = { left: 72, right: 24 };
const UPPER = { ...SIDES, top: 28, height: 104 };
const LOWER = { ...SIDES, top: 176, height: 76 };
const STRIP_TOP = 288;
const ROW = 20;
const SIGN = 10;

export const trendHeight = ({ spots }: Pick<TrendInput, 'spots'>): number =>
  STRIP_TOP + 4 + kindsOf(spots).length * ROW;

/** The scale begins at the last ten below all totals, and says so by its figures. */
const lowest = (dots: readonly TrendDot[]): number =>
  Math.floor(Math.min(100 - SCORE_STEP, ...dots.map(({ total }) => total ?? 100)) / SCORE_STEP) * SCORE_STEP;

/** Room below the worst rank, so that its figure is not cut. */
const deepest = (dots: readonly TrendDot[]): number => Math.max(4, ...dots.map(({ rank }) => rank ?? 1));

/** Total above, rank below and what happened under both, over the same days: two scales, two panes, so that no crossing of lines means anything. */
export function trendOption(
  { dots, narrow, spots, told }: TrendInput,
  theme: ChartTheme,
  words: Words,
): EChartsCoreOption {
  const base = lowest(dots);
  const depth = deepest(dots);
  const kinds = kindsOf(spots);
  const strip = { ...SIDES, top: STRIP_TOP, height: kinds.length * ROW };
  return {
    ...frame(theme),
    animation: false,
    grid: [UPPER, LOWER, strip],
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      dayAxis(dots, 0, false, theme),
      dayAxis(dots, 1, true, theme),
      { ...dayAxis(dots, 2, false, theme), show: false },
    ],
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
      kindAxis(kinds, theme, words),
    ],
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.control } },
      formatter: (points: readonly { dataIndex: number }[]) =>
        tooltipText(dots[points[0]?.dataIndex ?? -1], spots, told, points[0]?.dataIndex ?? -1, words),
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
      ...kinds.map((kind) => signs(kind, spots, dots.length, theme, words)),
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

/** The name of each row of signs is its legend. */
const kindAxis = (kinds: readonly MarkKind[], theme: ChartTheme, words: Words) => ({
  type: 'category' as const,
  gridIndex: 2,
  inverse: true,
  data: kinds.map((kind) => words.say(`marks.${kind}`)),
  axisTick: { show: false },
  axisLine: { show: false },
  axisLabel: { color: theme.muted, margin: 8 },
  splitLine: { show: true, lineStyle: { color: theme.rule } },
});

function signs(kind: MarkKind, spots: readonly MarkSpot[], days: number, theme: ChartTheme, words: Words) {
  const name = words.say(`marks.${kind}`);
  const at = new Map(spots.filter((spot) => spot.kind === kind).map((spot) => [spot.slot, spot.count]));
  return {
    name,
    type: 'scatter' as const,
    xAxisIndex: 2,
    yAxisIndex: 2,
    symbol: `path://${MARK_PATHS[kind]}`,
    symbolSize: SIGN,
    itemStyle: { color: markColor(kind, theme), opacity: 1 },
    data: Array.from({ length: days }, (_, day) => {
      const count = at.get(day) ?? 0;
      return {
        value: count > 0 ? [day, name] : [day, '-'],
        // On an axis of a single kind what has no place is drawn in the middle: it must have no sign.
        ...(count > 0 ? {} : { symbol: 'none' }),
        label: {
          show: count > 1,
          position: 'right' as const,
          color: theme.ink,
          formatter: count > 1 ? words.count(count) : '',
        },
      };
    }),
  };
}

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

function tooltipText(
  dot: TrendDot | undefined,
  spots: readonly MarkSpot[],
  told: TrendInput['told'],
  day: number,
  words: Words,
): string {
  if (!dot) return '';
  const happened = spots.filter(({ slot }) => slot === day).map((spot) => plainText(told(spot)));
  if (dot.rank === null) return [dot.name, words.say('unit.noRank'), ...happened].join('\n');
  return [
    dot.name,
    `${words.say('trend.total')}  ${words.score(dot.total)}`,
    `${words.say('trend.rank')}  ${words.count(dot.rank)} / ${words.count(dot.of)}`,
    ...happened,
  ].join('\n');
}
