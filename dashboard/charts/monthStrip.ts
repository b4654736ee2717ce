import type { EChartsCoreOption } from 'echarts/core';
import { countText } from '#schemas/presentation/numbers.ts';
import type { Words } from '../locales/words.ts';
import { type ChartTheme, frame } from './theme.ts';

/** What falls due in a month, counted unit by unit. */
export type MonthCount = { month: string; name: string; done: number; owing: number; missed: number };

/** Where twelve names and numbers have no room beside each other; every second one then stands two lines lower. */
export const MONTHS_NARROW = '(max-width: 600px)';
/** In pixels. */
export const monthStripHeight = (narrow: boolean): number => (narrow ? 224 : 184);

const SERIES = [
  { key: 'done', word: 'calendar.done' },
  { key: 'missed', word: 'calendar.missedName' },
  { key: 'owing', word: 'calendar.owing' },
] as const;

const totalOf = ({ done, owing, missed }: MonthCount): number => done + owing + missed;

/**
 * The year month by month: which share is done, was missed, is still owed, with how many fall due below. Shares,
 * since nearly all falls due in the last month. The chosen month stands out.
 */
export function monthOption(
  months: readonly MonthCount[],
  chosen: string | null,
  theme: ChartTheme,
  words: Words,
  narrow = false,
): EChartsCoreOption {
  const lowered = (index: number): string => (narrow && index % 2 === 1 ? '\n\n' : '');
  const colors = { done: theme.attainment[1] ?? theme.wash, missed: theme.alarm, owing: theme.accent };
  return {
    ...frame(theme),
    animation: false,
    grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemGap: 16,
      itemWidth: 12,
      itemHeight: 12,
      selectedMode: false,
      textStyle: { color: theme.muted, fontFamily: theme.font },
    },
    xAxis: {
      type: 'category',
      data: months.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.control } },
      axisLabel: {
        interval: 0,
        hideOverlap: !narrow,
        ...(narrow && { lineHeight: 18 }),
        color: theme.ink,
        formatter: (name: string, index: number) =>
          `${lowered(index)}${months[index]?.month === chosen ? `{chosen|${name}}` : name}\n{count|${countOf(months[index])}}`,
        rich: {
          count: { color: theme.muted, fontSize: 11, lineHeight: 16 },
          chosen: { color: theme.accent, fontWeight: 600, fontSize: 12 },
        },
      },
    },
    yAxis: {
      type: 'value',
      max: 100,
      interval: 50,
      axisLabel: { color: theme.muted, formatter: '{value}%' },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
      formatter: (points: readonly { dataIndex: number }[]) =>
        tooltipText(months[points[0]?.dataIndex ?? -1], words),
    },
    series: SERIES.map(({ key, word }) => ({
      name: words.say(word),
      type: 'bar' as const,
      stack: 'month',
      barCategoryGap: '35%',
      itemStyle: { color: colors[key] },
      data: months.map((month) => ({
        value: totalOf(month) ? (month[key] / totalOf(month)) * 100 : 0,
        itemStyle: { opacity: chosen === null || month.month === chosen ? 1 : 0.4 },
      })),
    })),
  };
}

const countOf = (month: MonthCount | undefined): string =>
  month && totalOf(month) ? countText(totalOf(month)) : '';

function tooltipText(month: MonthCount | undefined, words: Words): string {
  if (!month) return '';
  return [
    month.name,
    ...SERIES.map(({ key, word }) => `${words.say(word)}  ${words.count(month[key])}`),
  ].join('\n');
}
