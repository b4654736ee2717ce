import type { EChartsOption } from 'echarts';
import { INK, MUTED, RULE } from './report/colors.ts';
import type { Chart } from './report/model.ts';

/** A chart of a document as an ECharts option. Pure; without animation, for paper does not move. */

export const FONT_STACK = "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

export type PictureSize = { width: number; height: number };

/** Size of type in pixels of the picture. */
const TYPE = 13;
const SMALL = 12;
const BAR_ROW = 24;
const LABEL_SHARE = 0.45;

/** The size in which a chart is easily read, at a width. */
export function sizeOf(chart: Chart, width = 720): PictureSize {
  const rows = chart.categories.length * BAR_ROW;
  const legend = chart.series.length > 1 ? 34 : 0;
  return { width, height: chart.kind === 'bars' ? Math.max(120, rows + 34 + legend) : 300 };
}

const format = (chart: Chart) => (value: number) =>
  chart.axis.share ? `${Math.round(value * 100)}%` : String(value);

const figure = (chart: Chart, value: number): string =>
  chart.axis.share ? `${Math.round(value * 100)}%` : value.toFixed(chart.kind === 'columns' ? 1 : 2);

/** Width of a label in pixels: Chinese characters are square, others a little over half as wide. */
const widthOf = (text: string): number =>
  Array.from(text).reduce(
    (sum, sign) => sum + (sign > '\u2E80' ? 1 : /[A-Zmw%]/.test(sign) ? 0.68 : 0.52),
    0,
  ) * TYPE;

/** A label cut to its room. Without a browser nobody else measures it rightly. */
function fitted(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let kept = text;
  while (kept && widthOf(`${kept}…`) > room) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

function totals(chart: Chart): number[] {
  return chart.categories.map((_, index) =>
    chart.series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
  );
}

/** The option for a picture of this size. Labels that do not fit their room are cut with an ellipsis. */
export function chartOption(chart: Chart, { width }: PictureSize): EChartsOption {
  const bars = chart.kind === 'bars';
  const several = chart.series.length > 1;
  const labels = bars ? chart.categories.map((name) => fitted(name, width * LABEL_SHARE)) : chart.categories;
  const room = bars ? Math.max(...labels.map(widthOf), 0) + 14 : 0;
  const crowded = several && chart.categories.length * chart.series.length > 16;
  const category = {
    type: 'category' as const,
    data: labels,
    inverse: bars,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: MUTED } },
    axisLabel: {
      color: INK,
      fontSize: TYPE,
      interval: 0,
    },
  };
  const value = {
    type: 'value' as const,
    min: 0,
    ...(chart.axis.max !== undefined && { max: chart.axis.max }),
    splitLine: { lineStyle: { color: RULE } },
    axisLabel: { color: MUTED, fontSize: SMALL, formatter: format(chart) },
  };
  const sums = totals(chart);
  return {
    animation: false,
    backgroundColor: '#FFFFFF',
    textStyle: { fontFamily: FONT_STACK, color: INK },
    aria: { enabled: false },
    grid: bars
      ? { left: room, right: 52, top: 4, bottom: several ? 54 : 26 }
      : { left: 4, right: 8, top: 26, bottom: several ? 30 : 4, containLabel: true },
    legend: several
      ? {
          bottom: 0,
          itemWidth: 12,
          itemHeight: 12,
          itemGap: 16,
          icon: 'rect',
          textStyle: { fontSize: TYPE, color: INK },
        }
      : { show: false },
    xAxis: bars ? value : category,
    yAxis: bars ? category : value,
    series: chart.series.map(({ name, color, values }, index) => ({
      type: 'bar' as const,
      name,
      data: values.map((item) => item ?? 0),
      itemStyle: { color },
      ...(bars ? { barWidth: '64%' } : { barMaxWidth: 30, barGap: '12%' }),
      ...(chart.stacked && { stack: 'total' }),
      label: {
        show: chart.stacked ? index === chart.series.length - 1 : !crowded,
        position: bars ? ('right' as const) : ('top' as const),
        color: INK,
        fontSize: SMALL,
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          figure(chart, chart.stacked ? (sums[dataIndex] ?? 0) : (values[dataIndex] ?? 0)),
      },
    })),
  };
}
