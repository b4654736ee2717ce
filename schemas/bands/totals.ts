/**
 * Totals under drawn weights, in IEEE doubles: sums in plan order over the criteria that a unit has, then capped.
 * Units that have the same criteria (a pattern) share the sum of weights: that is added up once a pattern. In the
 * sum above a null score stands as 0, where it adds nothing.
 */
export type Totaller = {
  /** Scores, a column a criterion. */
  columns: readonly Float64Array[];
  patterns: readonly (readonly boolean[])[];
  /** Which pattern a unit has, by its index. */
  pattern: Uint32Array;
  /** The units that have a cap, and theirs. */
  capped: readonly (readonly [unit: number, cap: number])[];
  /** The sum of weights of each pattern, and each unit's total, under the weights drawn last. */
  weights: Float64Array;
  totals: Float64Array;
};

const isScore = (score: number): boolean => !Number.isNaN(score);

/** `scores` criterion by criterion, NaN for null; `caps` with Infinity for none. */
export function makeTotaller(scores: Float64Array, caps: Float64Array, criteria: number): Totaller {
  const units = caps.length;
  const columns = Array.from({ length: criteria }, (_, index) =>
    scores.slice(index * units, (index + 1) * units),
  );
  const known = new Map<string, number>();
  const patterns: boolean[][] = [];
  const pattern = new Uint32Array(units);
  const capped: [number, number][] = [];
  caps.forEach((cap, unit) => {
    const has = columns.map((column) => isScore(column[unit] as number));
    const key = has.join();
    const at = known.get(key) ?? patterns.push(has) - 1;
    known.set(key, at);
    pattern[unit] = at;
    if (cap < Number.POSITIVE_INFINITY) capped.push([unit, cap]);
  });
  return {
    columns: columns.map((column) => column.map((score) => (isScore(score) ? score : 0))),
    patterns,
    pattern,
    capped,
    weights: new Float64Array(patterns.length),
    totals: new Float64Array(units),
  };
}

function addColumn(sums: Float64Array, column: Float64Array, weight: number): void {
  for (let unit = 0; unit < sums.length; unit++)
    sums[unit] = (sums[unit] as number) + weight * (column[unit] as number);
}

/** Two columns in one pass, in the same order of additions. */
function addColumns(
  sums: Float64Array,
  one: Float64Array,
  two: Float64Array,
  weight: number,
  other: number,
): void {
  for (let unit = 0; unit < sums.length; unit++)
    sums[unit] = (sums[unit] as number) + weight * (one[unit] as number) + other * (two[unit] as number);
}

function divide(sums: Float64Array, pattern: Uint32Array, weights: Float64Array): void {
  for (let unit = 0; unit < sums.length; unit++)
    sums[unit] = (sums[unit] as number) / (weights[pattern[unit] as number] as number);
}

/** All totals under drawn weights; the array is the totaller's own, written anew each time. */
export function totalsUnder(totaller: Totaller, drawn: Float64Array): Float64Array {
  const { columns, patterns, pattern, capped, weights, totals } = totaller;
  patterns.forEach((has, at) => {
    weights[at] = drawn.reduce((sum, weight, index) => (has[index] ? sum + weight : sum), 0);
  });
  totals.fill(0);
  columns.forEach((column, index) => {
    const next = columns[index + 1];
    if (index % 2) return;
    if (next) addColumns(totals, column, next, drawn[index] as number, drawn[index + 1] as number);
    else addColumn(totals, column, drawn[index] as number);
  });
  divide(totals, pattern, weights);
  for (const [unit, cap] of capped) totals[unit] = Math.min(totals[unit] as number, cap);
  return totals;
}
