import type { RankingRow } from '#schemas/results/results.ts';
import { isPlaced, type Placed } from './answers/rows.ts';
import { roundedTo } from './numbers.ts';

/**
 * The first of a ranking as dots with the reach of their bands, for where bars that begin at zero look alike. One
 * geometry for screen, presentation, PDF and picture.
 */

/** From the lowest total to the highest. */
export type Span = readonly [low: number, high: number];

export type Dot = {
  row: Placed;
  /**
   * The totals of all units whose rank lies within this one's band, its own among them; null while bands are not known.
   * So a line that reaches the dot of another unit says that this one may take the other's place under other weights.
   */
  span: Span | null;
};

export type DotPlot = {
  dots: Dot[];
  /** The axis, in points; it never begins at zero. */
  from: number;
  to: number;
  step: number;
};

/** As many as a hall can read. */
export const DOTS = 8;
/** Bars whose ends lie within this share of the longest look alike. */
const ALIKE = 0.1;
const STEPS = 6;
const HIGHEST = 100;

/** The smallest of 1, 2, 5 × a power of ten that leaves at most so many steps. */
function stepFor(range: number): number {
  const least = range / STEPS;
  const ten = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((one) => one * ten >= least * (1 - 1e-9)) ?? 10;
  return roundedTo(step * ten, 6);
}

/** A multiple of a step, without what doubles leave over. */
const times = (count: number, step: number): number => roundedTo(count * step, 6);

function axisFor(values: readonly number[]): Pick<DotPlot, 'from' | 'to' | 'step'> {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = stepFor(high - low);
  // A dot at the edge of the picture would be cut.
  const from = times(Math.ceil(low / step - 1e-9) - 1, step);
  return { from, to: Math.min(HIGHEST, times(Math.floor(high / step + 1e-9) + 1, step)), step };
}

function spanOf(row: Placed, placed: readonly Placed[]): Span | null {
  const { band, total } = row;
  if (band === null) return null;
  let [low, high] = [total, total];
  for (const other of placed) {
    if (other.rank < band[0] || other.rank > band[1]) continue;
    low = Math.min(low, other.total);
    high = Math.max(high, other.total);
  }
  return [low, high];
}

/** The plot of the first `most` units with a rank; null where bars tell them apart, or nothing does. */
export function dotPlotOf(rows: readonly RankingRow[], most: number = DOTS): DotPlot | null {
  const placed = rows.filter(isPlaced);
  const first = placed.slice(0, most);
  const totals = first.map(({ total }) => total);
  const [least, greatest] = [Math.min(...totals), Math.max(...totals)];
  if (first.length < 2 || greatest === least || greatest - least >= ALIKE * greatest) return null;
  const dots = first.map((row) => ({ row, span: spanOf(row, placed) }));
  const axis = axisFor(dots.flatMap(({ row, span }) => [row.total, ...(span ?? [])]));
  return axis.from > 0 ? { dots, ...axis } : null;
}

/** Where a value stands on the axis, 0..1. */
export const placeOn = ({ from, to }: Pick<DotPlot, 'from' | 'to'>, value: number): number =>
  (value - from) / (to - from);

/** The values that the axis names. */
export const ticksOf = ({ from, to, step }: Pick<DotPlot, 'from' | 'to' | 'step'>): number[] =>
  Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, at) => times(from / step + at, step));
