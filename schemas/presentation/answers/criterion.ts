import { decimalsApart, exactMean } from '../numbers.ts';
import { endsOf } from './extremes.ts';
import { someOpen } from './gaps.ts';
import { greatest } from './rows.ts';

type Scored = { score: number };
type Costly = { lost: number; short: number; counted: number; open?: number | undefined };

/** How a criterion is doing, found in its scores and its requirements. */
export type CriterionFact<U extends Scored, M extends Costly> =
  | { kind: 'no-scores' }
  | { kind: 'only'; unit: U }
  /** Where all are equal nobody is highest. */
  | { kind: 'all-equal'; units: number; score: number }
  /** `decimals`: as many as tell the mean and both ends apart. */
  | { kind: 'ends'; mean: number; highest: U[]; lowest: U[]; decimals: number }
  /** The requirements by which most points are lost, all that share it. */
  | { kind: 'costs-most'; misses: M[]; points: number }
  /** Some lack nothing but what ends today, which is not missed yet. */
  | { kind: 'still-open' };

function scoreFact<U extends Scored>(scored: readonly U[]): CriterionFact<U, never> {
  const ends = endsOf(scored, ({ score }) => score);
  const [first] = scored;
  if (!ends || !first) return { kind: 'no-scores' };
  if (scored.length === 1) return { kind: 'only', unit: first };
  if (ends.equal) return { kind: 'all-equal', units: scored.length, score: first.score };
  const { highest, lowest } = ends;
  const mean = exactMean(scored.map(({ score }) => score)) ?? first.score;
  const decimals = decimalsApart([mean, highest[0]?.score, lowest[0]?.score]);
  return { kind: 'ends', mean, highest, lowest, decimals };
}

export function criterionFacts<U extends Scored, M extends Costly>(
  scored: readonly U[],
  misses: readonly M[],
): CriterionFact<U, M>[] {
  const first = scoreFact(scored);
  if (first.kind === 'no-scores') return [first];
  const { most, found } = greatest(misses, ({ lost }) => lost);
  return [
    first,
    ...(found.length > 0 ? [{ kind: 'costs-most' as const, misses: found, points: most }] : []),
    ...(someOpen(misses) ? [{ kind: 'still-open' as const }] : []),
  ];
}
