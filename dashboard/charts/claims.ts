import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../locales/words.ts';
import { cut, widthOf } from './cut.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** What a unit says of itself and what its record bears out, both 0..100. */
export type ClaimDot = { unit: string; name: string; self: number; evidenced: number };

/** As wide as high, so that the line on which both agree halves the square. */
const SIDE = { wide: 420, narrow: 272 };
const MARGIN = { left: 56, top: 16, bottom: 48 };
const NAME_ROOM = 16;
export const claimHeight = (narrow: boolean): number =>
  SIDE[narrow ? 'narrow' : 'wide'] + MARGIN.top + MARGIN.bottom;
const STEP = 20;

/** The least scale, in whole steps, that has all of them: units that are all good are still told apart. */
const lowerEdge = (dots: readonly ClaimDot[]): number => {
  const least = Math.min(100 - STEP, ...dots.flatMap(({ self, evidenced }) => [self, evidenced]));
  return Math.max(0, Math.floor(least / STEP) * STEP);
};

const FONT = 11;
/** From a dot's middle to its name. */
const GAP = 10;
const SPOTS = ['right', 'left', 'top', 'bottom'] as const;
type Spot = (typeof SPOTS)[number];
type Box = { left: number; right: number; top: number; bottom: number };

function boxAt(spot: Spot, { x, y }: { x: number; y: number }, width: number): Box {
  const left = spot === 'right' ? x + GAP : spot === 'left' ? x - GAP - width : x - width / 2;
  const top = spot === 'top' ? y - GAP - FONT : spot === 'bottom' ? y + GAP : y - FONT / 2;
  return { left, right: left + width, top, bottom: top + FONT };
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * On which side of its dot each name stands, so that two close together both do: the first side on which it covers no
 * other; null where there is none. The tooltip and the table name all.
 */
export function nameSpots(dots: readonly ClaimDot[], side: number): (Spot | null)[] {
  const min = lowerEdge(dots);
  const along = (value: number): number => ((value - min) / (100 - min)) * side;
  const placed: Box[] = [];
  return dots.map(({ name, self, evidenced }) => {
    const at = { x: along(evidenced), y: side - along(self) };
    const width = (widthOf(cut(name, NAME_ROOM)) * FONT) / 2;
    const spot = SPOTS.find((one) => {
      const box = boxAt(one, at, width);
      const isWithin = box.left >= 0 && box.top >= -MARGIN.top && box.bottom <= side;
      return isWithin && placed.every((other) => !overlap(box, other));
    });
    if (spot) placed.push(boxAt(spot, at, width));
    return spot ?? null;
  });
}

/** Own total upwards, record to the right: on the line they agree, above it the unit claims more. */
export function claimOption(
  dots: readonly ClaimDot[],
  theme: ChartTheme,
  words: Words,
  narrow = false,
): EChartsCoreOption {
  const side = SIDE[narrow ? 'narrow' : 'wide'];
  const min = lowerEdge(dots);
  const spots = nameSpots(dots, side);
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
    grid: { left: MARGIN.left, top: MARGIN.top, width: side, height: side },
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
        // As many names as there is room for; the tooltip and the table name all.
        label: {
          show: true,
          position: 'right' as const,
          color: theme.ink,
          fontSize: FONT,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            plainText(cut(dots[dataIndex]?.name ?? '', NAME_ROOM)),
        },
        labelLayout: { hideOverlap: true },
        data: dots.map(({ unit, self, evidenced }, at) => ({
          name: unit,
          label: spots[at] ? { position: spots[at] } : { show: false },
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
