import type { Prospect } from '../attainment.ts';
import { add, halfUp, MILLION, times } from '../exact.ts';
import { type Ranked, rankSupposing } from '../ranks.ts';
import type { Obstacle, Way, WayStep, WayUp } from '../results/wayUp.ts';
import { capped, type Judge, pointsOf, scoreFrom, totalWith, type Verdict } from '../scoring.ts';
import type { Whole } from '../tallies.ts';
import { combined, type Frontier, frontierOf, NOTHING, type Point, stepsOf } from './frontier.ts';
import { effortOf, type Level, levelsOf, ofEffort } from './levels.ts';

/**
 * The way up (争先路径): the cheapest set of gaps that still can be closed before the year ends, so that a unit
 * gains the next place while all others stay where they are.
 *
 * Cheapest means: first the fewest results that others measure (indicators, appraisals), since a unit can do its
 * work but not its results; then the fewest things to do: activities, windows of a sum, members, forms, matters; and
 * of ways that cost the same the one that brings the greatest total. Every set is weighed, not only the obvious ones:
 * what can be reached at each effort is kept criterion by criterion, and the totals are those of the scoring code.
 *
 * What is closed is what `rankIfCaughtUp` holds possible: windows that have ended stay as they are, a measure
 * without windows can reach 1 until it is due. A requirement that is not counted yet is no gap.
 */

/** A gap and how far it is closed. */
type Choice = { requirement: number; level: Level };

/** What a unit can reach, all criteria together: values are its total in ten-thousandths. */
type Reach = Frontier<Choice>;

const prospectsOf = (judge: Judge, { tally }: Verdict): readonly Prospect[] =>
  judge.gauges.map((gauge) => gauge.prospect(tally));

/** The choices that one requirement offers: to leave it as it is, or to close it so far. */
function offers(
  judge: Judge,
  verdict: Verdict,
  prospects: readonly Prospect[],
  index: number,
  points: Whole,
) {
  const requirement = judge.plan.requirements[index];
  const prospect = prospects[index];
  const attainment = verdict.attainments[index] ?? null;
  if (!requirement || !prospect || attainment === null) return NOTHING;
  const { basis } = judge.view;
  const levels = levelsOf(requirement, { tally: verdict.tally, prospect, attainment, basis });
  return frontierOf<Choice>([
    ...NOTHING,
    ...levels.map((level) => ({
      effort: effortOf(level),
      value: times(points, level.attainment - attainment),
      chosen: { step: { requirement: index, level } },
    })),
  ]);
}

/** What a criterion's share of the total can become: proportion × score, as the total sums it. */
function reachOfCriterion(
  judge: Judge,
  verdict: Verdict,
  prospects: readonly Prospect[],
  index: number,
): Reach {
  const { requirements, points } = judge.criteria[index] ?? { requirements: [], points: [] };
  let earned: Whole = 0;
  let possible: Whole = 0;
  let reach: Reach = NOTHING;
  requirements.forEach((requirement, place) => {
    const attainment = verdict.attainments[requirement] ?? null;
    if (attainment === null) return;
    const own = points[place] ?? 0;
    earned = add(earned, times(own, attainment));
    possible = add(possible, own);
    reach = combined(reach, offers(judge, verdict, prospects, requirement, own));
  });
  if (possible === 0) return NOTHING;
  const deducted = verdict.deducted[index] ?? 0;
  return frontierOf(
    reach.map(({ effort, value, chosen }) => ({
      effort,
      value: times(judge.proportions[index] ?? 0, scoreFrom(add(earned, value), possible, deducted)),
      chosen,
    })),
  );
}

