import type { EChartsCoreOption } from 'echarts/core';
import { countText, movesText } from '#schemas/presentation/numbers.ts';
import type { Words } from '../locales/words.ts';
import { cut } from './heatmap.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** A unit's rank before and after. */
export type SlopeLine = { unit: string; name: string; before: number; after: number };

export type SlopeInput = {
  lines: readonly SlopeLine[];
  /** Ranks beyond this are drawn at the lower edge. */
  depth: number;
  narrow: boolean;
};

const PITCH = 20;
const HEAD = 40;
const ROOM = { wide: 20, narrow: 12 };
const MARGIN = { wide: 168, narrow: 112 };

export const slopeHeight = ({ depth }: Pick<SlopeInput, 'depth'>): number => (depth + 1) * PITCH + HEAD;

/** The units that are among the first `depth` before or after. */
export const slopeLines = (lines: readonly SlopeLine[], depth: number): SlopeLine[] =>
  lines.filter(({ before, after }) => before <= depth || after <= depth);

export function moveSign({ before, after }: Pick<SlopeLine, 'before' | 'after'>): string {
  const moves = movesText(before - after);
  return moves && ` ${moves}`;
}

/** Who goes where when the weights change: climbs in accent, falls dashed, who stays thin and grey. */
export function slopeOption(input: SlopeInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const margin = input.narrow ? MARGIN.narrow : MARGIN.wide;
  return {
    ...frame(theme),
    animation: false,
    grid: { left: margin, right: margin, top: HEAD, bottom: 8 },
    xAxis: {
      type: 'category',
      position: 'top',
      boundaryGap: false,
      data: [words.say('whatIf.before'), words.say('whatIf.after')],
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.muted, margin: 16 },
    },
    yAxis: { type: 'value', inverse: true, min: 1, max: input.depth + 1, show: false },
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

/** Units that share a rank share its label, too: the first's name, and how many there are besides. */
function sharedName(line: SlopeLine, { lines, narrow }: SlopeInput, side: 'before' | 'after'): string | null {
  const sharing = lines.filter((other) => other[side] === line[side]);
  if (sharing[0] !== line) return null;
  const name = plainText(cut(line.name, narrow ? ROOM.narrow : ROOM.wide));
  return sharing.length > 1 ? `${name} +${countText(sharing.length - 1)}` : name;
}

function seriesOf(line: SlopeLine, input: SlopeInput, theme: ChartTheme) {
  const { depth } = input;
  const stroke = strokeOf(line, theme);
  const before = sharedName(line, input, 'before');
  const after = sharedName(line, input, 'after');
  const end = (rank: number, text: string, position: 'left' | 'right') => ({
    value: Math.min(rank, depth + 1),
    label: { show: rank <= depth, position, formatter: text },
  });
  return {
    type: 'line' as const,
    symbol: 'circle',
    symbolSize: 6,
    lineStyle: stroke,
    itemStyle: { color: stroke.color },
    label: { color: theme.ink, distance: 8 },
    emphasis: { focus: 'series' as const },
    data: [
      end(line.before, before === null ? '' : `${before}  ${countText(line.before)}`, 'left'),
      end(line.after, after === null ? '' : `${countText(line.after)}  ${after}${moveSign(line)}`, 'right'),
    ],
  };
}

const tooltipText = (line: SlopeLine | undefined): string =>
  line
    ? `${plainText(line.name)}  ${countText(line.before)} → ${countText(line.after)}${moveSign(line)}`
    : '';
