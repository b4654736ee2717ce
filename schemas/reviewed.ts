import type { ReviewScope } from './access.ts';
import type { Plan } from './plan.ts';

/** The kinds that a reviewer decides on under a plan: of their criteria all that score or deduct, and single ones. */
export const kindsReviewed = (
  scope: ReviewScope,
  { requirements, deductions }: Pick<Plan, 'requirements' | 'deductions'>,
): ReadonlySet<string> =>
  new Set([
    ...scope.kinds,
    ...[...requirements, ...deductions]
      .filter(({ criterion }) => scope.criteria.includes(criterion))
      .map(({ kind }) => kind),
  ]);
