/** The 5th and 95th percentiles ("type 7") of whole numbers, in whole arithmetic. */

/** floor of the 5th and ceiling of the 95th percentile of ascending values. */
export function bandOf(sorted: ArrayLike<number>): [number, number] {
  const last = sorted.length - 1;
  const at = (percent: number): [low: number, rise: number, hundredths: number] => {
    const place = Math.floor((last * percent) / 100);
    const low = sorted[place] ?? 0;
    return [low, (sorted[Math.min(place + 1, last)] ?? 0) - low, (last * percent) % 100];
  };
  const [low, lowRise, lowPart] = at(5);
  const [high, highRise, highPart] = at(95);
  return [low + Math.floor((lowRise * lowPart) / 100), high + Math.ceil((highRise * highPart) / 100)];
}

/** Fills in the bands of units from..to, whose ranks lie draw by draw in `held`, unit after unit. */
export function selectPercentiles(
  held: Uint32Array,
  draws: number,
  from: number,
  to: number,
  bands: { lo: Uint32Array; hi: Uint32Array },
): void {
  for (let unit = from; unit < to; unit++) {
    const at = (unit - from) * draws;
    const [lo, hi] = bandOf(held.subarray(at, at + draws).sort());
    bands.lo[unit] = lo;
    bands.hi[unit] = hi;
  }
}
