import type { EChartsCoreOption } from 'echarts/core';
import { lossStep, lossSteps } from '#schemas/presentation/palette.ts';
import type { Words } from '../locales/words.ts';
import { cut, widthOf, wrap } from './cut.ts';
import { groupSeries, groupSpans } from './groupLabels.ts';
import type { HeatInput, HeatRow } from './heat.ts';
import { type Pointed, tooltipText } from './heatTold.ts';
import { inkOf } from './inkOf.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/** A row of one line. */
const ROW = 22;
/** Lines that a name may take before it is cut, and what a line takes. */
const MOST_LINES = 8;
const LINE = 14;
/** Pixels of half a Chinese sign, and what stands between names and cells. */
const HALF = 6.2;
const GAP = 12;
const SWATCH = 18;
const EDGE = 8;
/** The lower edge of a cell, in which the whole year is shown. */
const STRIP = 6;
/** Room for names, in half-width characters: a Chinese one takes two. */
const ROOM = { row: 72, narrowRow: 48, column: 60 };
/** Room for the sums beside the cells: bars of requirements at the right, of units below, groups on top. */
const SUMS = { right: 112, below: 40, figure: 60 };
const GROUPS = 24;
/** The grids and axes by their places in the option. */
const CELLS = 0;
const BY_ROW = 1;
const BY_COLUMN = 2;

type Names = Pick<HeatInput, 'rows' | 'columns' | 'narrow'>;

const linesOf = ({ name }: HeatRow, narrow: boolean): string[] =>
  wrap(name, narrow ? ROOM.narrowRow : ROOM.row, MOST_LINES);

/** All rows are as high as the one with the most lines takes. */
const rowHeight = ({ rows, narrow }: Names): number =>
  Math.max(ROW, ...rows.map((row) => linesOf(row, narrow).length * LINE + 2));

/** Where the cells begin. Computed here, since ECharts keeps room for slanted names twice. */
function originOf({ rows, columns, narrow }: Names) {
  const longest = (names: readonly { name: string }[], room: number): number =>
    Math.max(0, ...names.map(({ name }) => Math.min(widthOf(name), room + 2))) * HALF;
  return {
    left: longest(rows, narrow ? ROOM.narrowRow : ROOM.row) + SWATCH + GAP,
    top: longest(columns, ROOM.column) + GAP + GROUPS,
  };
}

export const heatHeight = (input: Names): number =>
  input.rows.length * rowHeight(input) + originOf(input).top + SUMS.below + EDGE;

/**
 * Requirements × units, the more points lost the more ink: what is met is blank paper, what is not due or not
 * counted has a stroke. Beside the cells what each requirement costs all units, below them what each unit loses.
 */
export function heatmapOption(input: HeatInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const { rows, columns } = input;
  const origin = originOf(input);
  const height = rows.length * rowHeight(input);
  const bare = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const unseen = { ...bare, axisLabel: { show: false } };
  const ids = { rows: rows.map(({ id }) => id), columns: columns.map(({ id }) => id) };
  return {
    ...frame(theme),
    animation: false,
    grid: [
      { ...origin, right: SUMS.right + EDGE, height },
      { right: SUMS.figure, width: SUMS.right - SUMS.figure, top: origin.top, height },
      { left: origin.left, right: SUMS.right + EDGE, top: origin.top + height + 4, height: SUMS.below - 4 },
    ],
    xAxis: [
      {
        type: 'category',
        gridIndex: CELLS,
        position: 'top',
        data: columns.map(({ name }) => plainText(cut(name, ROOM.column))),
        ...bare,
        axisLabel: { rotate: 90, interval: 0, color: theme.ink },
      },
      { type: 'value', gridIndex: BY_ROW, position: 'top', min: 0, ...unseen, ...rowSumsHead(theme, words) },
      { type: 'category', gridIndex: BY_COLUMN, data: ids.columns, ...unseen },
    ],
    yAxis: [
      {
        type: 'category',
        gridIndex: CELLS,
        inverse: true,
        data: rows.map((row) => plainText(linesOf(row, input.narrow).join('\n'))),
        ...bare,
        axisLabel: {
          interval: 0,
          color: theme.ink,
          lineHeight: LINE,
          formatter: (name: string, index: number) => `{${rows[index]?.token ?? 'type-8'}|■} ${name}`,
          rich: Object.fromEntries(Object.entries(theme.types).map(([token, color]) => [token, { color }])),
        },
      },
      { type: 'category', gridIndex: BY_ROW, inverse: true, data: ids.rows, ...unseen },
      {
        type: 'value',
        gridIndex: BY_COLUMN,
        min: 0,
        inverse: true,
        ...unseen,
        ...columnSumsHead(theme, words),
      },
    ],
    tooltip: {
      ...frame(theme).tooltip,
      formatter: (at: Pointed) => tooltipText(input, at, words),
    },
    series: [
      cellSeries(input, theme),
      selectedSeries(input, theme),
      strokeSeries(input, theme),
      rowSums(input, theme, words),
      columnSums(input, theme),
      yearSeries(input, theme),
      groupSeries(groupSpans(columns.map(({ group }) => group)), theme, SUMS.right),
    ],
  };
}

