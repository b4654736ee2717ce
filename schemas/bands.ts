import { mulberry32 } from './mulberry32.ts';
import { selectPercentiles } from './percentiles.ts';
import type { Ranked } from './ranks.ts';
import type { RankingRow } from './results.ts';
import { type Judge, pointsOf } from './scoring.ts';

/**
 * Rank bands (domain §4): how far a rank depends on the weights, which are judgements. Typed arrays in and out,
 * so that a worker can take and give them without copying; the same function runs in the browser.
 */

export type BandInput = {
  year: number;
  /** Of the criteria in plan order. */
  weights: Float64Array;
  /** Rounded criterion scores in points, criterion by criterion: `scores[criterion * units + unit]`; NaN = null. */
  scores: Float64Array;
  /** The cap of each unit's total; Infinity where it has none. */
  caps: Float64Array;
  /** N of the top; a tenth of the units, rounded up, where it is left out. */
  top?: number | undefined;
  draws?: number | undefined;
};

/** For each unit its band, and the number of draws in which it was among the top. */
export type Bands = { lo: Uint32Array; hi: Uint32Array; inTop: Uint32Array; draws: number };

export const DRAWS = 1_000;
const SPREAD = 0.25;

/** Buckets that totals are spread over: several a unit, so that few totals meet in one. */
const BUCKETS = 1 << 14;
/** A bucket with more totals than this is sorted instead of compared pair by pair. */
const CROWD = 48;
/** Most bytes of ranks held at once; more units are taken in turns, each of which draws anew. */
const HELD = 128 * 2 ** 20;

/** What the bands of ranked units are made from; units in the order of the ranking, those without rank left out. */
export function bandInput(judge: Judge, { verdicts, totals }: Ranked, top?: number): BandInput {
  const units = totals.length;
  const scores = new Float64Array(judge.criteria.length * units);
  const caps = new Float64Array(units);
  for (let unit = 0; unit < units; unit++) {
    const { criteria, cap } = verdicts[unit] ?? { criteria: [], cap: null };
    caps[unit] = cap ?? Number.POSITIVE_INFINITY;
    criteria.forEach((score, index) => {
      scores[index * units + unit] = score === null ? Number.NaN : pointsOf(score);
    });
  }
  return { year: judge.plan.year, weights: Float64Array.from(judge.weights), scores, caps, top };
}

/** Ranking rows with their bands; `bands` as made from the same rows. */
export const withBands = (rows: readonly RankingRow[], { lo, hi, inTop, draws }: Bands): RankingRow[] =>
  rows.map((row, index) =>
    row.rank === null
      ? row
      : { ...row, band: [lo[index] ?? 0, hi[index] ?? 0], topShare: (inTop[index] ?? 0) / draws },
  );

type Drawing = {
  units: number;
  criteria: number;
  /** As in the input, with 0 for null: it adds nothing to a sum. */
  scores: Float64Array;
  caps: Float64Array;
  /** Which criteria a unit has, as an index into `patterns`: units with the same ones share the sum of weights. */
  pattern: Uint32Array;
  patterns: boolean[][];
};

function prepare({ weights, scores, caps }: BandInput): Drawing {
  const criteria = weights.length;
  const units = caps.length;
  const known = new Map<string, number>();
  const patterns: boolean[][] = [];
  const pattern = new Uint32Array(units);
  for (let unit = 0; unit < units; unit++) {
    const has = Array.from({ length: criteria }, (_, index) => !Number.isNaN(scores[index * units + unit]));
    const key = has.join();
    const at = known.get(key) ?? patterns.push(has) - 1;
    known.set(key, at);
    pattern[unit] = at;
  }
  const filled = scores.map((score) => (Number.isNaN(score) ? 0 : score));
  return { units, criteria, scores: filled, caps, pattern, patterns };
}

/** The totals of one draw: sums in plan order, in doubles, and capped. */
function drawTotals(drawing: Drawing, drawn: Float64Array, totals: Float64Array): void {
  const { units, criteria, scores, caps, pattern, patterns } = drawing;
  totals.fill(0);
  for (let criterion = 0; criterion < criteria; criterion++) {
    const weight = drawn[criterion] as number;
    const from = criterion * units;
    for (let unit = 0; unit < units; unit++)
      totals[unit] = (totals[unit] as number) + weight * (scores[from + unit] as number);
  }
  const sums = Float64Array.from(patterns, (has) => {
    let sum = 0;
    for (let index = 0; index < criteria; index++) if (has[index]) sum += drawn[index] as number;
    return sum;
  });
  for (let unit = 0; unit < units; unit++) {
    const total = (totals[unit] as number) / (sums[pattern[unit] as number] as number);
    const cap = caps[unit] as number;
    totals[unit] = Math.min(total, cap);
  }
}

