import { entryOf } from '#schemas/entries.ts';
import { type Plan, SELF_INSPECTION } from '#schemas/plan.ts';
import { greatest } from '#schemas/presentation/answers/rows.ts';
import { exactDifference, pairDecimals } from '#schemas/presentation/numbers.ts';
import { typeTokens } from '#schemas/presentation/palette.ts';
import type { ConditionRow, Standing } from '#schemas/results/results.ts';
import type { Words } from '../../locales/words.ts';

/** A type as the unit sees itself, beside what its record bears out. */
export type ClaimRow = {
  criterion: string;
  name: string;
  token: string;
  self: number | null;
  evidenced: number | null;
  /** Claimed less borne out; null where one of them is missing. */
  difference: number | null;
  shortcomings: string;
  remedies: string;
};

export function claimRows(
  words: Words,
  plan: Pick<Plan, 'criteria'>,
  { selfInspection, row }: Pick<Standing, 'selfInspection' | 'row'>,
): ClaimRow[] {
  const tokens = typeTokens(plan.criteria.map(({ id }) => id));
  return plan.criteria.map(({ id, name }) => {
    const claim = entryOf(selfInspection?.criteria, id);
    const evidenced = entryOf(row.criteria, id) ?? null;
    const self = claim?.selfScore ?? null;
    return {
      criterion: id,
      name: words.name(name),
      token: tokens.get(id) ?? 'type-8',
      self,
      evidenced,
      difference: self === null || evidenced === null ? null : exactDifference(self, evidenced),
      shortcomings: claim?.shortcomings ?? '',
      remedies: claim?.remedies ?? '',
    };
  });
}

/** How many types are overrated and which one most. */
export function claimAnswer(words: Words, rows: readonly ClaimRow[]): string {
  const over = rows.filter(({ difference }) => (difference ?? 0) > 0);
  const { most, found } = greatest(over, ({ difference }) => difference ?? 0);
  if (found.length === 0) return words.say('claims.answerFair');
  const decimals = pairDecimals(rows.map(({ self, evidenced }) => [evidenced, self]));
  return words.say('claims.answer', {
    over: over.length,
    under: rows.filter(({ difference }) => (difference ?? 0) < 0).length,
    criterion: words.list(found.map(({ name }) => name)),
    points: words.gap(most, decimals),
  });
}

/** The condition that a self-inspection meets, where the plan has one. */
export function inspectionCondition(
  plan: Pick<Plan, 'conditions'>,
  conditions: readonly ConditionRow[],
): ConditionRow | undefined {
  const asked = plan.conditions.find(({ kind }) => kind === SELF_INSPECTION);
  return asked && conditions.find(({ id }) => id === asked.id);
}
