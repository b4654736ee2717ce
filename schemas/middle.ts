import { halfUp } from './exact.ts';

/** Quantiles of whole numbers (millionths, ten-thousandths), rounded half up, so that everybody finds the same. */

/** Typed arrays sort numbers as numbers, and many times faster. */
const ascending = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** The quantile q = part / of by linear interpolation between neighbours ("type 7"); null of nothing. */
function quantileOf(sorted: Float64Array, part: number, of: number): number | null {
  if (sorted.length === 0) return null;
  const steps = (sorted.length - 1) * part;
  const at = Math.floor(steps / of);
  const low = sorted[at] ?? 0;
  const high = sorted[at + 1] ?? low;
  return low + halfUp((high - low) * (steps - at * of), of);
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export const medianOf = (values: readonly number[]): number | null => quantileOf(ascending(values), 1, 2);

export type Quantiles = { min: number; lower: number; median: number; upper: number; max: number };

/** Least, quarters and greatest; null of nothing. */
export function quantilesOf(values: readonly number[]): Quantiles | null {
  const sorted = ascending(values);
  const at = (quarters: number): number => quantileOf(sorted, quarters, 4) ?? 0;
  if (sorted.length === 0) return null;
  return { min: at(0), lower: at(1), median: at(2), upper: at(3), max: at(4) };
}
