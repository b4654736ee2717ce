import type { EChartsCoreOption } from 'echarts/core';
import { countText, movesText } from '#schemas/presentation/numbers.ts';
import type { Words } from '../locales/words.ts';
import { cutTo, linesWithin } from './measure.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** A unit's rank before and after. */
export type SlopeLine = { unit: string; name: string; before: number; after: number };

export type SlopeInput = {
  lines: readonly SlopeLine[];
  /** Ranks beyond this stand below the others in their order, each with its own line and label. */
  depth: number;
  /** Of the chart, in pixels. */
  width: number;
  /** Whether a line of text stands above it, as in a trial's picture. */
  titled?: boolean;
};

const PITCH = 20;
/** Of a label that takes several lines: each of them, and what is blank to the next label. */
const LINE = 14;
const BETWEEN = 6;
/** A name is cut only where it would take more lines. */
const MOST_LINES = 3;
/** Of several lines so much is filled at least, since words are not parted. */
const FILLED = 0.8;
const HEAD = 40;
/** The line above, where there is one, has room of its own. */
const TITLE = 20;
/** Of the width so much is kept for the lines, and never less than so many pixels. */
const LINES = { part: 0.15, least: 64 };
/** Between a line's end and its label, with half of the end's dot, and beyond the label. */
const DISTANCE = 8;
const DOT = 6;
const BESIDE = DISTANCE + DOT / 2 + 2;
const FONT = 12;
/** A name is never cut to less than so many pixels. */
const LEAST_NAME = 24;
const LEAST_MARGIN = 80;

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

/** Of the label with the most lines, how many. */
function mostLines(input: SlopeInput, margins: Margins, theme: Pick<ChartTheme, 'measure'>): number {
  const counts = input.lines.flatMap((line) =>
    (['before', 'after'] as const).map(
      (side) => labelText(line, input, side, margins, theme).split('\n').length,
    ),
  );
  return Math.max(1, ...counts);
}

/** So much a label of so many lines reaches above and below the middle of one that has one. */
const reachOf = (lines: number): number => ((lines - 1) * LINE) / 2;

/** As high as the label with the most lines makes each rank. */
export function slopeHeight(input: SlopeInput, theme: Pick<ChartTheme, 'measure'>): number {
  const most = mostLines(input, marginsOf(input, theme), theme);
  const rank = most > 1 ? most * LINE + BETWEEN : PITCH;
  return levelsOf(input) * rank + headOf(input) + 2 * reachOf(most);
}

/** The units that are among the first `depth` before or after. */
export const slopeLines = (lines: readonly SlopeLine[], depth: number): SlopeLine[] =>
  lines.filter(({ before, after }) => before <= depth || after <= depth);

export function moveSign({ before, after }: Pick<SlopeLine, 'before' | 'after'>): string {
  const moves = movesText(before - after);
  return moves && ` ${moves}`;
}

/** Who goes where when the weights change: climbs in accent, falls dashed, who stays thin and grey. */
export function slopeOption(input: SlopeInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const margins = marginsOf(input, theme);
  const reach = reachOf(mostLines(input, margins, theme));
  return {
    ...frame(theme),
    animation: false,
    grid: { left: margins.before, right: margins.after, top: headOf(input) + reach, bottom: 8 + reach },
    xAxis: {
      type: 'category',
      position: 'top',
      boundaryGap: false,
      data: [words.say('whatIf.before'), words.say('whatIf.after')],
      axisLine: { show: false },
      axisTick: { show: false },
      // Over the names, so that the two have room where the lines have little.
      axisLabel: {
        color: theme.muted,
        margin: 16 + reach,
        interval: 0,
        alignMinLabel: 'right',
        alignMaxLabel: 'left',
      },
    },
    yAxis: { type: 'value', inverse: true, min: 1, max: levelsOf(input), show: false },
    tooltip: {
      ...frame(theme).tooltip,
      trigger: 'item',
      formatter: ({ seriesIndex }: { seriesIndex: number }) => tooltipText(input.lines[seriesIndex]),
    },
    series: input.lines.map((line) => seriesOf(line, input, margins, theme)),
  };
}

function strokeOf({ before, after }: SlopeLine, theme: ChartTheme) {
  if (before === after) return { color: theme.control, width: 1 };
  return before > after
    ? { color: theme.accent, width: 2 }
    : { color: theme.ink, width: 1.5, type: 'dashed' as const };
}

type Side = 'before' | 'after';
type Margins = Record<Side, number>;

/**
 * Units that share a rank share its label, too: the first's name, and how many there are besides; by how many places
 * they moved only where that is the same for all.
 */
