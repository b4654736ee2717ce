import type { Ranked } from '../ranks.ts';
import { type Judge, pointsOf } from '../scoring.ts';
import type { BandInput } from './bands.ts';

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