/** The best total at each effort, from none at all to everything. Empty while nothing is counted. */
export function reachOf(judge: Judge, verdict: Verdict, prospects = prospectsOf(judge, verdict)): Reach {
  let weights: Whole = 0;
  let reach: Reach = NOTHING;
  verdict.criteria.forEach((score, index) => {
    if (score === null) return;
    weights = add(weights, judge.proportions[index] ?? 0);
    reach = combined(reach, reachOfCriterion(judge, verdict, prospects, index));
  });
  if (weights === 0) return [];
  const sum = weights;
  return frontierOf(
    reach.map(({ effort, value, chosen }) => ({
      effort,
      value: capped(halfUp(value, sum), verdict.cap) ?? 0,
      chosen,
    })),
  );
}

function stepOf(judge: Judge, verdict: Verdict, { requirement: index, level }: Choice): WayStep[] {
  const requirement = judge.plan.requirements[index];
  if (!requirement) return [];
  const supposed = [...verdict.attainments];
  supposed[index] = level.attainment;
  const gain = (totalWith(judge, verdict, supposed) ?? 0) - (verdict.total ?? 0);
  const days = level.windows.map(({ to }) => to).sort();
  return [
    {
      requirement: requirement.id,
      criterion: requirement.criterion,
      measure: requirement.measure.type,
      actions: level.actions,
      results: level.results,
      windows: [...level.windows],
      attainment: (verdict.attainments[index] ?? 0) / MILLION,
      reached: level.attainment / MILLION,
      gain: pointsOf(gain),
      due: days[0] ?? `${judge.plan.year}-12-31`,
    },
  ];
}

type Place = { point: Point<Choice>; rank: number };

/** The points of the reach that better the rank, each the cheapest to do so. */
function placesIn(reach: Reach, verdict: Verdict, totals: Int32Array): Place[] {
  const places: Place[] = [];
  let best = rankSupposing(totals, verdict.total, verdict.total) ?? totals.length + 1;
  for (const point of reach) {
    const rank = rankSupposing(totals, verdict.total, Number(point.value));
    if (rank === null || rank >= best) continue;
    best = rank;
    places.push({ point, rank });
  }
  return places;
}

const placeOf = ({ point, rank }: Place) => ({
  rank,
  total: pointsOf(Number(point.value)),
  ...ofEffort(point.effort),
});

function wayOf(judge: Judge, verdict: Verdict, place: Place | undefined): Way | null {
  if (!place) return null;
  const steps = stepsOf(place.point.chosen).flatMap((choice) => stepOf(judge, verdict, choice));
  return { ...placeOf(place), steps: steps.sort((a, b) => b.gain - a.gain) };
}

function obstacleOf(
  judge: Judge,
  verdict: Verdict,
  prospects: readonly Prospect[],
  totals: Int32Array,
): Obstacle {
  const rankOf = (total: number | null) => rankSupposing(totals, verdict.total, total);
  const own = rankOf(verdict.total);
  if (own === 1) return 'first';
  const reach = reachOf(judge, { ...verdict, cap: null }, prospects);
  const unbound = rankOf(Number(reach.at(-1)?.value ?? -1));
  if (verdict.cap !== null && own !== null && unbound !== null && unbound < own) return 'veto';
  const closable = prospects.some(({ best }, index) => best !== null && verdict.attainments[index] !== null);
  return closable ? 'out-of-reach' : 'nothing-left';
}

/** The way up of one of the ranked units. */
export function wayUpOf(
  judge: Judge,
  verdict: Verdict,
  { totals }: Pick<Ranked, 'totals'>,
): Pick<WayUp, 'unit' | 'rank' | 'of' | 'total' | 'next' | 'best' | 'places' | 'obstacle'> {
  const prospects = prospectsOf(judge, verdict);
  const places = placesIn(reachOf(judge, verdict, prospects), verdict, totals);
  return {
    unit: verdict.tally.unit,
    rank: rankSupposing(totals, verdict.total, verdict.total),
    of: totals.length,
    total: verdict.total === null ? null : pointsOf(verdict.total),
    next: wayOf(judge, verdict, places[0]),
    best: wayOf(judge, verdict, places.at(-1)),
    places: places.map(placeOf),
    obstacle: places.length ? null : obstacleOf(judge, verdict, prospects, totals),
  };
}
