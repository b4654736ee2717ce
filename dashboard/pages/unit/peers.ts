import type { Plan } from '#schemas/plan.ts';
import type { RankingRow } from '#schemas/results.ts';
import { typeTokens } from '../../charts/palette.ts';
import type { ProfileRow } from '../../charts/profile.ts';
import type { Words } from '../../locales/words.ts';

/** Middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

/**
 * A unit's scores beside those of its group. `peers` are the rows that the reader may see: with nobody else's there
 * is nothing to compare with.
 */
export function profileRows(
  words: Words,
  plan: Pick<Plan, 'criteria'>,
  own: RankingRow,
  peers: readonly RankingRow[],
): ProfileRow[] {
  const tokens = typeTokens(plan.criteria.map(({ id }) => id));
  const group = peers.filter(({ group }) => group === own.group);
  const comparable = group.some(({ unit }) => unit !== own.unit);
  return plan.criteria.map(({ id, name }) => {
    const scores = group.flatMap(({ criteria }) => criteria[id] ?? []);
    return {
      criterion: id,
      name: words.name(name),
      token: tokens.get(id) ?? 'type-8',
      score: own.criteria[id] ?? null,
      median: comparable ? median(scores) : null,
      best: comparable && scores.length > 0 ? Math.max(...scores) : null,
    };
  });
}
