import { roundedTo } from './numbers.ts';

/** How many values lie in each of equal steps, from a round number on. */
export type Histogram = { from: number; to: number; step: number; counts: number[] };

/** Scores have four decimals: finer steps would tell nothing apart. */
const DECIMALS = 4;

/** The smallest of 1, 2 or 5 of some power of ten of which no more than `most` cover the span. */
function roundStep(span: number, most: number): number {
  for (let power = -DECIMALS; ; power += 1)
    for (const digit of [1, 2, 5]) {
      const step = Number(`${digit}e${power}`);
      if (span / step <= most) return step;
    }
}

/**
 * The histogram of the values, at most `most` + 1 steps wide; null of nothing. A step has its lower end, the last one both:
 * the greatest value needs no step of its own.
 */
export function histogramOf(values: readonly number[], most = 20): Histogram | null {
  if (values.length === 0) return null;
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const step = greatest > least ? roundStep(greatest - least, most) : 1;
  const first = Math.floor(roundedTo(least / step, 6));
  const steps = Math.max(1, Math.ceil(roundedTo(greatest / step, 6)) - first);
  const frame = {
    from: roundedTo(first * step, DECIMALS),
    to: roundedTo((first + steps) * step, DECIMALS),
    step,
  };
  return { ...frame, counts: countsIn({ ...frame, counts: Array.from({ length: steps }, () => 0) }, values) };
}

/** How many of other values lie in each step of a histogram; what is outside of it is not counted. */
export function countsIn({ from, to, step, counts }: Histogram, values: readonly number[]): number[] {
  const found = counts.map(() => 0);
  for (const value of values) {
    if (value < from || value > to) continue;
    const at = Math.min(counts.length - 1, Math.floor((value - from) / step + 1e-9));
    found[at] = (found[at] ?? 0) + 1;
  }
  return found;
}
