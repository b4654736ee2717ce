import { Problem } from '#api/http/problem.ts';
import type { Reads } from '#api/ports.ts';
import { briefActivities } from '#api/queries/activities.ts';
import type { Ask } from '#api/queries/ask.ts';
import { latestSelfInspection } from '#api/queries/selfInspection.ts';
import type { RankingAnswer, RankingCache } from '#api/ranking-cache/rankingCache.ts';
import type { Bands } from '#schemas/bands/bands.ts';
import { countsState } from '#schemas/countsState.ts';
import { dayIn } from '#schemas/dates.ts';
import { lacks } from '#schemas/fit.ts';
import type { RankingRow, Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { bodyOf } from './activityBody.ts';
import { askRanking } from './asked.ts';
import type { Completeness } from './completeness.ts';
import { bandsFor, headOf } from './rankings.ts';

export type StandingParts = { ask: Ask; cache: RankingCache; isComplete: Completeness };

/** Activities of a unit and year that are looked through for what matches nothing. */
const MOST = 100_000;

const withBand = (row: RankingRow, { lo, hi, inTop, draws }: Bands, place: number): RankingRow =>
  row.rank === null
    ? row
    : { ...row, band: [lo[place] ?? 0, hi[place] ?? 0], topShare: (inTop[place] ?? 0) / draws };

export function createStandings({ ask, cache, isComplete }: StandingParts): Pick<Reads, 'standing'> {
  /** How many counting activities of each requirement's kind lack what its measure needs. */
  async function unmatched(unit: string, { plan, basis, on, asOf, offsets }: RankingAnswer) {
    const kinds = [...new Set(plan.requirements.map(({ kind }) => kind))];
    const snapshot = { offsets, asOf };
    const activities = await briefActivities(ask, { snapshot, unit, year: plan.year, kinds, limit: MOST });
    const seen = activities.filter(
      ({ state, day }) => countsState(plan, state) && (basis === 'year' || day <= on),
    );
    return plan.requirements.map(
      ({ kind, measure }) =>
        seen.filter((activity) => activity.kind === kind && lacks(measure, bodyOf(activity))).length,
    );
  }

  async function inspection(unit: string, { plan, asOf, offsets }: RankingAnswer) {
    const latest = await latestSelfInspection(ask, { snapshot: { offsets, asOf }, unit, year: plan.year });
    return latest ? { recordedOn: dayIn(plan.timezone, latest.recordedAt), criteria: latest.criteria } : null;
  }

  async function standing(unit: string, question: Parameters<Reads['standing']>[1]): Promise<Standing> {
    const answer = await askRanking(cache, question);
    const place = answer.placeOf.get(unit) ?? -1;
    const verdict = answer.ranked.verdicts[place];
    const row = answer.ranked.rows[place];
    if (!verdict || !row) throw new Problem('not-found', `No unit ${unit} is ranked in ${question.year}.`);
    const [bands, missing, selfInspection, complete] = await Promise.all([
      bandsFor(cache, answer),
      unmatched(unit, answer),
      inspection(unit, answer),
      isComplete({ offsets: answer.offsets, asOf: answer.asOf }),
    ]);
    const { requirements, gaps, conditions } = standingOf(answer.judge, verdict, answer.ranked);
    return {
      row: bands ? withBand(row, bands, place) : row,
      requirements: requirements.map((requirement, index) => ({
        ...requirement,
        unmatched: missing[index] ?? 0,
      })),
      gaps,
      conditions,
      selfInspection,
      complete,
      ...headOf(question, answer),
    };
  }

  return { standing };
}
