import { mulberry32 } from '../mulberry32.ts';
import type { RankingRow } from '../results/results.ts';
import { ceilingOfNinetyFifth, countRanks, floorOfFifth, type Ranks, ranksFor } from './percentiles.ts';
import { makeRanker, rankTotals } from './ranker.ts';
import { makeTotaller, totalsUnder } from './totals.ts';

/**
 * Rank bands (docs/scoring.md): how far a rank depends on the weights, which are judgements. Typed arrays in and out,
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

/**
 * Most ranks held at once, 400 MB: those of 100,000 units. Units beyond that are taken in turns, each of which draws and
 * ranks anew.
 */
const HELD = 100 * 2 ** 20;
/** Units whose ranks are transposed at a time: with two bytes a rank, one line of the processor's cache. */
const UNITS_AT_ONCE = 32;

/** Ranking rows with their bands; `bands` as made from the same rows. */
export const withBands = (rows: readonly RankingRow[], { lo, hi, inTop, draws }: Bands): RankingRow[] =>
  rows.map((row, index) =>
    row.rank === null
      ? row
      : { ...row, band: [lo[index] ?? 0, hi[index] ?? 0], topShare: (inTop[index] ?? 0) / draws },
  );

/** From ranks draw by draw to ranks unit by unit, for `many` units from `first` on. */
function transpose(
  held: Ranks,
  width: number,
  first: number,
  many: number,
  draws: number,
  byUnit: Ranks,
): void {
  for (let draw = 0; draw < draws; draw++) {
    const row = draw * width + first;
    for (let unit = 0; unit < many; unit++) byUnit[unit * draws + draw] = held[row + unit] as number;
  }
}

/** Reads the bands of `width` units from `from` on off their ranks, held draw by draw. */
function readBands(held: Ranks, width: number, from: number, top: number, bands: Bands): void {
  const { draws, lo, hi, inTop } = bands;
  const byUnit = ranksFor(lo.length, UNITS_AT_ONCE * draws);
  const times = new Uint32Array(lo.length + 1);
  for (let first = 0; first < width; first += UNITS_AT_ONCE) {
    const many = Math.min(UNITS_AT_ONCE, width - first);
    transpose(held, width, first, many, draws, byUnit);
    for (let unit = 0; unit < many; unit++) {
      const counted = countRanks(byUnit, unit * draws, (unit + 1) * draws, top, times);
      const at = from + first + unit;
      lo[at] = floorOfFifth(times, draws, counted.first);
      hi[at] = ceilingOfNinetyFifth(times, draws, counted.last);
      inTop[at] = counted.inTop;
      times.fill(0, counted.first, counted.last + 1);
    }
  }
}

/** The band of each unit over draws of the weights; the result does not depend on how many ranks are `held` at once. */
export function rankBands(input: BandInput, held = HELD): Bands {
  const { year, weights, scores, caps, draws = DRAWS } = input;
  const units = caps.length;
  const top = input.top ?? Math.ceil(units / 10);
  const bands = {
    lo: new Uint32Array(units),
    hi: new Uint32Array(units),
    inTop: new Uint32Array(units),
    draws,
  };
  const totaller = makeTotaller(scores, caps, weights.length);
  const ranker = makeRanker(totalsUnder(totaller, weights));
  const ranks = ranksFor(units, units);
  const most = Math.min(units, Math.ceil(held / draws));
  const drawnRanks = ranksFor(units, most * draws);
  const drawn = new Float64Array(weights.length);
  for (let from = 0; from < units; from += most) {
    const width = Math.min(most, units - from);
    const random = mulberry32(year);
    for (let draw = 0; draw < draws; draw++) {
      for (let index = 0; index < drawn.length; index++)
        drawn[index] = (weights[index] as number) * (1 + SPREAD * (2 * (random() / 2 ** 32) - 1));
      rankTotals(ranker, totalsUnder(totaller, drawn), ranks);
      drawnRanks.set(ranks.subarray(from, from + width), draw * width);
    }
    readBands(drawnRanks, width, from, top, bands);
  }
  return bands;
}
