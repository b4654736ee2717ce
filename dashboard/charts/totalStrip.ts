import type { EChartsCoreOption } from 'echarts/core';
import { type Histogram, histogramOf } from '#schemas/presentation/histogram.ts';
import type { Words } from '../locales/words.ts';
import { linesWithin } from './measure.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** A place of the ranking: what a unit sees of everybody, with its own name alone. */
export type Place = { rank: number; total: number; name: string | null };

export type StripInput = {
  places: readonly Place[];
  /** As many decimals as the ranking has. */
  decimals: number;
  narrow: boolean;
  /** Of the chart, in pixels. */
  width: number;
};

const SIZE = 10;
const PITCH = 12;
const AXIS = 28;
const LABEL = 28;
const FONT = 12;
const LINE = 15;
/** Left and right of the scale. */
const SIDES = { left: 16, right: 24 };
/** So many stacks fit side by side without touching. */
const STACKS = { wide: 90, narrow: 28 };
/** More dots than this on one stack are counted by bars instead. */
const TALL = 16;
const BARS = 40;

type Stacked = Place & { at: number; level: number };

const scaleOf = (places: readonly Place[], most: number): Histogram | null =>
  histogramOf(
    places.map(({ total }) => total),
    most,
  );

/** Totals of nearly the same size stand on each other; one's own stands lowest, on the axis. */
export function stackPlaces({ places, narrow }: Pick<StripInput, 'places' | 'narrow'>): Stacked[] {
  const scale = scaleOf(places, narrow ? STACKS.narrow : STACKS.wide);
  if (!scale) return [];
  const heights = new Map<number, number>();
  return [...places]
    .sort((a, b) => Number(a.name === null) - Number(b.name === null) || b.total - a.total)
    .map((place) => {
      const stack = Math.min(
        scale.counts.length - 1,
        Math.floor((place.total - scale.from) / scale.step + 1e-9),
      );
      const level = heights.get(stack) ?? 0;
      heights.set(stack, level + 1);
      return { ...place, at: scale.from + (stack + 0.5) * scale.step, level };
    });
}

const levelsOf = (stacked: readonly Stacked[]): number =>
  stacked.reduce((most, { level }) => Math.max(most, level + 1), 2);

/** A line of text over the dots, or several. */
const topOf = (lines: readonly string[]): number => LABEL + Math.max(0, lines.length - 1) * LINE;

export function stripHeight(input: StripInput, theme: Pick<ChartTheme, 'measure'>, words: Words): number {
  const stacked = stackPlaces(input);
  return Math.min(TALL, levelsOf(stacked)) * PITCH + AXIS + topOf(ownLines(input, stacked, theme, words));
}

/** On which side of its line a name stands, so that it stays within the chart. */
function sideOf(at: number, scale: Histogram | null): 'left' | 'center' | 'right' {
  const part = scale ? (at - scale.from) / (scale.to - scale.from) : 0;
  return part > 2 / 3 ? 'right' : part < 1 / 3 ? 'left' : 'center';
}

const isRound = (end = 0): boolean => end % 10 === 0;

const placeWords = (words: Words, { rank, total, name }: Place, decimals: number): string =>
  words.say(name === null ? 'ranking.stripPlace' : 'ranking.stripOwn', {
    rank: words.count(rank),
    total: words.score(total, decimals),
    name: name ?? '',
  });

const scaleFor = ({ places, narrow }: StripInput, stacked: readonly Stacked[]): Histogram | null =>
  scaleOf(places, levelsOf(stacked) > TALL ? BARS : narrow ? STACKS.narrow : STACKS.wide);

/** What is said of one's own total, on as many lines as it takes beside its place. */
function ownLines(
  input: StripInput,
  stacked: readonly Stacked[],
  { measure }: Pick<ChartTheme, 'measure'>,
  words: Words,
): string[] {
  const own = stacked.find(({ name }) => name !== null);
  const scale = scaleFor(input, stacked);
  if (!own || !scale) return [];
  const along = (own.at - scale.from) / (scale.to - scale.from);
  const x = SIDES.left + along * (input.width - SIDES.left - SIDES.right);
  const beside = { left: input.width - x, right: x, center: 2 * Math.min(x, input.width - x) };
  const room = beside[sideOf(own.at, scale)] - 8;
  return linesWithin(plainText(placeWords(words, own, input.decimals)), room, FONT, measure);
}

/** All totals on one scale, with one's own marked: every one a dot, or bars where they are too many to tell apart. */
export function stripOption(input: StripInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const stacked = stackPlaces(input);
  const tall = levelsOf(stacked);
  const scale = scaleFor(input, stacked);
  const lines = ownLines(input, stacked, theme, words);
  const own = stacked.find(({ name }) => name !== null);
  const mark = own && {
    silent: true,
    symbol: 'none',
    data: [{ xAxis: tall > TALL ? own.total : own.at }],
    lineStyle: { color: theme.accent, type: 'solid' as const, width: 1 },
    label: {
      color: theme.ink,
      fontSize: FONT,
      lineHeight: LINE,
      formatter: lines.join('\n'),
      position: 'end' as const,
      align: sideOf(own.at, scale),
    },
  };
  const dots = {
    type: 'scatter' as const,
    symbolSize: SIZE,
    data: stacked.map(({ at, level, name }) => ({
      value: [at, level + 0.5],
      itemStyle: { color: name === null ? theme.control : theme.accent },
    })),
    markLine: mark,
  };
  const bars = {
    type: 'bar' as const,
    barWidth: '90%',
    data: scale?.counts.map((count, step) => [scale.from + (step + 0.5) * scale.step, count]) ?? [],
    itemStyle: { color: theme.control },
    markLine: mark,
  };
  return {
    ...frame(theme),
    animation: false,
    grid: { ...SIDES, top: topOf(lines), bottom: AXIS },
    xAxis: {
      type: 'value',
      min: scale?.from ?? 0,
      max: scale?.to ?? 100,
      axisLine: { show: true, lineStyle: { color: theme.control } },
      // An end that is no round figure stands close to the round one beside it.
      axisLabel: {
        color: theme.muted,
        hideOverlap: true,
        showMinLabel: isRound(scale?.from),
        showMaxLabel: isRound(scale?.to),
      },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    yAxis: { type: 'value', min: 0, max: tall > TALL ? undefined : tall, show: false },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) =>
        plainText(
          tall > TALL
            ? words.say('ranking.stripBin', {}, scale?.counts[dataIndex] ?? 0)
            : stacked[dataIndex]
              ? placeWords(words, stacked[dataIndex], input.decimals)
              : '',
        ),
    },
    series: [tall > TALL ? bars : dots],
  };
}
