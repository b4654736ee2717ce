import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../locales/words.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** What a unit says of itself and what its record bears out, both 0..100. */
export type ClaimDot = { unit: string; name: string; self: number; evidenced: number };

export const CLAIM_HEIGHT = 360;
const STEP = 20;

/** The least scale, in whole steps, that has all of them: units that are all good are still told apart. */
const lowerEdge = (dots: readonly ClaimDot[]): number => {
  const least = Math.min(100 - STEP, ...dots.flatMap(({ self, evidenced }) => [self, evidenced]));
  return Math.max(0, Math.floor(least / STEP) * STEP);
};

/** Own total upwards, record to the right: on the line they agree, above it the unit claims more. */
export function claimOption(dots: readonly ClaimDot[], theme: ChartTheme, words: Words): EChartsCoreOption {
  const min = lowerEdge(dots);
  const axis = (name: string) => ({
    type: 'value' as const,
    min,
    max: 100,
    interval: min >= 60 ? STEP / 2 : STEP,
    name,
    nameLocation: 'middle' as const,
    nameTextStyle: { color: theme.muted },
    axisLine: { show: true, lineStyle: { color: theme.control } },
    axisLabel: { color: theme.muted },
    splitLine: { lineStyle: { color: theme.rule } },
  });
  return {
    ...frame(theme),
    animation: false,
    grid: { left: 56, right: 16, top: 16, bottom: 48 },
    xAxis: { ...axis(words.say('selfInspection.evidenced')), nameGap: 28 },
    yAxis: { ...axis(words.say('selfInspection.self')), nameGap: 36 },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => tooltipText(dots[dataIndex], words),
    },
    series: [
      {
        type: 'scatter' as const,
        symbolSize: 10,
        data: dots.map(({ unit, self, evidenced }) => ({
          name: unit,
          value: [evidenced, self],
          symbol: self > evidenced ? 'triangle' : 'circle',
          itemStyle: { color: self > evidenced ? theme.alarm : theme.accent },
        })),
        itemStyle: { borderColor: theme.paper, borderWidth: 1, opacity: 1 },
        emphasis: { itemStyle: { borderColor: theme.ink, borderWidth: 2 } },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: theme.control, type: 'solid' as const, width: 1 },
          label: { show: false },
          data: [[{ coord: [min, min] }, { coord: [100, 100] }]],
        },
      },
    ],
  };
}

function tooltipText(dot: ClaimDot | undefined, words: Words): string {
  if (!dot) return '';
  const { name, self, evidenced } = dot;
  const named = { unit: name, self: words.score(self), evidenced: words.score(evidenced) };
  return plainText(words.say('selfInspection.tooltip', named));
}
