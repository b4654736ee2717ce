import type { EChartsOption } from 'echarts';
import { plainText, pointsText, shareText } from '#schemas/presentation/numbers.ts';
import { COLORS } from '#schemas/presentation/palette.ts';
import { dotsOption } from './dotsOption.ts';
import { cutTo, widthOf } from './measure.ts';
import type { Chart } from './report/model.ts';

/** A chart of a document as an ECharts option. Pure; without animation, for paper does not move. */

export const FONT_STACK = "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

export type PictureSize = { width: number; height: number };

/** Size of type in pixels of the picture. */
const TYPE = 13;
const SMALL = 12;
const BAR_ROW = 24;
const LABEL_SHARE = 0.45;
/** Room of an axis of values. */
const AXIS = 46;
/** Pixels of a column. */
const UPRIGHT_BELOW = 36;
const NONE_BELOW = 13;

/** The size in which a chart is easily read, at a width. */
export function sizeOf(chart: Chart, width = 720): PictureSize {
  const rows = chart.categories.length * BAR_ROW;
  const legend = chart.series.length > 1 ? 34 : 0;
  return { width, height: chart.kind !== 'columns' ? Math.max(120, rows + 34 + legend) : 300 };
}

const format = (chart: Chart) => (value: number) => (chart.axis.share ? shareText(value) : plainText(value));

const figure = (chart: Chart, value: number | null): string => {
  if (value === null) return '';
  return chart.axis.share ? shareText(value) : pointsText(value);
};

const widest = (texts: readonly string[], size = TYPE): number =>
  Math.max(...texts.map((text) => widthOf(text, size)), 0);

/** What stands at the ends of lying bars. */
const endsOf = (chart: Chart): string[] =>
  chart.ends ??
  chart.categories.map((_, index) =>
    figure(
      chart,
      chart.series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
    ),
  );

/** Figures over columns that are narrower than a figure stand upright; where even that does not fit, there are none. */
function turned({ categories, series }: Chart, width: number) {
  const slot = (width - AXIS) / (categories.length * (series.length + 0.5));
  if (slot >= UPRIGHT_BELOW) return {};
  if (slot < NONE_BELOW) return { show: false };
  return { rotate: 90, align: 'left' as const, verticalAlign: 'middle' as const, distance: 4 };
}

/** The option for a picture of this size. Labels that do not fit their room are cut with an ellipsis. */
export function chartOption(chart: Chart, { width }: PictureSize): EChartsOption {
  return {
    animation: false,
    backgroundColor: '#FFFFFF',
    textStyle: { fontFamily: FONT_STACK, color: COLORS.ink },
    aria: { enabled: false },
    ...(chart.kind === 'dots' ? dotsOption(chart, width) : barsOption(chart, width)),
  };
}

function barsOption(chart: Chart, width: number): EChartsOption {
  const bars = chart.kind === 'bars';
  const several = chart.series.length > 1;
  const room = bars ? width * LABEL_SHARE : (width - AXIS) / Math.max(1, chart.categories.length) - 8;
  const labels = chart.categories.map((name) => cutTo(name, room, TYPE));
  const ends = endsOf(chart);
  const category = {
    type: 'category' as const,
    data: labels,
    inverse: bars,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: COLORS.muted } },
    axisLabel: {
      color: COLORS.ink,
      fontSize: TYPE,
      interval: 0,
    },
  };
  const value = {
    type: 'value' as const,
    min: 0,
    ...(chart.axis.max !== undefined && { max: chart.axis.max }),
    splitLine: { lineStyle: { color: COLORS.rule } },
    axisLabel: { color: COLORS.muted, fontSize: SMALL, formatter: format(chart) },
  };
  return {
    grid: bars
      ? { left: widest(labels) + 14, right: widest(ends, SMALL) + 14, top: 4, bottom: several ? 54 : 26 }
      : { left: 4, right: 8, top: 36, bottom: several ? 30 : 4, containLabel: true },
    legend: several
      ? {
          bottom: 0,
          itemWidth: 12,
          itemHeight: 12,
          itemGap: 16,
          icon: 'rect',
          textStyle: { fontSize: TYPE, color: COLORS.ink },
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
        show: !chart.stacked || index === chart.series.length - 1,
        position: bars ? ('right' as const) : ('top' as const),
        color: COLORS.ink,
        fontSize: SMALL,
        ...(!bars && turned(chart, width)),
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          chart.stacked ? (ends[dataIndex] ?? '') : figure(chart, values[dataIndex] ?? null),
      },
    })),
  };
}
