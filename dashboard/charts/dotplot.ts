import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../locales/words.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** One unit; `value` on the scale 0..100. */
export type Dot = { unit: string; name: string; value: number; color: string; says: string };

export type DotInput = {
  dots: readonly Dot[];
  /** Unit of the scale, `%` or nothing. */
  suffix: string;
  /** A value to compare with, and what it is called. */
  mark: { value: number; name: string } | null;
  narrow: boolean;
};

const SIZE = 10;
const PITCH = 12;
const AXIS = 64;
/** So many stacks fit side by side without touching. */
const STACKS = { wide: 100, narrow: 33 };
/** More dots than this on one stack are counted by bars instead. */
const TALL = 32;
const BARS = 20;
const BAR_HEIGHT = 200;
const LOWEST = 4;
/** A mark so near an end has its name beside it, on the inner side: in the middle above it, it would be cut. */
const EDGE = { wide: 6, narrow: 20 };

type Placed = Dot & { at: number; level: number };

/** Dots of nearly the same value stand on each other; 0 and 100 keep their exact place. */
export function stackDots(dots: readonly Dot[], narrow: boolean): Placed[] {
  const stacks = narrow ? STACKS.narrow : STACKS.wide;
  const heights = new Map<number, number>();
  return [...dots]
    .sort((a, b) => a.value - b.value)
    .map((dot) => {
      // Only what is quite at an end stands there: nearly done never looks like done.
      const near = Math.round((dot.value / 100) * stacks);
      const inner = Math.min(stacks - 1, Math.max(1, near));
      const stack = dot.value <= 0 ? 0 : dot.value >= 100 ? stacks : inner;
      const level = heights.get(stack) ?? 0;
      heights.set(stack, level + 1);
      return { ...dot, at: (stack / stacks) * 100, level };
    });
}

const tallest = (placed: readonly Placed[]): number =>
  placed.reduce((most, { level }) => Math.max(most, level + 1), LOWEST);

export function dotHeight({ dots, narrow }: Pick<DotInput, 'dots' | 'narrow'>): number {
  const levels = tallest(stackDots(dots, narrow));
  return (levels > TALL ? BAR_HEIGHT : levels * PITCH) + AXIS;
}

/** How many values lie in each of twenty equal steps; 100 has a step of its own at the end. */
export function countSteps(dots: readonly Pick<Dot, 'value'>[]): number[] {
  const counts = Array.from({ length: BARS + 1 }, () => 0);
  for (const { value } of dots) {
    const step = Math.min(BARS, Math.floor((value / 100) * BARS));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}

const stepName = (step: number, suffix: string): string =>
  step === BARS ? `100${suffix}` : `${(step * 100) / BARS}–${((step + 1) * 100) / BARS}${suffix}`;

/** Where the units stand: every one a dot, or bars where they are too many to tell apart. */
export function dotOption(input: DotInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const placed = stackDots(input.dots, input.narrow);
  return tallest(placed) > TALL ? barOption(input, theme, words) : plotOption(input, placed, theme);
}

function nameSide(value: number, narrow: boolean): 'left' | 'center' | 'right' {
  const edge = narrow ? EDGE.narrow : EDGE.wide;
  if (value > 100 - edge) return 'right';
  return value < edge ? 'left' : 'center';
}

function plotOption(
  { suffix, mark, narrow }: DotInput,
  placed: readonly Placed[],
  theme: ChartTheme,
): EChartsCoreOption {
  return {
    ...frame(theme),
    animation: false,
    grid: { left: 16, right: 24, top: 28, bottom: 28 },
    xAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 20,
      axisLine: { show: true, lineStyle: { color: theme.control } },
      axisLabel: { color: theme.muted, hideOverlap: true, formatter: `{value}${suffix}` },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    yAxis: { type: 'value', min: 0, max: tallest(placed), show: false },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => plainText(placed[dataIndex]?.says ?? ''),
    },
    series: [
      {
        type: 'scatter' as const,
        symbolSize: SIZE,
        data: placed.map(({ unit, at, level, color }) => ({
          name: unit,
          value: [at, level + 0.5],
          itemStyle: { color },
        })),
        itemStyle: { borderColor: theme.control, borderWidth: 1, opacity: 1 },
        emphasis: { itemStyle: { borderColor: theme.ink, borderWidth: 2 } },
        markLine: mark
          ? {
              silent: true,
              symbol: 'none',
              data: [{ xAxis: mark.value }],
              lineStyle: { color: theme.ink, type: 'solid' as const, width: 1 },
              label: {
                color: theme.ink,
                formatter: mark.name,
                position: 'end' as const,
                align: nameSide(mark.value, narrow),
              },
            }
          : undefined,
      },
    ],
  };
}

function barOption({ dots, suffix }: DotInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const counts = countSteps(dots);
  return {
    ...frame(theme),
    animation: false,
    grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      data: counts.map((_, step) => stepName(step, suffix)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.control } },
      axisLabel: { color: theme.muted },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: theme.muted },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) =>
        words.say('requirement.tooltipBin', { bin: stepName(dataIndex, suffix) }, counts[dataIndex] ?? 0),
    },
    series: [
      { type: 'bar' as const, data: counts, barCategoryGap: '10%', itemStyle: { color: theme.accent } },
    ],
  };
}
