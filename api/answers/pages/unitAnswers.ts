import { askRanking, noPlan } from '#api/answers/asked.ts';
import type { PageReads, Seen } from '#api/ports.ts';
import type { DayScores } from '#api/ranking-cache/months.ts';
import { instantOf } from '#schemas/dates.ts';
import { endOfDay, monthEnds } from '#schemas/months.ts';
import { peersFor } from '#schemas/others.ts';
import { peersOf } from '#schemas/peers.ts';
import type { Plan } from '#schemas/plan.ts';
import { rankSupposing } from '#schemas/ranks.ts';
import type { TrendPoint } from '#schemas/results/trend.ts';
import { pointsOf } from '#schemas/scoring.ts';
import { wayUpOf } from '#schemas/wayUp/wayUp.ts';
import { headed, type PageParts, placed } from './parts.ts';

const pointsOrNull = (score: number | null | undefined): number | null =>
  score == null ? null : pointsOf(score);

function trendPoint(plan: Plan, unit: string, on: string, { units, totals }: DayScores): TrendPoint {
  const own = units.get(unit);
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

export function createUnitAnswers(parts: PageParts): Pick<PageReads, 'wayUp' | 'peers' | 'trend'> {
  const { cache, months } = parts;

  /** The days of a trend, each with the plan and the recorded time that it is to be seen with. */
  async function daysOf({ year, asOf }: Seen, on: string, known: 'now' | 'then') {
    const limit = asOf === undefined ? null : instantOf(asOf);
    const present = (await cache.plans.versions(year, limit)).at(-1)?.plan;
    if (!present) throw noPlan(year);
    const days = monthEnds(year, on);
    if (known === 'now') return days.map((day) => ({ on: day, plan: present, asOf: limit }));
    const seen = await Promise.all(
      days.map(async (day) => {
        const end = endOfDay(present.timezone, day);
        const then = limit === null ? end : Math.min(end, limit);
        // A day that is not over yet is seen as it is.
        const at = then >= parts.now() ? null : then;
        return { on: day, plan: (await cache.plans.versions(year, at)).at(-1)?.plan, asOf: at };
      }),
    );
    return seen.flatMap(({ plan, ...rest }) => (plan ? [{ ...rest, plan }] : []));
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
        ...(viewer.unit === undefined ? peers : peersFor(peers, answer.plan)),
        ...(await headed(parts, question, answer)),
      };
    },

    async trend(unit, { known, ...question }) {
      const seen: Seen = { ...question, basis: 'to-date' };
      await placed(cache, unit, seen);
      const answer = await askRanking(cache, seen);
      const points: TrendPoint[] = [];
      // One after the other: a dozen at once would keep every other reader waiting.
      for (const day of await daysOf(seen, answer.on, known))
        points.push(trendPoint(day.plan, unit, day.on, await months.at(day)));
      return { unit, known, points, ...(await headed(parts, seen, answer)) };
    },
  };
}