/** Ranks totals by spreading them over buckets, highest first; only those that meet in one are compared. */
function makeRanker(units: number) {
  const bucket = new Uint16Array(units);
  const next = new Uint32Array(BUCKETS);
  const ids = new Uint32Array(units);
  const values = new Float64Array(units);

  function scatter(totals: Float64Array): void {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let unit = 0; unit < units; unit++) {
      const total = totals[unit] as number;
      if (total < low) low = total;
      if (total > high) high = total;
    }
    // Subtracting and scaling are monotone in doubles too: a greater total is never in a later bucket.
    const scale = high > low ? (BUCKETS - 1) / (high - low) : 0;
    next.fill(0);
    for (let unit = 0; unit < units; unit++) {
      const at = ((high - (totals[unit] as number)) * scale) | 0;
      bucket[unit] = at;
      next[at] = (next[at] as number) + 1;
    }
    let start = 0;
    for (let at = 0; at < BUCKETS; at++) {
      const size = next[at] as number;
      next[at] = start;
      start += size;
    }
    for (let unit = 0; unit < units; unit++) {
      const at = bucket[unit] as number;
      const place = next[at] as number;
      next[at] = place + 1;
      ids[place] = unit;
      values[place] = totals[unit] as number;
    }
  }

  /** Ranks within places from..to, which share a bucket. */
  function compare(from: number, to: number, ranks: Uint32Array): void {
    for (let place = from; place < to; place++) {
      const value = values[place] as number;
      let rank = from + 1;
      for (let other = from; other < to; other++) if ((values[other] as number) > value) rank++;
      ranks[ids[place] as number] = rank;
    }
  }

  function sort(from: number, to: number, ranks: Uint32Array): void {
    const sorted = values.slice(from, to).sort();
    const rankOf = new Map<number, number>();
    sorted.forEach((value, index) => {
      rankOf.set(value, to - index);
    });
    for (let place = from; place < to; place++)
      ranks[ids[place] as number] = rankOf.get(values[place] as number) as number;
  }

  return (totals: Float64Array, ranks: Uint32Array): void => {
    scatter(totals);
    for (let place = 0; place < units; ) {
      const end = next[bucket[ids[place] as number] as number] as number;
      if (end === place + 1) ranks[ids[place] as number] = end;
      else if (end - place <= CROWD) compare(place, end, ranks);
      else sort(place, end, ranks);
      place = end;
    }
  };
}

/** The band of each unit over draws of the weights. */
export function rankBands(input: BandInput): Bands {
  const { year, weights, draws = DRAWS } = input;
  const drawing = prepare(input);
  const { units, criteria } = drawing;
  const top = input.top ?? Math.ceil(units / 10);
  const bands = {
    lo: new Uint32Array(units),
    hi: new Uint32Array(units),
    inTop: new Uint32Array(units),
    draws,
  };
  const rank = makeRanker(units);
  const totals = new Float64Array(units);
  const ranks = new Uint32Array(units);
  const drawn = new Float64Array(criteria);
  const width = Math.max(1, Math.min(units, Math.floor(HELD / 4 / draws)));
  const held = new Uint32Array(width * draws);
  for (let from = 0; from < units; from += width) {
    const to = Math.min(units, from + width);
    const random = mulberry32(year);
    for (let draw = 0; draw < draws; draw++) {
      for (let index = 0; index < criteria; index++)
        drawn[index] = (weights[index] as number) * (1 + SPREAD * (2 * (random() / 2 ** 32) - 1));
      drawTotals(drawing, drawn, totals);
      rank(totals, ranks);
      for (let unit = from; unit < to; unit++) {
        const own = ranks[unit] as number;
        held[(unit - from) * draws + draw] = own;
        if (own <= top) bands.inTop[unit] = (bands.inTop[unit] as number) + 1;
      }
    }
    selectPercentiles(held, draws, from, to, bands);
  }
  return bands;
}
