import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { typeTokens } from '#schemas/presentation/palette.ts';
import type { RankingRow } from '#schemas/results/results.ts';

export type Segment = {
  criterion: string;
  token: string;
  score: number;
  /** Points that the criterion gives to the total; all segments together are the total without a veto. */
  points: number;
};

export type WeightOf = (criterion: string) => number;

export const planWeights = (plan: Pick<Plan, 'criteria'>): WeightOf => {
  const weights = new Map(plan.criteria.map(({ id, weight }) => [id, weight]));
  return (id) => weights.get(id) ?? 0;
};

/** How a total is made up: each criterion's share of it, in plan order. Criteria without a score give nothing. */
export function segmentsOf(
  row: Pick<RankingRow, 'criteria'>,
  criteria: readonly string[],
  weightOf: WeightOf,
): Segment[] {
  const tokens = typeTokens(criteria);
  const counted = criteria.flatMap((criterion) => {
    const score = entryOf(row.criteria, criterion);
    return score === null || score === undefined ? [] : [{ criterion, score, weight: weightOf(criterion) }];
  });
  const whole = counted.reduce((sum, { weight }) => sum + weight, 0);
  return counted.map(({ criterion, score, weight }) => ({
    criterion,
    token: tokens.get(criterion) ?? 'type-8',
    score,
    points: whole > 0 ? (weight * score) / whole : 0,
  }));
}
