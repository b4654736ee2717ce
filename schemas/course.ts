import { MILLION } from './exact.ts';
import type { Judge, Verdict } from './scoring.ts';

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

/** How many requirements and conditions that are due a unit has missed; the judge must look to date. */
export function missedBy(judge: Judge, { tally, attainments }: Verdict, type?: OfType): number {
  let missed = 0;
  const short = (index: number): boolean => {
    const attainment = attainments[index];
    return attainment != null && attainment < MILLION;
  };
  if (type !== undefined) {
    for (const index of judge.criteria[type]?.requirements ?? []) if (short(index)) missed++;
    return missed;
  }
  for (let index = 0; index < attainments.length; index++) if (short(index)) missed++;
  for (const { due, metOn } of judge.conditions) if (due && metOn(tally) === null) missed++;
  return missed;
}

/** Where nothing counts yet there is nothing to be behind with. A condition or a veto is of no type. */
export function isOnCourse({ total, criteria, eligible }: Verdict, type?: OfType): boolean {
  const score = type === undefined ? total : (criteria[type] ?? null);
  return (type !== undefined || eligible) && (score === null || score >= ON_COURSE);
}

/** The place in `COURSES` of how a unit stands; the judge must look to date. */
export function courseIn(judge: Judge, verdict: Verdict, type?: OfType): number {
  if (isOnCourse(verdict, type)) return 0;
  const missed = missedBy(judge, verdict, type);
  if (missed === 0) return 1;
  return missed > FEW ? 3 : 2;
}
