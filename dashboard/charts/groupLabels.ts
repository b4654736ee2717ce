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

/**
 * A line over the columns of each group with its name on it, at the top of the chart; a name is cut where its group
 * is too narrow for it, but where names have `levels`. `beyond`: the room right of the columns, which the last name may use, as what the name before it
 * leaves. `per`: how many units share a column; a group may begin within one.
 */
export const groupSeries = (
  spans: readonly GroupSpan[],
  theme: ChartTheme,
  beyond: number,
  per = 1,
  levels?: readonly number[],
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
    const room = edge(api.value(1) + 1) - 2 - x;
    const widthOf = (name = ''): number => theme.measure.width(name, 12) * BOLD;
    const name = spans[dataIndex]?.name ?? '';
    const lines = Math.max(1, ...(levels ?? []).map((level) => level + 1));
    const ruled = lines * LINE_HEIGHT + 4;
    const rule: Drawn = {
      type: 'line',
      shape: { x1: x, x2: x + room, y1: ruled, y2: ruled },
      style: { stroke: theme.control },
    };
    if (levels) {
      const end = edge((spans.at(-1)?.to ?? 0) + 1) + beyond;
      const start = Math.max(edge(0), Math.min(x, end - widthOf(name)));
      const children = nameAt(name, { x, start, level: levels[dataIndex] ?? 0, lines }, theme);
      return { type: 'group', children: [...children, rule] };
    }
    const before = spans[dataIndex - 1];
    const isLast = dataIndex === spans.length - 1;
    const own = isLast ? room + beyond : room;
    // It ends where the room ends, and begins over the group before.
    const isBack = isLast && before !== undefined && widthOf(name) > own;
    const start = before ? edge(before.from) + 2 : x;
    const back = isBack
      ? Math.max(0, x - APART - start - Math.min(widthOf(before.name), x - APART - start))
      : 0;
    return {
      type: 'group',
      children: [
        {
          type: 'text',
          style: {
            x: isBack ? x + own : x,
            y: 2,
            align: isBack ? 'right' : 'left',
            text: name,
            fill: theme.ink,
            font: `600 12px ${theme.font}`,
            width: own + back,
            overflow: 'truncate',
            ellipsis: '…',
            lineHeight: LINE_HEIGHT,
          },
        },
        rule,
      ],
    };
  },
});