const framed = (theme: ChartTheme) => ({ borderColor: theme.ink, borderWidth: 2 });

function cellSeries({ cells, most }: HeatInput, theme: ChartTheme) {
  const steps = lossSteps(most);
  const ink = [theme.paper, ...theme.loss];
  return {
    type: 'heatmap' as const,
    data: cells.flatMap((row, y) => row.map(({ lost }, x) => [x, y, lost ?? -1])),
    itemStyle: { color: inkOf(ink, steps, theme), borderColor: theme.rule, borderWidth: 1 },
    emphasis: { itemStyle: framed(theme) },
  };
}

type Api = {
  value: (at: number) => number;
  coord: (at: number[]) => number[];
  size: (of: number[]) => number[];
};

/** The whole year at the lower edge of a cell: only where its ink is another one, so that all else stays as calm. */
function yearSeries({ cells, most }: HeatInput, theme: ChartTheme) {
  const steps = lossSteps(most);
  const ink = [theme.paper, ...theme.loss];
  const data = cells.flatMap((row, y) =>
    row.flatMap(({ lost, year }, x) => {
      if (year === undefined || year === null) return [];
      const step = lossStep(year, steps);
      return lost !== null && step === lossStep(lost, steps) ? [] : [[x, y, step]];
    }),
  );
  return {
    type: 'custom' as const,
    silent: true,
    tooltip: { show: false },
    data,
    renderItem: (_: unknown, api: Api) => {
      const [middle = 0, across = 0] = api.coord([api.value(0), api.value(1)]);
      const [width = 0, height = 0] = api.size([1, 1]);
      return {
        type: 'rect',
        shape: {
          x: middle - width / 2 + 0.5,
          y: across + height / 2 - STRIP - 0.5,
          width: width - 1,
          height: STRIP,
        },
        style: { fill: ink[api.value(2)] },
      };
    },
  };
}

/** A frame around the selected cell, above its neighbours. */
const selectedSeries = ({ selected }: HeatInput, theme: ChartTheme) => ({
  type: 'heatmap' as const,
  silent: true,
  z: 3,
  data: selected ? [[selected.x, selected.y, 0]] : [],
  itemStyle: { color: 'transparent', ...framed(theme), borderWidth: 3 },
});

function strokeSeries({ cells }: HeatInput, theme: ChartTheme) {
  return {
    type: 'scatter' as const,
    silent: true,
    symbol: 'path://M0,10L10,0',
    symbolSize: 7,
    itemStyle: { color: 'transparent', borderColor: theme.control, borderWidth: 1, opacity: 1 },
    data: cells.flatMap((row, y) => row.flatMap(({ lost }, x) => (lost === null ? [[x, y]] : []))),
  };
}

const bar = (theme: ChartTheme) => ({
  type: 'bar' as const,
  barCategoryGap: '30%',
  itemStyle: { color: theme.muted },
  emphasis: { disabled: true },
});

/** What the bars are, above those of the requirements and beside those of the units. */
const headText = (theme: ChartTheme) => ({ color: theme.muted, fontSize: 11 });
const rowSumsHead = (theme: ChartTheme, words: Words) => ({
  name: words.vocabulary.column.lostAll,
  nameLocation: 'start' as const,
  nameGap: 0,
  nameTextStyle: { ...headText(theme), align: 'left', verticalAlign: 'bottom', padding: [0, 0, 4, 0] },
});
const columnSumsHead = (theme: ChartTheme, words: Words) => ({
  name: words.vocabulary.column.lost,
  nameLocation: 'middle' as const,
  nameRotate: 0,
  nameGap: GAP,
  nameTextStyle: { ...headText(theme), align: 'right' },
});

const rowSums = ({ rows }: HeatInput, theme: ChartTheme, words: Words) => ({
  ...bar(theme),
  name: 'rows',
  xAxisIndex: BY_ROW,
  yAxisIndex: BY_ROW,
  data: rows.map(({ lost }) => lost),
  label: {
    show: true,
    position: 'right',
    color: theme.muted,
    fontSize: 11,
    formatter: ({ value }: { value: number }) => (value > 0 ? words.score(value) : ''),
  },
});

const columnSums = ({ columns }: HeatInput, theme: ChartTheme) => ({
  ...bar(theme),
  name: 'columns',
  xAxisIndex: BY_COLUMN,
  yAxisIndex: BY_COLUMN,
  data: columns.map(({ lost }) => lost),
});
