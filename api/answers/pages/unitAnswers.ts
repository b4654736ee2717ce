import { planInUse } from '#api/answers/asked.ts';
import { begunIn } from '#api/answers/begun.ts';
import type { PageReads, Seen } from '#api/ports.ts';
import type { DayScore, DayScores } from '#api/ranking-cache/months.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { endOfDay, monthEnds } from '#schemas/months.ts';
import { peersFor, settingNow } from '#schemas/others.ts';
import { peersOf } from '#schemas/peers.ts';
import type { Plan } from '#schemas/plan.ts';
import { rankSupposing } from '#schemas/ranks.ts';
import type { TrendPoint } from '#schemas/results/trend.ts';
import { pointsOf, type Verdict } from '#schemas/scoring.ts';
import { wayUpOf } from '#schemas/wayUp/wayUp.ts';
import { marksOf } from './marks.ts';
import { headed, type PageParts, placed } from './parts.ts';

const pointsOrNull = (score: number | null | undefined): number | null =>
  score == null ? null : pointsOf(score);

/** A unit's point of a trend, from its own scores and everybody's totals on that day. */
function trendPoint(
  plan: Plan,
  on: string,
  own: DayScore | undefined,
  totals: DayScores['totals'],
): TrendPoint {
  const total = own?.total ?? null;
  return {
    on,
    rank: rankSupposing(totals, total, total),
    of: totals.length,
    total: pointsOrNull(total),
    criteria: Object.fromEntries(
      plan.criteria.map(({ id }, index) => [id, pointsOrNull(own?.criteria[index])]),
    ),
  };
}

/** A day on which the unit had not begun: how many are ranked is known, and nothing of the unit. */
const unheld = ({ on, of, criteria }: TrendPoint): TrendPoint => ({
  on,
  of,
  rank: null,
  total: null,
  criteria: Object.fromEntries(Object.keys(criteria).map((id) => [id, null])),
});

export function createUnitAnswers(parts: PageParts): Pick<PageReads, 'wayUp' | 'peers' | 'trend'> {
  const { cache, months } = parts;

  /** The day that the ranking itself is of. */
  const pointOf = ({ plan, on, ranked }: RankingAnswer, verdict: Verdict): TrendPoint =>
    trendPoint(plan, on, verdict, ranked.totals);

  /** As known now: the months that are over from one scan. */
  async function pointsNow(answer: RankingAnswer, verdict: Verdict): Promise<TrendPoint[]> {
    const { plan, asOf, on } = answer;
    const ends = monthEnds(plan.year, on);
    const days = ends.filter((day) => day !== on);
    const known = await months.at({ plan, asOf, days, areMonthEnds: true });
    const points = known.map(({ of, totals }, index) =>
      trendPoint(plan, days[index] ?? on, of(verdict.tally.unit), totals),
    );
    return days.length < ends.length ? [...points, pointOf(answer, verdict)] : points;
  }

  /** As known then: each day with the plan and the events that had been recorded by its end; none before there was a plan. */
  async function pointsThen(answer: RankingAnswer, verdict: Verdict): Promise<TrendPoint[]> {
    const { plan: present, asOf: limit } = answer;
    const points: TrendPoint[] = [];
    // One after the other: a dozen at once would keep every other reader waiting.
    for (const on of monthEnds(present.year, answer.on)) {
      const end = endOfDay(present.timezone, on);
      const then = limit === null ? end : Math.min(end, limit);
      // A day that is not over yet is seen as it is.
      const asOf = then >= parts.now() ? null : then;
      const plan = (await cache.plans.versions(present.year, asOf)).at(-1)?.plan;
      if (!plan) continue;
      if (on === answer.on && asOf === limit && plan === present) {
        points.push(pointOf(answer, verdict));
        continue;
      }
      for (const { of, totals } of await months.at({ plan, asOf, days: [on], areMonthEnds: false }))
        points.push(trendPoint(plan, on, of(verdict.tally.unit), totals));
    }
    return points;
  }

  return {
    async wayUp(unit, question) {
      const { answer, verdict } = await placed(cache, unit, question);
      return {
        ...wayUpOf(answer.judge, verdict, answer.ranked),
        ...(await headed(parts, question, answer)),
      };
    },

    async peers(unit, question, viewer) {
      const { answer, verdict } = await placed(cache, unit, question);
      const peers = peersOf(answer.judge, verdict, answer.ranked);
      return {
        ...(viewer.unit === undefined
          ? peers
          : peersFor(peers, settingNow(answer.plan, await planInUse(cache.plans, question.year)))),
        ...(await headed(parts, question, answer)),
      };
    },

    async trend(unit, { known, ...question }) {
      const seen: Seen = { ...question, basis: 'to-date' };
      const { answer, verdict } = await placed(cache, unit, seen);
      const found = await (known === 'now' ? pointsNow : pointsThen)(answer, verdict);
      const { hasBegun } = await begunIn(parts.ask, answer);
      const points = found.map((point) => (hasBegun(unit, point.on) ? point : unheld(point)));
      const marks = await marksOf(parts, answer, { units: [unit], together: false });
      return { unit, known, points, marks, ...(await headed(parts, seen, answer)) };
    },
  };
}
