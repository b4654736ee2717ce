import { askRanking } from '#api/answers/asked.ts';
import type { Completeness } from '#api/answers/completeness.ts';
import type { Publications } from '#api/answers/publicationShelf.ts';
import { headOf } from '#api/answers/rankings.ts';
import type { ResponseCache } from '#api/answers/responseCache.ts';
import { Problem } from '#api/http/problem.ts';
import type { Seen } from '#api/ports.ts';
import type { Ask } from '#api/queries/ask.ts';
import type { Snapshot } from '#api/queries/snapshot.ts';
import type { Months } from '#api/ranking-cache/months.ts';
import type { RankingAnswer, RankingCache } from '#api/ranking-cache/rankingCache.ts';
import type { Offsets } from '#schemas/position.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { Verdict } from '#schemas/scoring.ts';

/** What the answers of the pages are made from. */
export type PageParts = {
  ask: Ask;
  cache: RankingCache;
  months: Months;
  cached: ResponseCache;
  isComplete: Completeness;
  publications: Publications;
  offsets(): Offsets;
  quarantined(): number;
  now(): number;
};

export const snapshotOf = ({ offsets, asOf }: RankingAnswer): Snapshot => ({ offsets, asOf });

/** What an answer says of itself: plan, basis, day, time, completeness, watermark. */
export async function headed(
  { isComplete }: Pick<PageParts, 'isComplete'>,
  question: Seen,
  answer: RankingAnswer,
) {
  return { ...headOf(question, answer), complete: await isComplete(snapshotOf(answer)) };
}

type Placed = { answer: RankingAnswer; verdict: Verdict; row: RankingRow };

/** A ranked unit in the cache's answer, or the problem that it is none. */
export async function placed(cache: RankingCache, unit: string, question: Seen): Promise<Placed> {
  const { year, basis, on, asOf } = question;
  const answer = await askRanking(cache, { year, basis, on, asOf });
  const place = answer.placeOf.get(unit) ?? -1;
  const [verdict, row] = [answer.ranked.verdicts[place], answer.ranked.rows[place]];
  if (!verdict || !row) throw new Problem('not-found', `No unit ${unit} is ranked in ${year}.`);
  return { answer, verdict, row };
}

/** The ranked of one group, or everybody. */
export function inGroup({ ranked }: RankingAnswer, group: string | undefined) {
  if (group === undefined) return ranked;
  const isIn = (place: number) => ranked.rows[place]?.group === group;
  return {
    ...ranked,
    rows: ranked.rows.filter((_, place) => isIn(place)),
    verdicts: ranked.verdicts.filter((_, place) => isIn(place)),
  };
}
