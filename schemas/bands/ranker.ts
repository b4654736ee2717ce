import { type Ranks, ranksFor } from './percentiles.ts';

/** Totals become keys of twice so many bits, which two passes of a radix sort put in order. */
const BITS = 11;
const DIGITS = 2 ** BITS;
const DIGIT = DIGITS - 1;
const LAST_KEY = DIGITS * DIGITS - 1;
/** What a high digit leaves of 32 bits: room for two million units. */
const UNIT_BITS = 32 - BITS;
const UNIT = 2 ** UNIT_BITS - 1;
/** More totals than this with one key are sorted instead of compared pair by pair. */
const CROWD = 48;

/**
 * Ranks totals, ties sharing the smaller rank: a radix sort by keys, then a comparison of those few totals that share
 * a key. Linear and without guesswork for the processor, since it runs a thousand times over. Its working memory is
 * made once, and small enough for the cache; the loops are functions of their own, on locals, as engines like them.
 */
export type Ranker = {
  /** The greater a total, the smaller its key. */
  keys: Uint32Array;
  /** For each digit how many keys have it, then where they go. */
  low: Ranks;
  high: Ranks;
  /** Units by their low digit, each with its high digit in the upper bits. */
  byLow: Uint32Array;
  /** Units by descending total, but for those that share a key. */
  order: Ranks;
  /** The total of the first key, and keys a point. */
  top: number;
  scale: number;
};

/** Any range of totals gives the right ranks; that of some likely ones tells the others well apart too. */
export function makeRanker(likely: Float64Array): Ranker {
  const units = likely.length;
  let least = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  for (const total of likely) {
    least = Math.min(least, total);
    top = Math.max(top, total);
  }
  return {
    keys: new Uint32Array(units),
    low: ranksFor(units, DIGITS),
    high: ranksFor(units, DIGITS),
    byLow: new Uint32Array(units),
    order: ranksFor(units, units),
    top,
    scale: LAST_KEY / Math.max(1, top - least),
  };
}

function makeKeys({ keys, low, high, top, scale }: Ranker, totals: Float64Array): void {
  low.fill(0);
  high.fill(0);
  for (let unit = 0; unit < totals.length; unit++) {
    // Subtracting, scaling and holding are monotone in doubles too: a greater total never has a greater key.
    const key = Math.max(0, Math.min((top - (totals[unit] as number)) * scale, LAST_KEY)) | 0;
    keys[unit] = key;
    low[key & DIGIT] = (low[key & DIGIT] as number) + 1;
    high[key >>> BITS] = (high[key >>> BITS] as number) + 1;
  }
}

/** From how many there are of each digit to where they begin. */
function begin(digits: Ranks): void {
  let start = 0;
  for (let digit = 0; digit < digits.length; digit++) {
    const size = digits[digit] as number;
    digits[digit] = start;
    start += size;
  }
}

function orderByLow(keys: Uint32Array, low: Ranks, byLow: Uint32Array): void {
  for (let unit = 0; unit < keys.length; unit++) {
    const key = keys[unit] as number;
    const place = low[key & DIGIT] as number;
    low[key & DIGIT] = place + 1;
    byLow[place] = ((key >>> BITS) << UNIT_BITS) | unit;
  }
}

function orderByHigh(byLow: Uint32Array, high: Ranks, order: Ranks): void {
  for (let from = 0; from < byLow.length; from++) {
    const both = byLow[from] as number;
    const place = high[both >>> UNIT_BITS] as number;
    high[both >>> UNIT_BITS] = place + 1;
    order[place] = both & UNIT;
  }
}

/** Ranks within the places from..to, which share a key. */
function compare(order: Ranks, totals: Float64Array, from: number, to: number, ranks: Ranks): void {
  for (let place = from; place < to; place++) {
    const unit = order[place] as number;
    const total = totals[unit] as number;
    let rank = from + 1;
    for (let other = from; other < to; other++)
      if ((totals[order[other] as number] as number) > total) rank++;
    ranks[unit] = rank;
  }
}

/** The same for many; mostly they are all equal, as those held down by one cap. */
function sort(order: Ranks, totals: Float64Array, from: number, to: number, ranks: Ranks): void {
  const units = order.subarray(from, to);
  const sorted = Float64Array.from(units, (unit) => totals[unit] as number).sort();
  if (sorted[0] === sorted[sorted.length - 1]) {
    for (const unit of units) ranks[unit] = from + 1;
    return;
  }
  const rankOf = new Map<number, number>();
  for (let index = 0; index < sorted.length; index++) rankOf.set(sorted[index] as number, to - index);
  for (const unit of units) ranks[unit] = rankOf.get(totals[unit] as number) as number;
}

function readRanks({ keys, order }: Ranker, totals: Float64Array, ranks: Ranks): void {
  const units = order.length;
  let from = 0;
  let key = keys[order[0] as number];
  for (let place = 1; place <= units; place++) {
    const next = place < units ? keys[order[place] as number] : -1;
    if (next === key) continue;
    if (place === from + 1) ranks[order[from] as number] = place;
    else if (place - from <= CROWD) compare(order, totals, from, place, ranks);
    else sort(order, totals, from, place, ranks);
    from = place;
    key = next;
  }
}

/** Writes each total's rank to `ranks`. */
export function rankTotals(ranker: Ranker, totals: Float64Array, ranks: Ranks): void {
  const { keys, low, high, byLow, order } = ranker;
  makeKeys(ranker, totals);
  begin(low);
  begin(high);
  orderByLow(keys, low, byLow);
  orderByHigh(byLow, high, order);
  readRanks(ranker, totals, ranks);
}