function labelOf(line: SlopeLine, { lines }: Pick<SlopeInput, 'lines'>, side: Side) {
  const sharing = lines.filter((other) => other[side] === line[side]);
  if (sharing[0] !== line) return null;
  const others = sharing.length > 1 ? ` +${countText(sharing.length - 1)}` : '';
  const rank = countText(line[side]);
  const isOneMove = sharing.every((other) => moveSign(other) === moveSign(line));
  const moves = side === 'after' && isOneMove ? moveSign(line) : '';
  return side === 'before'
    ? { before: '', name: plainText(line.name), after: `${others}  ${rank}` }
    : { before: `${rank}  `, name: plainText(line.name), after: `${others}${moves}` };
}

/** Whether a label says of a name that others share the rank; what the sign means is said below the chart then. */
export const slopeShares = ({ lines }: Pick<SlopeInput, 'lines'>): boolean =>
  (['before', 'after'] as const).some((side) => new Set(lines.map((line) => line[side])).size < lines.length);

/** What each label of a side takes. */
const needsOf = (input: SlopeInput, side: Side, { measure }: Pick<ChartTheme, 'measure'>): number[] =>
  input.lines.flatMap((line) => {
    const label = labelOf(line, input, side);
    return label ? [Math.ceil(measure.width(label.before + label.name + label.after, FONT) + BESIDE)] : [];
  });

/**
 * Room for the labels of both sides: what they take. Where the lines between them would lose theirs, it is shared so
 * that as few as can be are cut, then that most stand on one line, and else evenly: a name that is cut in any case takes
 * nothing from the others.
 */
function marginsOf(input: SlopeInput, theme: Pick<ChartTheme, 'measure'>): Margins {
  const [before, after] = [needsOf(input, 'before', theme), needsOf(input, 'after', theme)];
  const [left, right] = [Math.max(0, ...before), Math.max(0, ...after)];
  const room = input.width - Math.max(LINES.least, input.width * LINES.part);
  if (left + right <= room) return { before: left, after: right };
  const countAt = (at: number, fits: (need: number, margin: number) => boolean): number =>
    before.filter((need) => fits(need, at)).length + after.filter((need) => fits(need, room - at)).length;
  const wholeAt = (at: number): number => countAt(at, (need, margin) => need <= margin);
  const uncutAt = (at: number): number =>
    countAt(at, (need, margin) => need - BESIDE <= (margin - BESIDE) * MOST_LINES * FILLED);
  const [best = room / 2] = [room / 2, ...before, ...after.map((need) => room - need)]
    .filter((at) => at >= LEAST_MARGIN && room - at >= LEAST_MARGIN)
    .sort(
      (a, b) =>
        uncutAt(b) - uncutAt(a) || wholeAt(b) - wholeAt(a) || Math.abs(a - room / 2) - Math.abs(b - room / 2),
    );
  return { before: Math.min(left, best), after: Math.min(right, room - best) };
}

/** On as many lines as it takes; of a name that would take too many, as much as there is room for. */
function labelText(
  line: SlopeLine,
  input: SlopeInput,
  side: Side,
  margins: Margins,
  theme: Pick<ChartTheme, 'measure'>,
): string {
  const label = labelOf(line, input, side);
  if (!label) return '';
  const { before, name, after } = label;
  const room = margins[side] - BESIDE;
  const linesOf = (text: string): string[] => linesWithin(before + text + after, room, FONT, theme.measure);
  let lines = linesOf(name);
  const whole = theme.measure.width(name, FONT);
  for (let kept = MOST_LINES * room; lines.length > MOST_LINES && kept > LEAST_NAME; kept -= FONT)
    if (kept < whole) lines = linesOf(cutTo(name, kept, FONT, theme.measure));
  return lines.join('\n');
}

function seriesOf(line: SlopeLine, input: SlopeInput, margins: Margins, theme: ChartTheme) {
  const { depth } = input;
  const last = lastWithin(input);
  const stroke = strokeOf(line, theme);
  const end = (side: Side, position: 'left' | 'right') => ({
    value: line[side] <= depth ? line[side] : last + 2 + beyond(input, side).indexOf(line[side]),
    label: { show: true, position, formatter: labelText(line, input, side, margins, theme) },
  });
  return {
    type: 'line' as const,
    symbol: 'circle',
    symbolSize: DOT,
    lineStyle: stroke,
    itemStyle: { color: stroke.color },
    label: { color: theme.ink, distance: DISTANCE, lineHeight: LINE },
    emphasis: { focus: 'series' as const },
    data: [end('before', 'left'), end('after', 'right')],
  };
}

const tooltipText = (line: SlopeLine | undefined): string =>
  line
    ? `${plainText(line.name)}  ${countText(line.before)} → ${countText(line.after)}${moveSign(line)}`
    : '';
