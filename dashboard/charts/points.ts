/**
 * A chart's points for the keyboard, read from its option: every one that has a tooltip can be stepped to, and what the
 * tooltip says can be said aloud.
 */

/** A point by its place in the option. */
export type Point = { series: number; data: number };

type Series = {
  type?: string;
  name?: string;
  silent?: boolean;
  tooltip?: { show?: boolean };
  data?: readonly unknown[];
};
type Axis = { type?: string; data?: readonly unknown[] };
type Tooltip = { trigger?: string; formatter?: (of: unknown) => string };

const listOf = <T>(value: unknown): T[] => (Array.isArray(value) ? value : value ? [value] : []) as T[];
const seriesOf = (option: object): Series[] => listOf((option as { series?: unknown }).series);
const tooltipOf = (option: object): Tooltip => (option as { tooltip?: Tooltip }).tooltip ?? {};
const isTold = ({ silent, tooltip, data }: Series): boolean =>
  !silent && tooltip?.show !== false && (data?.length ?? 0) > 0;

/** One tooltip for all that stands at a category. */
const byCategory = (option: object): boolean => tooltipOf(option).trigger === 'axis';

function categories(option: object): number {
  const { xAxis, yAxis } = option as { xAxis?: unknown; yAxis?: unknown };
  const axis = [...listOf<Axis>(xAxis), ...listOf<Axis>(yAxis)].find(({ type }) => type === 'category');
  return axis?.data?.length ?? 0;
}

/** All points that can be stepped to, in the order of the data. */
export function pointsOf(option: object): Point[] {
  const series = seriesOf(option);
  if (!tooltipOf(option).formatter) return [];
  if (byCategory(option)) {
    const first = series.findIndex(isTold);
    return first < 0
      ? []
      : Array.from({ length: categories(option) }, (_, data) => ({ series: first, data }));
  }
  return series.flatMap((one, at) =>
    isTold(one) ? (one.data ?? []).map((_, data) => ({ series: at, data })) : [],
  );
}

const itemOf = (option: object, { series, data }: Point): unknown => seriesOf(option)[series]?.data?.[data];

function valueIn(item: unknown): unknown {
  return item !== null && typeof item === 'object' && !Array.isArray(item) && 'value' in item
    ? item.value
    : item;
}

/** Where the point stands on the axes of its series. */
export function coordOf(option: object, point: Point): unknown[] {
  const value = valueIn(itemOf(option, point));
  if (Array.isArray(value)) return value.slice(0, 2);
  const { yAxis } = option as { yAxis?: unknown };
  const isUpright = listOf<Axis>(yAxis)[0]?.type !== 'category';
  return isUpright ? [point.data, value] : [value, point.data];
}

/** What a click on the point would tell: the same fields as the chart's own. */
export function clickOf(option: object, point: Point) {
  const item = itemOf(option, point);
  const name = item !== null && typeof item === 'object' && 'name' in item ? String(item.name) : undefined;
  const seriesName = seriesOf(option)[point.series]?.name;
  return {
    seriesIndex: point.series,
    dataIndex: point.data,
    value: valueIn(item),
    ...(name !== undefined && { name }),
    ...(seriesName !== undefined && { seriesName }),
  };
}

/** Which of the points a click was on; -1 for none. */
export const placeOf = (
  option: object,
  points: readonly Point[],
  { seriesIndex, dataIndex }: { seriesIndex?: number; dataIndex?: number },
): number =>
  points.findIndex(
    ({ series, data }) => data === dataIndex && (series === seriesIndex || byCategory(option)),
  );

/** The text of the point's tooltip. */
export function saysAt(option: object, point: Point): string {
  const { formatter } = tooltipOf(option);
  const click = clickOf(option, point);
  return formatter?.(byCategory(option) ? [click] : click) ?? '';
}

/** In a grid of cells: the cell above or below. */
function beside(option: object, points: readonly Point[], at: number, by: 1 | -1): number {
  const here = points[at];
  if (!here || seriesOf(option)[here.series]?.type !== 'heatmap') return at + by;
  const [x, y] = valueIn(itemOf(option, here)) as number[];
  const found = points.findIndex((point) => {
    const [column, row] = point.series === here.series ? (valueIn(itemOf(option, point)) as number[]) : [];
    return column === x && row === (y ?? 0) + by;
  });
  // Beyond the last row stand the sums.
  return found >= 0 || by < 0
    ? found < 0
      ? at
      : found
    : points.findIndex(({ series }) => series > here.series);
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** So many steps at once. */
const PAGE = 10;

/** Both ends of a line that says one thing. */
function isOneLine(option: object, points: readonly Point[], a: number, b: number): boolean {
  const [from, to] = [points[a], points[b]];
  if (byCategory(option) || !from || !to || from.series !== to.series) return false;
  return seriesOf(option)[from.series]?.type === 'line' && saysAt(option, from) === saysAt(option, to);
}

/**
 * Where a key leads from a point, or from before the first; undefined where it is no key for this. What says one thing is
 * one step.
 */
export function stepTo(
  option: object,
  points: readonly Point[],
  at: number | null,
  key: string,
): number | undefined {
  const last = points.length - 1;
  if (last < 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'PageUp' || key === 'PageDown') {
    let far = at;
    for (let step = 0; step < PAGE; step++)
      far = stepTo(option, points, far, key === 'PageUp' ? 'ArrowUp' : 'ArrowDown') ?? far;
    return far ?? undefined;
  }
  const by = STEPS[key];
  if (by === undefined) return undefined;
  if (at === null) return 0;
  const within = (place: number): number => Math.max(0, Math.min(last, place));
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = within(beside(option, points, at, by));
    if (!isOneLine(option, points, at, next)) return next;
  }
  let next = within(at + by);
  while (next > 0 && next < last && isOneLine(option, points, at, next)) next += by;
  return isOneLine(option, points, at, next) ? at : next;
}
