import type { EChartsCoreOption } from 'echarts/core';
import { attainmentStep } from '#schemas/presentation/palette.ts';
import type { Words } from '../locales/words.ts';
import { cut, widthOf, wrap } from './cut.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

export type HeatRow = { id: string; name: string; token: string };
export type HeatColumn = { id: string; name: string };
/** 0..1; null = not due, or not counted. */
export type HeatCell = { attainment: number | null; lost: number | null };

export type HeatInput = {
  rows: readonly HeatRow[];
  columns: readonly HeatColumn[];
  /** By row, then column. */
  cells: readonly (readonly HeatCell[])[];
  /** On a narrow screen names of rows take several lines. */
  narrow: boolean;
};

const ROW = { wide: 22, narrow: 44 };
/** Lines that a name may take before it is cut, and what a line takes. */
const MOST_LINES = 8;
const LINE = 14;
/** Pixels of half a Chinese sign, and what stands between names and cells. */
const HALF = 6.2;
const GAP = 12;
const SWATCH = 18;
const EDGE = 8;
/** Room for names, in half-width characters: a Chinese one takes two. */
const ROOM = { row: 72, narrowRow: 22, column: 60 };

type Names = Pick<HeatInput, 'rows' | 'columns' | 'narrow'>;

const linesOf = ({ name }: HeatRow, narrow: boolean): string[] =>
  wrap(name, narrow ? ROOM.narrowRow : ROOM.row, MOST_LINES);

/** All rows are as high as the one with the most lines takes. */
const rowHeight = ({ rows, narrow }: Names): number =>
  Math.max(ROW[narrow ? 'narrow' : 'wide'], ...rows.map((row) => linesOf(row, narrow).length * LINE + 2));

/** Where the cells begin. Computed here, since ECharts keeps room for slanted names twice. */
function originOf({ rows, columns, narrow }: Names) {
  const longest = (names: readonly { name: string }[], room: number): number =>
    Math.max(0, ...names.map(({ name }) => Math.min(widthOf(name), room + 2))) * HALF;
  return {
    left: longest(rows, narrow ? ROOM.narrowRow : ROOM.row) + SWATCH + GAP,
    top: longest(columns, ROOM.column) + GAP,
  };
}

export const heatHeight = (input: Names): number =>
  input.rows.length * rowHeight(input) + originOf(input).top + EDGE;

/** Requirements × units: each cell in the colour of its attainment; a stroke where nothing is due or counted. */
export function heatmapOption(input: HeatInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const { rows, columns, narrow } = input;
  return {
    ...frame(theme),
    animation: false,
    grid: { ...originOf(input), right: EDGE, bottom: EDGE },
    xAxis: {
      type: 'category',
      position: 'top',
      data: columns.map(({ name }) => plainText(cut(name, ROOM.column))),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        rotate: 90,
        interval: 0,
        color: theme.ink,
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => plainText(linesOf(row, narrow).join('\n'))),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        interval: 0,
        color: theme.ink,
        formatter: (name: string, index: number) => `{${rows[index]?.token ?? 'type-8'}|■} ${name}`,
        rich: Object.fromEntries(Object.entries(theme.types).map(([token, color]) => [token, { color }])),
      },
    },
    tooltip: {
      ...frame(theme).tooltip,
      formatter: ({ value }: { value: readonly number[] }) => tooltipText(input, value, words),
    },
    series: [cellSeries(input, theme), strokeSeries(input, theme)],
  };
}

function cellSeries({ cells }: HeatInput, theme: ChartTheme) {
  return {
    type: 'heatmap' as const,
    data: cells.flatMap((row, y) =>
      row.map(({ attainment }, x) => ({
        value: [x, y, attainment ?? -1],
        itemStyle: { color: attainment === null ? theme.wash : theme.attainment[attainmentStep(attainment)] },
      })),
    ),
    itemStyle: { borderColor: theme.paper, borderWidth: 1 },
    emphasis: { itemStyle: { borderColor: theme.ink, borderWidth: 2 } },
  };
}

function strokeSeries({ cells }: HeatInput, theme: ChartTheme) {
  return {
    type: 'scatter' as const,
    silent: true,
    symbol: 'path://M0,10L10,0',
    symbolSize: 7,
    itemStyle: { color: 'transparent', borderColor: theme.control, borderWidth: 1, opacity: 1 },
    data: cells.flatMap((row, y) =>
      row.flatMap(({ attainment }, x) => (attainment === null ? [[x, y]] : [])),
    ),
  };
}

function tooltipText({ rows, columns, cells }: HeatInput, value: readonly number[], words: Words): string {
  const [x = -1, y = -1] = value;
  const cell = cells[y]?.[x];
  if (!cell) return '';
  const head = words.say('gaps.tooltip', { unit: columns[x]?.name ?? '', requirement: rows[y]?.name ?? '' });
  const figures =
    cell.attainment === null
      ? words.say('gaps.tooltipUncounted')
      : words.say('gaps.tooltipLost', {
          share: words.share(cell.attainment),
          points: words.score(cell.lost),
        });
  return `${plainText(head)}\n${figures}`;
}
