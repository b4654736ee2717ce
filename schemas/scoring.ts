import type { Gauge, View } from './attainment.ts';
import { dayNumber } from './dates.ts';
import { entryOf } from './entries.ts';
import { add, decimalOf, halfUp, least, minus, proportions, shrink, times } from './exact.ts';
import { cellReader, gaugeOf } from './measures.ts';
import { micros } from './numbers.ts';
import { type Plan, SELF_INSPECTION } from './plan.ts';
import type { Basis, RankingRow } from './results/results.ts';
import { type Layout, layoutOf, type UnitTally, type Whole } from './tallies.ts';
import { dayOfYear, isTooLate } from './windows.ts';

/**
 * Scoring: what one unit's tally is worth under a plan (docs/scoring.md). Exact, so that anyone can
 * recompute it: attainments are whole millionths, scores whole ten-thousandths of a point, each rounded half up
 * once, from the rounded figures of the step before.
 */

/** Named in sealed results: changes whenever the same tallies could give another figure. */
export const SCORING_VERSION = '1';

/** Other weights for some criteria, by id, to see what if: 0 or more, at most 6 decimals. */
export type Weights = Readonly<Record<string, number>>;

/** `lasts`: the day from which one looks is today (`isTooLate`). */
export type Question = { basis: Basis; on: string; lasts?: boolean; weights?: Weights | undefined };

type IncidentCounter = (tally: UnitTally) => Whole;
type CompiledDeduction = { id: string; criterion: number; points: Whole; max: Whole; count: IncidentCounter };
type CompiledVeto = { id: string; cap: number; count: IncidentCounter };
/** The day number on which the condition was met, or null. */
type CompiledCondition = { due: boolean; metOn(tally: UnitTally): number | null };
type CompiledCriterion = {
  id: string;
  /** Requirements by their place in the plan, and their points in proportion to each other. */
  requirements: readonly number[];
  points: readonly Whole[];
};

/** A plan compiled for a question: judges unit by unit. */
export type Judge = {
  plan: Plan;
  view: View;
  layout: Layout;
  gauges: readonly Gauge[];
  criteria: readonly CompiledCriterion[];
  /** Weights as asked for, and in proportion to each other. */
  weights: readonly number[];
  proportions: readonly Whole[];
  deductions: readonly CompiledDeduction[];
  vetoes: readonly CompiledVeto[];
  conditions: readonly CompiledCondition[];
  /** What is taken off the criteria of the many units without incidents: one list for all of them. */
  nothing: Whole[];
};

/** What scoring finds of a unit; lists are in plan order. */
export type Verdict = {
  tally: UnitTally;
  /** Millionths; null = not counted yet, or excluded. */
  attainments: readonly (number | null)[];
  /** Points taken off each criterion, in millionths. */
  deducted: readonly Whole[];
  /** Ten-thousandths of a point; null where nothing is counted. */
  criteria: readonly (number | null)[];
  totalWithoutVeto: number | null;
  total: number | null;
  /** The smallest cap of the vetoes that fell, in points. */
  cap: number | null;
  vetoes: string[];
  deductions: RankingRow['deductions'];
  eligible: boolean;
  /** Conditions that are neither met nor due yet. */
  open: number;
};

/** Ten-thousandths of a point as points. */
export const pointsOf = (score: number): number => score / 10_000;

const weightOf = (weights: Weights, { id, weight }: { id: string; weight: number }): number =>
  entryOf(weights, id) ?? weight;

function compileCriteria(plan: Plan): CompiledCriterion[] {
  return plan.criteria.map(({ id }) => {
    const requirements = plan.requirements.flatMap(({ criterion }, index) =>
      criterion === id ? [index] : [],
    );
    const points = requirements.map((index) => micros(plan.requirements[index]?.points ?? 0));
    return { id, requirements, points: proportions(points) };
  });
}

function compileConditions(plan: Plan, layout: Layout, view: View): CompiledCondition[] {
  return plan.conditions.map(({ kind, by }) => {
    const last = dayOfYear(view.year, by);
    const lastNumber = dayNumber(last);
    const first =
      kind === SELF_INSPECTION
        ? ({ selfInspectedOn }: UnitTally) => (selfInspectedOn === null ? 0 : dayNumber(selfInspectedOn))
        : cellReader(layout, 'firsts', kind);
    const metOn = (tally: UnitTally) => {
      const day = Number(first(tally));
      return day !== 0 && day <= lastNumber ? day : null;
    };
    return { due: view.basis === 'year' || isTooLate(last, view), metOn };
  });
}

/** Compiles a plan for a question. Weights that name no criterion of the plan have no effect. */
export function compilePlan(plan: Plan, { basis, on, lasts, weights = {} }: Question): Judge {
  const layout = layoutOf(plan);
  const view = { year: plan.year, basis, on, lasts };
  const weighed = plan.criteria.map((criterion) => weightOf(weights, criterion));
  const order = new Map(plan.criteria.map(({ id }, index) => [id, index]));
  return {
    plan,
    view,
    layout,
    gauges: plan.requirements.map((requirement) => gaugeOf(requirement, layout, view)),
    criteria: compileCriteria(plan),
    weights: weighed,
    proportions: proportions(weighed.map(micros)),
    deductions: plan.deductions.map(({ id, criterion, kind, points, max }) => ({
      id,
      criterion: order.get(criterion) ?? 0,
      points: shrink(micros(points)),
      max: shrink(micros(max)),
      count: cellReader(layout, 'incidents', kind),
    })),
    vetoes: plan.vetoes.map(({ id, cap, kind }) => ({
      id,
      cap,
      count: cellReader(layout, 'incidents', kind),
    })),
    conditions: compileConditions(plan, layout, view),
    nothing: plan.criteria.map(() => 0),
  };
}

