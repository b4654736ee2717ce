import type { ChartTheme } from './theme.ts';

/** Columns that belong together, by their places. */
export type GroupSpan = { name: string; from: number; to: number };

/** Neighbours of one group as one span. */
export function groupSpans(groups: readonly string[]): GroupSpan[] {
  const spans: GroupSpan[] = [];
  groups.forEach((name, at) => {
    const last = spans.at(-1);
    if (last?.name === name) last.to = at;
    else spans.push({ name, from: at, to: at });
  });
  return spans;
}

type Api = {
  value: (dimension: number) => number;
  coord: (at: number[]) => number[];
  size: (of: number[]) => number[];
};

type Line = { x1: number; x2: number; y1: number; y2: number };
/** What is drawn for a group: its name, or a line. */
type Drawn = {
  type: 'text' | 'line';
  shape?: Line;
  style: { [name: string]: unknown; text?: string; x?: number; width?: number };
};

export const LINE_HEIGHT = 16;
/** Half a Chinese sign of a group's name, or a Latin letter, in its bold type. */
export const GROUP_HALF = 7;
/** Between two names. */
const APART = 8;
/** Type of this weight takes so much more than that of ordinary weight. */
const BOLD = 1.08;

/**
 * On which line each name stands, the lowest first: over its group, and higher where it would reach over the next.
 * `unit`: how wide a column is; `end`: how far names may reach.
 */
export function groupLevels(
  spans: readonly GroupSpan[],
  { unit, end, widthOf }: { unit: number; end: number; widthOf: (name: string) => number },
): number[] {
  /** Of the names behind, where the first on each line begins. */
  const begins: number[] = [];
  const levels = spans.toReversed().map(({ name, from }) => {
    const width = widthOf(name);
    const start = Math.max(0, Math.min(from * unit, end - width));
    // Over those that it reaches, and over what leads down from a name on a line above.
    const level = begins.findLastIndex((begin) => start + width + APART > begin) + 1;
    begins[level] = start;
    return level;
  });
  return levels.toReversed();
}

/** A name on a line of its own, whole, and what leads from it down to its group where it stands higher. */
function nameAt(
  text: string,
  { x, start, level, lines }: { x: number; start: number; level: number; lines: number },
  theme: ChartTheme,
): Drawn[] {
  const y = 2 + (lines - 1 - level) * LINE_HEIGHT;
  const style = {
    text,
    x: start,
    y,
    fill: theme.ink,
    font: `600 12px ${theme.font}`,
    lineHeight: LINE_HEIGHT,
  };
  const down = { x1: x, x2: x, y1: y + LINE_HEIGHT, y2: lines * LINE_HEIGHT + 4 };
  const stem = { type: 'line' as const, shape: down, style: { stroke: theme.control } };
  return [{ type: 'text' as const, style }, ...(level > 0 && start === x ? [stem] : [])];
}

/** How many lines the names stand on. */
export const linesOf = (levels: readonly number[]): number =>
  Math.max(1, ...levels.map((level) => level + 1));

/**
 * A line over the columns of each group with its whole name on it, at the top of the chart, on the line of `levels`.
 * `beyond`: the room right of the columns, which names may use. `per`: how many units share a column; a group may begin
 * within one.
 */
export const groupSeries = (
  spans: readonly GroupSpan[],
  theme: ChartTheme,
  { beyond, per = 1, levels }: { beyond: number; per?: number; levels: readonly number[] },
) => ({
  type: 'custom' as const,
  name: 'groups',
  silent: true,
  clip: false,
  tooltip: { show: false },
  data: spans.map(({ from, to }) => [from, to]),
  renderItem: ({ dataIndex }: { dataIndex: number }, api: Api): { type: 'group'; children: Drawn[] } => {
    const [width = 0] = api.size([1, 0]);
    const [first = 0] = api.coord([0, 0]);
    const edge = (unit: number): number => first - width / 2 + (unit / per) * width;
    const x = edge(api.value(0)) + 2;
    const x2 = edge(api.value(1) + 1) - 2;
    const name = spans[dataIndex]?.name ?? '';
    const lines = linesOf(levels);
    const y = lines * LINE_HEIGHT + 4;
    const rule: Drawn = {
      type: 'line',
      shape: { x1: x, x2, y1: y, y2: y },
      style: { stroke: theme.control },
    };
    const end = edge((spans.at(-1)?.to ?? 0) + 1) + beyond;
    const start = Math.max(edge(0), Math.min(x, end - theme.measure.width(name, 12) * BOLD));
    const text = nameAt(name, { x, start, level: levels[dataIndex] ?? 0, lines }, theme);
    return { type: 'group', children: [...text, rule] };
  },
});
