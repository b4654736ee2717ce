import { bodyOf, notableOf } from '#api/answers/activityBody.ts';
import { askRanking, stillOn } from '#api/answers/asked.ts';
import { Problem } from '#api/http/problem.ts';
import type { GroupSeen, PageReads } from '#api/ports.ts';
import { exampleActivities } from '#api/queries/examples.ts';
import { COUNTING } from '#api/queries/tallies.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { inSteps } from '#ingest/process/calmly.ts';
import { fitsMeasure } from '#schemas/fit.ts';
import type { Requirement } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { criterionPageOf, requirementPageOf } from '#schemas/practice.ts';
import type { Example } from '#schemas/results/practice.ts';
import { modelsAt } from '#schemas/teaching.ts';
import { headed, inGroup, type PageParts, snapshotOf } from './parts.ts';

/** Teams to learn from, and how much of each and of all is shown. */
const BEST = 12;
const EACH = 3;
const SHOWN = 24;

const unknown = (what: string, id: string, year: number): Problem =>
  new Problem('not-found', `"${id}" is no ${what} of the plan for ${year}.`);

export function createPractices(parts: PageParts): Pick<PageReads, 'requirementPage' | 'criterionPage'> {
  const { ask, cache, cached, offsets, now } = parts;

  /** What the best teams of the whole zone did: one may learn from another group, too. */
  async function examplesOf(answer: RankingAnswer, { id, kind, measure }: Requirement): Promise<Example[]> {
    const { judge, ranked, plan, basis, on } = answer;
    const best = new Map(
      modelsAt(judge, ranked, id)
        .slice(0, BEST)
        .map((team) => [team.unit, team]),
    );
    const activities = await exampleActivities(ask, {
      snapshot: snapshotOf(answer),
      year: plan.year,
      kind,
      units: [...best.keys()],
      states: COUNTING[plan.counts],
      on: basis === 'to-date' ? on : `${plan.year}-12-31`,
      each: EACH,
      limit: SHOWN,
    });
    return activities.flatMap((activity): Example[] => {
      const team = best.get(activity.unit);
      const body = bodyOf(activity);
      if (!team || !fitsMeasure(measure, body)) return [];
      const { unit, name, group, rank } = team;
      return [{ unit, name, group, rank, ...notableOf(activity, body) }];
    });
  }

  const about = ({ year, basis, on, asOf }: GroupSeen) => askRanking(cache, { year, basis, on, asOf });

  return {
    requirementPage: (id, question) =>
      cached(['requirement', id, question], formatWatermark(offsets()), async () => {
        const answer = await about(question);
        const places = inGroup(answer, question.group);
        const page = await inSteps(requirementPageOf(answer.judge, places, id, question.limit));
        if (!page) throw unknown('requirement', id, question.year);
        const examples = await examplesOf(answer, page.requirement);
        const value = { ...page, examples, ...(await headed(parts, question, answer)) };
        return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
      }),

    criterionPage: (id, question) =>
      cached(['criterion', id, question], formatWatermark(offsets()), async () => {
        const answer = await about(question);
        const places = inGroup(answer, question.group);
        const page = await inSteps(criterionPageOf(answer.judge, places, id, question.limit));
        if (!page) throw unknown('criterion', id, question.year);
        const value = { ...page, ...(await headed(parts, question, answer)) };
        return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
      }),
  };
}
