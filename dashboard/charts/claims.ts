import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../locales/words.ts';
import { linesWithin } from './measure.ts';
import { namePlaces } from './namePlaces.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** What a unit says of itself and what its record bears out, both 0..100. */
export type ClaimDot = { unit: string; name: string; self: number; evidenced: number };

/** As wide as high, so that the line on which both agree halves the square; names may stand beside it, too. */
const MOST = 520;
const MARGIN = { left: 64, right: 16, top: 16, bottom: 48 };
const sideWithin = (width: number): number =>
  Math.min(MOST, Math.max(120, width - MARGIN.left - MARGIN.right));
export const claimHeight = (width: number): number => sideWithin(width) + MARGIN.top + MARGIN.bottom;
const STEP = 20;

/** The least scale, in whole steps, that has all of them: units that are all good are still told apart. */
const lowerEdge = (dots: readonly ClaimDot[]): number => {
  const least = Math.min(100 - STEP, ...dots.flatMap(({ self, evidenced }) => [self, evidenced]));
  return Math.max(0, Math.floor(least / STEP) * STEP);
};

const FONT = 11;
const LINE = 13;
const DOT = 10;
/** Widths at which a long name goes on in another line, the widest first. */
const WIDTHS = [180, 110];

type Name = { lines: string[]; width: number; height: number };

/** The ways to write names whole, one below the other: each on one line, or on as few as it takes. */
function waysToWrite(names: readonly string[], { measure }: Pick<ChartTheme, 'measure'>): Name[] {
  const texts = names.map(plainText);
  const ways = [
    texts,
    ...WIDTHS.map((room) => texts.flatMap((text) => linesWithin(text, room, FONT, measure))),
  ];
  return ways
    .filter((lines, at) => at === 0 || lines.length > (ways[at - 1]?.length ?? 0))
    .map((lines) => ({
      lines,
      width: Math.max(...lines.map((line) => measure.width(line, FONT))),
      height: lines.length * LINE,
    }));
}

/** A unit's place from the upper left corner of the square; what lies on one spot is named there together. */
function spotsOf(dots: readonly ClaimDot[], width: number) {
  const min = lowerEdge(dots);
  const side = sideWithin(width);
  const along = (value: number): number => ((value - min) / (100 - min)) * side;
  const spots = new Map<string, { x: number; y: number; units: number[] }>();
  for (const [at, { self, evidenced }] of dots.entries()) {
    const [x, y] = [along(evidenced), side - along(self)];
    const key = `${Math.round(x)} ${Math.round(y)}`;
    const spot = spots.get(key);
    if (spot) spot.units.push(at);
    else spots.set(key, { x, y, units: [at] });
  }
  return [...spots.values()];
}

/** The names that there is room for, with the units that each is of. */
function namesOf(dots: readonly ClaimDot[], theme: Pick<ChartTheme, 'measure'>, width: number) {
  const points = spotsOf(dots, width).map((spot) => ({
    ...spot,
    sizes: waysToWrite(
      spot.units.map((at) => dots[at]?.name ?? ''),
      theme,
    ),
  }));
  const edges = { top: 2 - MARGIN.top, bottom: sideWithin(width) - 2 };
  const room = { left: 2, right: width - MARGIN.left - 2, ...edges };
  return namePlaces(points, room, DOT / 2).flatMap((place, at) => {
    const point = points[at];
    const lines = point?.sizes[place?.size ?? -1]?.lines;
    return place && point && lines ? [{ ...place, ...point, lines }] : [];
  });
}
type Names = ReturnType<typeof namesOf>;

/** How many units have no name in the chart: there is no room for theirs. */
export const unnamedClaims = (
  dots: readonly ClaimDot[],
  theme: Pick<ChartTheme, 'measure'>,
  width: number,
): number => dots.length - namesOf(dots, theme, width).reduce((sum, { units }) => sum + units.length, 0);

/** From a name that is not beside its point a line leads to it. */
const lineSeries = (names: Names, theme: ChartTheme) => ({
  type: 'custom' as const,
  silent: true,
  tooltip: { show: false },
  data: names.flatMap((name) =>
    name?.line ? [[name.line.x1, name.line.y1, name.line.x2, name.line.y2]] : [],
  ),
  renderItem: ({ coordSys: { x, y } }: { coordSys: { x: number; y: number } }, api: Api) => ({
    type: 'line',
    shape: { x1: x + api.value(0), y1: y + api.value(1), x2: x + api.value(2), y2: y + api.value(3) },
    style: { stroke: theme.control, lineWidth: 1 },
  }),
});
type Api = { value: (at: number) => number };

/** Own total upwards, record to the right: on the line they agree, above it the unit claims more. */
export function claimOption(
  dots: readonly ClaimDot[],
  theme: ChartTheme,
  words: Words,
  width: number,
): EChartsCoreOption {
  const side = sideWithin(width);
  const min = lowerEdge(dots);
  const names = namesOf(dots, theme, width);
  /** By the first of its units. */
  const nameOf = new Map(names.map((name) => [name.units[0], name]));
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
    // Where it is said to be: the library would move it for the axes' names, and names and lines are placed by it.
    grid: { left: MARGIN.left, top: MARGIN.top, width: side, height: side, outerBoundsMode: 'none' as const },
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
        symbolSize: DOT,
        label: {
          position: 'right' as const,
          distance: 0,
          align: 'left' as const,
          verticalAlign: 'top' as const,
          color: theme.ink,
          fontSize: FONT,
          lineHeight: LINE,
          formatter: ({ dataIndex }: { dataIndex: number }) => nameOf.get(dataIndex)?.lines.join('\n') ?? '',
        },
        data: dots.map(({ unit, self, evidenced }, at) => ({
          name: unit,
          label: labelOf(nameOf.get(at)),
          value: [evidenced, self],
          symbol: self > evidenced ? 'triangle' : 'circle',
          itemStyle: { color: self > evidenced ? theme.alarm : theme.accent },
        })),
        itemStyle: { borderColor: theme.paper, borderWidth: 1, opacity: 1 },
        emphasis: { itemStyle: { borderColor: theme.ink, borderWidth: 2 } },
        markLine: {
          silent: true,
          symbol: 'none',
          // Broken: a whole line leads to a name.
          lineStyle: { color: theme.control, type: 'dashed' as const, width: 1 },
          label: { show: false },
          data: [[{ coord: [min, min] }, { coord: [100, 100] }]],
        },
      },
      lineSeries(names, theme),
    ],
  };
}

/** Its place from where a label right of the point would begin. A name of several units is none's to open. */
const labelOf = (name: Names[number] | undefined) =>
  name
    ? {
        show: true,
        offset: [name.box.left - name.x - DOT / 2, name.box.top - name.y],
        ...(name.units.length > 1 && { silent: true }),
      }
    : { show: false };

function tooltipText(dot: ClaimDot | undefined, words: Words): string {
  if (!dot) return '';
  const { name, self, evidenced } = dot;
  const named = { unit: name, self: words.score(self), evidenced: words.score(evidenced) };
  return plainText(words.say('selfInspection.tooltip', named));
}
