/** The 5th and 95th percentiles ("type 7") of ranks, in whole arithmetic. */

export type Ranks = Uint16Array | Uint32Array;

/** Room for `length` ranks among so many units. */
export const ranksFor = (units: number, length: number): Ranks =>
  units < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length);

/** Where among `count` ascending values a percentile lies: after the value at `below`, by so many hundredths. */
function placeOf(percent: number, count: number): { below: number; hundredths: number } {
  const exact = (count - 1) * percent;
  return { below: Math.floor(exact / 100), hundredths: exact % 100 };
}

/** floor of the 5th percentile; `times` tells how often each rank occurs, the least of which is `first`. */
export function floorOfFifth(times: Uint32Array, count: number, first: number): number {
  const { below, hundredths } = placeOf(5, count);
  let rank = first;
  let seen = times[rank] as number;
  while (seen <= below) seen += times[++rank] as number;
  const low = rank;
  while (seen <= below + 1 && seen < count) seen += times[++rank] as number;
  return low + Math.floor(((rank - low) * hundredths) / 100);
}

/** ceiling of the 95th percentile, read from the greatest rank, `last`, downwards. */
export function ceilingOfNinetyFifth(times: Uint32Array, count: number, last: number): number {
  const { below, hundredths } = placeOf(95, count);
  const above = count - 1 - below;
  let rank = last;
  let seen = times[rank] as number;
  while (seen < above) seen += times[--rank] as number;
  const high = rank;
  while (seen <= above) seen += times[--rank] as number;
  return rank + Math.ceil(((high - rank) * hundredths) / 100);
}

/** Counts the ranks from..to into `times`; the least and the greatest of them, and how many are within the top. */
export function countRanks(ranks: Ranks, from: number, to: number, top: number, times: Uint32Array) {
  let first = Number.MAX_SAFE_INTEGER;
  let last = 0;
  let inTop = 0;
  for (let at = from; at < to; at++) {
    const rank = ranks[at] as number;
    times[rank] = (times[rank] as number) + 1;
    if (rank < first) first = rank;
    if (rank > last) last = rank;
    if (rank <= top) inTop++;
  }
  return { first, last, inTop };
}
