import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { typeTokens } from '#schemas/presentation/palette.ts';
import type { Peers } from '#schemas/results/peers.ts';
import type { RankingRow } from '#schemas/results/results.ts';
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

/** What the profile shows: a unit is told no figure of the others where they are few, or where the plan says so. */
export function profileCaption(
  words: Words,
  { name, group }: Pick<RankingRow, 'name' | 'group'>,
  rows: readonly ProfileRow[],
): string {
  const isCompared = rows.some((row) => row.median !== null || row.best !== null);
  return isCompared
    ? words.say('unit.profileCaption', { unit: name, group: words.term(group) })
    : words.say('unit.profileAlone', { unit: name });
}

/** A unit's scores beside those of its group, once these are known: alone in its group it has none to compare with. */
export function profileRows(
  words: Words,
  plan: Pick<Plan, 'criteria'>,
  own: Pick<RankingRow, 'criteria'>,
  peers: Pick<Peers, 'ofGroup' | 'criteria'> | undefined,
): ProfileRow[] {
  const tokens = typeTokens(plan.criteria.map(({ id }) => id));
  const compared = new Map((peers && peers.ofGroup > 1 ? peers.criteria : []).map((row) => [row.id, row]));
  return plan.criteria.map(({ id, name }) => ({
    criterion: id,
    name: words.name(name),
    token: tokens.get(id) ?? 'type-8',
    score: entryOf(own.criteria, id) ?? null,
    median: compared.get(id)?.groupMedian ?? null,
    best: compared.get(id)?.groupBest ?? null,
  }));
}
