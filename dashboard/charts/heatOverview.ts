import type { EChartsCoreOption } from 'echarts/core';
import { lossSteps } from '#schemas/presentation/palette.ts';
import type { Words } from '../locales/words.ts';
import { widthOf } from './cut.ts';
import { GROUP_HALF, type GroupSpan, groupLevels, groupSeries, LINE_HEIGHT, linesOf } from './groupLabels.ts';
import { inkOf } from './inkOf.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** Neighbouring units, counted from 0, `to` not among them. */
export type Span = { from: number; to: number };

export type OverviewInput = {
  rows: readonly { id: string; name: string; about?: string }[];
  /** Points lost by each unit, by row; null = not due, or not counted. */
  lost: readonly (readonly (number | null)[])[];
  units: number;
  /** Units of one group stand together. */
  groups: readonly GroupSpan[];
  /** The most that a column loses in a row (`mostMean`): by the scale of single units nearly all means look alike. */
  most: number;
  /** The units that the map shows, where they are framed in the picture itself. */
  lens?: Span;
  /** Of the picture in pixels, where it is known. */
  width?: number;
};

/** Columns at most: on the narrowest screen that shows the map each still has more than a pixel. */
const BINS = 400;
const ROW = 5;
const EDGE = 6;
/** Between the names of groups and the cells. */
const GAP = 8;
/** The frame begins below those names. */
const FRAME = 2;
/** Where the width is not known: what a narrow screen has. */
const NARROW = 600;

/** Units side by side that share a column, all of one number but the last. */
export function binsOf(units: number): Span[] {
  const size = Math.max(1, Math.ceil(units / BINS));
  return Array.from({ length: Math.ceil(units / size) }, (_, bin) => ({
    from: bin * size,
    to: Math.min(units, (bin + 1) * size),
  }));
}

const sizeOf = ([first]: readonly Span[]): number => (first ? first.to - first.from : 1);

/** The groups of the units that share a column. */
const groupsIn = (groups: readonly GroupSpan[], { from, to }: Span): string[] =>
  groups.filter((group) => group.from < to && group.to >= from).map(({ name }) => plainText(name));

/** The mean over the units for which it counts; null where it counts for none. */
export function meanOf(values: readonly (number | null)[], { from, to }: Span): number | null {
  let sum = 0;
  let counted = 0;
  for (let at = from; at < to; at++) {
    const value = values[at] ?? null;
    if (value === null) continue;
    sum += value;
    counted++;
  }
  return counted ? sum / counted : null;
}

/** The greatest mean of units that share a column. */
export const mostMean = ({ lost, units }: Pick<OverviewInput, 'lost' | 'units'>): number =>
  Math.max(0, ...binsOf(units).flatMap((bin) => lost.map((row) => meanOf(row, bin) ?? 0)));

type Named = Pick<OverviewInput, 'groups' | 'units' | 'width'>;

/** On which line the name of each group stands. */
const levelsOf = ({ groups, units, width = NARROW }: Named): number[] =>
  groupLevels(groups, {
    unit: (width - 2 * EDGE) / Math.max(1, units),
    end: width - EDGE,
    widthOf: (name) => widthOf(name) * GROUP_HALF,
  });

/** Where the cells begin, below the names of groups. */
const topOf = (input: Named): number => linesOf(levelsOf(input)) * LINE_HEIGHT + GAP;

export const overviewHeight = (input: Named & Pick<OverviewInput, 'rows'>): number =>
  topOf(input) + input.rows.length * ROW + EDGE;

/** All units at once, several a column where there are more than columns, with the part that the map shows framed. */
export function overviewOption(input: OverviewInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const bins = binsOf(input.units);
  const steps = lossSteps(input.most);
  const ink = [theme.paper, ...theme.loss];
  const hidden = { axisLine: { show: false }, axisTick: { show: false }, axisLabel: { show: false } };
  const means = input.lost.map((row) => bins.map((bin) => meanOf(row, bin)));
  return {
    ...frame(theme),
    animation: false,
    grid: { left: EDGE, right: EDGE, top: topOf(input), bottom: EDGE },
    xAxis: { type: 'category', data: bins.map(({ from }) => String(from)), ...hidden },
    yAxis: { type: 'category', inverse: true, data: input.rows.map(({ id }) => id), ...hidden },
    tooltip: {
      ...frame(theme).tooltip,
      formatter: ({ value }: { value: readonly number[] }) => {
        const [x = -1, y = -1] = value;
        const bin = bins[x];
        if (!bin) return '';
        const points = means[y]?.[x] ?? null;
        return [
          plainText(input.rows[y]?.name ?? ''),
          ...(input.rows[y]?.about ? [plainText(input.rows[y].about)] : []),
          ...groupsIn(input.groups, bin),
          words.say('gaps.binUnits', { from: words.plain(bin.from + 1), to: words.plain(bin.to) }),
          points === null
            ? words.vocabulary.uncounted
            : words.say('gaps.binMean', { points: words.score(points) }),
        ].join('\n');
      },
    },
    series: [
      {
        type: 'heatmap',
        data: means.flatMap((row, y) => row.map((mean, x) => [x, y, mean ?? -1])),
        itemStyle: { color: inkOf(ink, steps, theme) },
        emphasis: { disabled: true },
        progressive: 0,
      },
      groupSeries(input.groups, theme, { beyond: EDGE, per: sizeOf(bins), levels: levelsOf(input) }),
      ...(input.lens ? [lensSeries({ ...input, lens: input.lens }, bins, theme)] : []),
    ],
  };
}

/** Where the frame stands above the picture. */
export function lensStyle({ from, to }: Span, input: Named): { top: string; left: string; width: string } {
  const bins = binsOf(input.units);
  const size = sizeOf(bins);
  const all = bins.length * size;
  const part = (count: number): string => `(100% - ${2 * EDGE}px) * ${count / all}`;
  return {
    top: `${topOf(input) - FRAME}px`,
    left: `calc(${EDGE}px + ${part(from)})`,
    width: `calc(${part(to - from)})`,
  };
}

type Api = { coord: (at: number[]) => number[]; size: (of: number[]) => number[] };

function lensSeries(
  { lens, ...input }: OverviewInput & { lens: Span },
  bins: readonly Span[],
  theme: ChartTheme,
) {
  const size = sizeOf(bins);
  const y = topOf(input) - FRAME;
  return {
    type: 'custom' as const,
    name: 'lens',
    silent: true,
    tooltip: { show: false },
    data: [[lens.from / size, lens.to / size]],
    renderItem: (_: unknown, api: Api) => {
      const [width = 0] = api.size([1, 0]);
      const [left = 0] = api.coord([0, 0]);
      const x = left - width / 2 + (lens.from / size) * width;
      return {
        type: 'rect',
        shape: {
          x,
          y,
          width: Math.max(3, ((lens.to - lens.from) / size) * width),
          height: overviewHeight(input) - y - 2,
        },
        style: { fill: 'transparent', stroke: theme.ink, lineWidth: 2 },
      };
    },
  };
}
