import { MILLION } from './exact.ts';
import type { Judge, Verdict } from './scoring.ts';
import { isTooLate } from './windows.ts';

/**
 * How a unit stands with what was due: on course, held back by a veto or deductions alone, behind with a few
 * requirements or conditions, or with many. `schemas/results/overview.ts` says what that means.
 */
export const COURSES = ['onCourse', 'held', 'few', 'many'] as const;
export type CourseName = (typeof COURSES)[number];

/** Up to so many missed obligations are few. */
const FEW = 2;

/** The total or score to date from which a team is on course, in ten-thousandths. */
export const ON_COURSE = 900_000;

/** Of which type: its place in the plan; undefined = all of them, with conditions and vetoes. */
export type OfType = number | undefined;

/**
 * Whether a unit has missed a requirement that counts and is not met in full. What ends today counts already and still can
 * be done (`isTooLate`): short of that alone, nothing is missed yet.
 */
function hasMissed({ gauges, view }: Judge, { tally, attainments }: Verdict, index: number): boolean {
  const attainment = attainments[index];
  if (attainment == null || attainment >= MILLION) return false;
  const gauge = gauges[index];
  // Where nothing ends today, what is lacking was due before.
  if (!view.lasts || !gauge?.windows.some(({ to }) => to === view.on)) return true;
  return gauge.windows.some(({ to }, at) => isTooLate(to, view) && !gauge.isMet(tally, at));
}

/** Whether a unit falls short of a requirement: over the whole year, or by what can no more be done on the day one looks from. */
export function fallsShort(judge: Judge, verdict: Verdict, index: number): boolean {
  if (judge.view.basis === 'to-date') return hasMissed(judge, verdict, index);
  const attainment = verdict.attainments[index];
  return attainment != null && attainment < MILLION;
}

/** Whether a unit lacks of a requirement nothing but what ends today and still can be done. */
export function isStillOpen(judge: Judge, verdict: Verdict, index: number): boolean {
  const attainment = verdict.attainments[index];
  return attainment != null && attainment < MILLION && !fallsShort(judge, verdict, index);
}

/** How many requirements and conditions that are due a unit has missed; the judge must look to date. */
export function missedBy(judge: Judge, verdict: Verdict, type?: OfType): number {
  let missed = 0;
  if (type !== undefined) {
    for (const index of judge.criteria[type]?.requirements ?? [])
      if (hasMissed(judge, verdict, index)) missed++;
    return missed;
  }
  for (let index = 0; index < verdict.attainments.length; index++)
    if (hasMissed(judge, verdict, index)) missed++;
  for (const { due, metOn } of judge.conditions) if (due && metOn(verdict.tally) === null) missed++;
  return missed;
}

const isHeld = ({ vetoes, deducted }: Verdict, type: OfType): boolean =>
  type === undefined ? vetoes.length > 0 || deducted.some((points) => points > 0) : (deducted[type] ?? 0) > 0;

/**
 * Where nothing counts yet there is nothing to be behind with, and while a last day lasts who lacks nothing but what ends on
 * it is not behind either. A condition or a veto is of no type.
 */
export function isOnCourse(judge: Judge, verdict: Verdict, type?: OfType): boolean {
  const { total, criteria, eligible } = verdict;
  if (type === undefined && !eligible) return false;
  const score = type === undefined ? total : (criteria[type] ?? null);
  if (score === null || score >= ON_COURSE) return true;
  return judge.view.lasts === true && !isHeld(verdict, type) && missedBy(judge, verdict, type) === 0;
}

/** The place in `COURSES` of how a unit stands; the judge must look to date. */
export function courseIn(judge: Judge, verdict: Verdict, type?: OfType): number {
  if (isOnCourse(judge, verdict, type)) return 0;
  const missed = missedBy(judge, verdict, type);
  if (missed === 0) return 1;
  return missed > FEW ? 3 : 2;
}
