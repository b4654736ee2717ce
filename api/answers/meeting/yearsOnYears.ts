import { askRanking, stillOn } from '#api/answers/asked.ts';
import { begunAfter, seenDay } from '#api/answers/begun.ts';
import { headed, type PageParts } from '#api/answers/pages/parts.ts';
import { rankUnder } from '#api/answers/rankUnder.ts';
import type { Cacheable, Seen } from '#api/ports.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { inSteps } from '#ingest/process/calmly.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark, type Offsets } from '#schemas/position.ts';
import type { Ranked } from '#schemas/ranks.ts';
import type { YearOnYear } from '#schemas/results/yearOnYear.ts';
import {
  commonMethod,
  dayAcross,
  inYear,
  type Judged,
  planChanges,
  yearOnYearRows,
} from '#schemas/yearOnYear.ts';

/** `with`: the other year. */
export type YearOnYearQuestion = Seen & { with: number };

export type YearOnYearReads = { yearOnYear(question: YearOnYearQuestion): Promise<Cacheable<YearOnYear>> };

/** A year to be judged: the year, the day that it is seen from, and how its ranking came about. */
type Side = { answer: RankingAnswer; year: number; on: string };

export function createYearsOnYears(parts: PageParts): YearOnYearReads {
  const { ask, cache, cached, offsets, now } = parts;

  /** A year's activities under a plan that is not its own. */
  const underPlan = (plan: Plan, { answer, on }: Side, read: Offsets): Promise<Ranked> =>
    rankUnder(ask, plan, { basis: answer.basis, on, asOf: answer.asOf, offsets: read, beside: answer });

  /** Both years under one method, as far as both can be judged by it. */
  async function under(own: Plan, other: Plan, sides: { now: Side; before: Side }, read: Offsets) {
    const { plan, leftOut } = commonMethod(own, other);
    const judged = ({ year, ...side }: Side) => {
      // Where nothing is left out, a year under its own plan is its ranking.
      if (leftOut.length === 0 && own === side.answer.plan) return side.answer.ranked;
      return underPlan(inYear(plan, year), { year, ...side }, read);
    };
    const result: Judged = { now: await judged(sides.now), before: await judged(sides.before) };
    return { result, leftOut };
  }

  async function make(question: YearOnYearQuestion) {
    const { year, basis, on, asOf, with: other } = question;
    const answer = await askRanking(cache, { year, basis, on, asOf });
    const thenOn = dayAcross(answer.on, year, other);
    const before = await askRanking(cache, { year: other, basis, on: thenOn, asOf });
    const sides = {
      now: { answer, year, on: answer.on },
      before: { answer: before, year: other, on: thenOn },
    };
    // A whole year is seen as it ended, and all that are ranked in it had begun by then.
    const first = [answer, before].map((side) =>
      basis === 'year' ? `${side.plan.year}-12-31` : seenDay(side),
    );
    const unbegun = await begunAfter(ask, answer, first.sort()[0] ?? answer.on);
    const own = await under(answer.plan, before.plan, sides, answer.offsets);
    const foreign = await under(before.plan, answer.plan, sides, answer.offsets);
    const steps = yearOnYearRows(
      { now: answer.ranked, before: before.ranked },
      { own: own.result, other: foreign.result },
      unbegun,
    );
    const value: YearOnYear = {
      with: { plan: { year: other, version: before.plan.version }, on: thenOn },
      leftOut: { own: own.leftOut, other: foreign.leftOut },
      changes: planChanges(answer.plan, before.plan),
      rows: await inSteps(steps),
      ...(await headed(parts, question, answer)),
    };
    return { value, answer };
  }

  return {
    yearOnYear: (question) =>
      cached(['year-on-year', question], formatWatermark(offsets()), async () => {
        const { value, answer } = await make(question);
        return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
      }),
  };
}
