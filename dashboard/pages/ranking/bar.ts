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

/** How bars stand so that the segments of one type begin at one line: what comes before it ends there. */
export type Alignment = {
  criterion: string;
  /** Where the line stands, in points. */
  baseline: number;
  /** How many points the width of the column is: more than 100 only where a bar would not fit. */
  scale: number;
};

/** Points of the types that come before one in plan order, and of all. */
function pointsUpTo(segments: readonly Segment[], order: readonly string[], criterion: string) {
  const place = order.indexOf(criterion);
  let before = 0;
  let all = 0;
  for (const { criterion: id, points } of segments) {
    if (order.indexOf(id) < place) before += points;
    all += points;
  }
  return { before, all };
}

/** The line that moves the bars least: as far from the edge as the longest of what comes before the type. */
export function alignmentOf(
  bars: Iterable<readonly Segment[]>,
  order: readonly string[],
  criterion: string,
): Alignment {
  let baseline = 0;
  let behind = 0;
  for (const segments of bars) {
    const { before, all } = pointsUpTo(segments, order, criterion);
    baseline = Math.max(baseline, before);
    behind = Math.max(behind, all - before);
  }
  return { criterion, baseline, scale: Math.max(100, baseline + behind) };
}

/** By how many points a bar moves to the right so that the type begins at the line. */
export const shiftOf = (
  segments: readonly Segment[],
  order: readonly string[],
  { criterion, baseline }: Alignment,
): number => baseline - pointsUpTo(segments, order, criterion).before;
