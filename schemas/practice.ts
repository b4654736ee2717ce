import { isStillOpen } from './course.ts';
import { decimalOf, halfUp, MILLION } from './exact.ts';
import { requirementColumns } from './gaps.ts';
import { type Quantiles, quantilesOf } from './middle.ts';
import type { Ranked } from './ranks.ts';
import type { CriterionPage, RequirementPage } from './results/practice.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';
import { pointsLost } from './standing.ts';
import type { Steps } from './steps.ts';

type Places = Pick<Ranked, 'rows' | 'verdicts'>;
type OfRequirement = Pick<
  RequirementPage,
  'requirement' | 'mean' | 'spread' | 'counted' | 'full' | 'none' | 'units'
>;

const scaledDown = (quantiles: Quantiles | null, by: number): Quantiles | null =>
  quantiles && {
    min: quantiles.min / by,
    lower: quantiles.lower / by,
    median: quantiles.median / by,
    upper: quantiles.upper / by,
    max: quantiles.max / by,
  };

const named = ({ tally: { unit, name, group } }: Verdict) => ({ unit, name, group });

const orLast = (value: number | null | undefined): number => value ?? Number.POSITIVE_INFINITY;

/**
 * How all units meet one requirement, those furthest behind first; `most` units with their windows are listed, all
 * are counted. undefined where the plan has no such requirement.
 */
export function* requirementPageOf(
  judge: Judge,
  { rows, verdicts }: Places,
  id: string,
  most: number,
): Steps<OfRequirement | undefined> {
  const index = judge.plan.requirements.findIndex((one) => one.id === id);
  const requirement = judge.plan.requirements[index];
  if (!requirement) return undefined;
  const attainments = verdicts.flatMap((verdict) => verdict.attainments[index] ?? []);
  yield;
  const places = verdicts.map((verdict, place) => ({
    verdict,
    rank: rows[place]?.rank ?? null,
    attainment: verdict.attainments[index] ?? null,
  }));
  places.sort((a, b) => {
    const [first, second] = [orLast(a.attainment), orLast(b.attainment)];
    return first === second ? orLast(b.rank) - orLast(a.rank) || 0 : first - second;
  });
  const units: OfRequirement['units'] = [];
  for (const { verdict, rank, attainment } of places.slice(0, most)) {
    const lost = pointsLost(judge, verdict)[index] ?? null;
    units.push({
      ...named(verdict),
      rank,
      attainment: attainment === null ? null : attainment / MILLION,
      lost: lost === null ? null : pointsOf(lost),
      windows: judge.gauges[index]?.prospect(verdict.tally).windows ?? [],
      ...(isStillOpen(judge, verdict, index) && { open: true as const }),
    });
    yield;
  }
  return {
    requirement,
    mean: meanOf(attainments),
    spread: scaledDown(quantilesOf(attainments), MILLION),
    counted: attainments.length,
    full: attainments.filter((attainment) => attainment === MILLION).length,
    none: attainments.filter((attainment) => attainment === 0).length,
    units,
  };
}

const meanOf = (attainments: readonly number[]): number | null =>
  attainments.length === 0
    ? null
    : halfUp(
        attainments.reduce((sum, attainment) => sum + attainment, 0),
        attainments.length,
      ) / MILLION;

type OfCriterion = Pick<CriterionPage, 'criterion' | 'spread' | 'counted' | 'requirements' | 'units'>;

/** How all units do at one criterion; undefined where the plan has none of that id. */
export function* criterionPageOf(
  judge: Judge,
  ranked: Places,
  id: string,
  most: number,
): Steps<OfCriterion | undefined> {
  const index = judge.criteria.findIndex((one) => one.id === id);
  const criterion = judge.plan.criteria[index];
  if (!criterion) return undefined;
  const scores = ranked.verdicts.flatMap(({ criteria }) => criteria[index] ?? []);
  const places = ranked.verdicts.map((verdict, place) => ({
    ...named(verdict),
    rank: ranked.rows[place]?.rank ?? null,
    own: verdict.criteria[index] ?? null,
    deducted: decimalOf(verdict.deducted[index] ?? 0),
  }));
  places.sort((a, b) => (b.own ?? -1) - (a.own ?? -1));
  yield;
  const requirements = yield* requirementColumns(judge, ranked.verdicts, id);
  return {
    criterion,
    spread: scaledDown(quantilesOf(scores), 10_000),
    counted: scores.length,
    requirements: requirements.map(({ criterion: _own, ...requirement }) => requirement),
    units: places.slice(0, most).map(({ own, ...place }) => ({
      ...place,
      score: own === null ? null : pointsOf(own),
    })),
  };
}
