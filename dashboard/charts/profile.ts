import type { ScatterSeriesOption } from 'echarts/charts';
import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../locales/words.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

export type ProfileRow = {
  criterion: string;
  name: string;
  token: string;
  score: number | null;
  /** Of the unit's group; null where it may not be known. */
  median: number | null;
  best: number | null;
};

const ROW = 40;
const AXIS = 56;
/** An upright stroke in the middle of its box, as the median is drawn. */
const TICK = 'path://M5,0L7,0L7,12L5,12Z';

export const profileHeight = (rows: readonly ProfileRow[]): number => rows.length * ROW + AXIS;

/** One bar a type with the group's median as a line across it and its best as a ring: where the unit stands, and how far one can get. */
export function profileOption(
  rows: readonly ProfileRow[],
  theme: ChartTheme,
  words: Words,
): EChartsCoreOption {
  const { say } = words;
  return {
    ...frame(theme),
    grid: { left: 8, right: 56, top: 28, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemGap: 16,
      itemWidth: 12,
      itemHeight: 12,
      selectedMode: false,
      textStyle: { color: theme.muted, fontFamily: theme.font },
      data: rows.some(({ median }) => median !== null)
        ? [
            { name: say('unit.median'), icon: TICK },
            { name: say('unit.best'), icon: 'circle' },
          ]
        : [],
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 20,
      axisLabel: { color: theme.muted, hideOverlap: true },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.control } },
      axisLabel: { color: theme.ink, fontSize: 14 },
    },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
      formatter: (points: readonly { dataIndex: number }[]) =>
        tooltipText(rows[points[0]?.dataIndex ?? -1], words),
    },
    series: [
      {
        name: say('unit.own'),
        type: 'bar',
        barWidth: 16,
        data: rows.map(({ score, token }) => ({ value: score, itemStyle: { color: theme.types[token] } })),
      },
      marker(
        say('unit.median'),
        'rect',
        [2, 24],
        rows.map(({ median }) => median),
        theme.ink,
        theme.ink,
      ),
      marker(
        say('unit.best'),
        'circle',
        10,
        rows.map(({ best }) => best),
        theme.paper,
        theme.ink,
      ),
      scores(rows, theme, words),
    ],
  };
}

function marker(
  name: string,
  symbol: string,
  symbolSize: number | number[],
  values: readonly (number | null)[],
  fill: string,
  edge: string,
): ScatterSeriesOption {
  return {
    name,
    type: 'scatter',
    symbol,
    symbolSize,
    itemStyle: { color: fill, borderColor: edge, borderWidth: symbol === 'rect' ? 0 : 1.5, opacity: 1 },
    data: values.map((value, index) => [value ?? '-', index]),
    z: 3,
  };
}

/** The figures themselves, right-aligned in the margin, so that bars and marks never cover them. */
function scores(rows: readonly ProfileRow[], theme: ChartTheme, words: Words): ScatterSeriesOption {
  return {
    type: 'scatter',
    symbolSize: 0,
    itemStyle: { opacity: 1 },
    silent: true,
    data: rows.map(({ score }, index) => ({ value: [100, index], name: words.score(score) })),
    label: {
      show: true,
      position: 'right',
      distance: 12,
      color: theme.ink,
      fontSize: 14,
      fontWeight: 600,
      formatter: '{b}',
    },
  };
}

function tooltipText(row: ProfileRow | undefined, words: Words): string {
  if (!row) return '';
  const lines = [
    plainText(row.name),
    `${words.say('unit.own')}  ${words.score(row.score)}`,
    `${words.say('unit.median')}  ${words.score(row.median)}`,
    `${words.say('unit.best')}  ${words.score(row.best)}`,
  ];
  return lines.join('\n');
}
