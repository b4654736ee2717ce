import { type Day, dayOfNumber } from './dates.ts';
import { add, halfUp, MILLION, times } from './exact.ts';
import { type Ranked, rankSupposing } from './ranks.ts';
import type { ConditionRow, RequirementRow } from './results/results.ts';
import { type Judge, pointsOf, totalWith, type Verdict } from './scoring.ts';
import type { Whole } from './tallies.ts';
import { dayOfYear, isTooLate } from './windows.ts';

/** Where one unit stands: each requirement with its windows, what it costs, and what closing it would bring. */
export type UnitStanding = { requirements: RequirementRow[]; gaps: string[]; conditions: ConditionRow[] };

/** Σ of the proportions that are counted, for each place the index of which passes. */
const sumOf = (values: readonly Whole[], counts: (index: number) => boolean): Whole =>
  values.reduce<Whole>((sum, value, index) => (counts(index) ? add(sum, value) : sum), 0);

/**
 * Points of the total that each requirement costs, in ten-thousandths, in plan order; null where it is not counted:
 * 100 × weight/Σweight × points/Σpoints × (1 − attainment), rounded half up.
 */
export function pointsLost(judge: Judge, { attainments, criteria }: Verdict): (number | null)[] {
  const lost: (number | null)[] = judge.plan.requirements.map(() => null);
  const weights = sumOf(judge.proportions, (index) => criteria[index] != null);
  if (weights === 0) return lost;
  judge.criteria.forEach(({ requirements, points }, criterion) => {
    const possible = sumOf(points, (index) => attainments[requirements[index] ?? -1] != null);
    const whole = times(weights, possible);
    requirements.forEach((requirement, index) => {
      const attainment = attainments[requirement] ?? null;
      if (attainment === null) return;
      const share = times(judge.proportions[criterion] ?? 0, points[index] ?? 0);
      lost[requirement] = attainment === MILLION ? 0 : halfUp(times(share, MILLION - attainment), whole);
    });
  });
  return lost;
}

/** The rank with one attainment replaced, all else equal. */
function rankWith(
  judge: Judge,
  verdict: Verdict,
  totals: Int32Array,
  requirement: number,
  attainment: number,
) {
  const supposed = [...verdict.attainments];
  supposed[requirement] = attainment;
  return rankSupposing(totals, verdict.total, totalWith(judge, verdict, supposed));
}

function requirementRows(judge: Judge, verdict: Verdict, totals: Int32Array): RequirementRow[] {
  const lost = pointsLost(judge, verdict);
  return judge.plan.requirements.map((requirement, index) => {
    const attainment = verdict.attainments[index] ?? null;
    const prospect = judge.gauges[index]?.prospect(verdict.tally);
    const best = prospect?.best ?? null;
    const cost = lost[index] ?? null;
    const rankAt = (value: number) => rankWith(judge, verdict, totals, index, value);
    const { id, criterion, name, clause, basis, kind, points, measure } = requirement;
    return {
      id,
      criterion,
      name,
      clause,
      basis,
      kind,
      measure: measure.type,
      attainment: attainment === null ? null : attainment / MILLION,
      points,
      lost: cost === null ? null : pointsOf(cost),
      windows: prospect?.windows ?? [],
      due: prospect?.due ?? null,
      rankIfClosed: attainment === null ? null : rankAt(MILLION),
      rankIfCaughtUp: attainment === null || best === null ? null : rankAt(best),
      unmatched: 0,
    };
  });
}

/** Requirements below 1, most points lost first, then plan order. */
const gapsIn = (rows: readonly RequirementRow[]): string[] =>
  rows
    .filter(({ attainment }) => attainment !== null && attainment < 1)
    .sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0))
    .map(({ id }) => id);

function conditionRows({ plan, conditions, view }: Judge, { tally }: Verdict): ConditionRow[] {
  return plan.conditions.map(({ id, name, clause, by }, index) => {
    const last: Day = dayOfYear(plan.year, by);
    const met = conditions[index]?.metOn(tally) ?? null;
    const status = met !== null ? 'met' : isTooLate(last, view) ? 'missed' : 'open';
    return {
      id,
      ...(name && { name }),
      clause,
      by: last,
      metOn: met === null ? null : dayOfNumber(met),
      status,
    };
  });
}

/**
 * The standing of a unit among the ranked. `unmatched` is 0 throughout: the activities themselves tell that.
 * A requirement that is not counted has no cost and no ranks; it still has windows and a due day.
 */
export function standingOf(judge: Judge, verdict: Verdict, { totals }: Pick<Ranked, 'totals'>): UnitStanding {
  const requirements = requirementRows(judge, verdict, totals);
  return { requirements, gaps: gapsIn(requirements), conditions: conditionRows(judge, verdict) };
}
