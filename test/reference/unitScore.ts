// One unit's scores: docs/scoring.md.
import { type Attained, attain, type View } from './attain.ts';
import { dayIn } from './calendar.ts';
import * as r from './rational.ts';
import type { Condition, Criterion, Plan, Requirement, State, Unit } from './types.ts';

export type Weights = Record<string, number>;
export type Attainments = Map<string, r.Rational | null>;
export type DeductionRow = { id: string; count: number; points: number };
export type UnitScore = {
  unit: Unit;
  attained: Map<string, Attained>;
  /** Rounded to 6 decimals. */
  attainments: Attainments;
  criteria: Map<string, r.Rational | null>;
  totalWithoutVeto: r.Rational | null;
  total: r.Rational | null;
  cap: r.Rational | null;
  vetoes: string[];
  deductions: DeductionRow[];
  eligible: boolean;
};

export const weightOf = (criterion: Criterion, weights: Weights = {}) =>
  r.parse(weights[criterion.id] ?? criterion.weight);

const inView = (view: View, occurredOn: string) => view.basis === 'year' || occurredOn <= view.on;

const ofUnit = (state: State, unit: Unit, view: View) =>
  state.activities.filter(
    (one) => one.unit === unit.unit && one.year === view.year && inView(view, one.body.occurredOn),
  );

function countingActivities(state: State, plan: Plan, unit: Unit, view: View) {
  return ofUnit(state, unit, view).filter(
    (one) => one.state === 'verified' || (one.state === 'reported' && plan.counts === 'reported'),
  );
}

function incidents(state: State, unit: Unit, view: View, kind: string): number {
  return ofUnit(state, unit, view).filter(
    (one) => one.body.kind === kind && (one.state === 'reported' || one.state === 'verified') && !one.waived,
  ).length;
}

function isMet(condition: Condition, state: State, plan: Plan, unit: Unit, view: View): boolean {
  const by = `${view.year}-${condition.by}`;
  if (view.basis === 'to-date' && by > view.on) return true;
  if (condition.kind === 'self-inspection')
    return state.selfInspections.some(
      (one) => one.unit === unit.unit && one.year === view.year && dayIn(plan.timezone, one.recorded) <= by,
    );
  return countingActivities(state, plan, unit, view).some(
    ({ body }) => body.kind === condition.kind && body.occurredOn <= by,
  );
}

/** The requirements of a criterion whose attainment counts. */
export function counted(plan: Plan, criterion: string, attainments: Attainments): Requirement[] {
  return plan.requirements.filter((one) => one.criterion === criterion && attainments.get(one.id) != null);
}

export const pointsOf = (requirements: Requirement[]) =>
  r.sum(requirements.map((one) => r.parse(one.points)));

/** The criterion score before rounding needs the deduction in points; null with nothing counted. */
function criterionScore(plan: Plan, id: string, attainments: Attainments, lost: r.Rational) {
  const requirements = counted(plan, id, attainments);
  if (requirements.length === 0) return null;
  const earned = r.sum(
    requirements.map((one) => r.times(r.parse(one.points), attainments.get(one.id) ?? r.zero)),
  );
  const score = r.minus(r.over(r.times(r.hundred, earned), pointsOf(requirements)), lost);
  return r.roundHalfUp(r.greater(score, r.zero), 4);
}

function weightedTotal(plan: Plan, criteria: Map<string, r.Rational | null>, weights: Weights) {
  const present = plan.criteria.filter(({ id }) => criteria.get(id) != null);
  if (present.length === 0) return null;
  const weighted = present.map((one) => r.times(weightOf(one, weights), criteria.get(one.id) ?? r.zero));
  return r.roundHalfUp(r.over(r.sum(weighted), r.sum(present.map((one) => weightOf(one, weights)))), 4);
}

function attainedBy(state: State, plan: Plan, unit: Unit, view: View): Map<string, Attained> {
  const evidence = {
    activities: countingActivities(state, plan, unit, view),
    targets: state.targets.filter((one) => one.unit === unit.unit && one.year === view.year),
    teamSize: unit.teamSize,
  };
  return new Map(plan.requirements.map((one) => [one.id, attain(one, evidence, view)]));
}

/**
 * `suppose` puts other attainments in place of the unit's own, all else equal; `attained` is what the unit attained,
 * where that is known already.
 */
export function scoreUnit(
  state: State,
  plan: Plan,
  unit: Unit,
  view: View,
  weights: Weights = {},
  suppose: Attainments = new Map(),
  attained = attainedBy(state, plan, unit, view),
): UnitScore {
  const attainments: Attainments = new Map(
    [...attained].map(([id, { exact }]) => [id, exact && r.roundHalfUp(exact, 6)]),
  );
  for (const [id, value] of suppose) attainments.set(id, value && r.roundHalfUp(value, 6));

  const deductions = plan.deductions.map((deduction) => {
    const count = incidents(state, unit, view, deduction.kind);
    const full = r.times(r.rational(BigInt(count)), r.parse(deduction.points));
    return { ...deduction, count, lost: r.smaller(full, r.parse(deduction.max)) };
  });
  const criteria = new Map(
    plan.criteria.map(({ id }) => {
      const lost = r.sum(deductions.filter((one) => one.criterion === id).map((one) => one.lost));
      return [id, criterionScore(plan, id, attainments, lost)] as const;
    }),
  );
  const vetoes = plan.vetoes.filter((veto) => incidents(state, unit, view, veto.kind) > 0);
  const cap = vetoes
    .map((veto) => r.parse(veto.cap))
    .reduce<r.Rational | null>((least, next) => (least ? r.smaller(least, next) : next), null);
  const totalWithoutVeto = weightedTotal(plan, criteria, weights);
  return {
    unit,
    attained,
    attainments,
    criteria,
    totalWithoutVeto,
    total: totalWithoutVeto && cap ? r.roundHalfUp(r.smaller(totalWithoutVeto, cap), 4) : totalWithoutVeto,
    cap,
    vetoes: vetoes.map(({ id }) => id),
    deductions: deductions
      .filter(({ count }) => count > 0)
      .map(({ id, count, lost }) => ({ id, count, points: r.toNumber(lost) })),
    eligible: vetoes.length === 0 && plan.conditions.every((one) => isMet(one, state, plan, unit, view)),
  };
}
