import type { EChartsCoreOption } from 'echarts/core';
import { lossStep, lossSteps } from '#schemas/presentation/palette.ts';
import type { Words } from '../locales/words.ts';
import { widthOf, wrap } from './cut.ts';
import {
  GROUP_HALF,
  groupLevels,
  groupSeries,
  groupSpans,
  LINE_HEIGHT,
  linesOf as linesOfGroups,
} from './groupLabels.ts';
import type { HeatInput, HeatRow } from './heat.ts';
import { type Pointed, tooltipText } from './heatTold.ts';
import { inkOf } from './inkOf.ts';
import { cutTo, estimated } from './measure.ts';
import { type ChartTheme, frame, plainText } from './theme.ts';

/**
 * Sizes in pixels on screen and on paper. `type`: of names; `row`: of one line; `half`: of half a Chinese sign, or of a
 * Latin letter; `room`: for the name of a row, in such halves; `right`: for the sums of requirements, `figure` of it for
 * their figures; `between`: rows of several lines. Type of 10 pixels is 7.5 pt on a sheet.
 */
const SIZES = {
  screen: { type: 12, row: 22, line: 14, between: 2, half: 6.2, room: 72, right: 112, figure: 60 },
  paper: { type: 10, row: 16, line: 10, between: 1, half: 5.8, room: 44, right: 92, figure: 52 },
};
const sizesOf = ({ paper, tight = false }: Pick<HeatInput, 'paper' | 'tight'>) =>
  paper ? SIZES.paper : tight ? { ...SIZES.screen, room: SIZES.paper.room } : SIZES.screen;
/** Lines that a name may take before it is cut. */
const MOST_LINES = 8;
/** Between names and cells. */
const GAP = 12;
const SWATCH = 18;
const EDGE = 8;
/** The lower edge of a cell, in which the whole year is shown. */
const STRIP = 6;
/** Room for the name of a column, in half-width characters: a Chinese one takes two. The rest is told with the cell. */
const COLUMN_ROOM = 40;
/** Room for the bars of units below the cells, and for groups on top. */
const BELOW = 40;
const GROUPS = 24;
/** The grids and axes by their places in the option. */
const CELLS = 0;
const BY_ROW = 1;
const BY_COLUMN = 2;

type Names = Pick<HeatInput, 'rows' | 'columns' | 'paper' | 'tight' | 'width'>;

const linesOf = ({ name }: HeatRow, input: Names): string[] => wrap(name, sizesOf(input).room, MOST_LINES);

/** All rows are as high as the one with the most lines takes. */
function rowHeight(input: Names): number {
  const { row, line, between } = sizesOf(input);
  return Math.max(row, ...input.rows.map((one) => linesOf(one, input).length * line + between));
}

/** On which line the name of each group stands. */
function levelsOf(input: Names, left: number): number[] {
  const { type, right } = sizesOf(input);
  const { columns, width } = input;
  const least = type + 0.25;
  const unit = width ? Math.max(least, (width - left - right - EDGE) / Math.max(1, columns.length)) : least;
  return groupLevels(groupSpans(columns.map(({ group }) => group)), {
    unit,
    end: columns.length * unit + right,
    widthOf: (name) => widthOf(name) * GROUP_HALF,
  });
}

/** Where the cells begin. Computed here, since ECharts keeps room for slanted names twice. */
function originOf(input: Names) {
  const { half, room: most } = sizesOf(input);
  const longest = Math.max(0, ...input.rows.map(({ name }) => Math.min(widthOf(name), most + 2))) * half;
  const left = longest + SWATCH + GAP;
  const lines = linesOfGroups(levelsOf(input, left));
  const top = columnRoom(input) + GAP + GROUPS + (lines - 1) * LINE_HEIGHT;
  return { left, top };
}

