// The rank bands of docs/scoring.md: 1,000 draws of the weights, in IEEE doubles.
import * as r from './rational.ts';
import type { Plan } from './types.ts';
import type { UnitScore, Weights } from './unitScore.ts';

export type Band = { band: [number, number]; topShare: number };

const draws = 1000;

export function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a |= 0;
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Type 7: linear between the two ranks around (n − 1) × percent / 100. */
export function percentile(sorted: number[], percent: number): r.Rational {
  const place = r.rational(BigInt((sorted.length - 1) * percent), 100n);
  const below = Number(r.floor(place));
  const low = r.parse(sorted[below] ?? Number.NaN);
  const high = r.parse(sorted[below + 1] ?? sorted[below] ?? Number.NaN);
  return r.plus(low, r.times(r.minus(place, r.parse(below)), r.minus(high, low)));
}

/** What a draw asks of a unit, as doubles: the scores of the criteria in the order of the plan, and its cap. */
type Doubles = { values: (number | null)[]; cap: number | null };

function doublesOf(plan: Plan, score: UnitScore): Doubles {
  const values = plan.criteria.map(({ id }) => {
    const value = score.criteria.get(id) ?? null;
    return value === null ? null : r.toNumber(value, 4);
  });
  return { values, cap: score.cap === null ? null : r.toNumber(score.cap) };
}

function drawnTotal(drawn: number[], { values, cap }: Doubles): number {
  let weighted = 0;
  let weights = 0;
  values.forEach((value, index) => {
    if (value === null) return;
    weighted += (drawn[index] ?? 0) * value;
    weights += drawn[index] ?? 0;
  });
  const total = weighted / weights;
  return cap === null ? total : Math.min(total, cap);
}

/** `scores` are those of the ranked units only: each has a total. */
export function bandsOf(plan: Plan, scores: UnitScore[], top?: number, weights: Weights = {}): Band[] {
  const next = mulberry32(plan.year);
  const doubles = scores.map((score) => doublesOf(plan, score));
  const ranks: number[][] = scores.map(() => []);
  for (let draw = 0; draw < draws; draw++) {
    const drawn = plan.criteria.map(({ id, weight }) => {
      const u = next() / 2 ** 32;
      return (weights[id] ?? weight) * (1 + 0.25 * (2 * u - 1));
    });
    const totals = doubles.map((own) => drawnTotal(drawn, own));
    totals.forEach((total, index) => {
      ranks[index]?.push(1 + totals.filter((other) => other > total).length);
    });
  }
  const places = top ?? Math.ceil(scores.length / 10);
  return ranks.map((own) => {
    const sorted = [...own].sort((a, b) => a - b);
    return {
      band: [Number(r.floor(percentile(sorted, 5))), Number(r.ceiling(percentile(sorted, 95)))],
      topShare: own.filter((rank) => rank <= places).length / draws,
    };
  });
}
