import { Problem } from '#api/http/problem.ts';
import type { PlanShelf } from '#api/ranking-cache/planShelf.ts';
import type { RankingAnswer, RankingCache, RankingQuestion } from '#api/ranking-cache/rankingCache.ts';
import { dayIn } from '#schemas/dates.ts';
import type { Plan } from '#schemas/plan.ts';

/** The cache's answer, or the problem that explains why there is none. */
export async function askRanking(cache: RankingCache, question: RankingQuestion): Promise<RankingAnswer> {
  const answer = await cache.answer(question);
  if (!answer) throw noPlan(question.year);
  const known = new Set(answer.plan.criteria.map(({ id }) => id));
  const unknown = Object.keys(question.weights ?? {}).find((id) => !known.has(id));
  if (unknown !== undefined) {
    const message = `"${unknown}" is no criterion of the plan for ${question.year}; it has ${[...known].join(', ')}`;
    throw new Problem('invalid-parameter', `weights: ${message}.`, {
      errors: [{ field: 'weights', message }],
    });
  }
  return answer;
}

/** The plan of a year as it was adopted last; without one, the problem that says so. */
export async function planInUse(plans: PlanShelf, year: number): Promise<Plan> {
  const plan = (await plans.versions(year, null)).at(-1)?.plan;
  if (!plan) throw noPlan(year);
  return plan;
}

export const noPlan = (year: number): Problem => new Problem('not-found', `No plan is adopted for ${year}.`);

/** Whether `on` still is today, where it was: by default, or because somebody asked for it. */
export const stillOn =
  ({ on, asOf }: RankingQuestion, answer: RankingAnswer, now: () => number) =>
  (): boolean =>
    (on !== undefined || asOf !== undefined) && !answer.lasts
      ? true
      : dayIn(answer.plan.timezone, now()) === answer.on;