/** What the longest name of a column takes, or as much as names of columns may take: Latin ones are wider than half of Chinese. */
function columnRoom(input: Names): number {
  const { half, type } = sizesOf(input);
  const most = (COLUMN_ROOM + 2) * half;
  const widthIn = (name: string): number => Math.max(widthOf(name) * half, estimated.width(name, type));
  return Math.ceil(Math.max(0, ...input.columns.map(({ name }) => Math.min(most, widthIn(name)))));
}

export const heatHeight = (input: Names): number =>
  input.rows.length * rowHeight(input) + originOf(input).top + BELOW + EDGE;

/** How far below the map's top the middle of a row stands. */
export const rowMiddle = (input: Names, row: number): number =>
  originOf(input).top + (row + 0.5) * rowHeight(input);

/** How many columns stand beside the names of the rows without their own names touching, where the map is so wide. */
export function columnsWithin(input: Names, width: number): number {
  const { type, right } = sizesOf(input);
  return Math.max(1, Math.floor((width - originOf(input).left - right - EDGE) / (type + 0.25)));
}

/**
 * Requirements × units, the more points lost the more ink: what is met is blank paper, what is not due or not
 * counted has a stroke. Beside the cells what each requirement costs all units, below them what each unit loses.
 */
export function heatmapOption(input: HeatInput, theme: ChartTheme, words: Words): EChartsCoreOption {
  const { rows, columns } = input;
  const origin = originOf(input);
  const { type, line, right, figure } = sizesOf(input);
  const height = rows.length * rowHeight(input);
  const bare = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const unseen = { ...bare, axisLabel: { show: false } };
  const ids = { rows: rows.map(({ id }) => id), columns: columns.map(({ id }) => id) };
  return {
    ...frame(theme),
    animation: false,
    grid: [
      { ...origin, right: right + EDGE, height },
      { right: figure, width: right - figure, top: origin.top, height },
      { left: origin.left, right: right + EDGE, top: origin.top + height + 4, height: BELOW - 4 },
    ],
    xAxis: [
      {
        type: 'category',
        gridIndex: CELLS,
        position: 'top',
        data: columns.map(({ name }) => cutTo(plainText(name), columnRoom(input), type, theme.measure)),
        ...bare,
        axisLabel: { rotate: 90, interval: 0, color: theme.ink, fontSize: type },
      },
      { type: 'value', gridIndex: BY_ROW, position: 'top', min: 0, ...unseen, ...rowSumsHead(theme, words) },
      { type: 'category', gridIndex: BY_COLUMN, data: ids.columns, ...unseen },
    ],
    yAxis: [
      {
        type: 'category',
        gridIndex: CELLS,
        inverse: true,
        data: rows.map((row) => plainText(linesOf(row, input).join('\n'))),
        ...bare,
        axisLabel: {
          interval: 0,
          color: theme.ink,
          fontSize: type,
          lineHeight: line,
          formatter: (name: string, index: number) =>
            `{${styleName(rows[index]?.token ?? 'type-8', name)}|■} ${name}`,
          rich: squaresOf(theme, type),
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
      groupSeries(groupSpans(columns.map(({ group }) => group)), theme, {
        beyond: right,
        levels: levelsOf(input, origin.left),
      }),
    ],
  };
}

/** It has half of its room blank before it in Chinese type: a square before it stands closer by so much. */
const OPENING = '“';

/** A style's name may have letters and digits alone: `type-6` would be written out. */
const styleName = (token: string, name: string): string =>
  `${token.replaceAll(/\W/g, '')}${name.startsWith(OPENING) ? 'Close' : ''}`;

/** The squares before the names of rows. */
const squaresOf = ({ types, measure }: ChartTheme, size: number) =>
  Object.fromEntries(
    Object.entries(types).flatMap(([token, color]) => [
      [styleName(token, ''), { color }],
      [styleName(token, OPENING), { color, padding: [0, -measure.lead(OPENING, size), 0, 0] }],
    ]),
  );

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