/** Step 2. The average of attainments in millionths is the score in ten-thousandths of 100 points. */
function criterionScore(
  { requirements, points }: CompiledCriterion,
  attainments: readonly (number | null)[],
  deducted: Whole,
): number | null {
  let earned: Whole = 0;
  let possible: Whole = 0;
  for (let index = 0; index < requirements.length; index++) {
    const attainment = attainments[requirements[index] ?? 0] ?? null;
    if (attainment === null) continue;
    earned = add(earned, times(points[index] ?? 0, attainment));
    possible = add(possible, points[index] ?? 0);
  }
  return possible === 0 ? null : scoreFrom(earned, possible, deducted);
}

/** A criterion's score from Σ(points × attainment) and Σ(points) > 0, the deduction taken off. */
export function scoreFrom(earned: Whole, possible: Whole, deducted: Whole): number {
  if (deducted === 0) return halfUp(earned, possible);
  const left = minus(times(earned, 100), times(deducted, possible));
  return left <= 0 ? 0 : halfUp(left, times(possible, 100));
}

/** Step 3. null where no criterion with a weight has a score. */
export function weightedTotal(
  judge: Pick<Judge, 'proportions'>,
  criteria: readonly (number | null)[],
): number | null {
  let sum: Whole = 0;
  let weights: Whole = 0;
  for (let index = 0; index < criteria.length; index++) {
    const score = criteria[index] ?? null;
    if (score === null) continue;
    sum = add(sum, times(judge.proportions[index] ?? 0, score));
    weights = add(weights, judge.proportions[index] ?? 0);
  }
  return weights === 0 ? null : halfUp(sum, weights);
}

/** Step 4, with the cap rounded as every total is. */
export const capped = (total: number | null, cap: number | null): number | null =>
  total === null || cap === null ? total : Math.min(total, halfUp(shrink(micros(cap)), 100));

/** The total that a unit would have with other attainments, all else equal. */
export function totalWith(
  judge: Judge,
  { deducted, cap }: Pick<Verdict, 'deducted' | 'cap'>,
  attainments: readonly (number | null)[],
): number | null {
  const criteria = judge.criteria.map((criterion, index) =>
    criterionScore(criterion, attainments, deducted[index] ?? 0),
  );
  return capped(weightedTotal(judge, criteria), cap);
}

function deduct(judge: Judge, tally: UnitTally): Pick<Verdict, 'deducted' | 'deductions'> {
  let deducted: Whole[] = judge.nothing;
  const deductions: RankingRow['deductions'] = [];
  for (const { id, criterion, points, max, count } of judge.deductions) {
    const incidents = count(tally);
    if (incidents <= 0) continue;
    const lost = least(times(incidents, points), max);
    if (deducted === judge.nothing) deducted = [...deducted];
    deducted[criterion] = add(deducted[criterion] ?? 0, lost);
    deductions.push({ id, count: Number(incidents), points: decimalOf(lost) });
  }
  return { deducted, deductions };
}

function vetoed(judge: Judge, tally: UnitTally): Pick<Verdict, 'vetoes' | 'cap'> {
  const vetoes: string[] = [];
  let cap: number | null = null;
  for (const veto of judge.vetoes) {
    if (veto.count(tally) <= 0) continue;
    vetoes.push(veto.id);
    cap = cap === null ? veto.cap : Math.min(cap, veto.cap);
  }
  return { vetoes, cap };
}

/** Step 5. A condition that is not due yet does not bar; it is counted as open. */
function commendable(
  judge: Judge,
  tally: UnitTally,
  vetoes: readonly string[],
): Pick<Verdict, 'eligible' | 'open'> {
  let missed = 0;
  let open = 0;
  for (const { due, metOn } of judge.conditions) {
    if (metOn(tally) !== null) continue;
    if (due) missed++;
    else open++;
  }
  return { eligible: vetoes.length === 0 && missed === 0, open };
}

/** Judges one unit: attainments, criterion scores, total, vetoes, eligibility. */
export function judgeUnit(judge: Judge, tally: UnitTally): Verdict {
  const attainments = judge.gauges.map((gauge) => gauge.attain(tally));
  const { deducted, deductions } = deduct(judge, tally);
  const { vetoes, cap } = vetoed(judge, tally);
  const criteria = judge.criteria.map((criterion, index) =>
    criterionScore(criterion, attainments, deducted[index] ?? 0),
  );
  const totalWithoutVeto = weightedTotal(judge, criteria);
  return {
    tally,
    attainments,
    deducted,
    criteria,
    totalWithoutVeto,
    total: capped(totalWithoutVeto, cap),
    cap,
    vetoes,
    deductions,
    ...commendable(judge, tally, vetoes),
  };
}
