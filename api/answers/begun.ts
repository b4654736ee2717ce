import type { Ask } from '#api/queries/ask.ts';
import { unitsBegunAfter } from '#api/queries/unitsBegunAfter.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import type { Day } from '#schemas/dates.ts';

/** The units that had not begun on an earlier day, as known at an answer, with the day since which each is there. */
export const begunAfter = (
  ask: Ask,
  { offsets, asOf }: Pick<RankingAnswer, 'offsets' | 'asOf'>,
  day: Day,
): Promise<Map<string, Day>> => unitsBegunAfter(ask, { snapshot: { offsets, asOf }, day });

/** The day that a ranking shows; of a year that is over its last one. */
export const seenDay = ({ plan: { year }, on }: Pick<RankingAnswer, 'plan' | 'on'>): Day =>
  on < `${year}-12-31` ? on : `${year}-12-31`;

/**
 * Makes what tells whether a unit had begun on a day of an answer's year, and since when one is there that begins within it. A unit is ranked in the whole of its first
 * year, but a place from before it began is not one that it held (decision 25).
 */
export async function begunIn(ask: Ask, answer: RankingAnswer) {
  const later = await begunAfter(ask, answer, `${answer.plan.year}-01-01`);
  const hasBegun = (unit: string, day: Day): boolean => {
    const since = later.get(unit);
    return since === undefined || since <= day;
  };
  return { hasBegun, sinceOf: (unit: string): Day | undefined => later.get(unit) };
}
