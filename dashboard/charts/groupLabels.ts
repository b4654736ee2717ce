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

const LINE_HEIGHT = 16;
/** Between two names. */
const APART = 8;
/** Type of this weight takes so much more than that of ordinary weight. */
const BOLD = 1.08;

/**
 * A line over the columns of each group with its name on it, at the top of the chart; a name is cut where its group
 * is too narrow for it. `beyond`: the room right of the columns, which the last name may use, as what the name before it
 * leaves. `per`: how many units share a column; a group may begin within one.
 */
export const groupSeries = (spans: readonly GroupSpan[], theme: ChartTheme, beyond: number, per = 1) => ({
  type: 'custom' as const,
  name: 'groups',
  silent: true,
  clip: false,
  tooltip: { show: false },
  data: spans.map(({ from, to }) => [from, to]),
  renderItem: ({ dataIndex }: { dataIndex: number }, api: Api) => {
    const [width = 0] = api.size([1, 0]);
    const [first = 0] = api.coord([0, 0]);
    const edge = (unit: number): number => first - width / 2 + (unit / per) * width;
    const x = edge(api.value(0)) + 2;
    const room = edge(api.value(1) + 1) - 2 - x;
    const widthOf = (name = ''): number => theme.measure.width(name, 12) * BOLD;
    const name = spans[dataIndex]?.name ?? '';
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
        {
          type: 'line',
          shape: { x1: x, x2: x + room, y1: LINE_HEIGHT + 4, y2: LINE_HEIGHT + 4 },
          style: { stroke: theme.control },
        },
      ],
    };
  },
});
