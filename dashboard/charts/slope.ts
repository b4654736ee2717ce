import type { EChartsCoreOption } from 'echarts/core';
import { countText, movesText } from '#schemas/presentation/numbers.ts';
import type { Words } from '../locales/words.ts';
import { cut, widthOf } from './cut.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** A unit's rank before and after. */
export type SlopeLine = { unit: string; name: string; before: number; after: number };

export type SlopeInput = {
  lines: readonly SlopeLine[];
  /** Ranks beyond this stand below the others in their order, each with its own line and label. */
  depth: number;
  narrow: boolean;
  /** Whether a line of text stands above it, as in a trial's picture. */
  titled?: boolean;
};

const PITCH = 20;
const HEAD = 40;
/** The line above, where there is one, has room of its own. */
const TITLE = 20;
/** Room for names with rank and how many share it; on the right with the movement, too. */
const MARGIN = { wide: { left: 208, right: 240 }, narrow: { left: 120, right: 160 } };
/** Between a line's end and its label, with half of the end's dot. */
const DISTANCE = 8;
const DOT = 6;
/** A half-width character of a label takes at most so much, but for the widest capitals. */
const CHARACTER = 6.6;

/** The ranks beyond the depth on one side, in order. */
const beyond = ({ lines, depth }: Pick<SlopeInput, 'lines' | 'depth'>, side: 'before' | 'after'): number[] =>
  [...new Set(lines.map((line) => line[side]).filter((rank) => rank > depth))].sort((a, b) => a - b);

/** The last rank within the depth that a unit has: nothing is kept free for ranks that nobody has. */
const lastWithin = ({ lines, depth }: Pick<SlopeInput, 'lines' | 'depth'>): number =>
  Math.max(1, ...lines.flatMap(({ before, after }) => [before, after]).filter((rank) => rank <= depth));

/** How many lines high it is: the ranks within the depth, and below a gap those beyond it. */
function levelsOf(input: Pick<SlopeInput, 'lines' | 'depth'>): number {
  const below = Math.max(beyond(input, 'before').length, beyond(input, 'after').length);
  return lastWithin(input) + 1 + below;
}

const headOf = ({ titled = false }: Pick<SlopeInput, 'titled'>): number => HEAD + (titled ? TITLE : 0);

export const slopeHeight = (input: Pick<SlopeInput, 'lines' | 'depth' | 'titled'>): number =>
  levelsOf(input) * PITCH + headOf(input);

/** The units that are among the first `depth` before or after. */
export const slopeLines = (lines: readonly SlopeLine[], depth: number): SlopeLine[] =>
  lines.filter(({ before, after }) => before <= depth || after <= depth);

export function moveSign({ before, after }: Pick<SlopeLine, 'before' | 'after'>): string {
  const moves = movesText(before - after);
  return moves && ` ${moves}`;
}

/** Who goes where when the weights change: climbs in accent, falls dashed, who stays thin and grey. */
export function slopeOption(input: SlopeInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  return {
    ...frame(theme),
    animation: false,
    grid: { ...marginOf(input), top: headOf(input), bottom: 8 },
    xAxis: {
      type: 'category',
      position: 'top',
      boundaryGap: false,
      data: [words.say('whatIf.before'), words.say('whatIf.after')],
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.muted, margin: 16 },
    },
    yAxis: { type: 'value', inverse: true, min: 1, max: levelsOf(input), show: false },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'item',
      formatter: ({ seriesIndex }: { seriesIndex: number }) => tooltipText(input.lines[seriesIndex]),
    },
    series: input.lines.map((line) => seriesOf(line, input, theme)),
  };
}

function strokeOf({ before, after }: SlopeLine, theme: ChartTheme) {
  if (before === after) return { color: theme.control, width: 1 };
  return before > after
    ? { color: theme.accent, width: 2 }
    : { color: theme.ink, width: 1.5, type: 'dashed' as const };
}

const marginOf = ({ narrow }: Pick<SlopeInput, 'narrow'>) => (narrow ? MARGIN.narrow : MARGIN.wide);

type Side = 'before' | 'after';

/**
 * Units that share a rank share its label, too: the first's name, and how many there are besides; by how many places
 * they moved only where that is the same for all. The name has what room the figures leave.
 */
function labelOf(line: SlopeLine, input: SlopeInput, side: Side): string {
  const sharing = input.lines.filter((other) => other[side] === line[side]);
  if (sharing[0] !== line) return '';
  const others = sharing.length > 1 ? ` +${countText(sharing.length - 1)}` : '';
  const rank = countText(line[side]);
  const isOneMove = sharing.every((other) => moveSign(other) === moveSign(line));
  const moves = side === 'after' && isOneMove ? moveSign(line) : '';
  const margin = marginOf(input)[side === 'before' ? 'left' : 'right'];
  // The two spaces, the mark of a cut, and the arrow, which is as wide as two.
  const figures = widthOf(`${rank}  ${others}${moves}…`) + (moves ? 1 : 0);
  const room = Math.floor((margin - DISTANCE - DOT / 2) / CHARACTER) - figures;
  const name = plainText(cut(line.name, Math.max(room, 2)));
  return side === 'before' ? `${name}${others}  ${rank}` : `${rank}  ${name}${others}${moves}`;
}

function seriesOf(line: SlopeLine, input: SlopeInput, theme: ChartTheme) {
  const { depth } = input;
  const last = lastWithin(input);
  const stroke = strokeOf(line, theme);
  const end = (side: Side, position: 'left' | 'right') => ({
    value: line[side] <= depth ? line[side] : last + 2 + beyond(input, side).indexOf(line[side]),
    label: { show: true, position, formatter: labelOf(line, input, side) },
  });
  return {
    type: 'line' as const,
    symbol: 'circle',
    symbolSize: DOT,
    lineStyle: stroke,
    itemStyle: { color: stroke.color },
    label: { color: theme.ink, distance: DISTANCE },
    emphasis: { focus: 'series' as const },
    data: [end('before', 'left'), end('after', 'right')],
  };
}

const tooltipText = (line: SlopeLine | undefined): string =>
  line
    ? `${plainText(line.name)}  ${countText(line.before)} → ${countText(line.after)}${moveSign(line)}`
    : '';
