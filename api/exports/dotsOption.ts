import type { EChartsOption } from 'echarts';
import { plainText, roundedTo } from '#schemas/presentation/numbers.ts';
import { COLORS } from '#schemas/presentation/palette.ts';
import { cutTo, toldApart, widthOf } from './measure.ts';
import type { Chart } from './report/model.ts';

/** Dots with the reach of their bands as an ECharts option. The axis begins where the chart says, and its note says so. */

const TYPE = 13;
const SMALL = 12;
const LABEL_SHARE = 0.36;
const DOT = 11;
const REACH = 3;

const widest = (texts: readonly string[], size: number): number =>
  Math.max(...texts.map((text) => widthOf(text, size)), 0);

export function dotsOption(
  { categories, series, spans = [], ends = [], axis }: Chart,
  width: number,
): EChartsOption {
  const labels = toldApart(categories, (name) => cutTo(name, width * LABEL_SHARE, TYPE));
  const [{ values = [], color = COLORS.accent } = {}] = series;
  const rows = {
    type: 'category' as const,
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: COLORS.rule } },
  };
  const bar = { type: 'bar' as const, stack: 'reach', barWidth: REACH, silent: true };
  return {
    grid: { left: widest(labels, TYPE) + 16, right: widest(ends, TYPE) + 20, top: 6, bottom: 28 },
    xAxis: {
      type: 'value' as const,
      ...(axis.min !== undefined && { min: axis.min }),
      ...(axis.max !== undefined && { max: axis.max }),
      ...(axis.step !== undefined && { interval: axis.step }),
      axisLine: { show: true, lineStyle: { color: COLORS.muted } },
      splitLine: { lineStyle: { color: COLORS.rule } },
      axisLabel: { color: COLORS.muted, fontSize: SMALL, formatter: (value: number) => plainText(value) },
    },
    yAxis: [
      { ...rows, data: labels, axisLabel: { color: COLORS.ink, fontSize: TYPE, interval: 0 } },
      {
        ...rows,
        data: ends.map((_, at) => `${at}`),
        position: 'right',
        axisLabel: {
          color: COLORS.ink,
          fontSize: TYPE,
          interval: 0,
          formatter: (_: string, at: number) => ends[at] ?? '',
        },
      },
    ],
    series: [
      { ...bar, data: spans.map((span) => span?.[0] ?? null), itemStyle: { color: 'transparent' } },
      {
        ...bar,
        data: spans.map((span) => (span ? roundedTo(span[1] - span[0], 6) : null)),
        itemStyle: { color: COLORS.control },
      },
      {
        type: 'scatter' as const,
        symbolSize: DOT,
        data: values.map((value, at) => [value, at]),
        itemStyle: { color, borderColor: COLORS.paper, borderWidth: 1, opacity: 1 },
        z: 3,
      },
    ],
  };
}
