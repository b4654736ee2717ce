import { begunAfter } from '#api/answers/begun.ts';
import { pairKey, unitNames } from '#api/queries/activityFacts.ts';
import type { Ask } from '#api/queries/ask.ts';
import { decidedActivities, decisionsAfter } from '#api/queries/decisions.ts';
import type { RankingAnswer, RankingCache } from '#api/ranking-cache/rankingCache.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { makeAgenda } from '#schemas/agenda.ts';
import { candidatesOf } from '#schemas/candidates.ts';
import { type Day, dayOfNumber } from '#schemas/dates.ts';
import { endOfDay } from '#schemas/months.ts';
import {
  type Decided,
  dueNews,
  dueRange,
  type News,
  type Stood,
  stoodOf,
  type Vetoed,
} from '#schemas/news/rules.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatPosition, type Offsets } from '#schemas/position.ts';

/** How things stand, read from the store for the rules of news (`schemas/news/rules.ts`). */
export type Looks = {
  /** A year's ranking to date; undefined while no plan is adopted for it. */
  ranking(year: number): Promise<RankingAnswer | undefined>;
  /** The same at the end of a day, as was known then: whenever it is asked, the answer is the same. */
  rankingAt(plan: Plan, day: Day): Promise<RankingAnswer | undefined>;
  /** What is owed soon, or was of late: by each unit, and by the zone. */
  due(answer: RankingAnswer, today: string): Promise<News[]>;
  decided(after: Offsets, since: number): Promise<{ decided: Decided[]; offsets: Offsets }>;
  vetoed(answer: RankingAnswer): Vetoed;
  stood(answer: RankingAnswer): Promise<Stood[]>;
};

/** As the page of commendations asks where nobody says otherwise. */
const QUOTA = { quota: { share: 100_000 }, perGroup: { places: 1 } };

export function createLooks({
  ask,
  cache,
  offsets,
}: {
  ask: Ask;
  cache: Pick<RankingCache, 'answer'>;
  offsets(): Offsets;
}): Looks {
  return {
    ranking: (year) => cache.answer({ year, basis: 'to-date' }),
    rankingAt: ({ year, timezone }, day) =>
      cache.answer({
        year,
        basis: 'to-date',
        on: day,
        asOf: new Date(endOfDay(timezone, day)).toISOString(),
      }),

    async due({ judge, ranked, plan }, today) {
      const range = dueRange(today, dayOfNumber);
      const zone = makeAgenda(judge, range, 0);
      const news: News[] = [];
      await calmly(ranked.verdicts, (verdict) => {
        zone.add(verdict);
        const own = makeAgenda(judge, range, 0);
        own.add(verdict);
        const { unit, name } = verdict.tally;
        news.push(...dueNews(own.obligations(), { year: plan.year, today, about: { unit, name } }));
      });
      return [...dueNews(zone.obligations(), { year: plan.year, today, about: null }), ...news];
    },

    async decided(after, since) {
      const snapshot = { offsets: offsets(), asOf: null };
      const rows = await decisionsAfter(ask, { snapshot, after, since });
      const [activities, nameOf] = await Promise.all([
        decidedActivities(ask, { snapshot, rows }),
        unitNames(ask, { snapshot, units: [...new Set(rows.map(({ unit }) => unit))] }),
      ]);
      const known = new Map(activities.map((row) => [pairKey(row), row]));
      const decided = rows.flatMap((row): Decided[] => {
        const found = known.get(pairKey(row));
        if (!found) return [];
        const { unit, name } = nameOf(row.unit);
        const granted = row.outcome === 'granted' ? 'granted' : 'dismissed';
        return [
          {
            position: formatPosition(row.position),
            about: { unit, name },
            activity: row.activity,
            year: found.year,
            title: found.title,
            of: found.kind,
            reason: row.reason,
            decision: row.type === 'activity.rejected' ? 'rejected' : granted,
            stands: row.type !== 'activity.rejected' || found.state === 'rejected',
          },
        ];
      });
      return { decided, offsets: snapshot.offsets };
    },

    vetoed: ({ ranked }) =>
      new Map(
        ranked.rows.flatMap(({ unit, vetoes }) => (vetoes.length > 0 ? [[unit, { vetoes }] as const] : [])),
      ),

    async stood(answer) {
      const { judge, ranked } = answer;
      const unbegun = await begunAfter(ask, answer, answer.on);
      const { candidates } = candidatesOf(judge, ranked, QUOTA);
      return stoodOf(ranked.rows, { within: new Set(candidates.map(({ row }) => row.unit)), unbegun });
    },
  };
}
