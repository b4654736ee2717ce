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

/**
 * A line over the columns of each group with its name on it, at the top of the chart; a name is cut where its group
 * is too narrow for it. `beyond`: the room right of the columns, which the last name may use. `per`: how many units
 * share a column; a group may begin within one.
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
    return {
      type: 'group',
      children: [
        {
          type: 'text',
          style: {
            x,
            y: 2,
            text: spans[dataIndex]?.name ?? '',
            fill: theme.ink,
            font: `600 12px ${theme.font}`,
            width: dataIndex === spans.length - 1 ? room + beyond : room,
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
