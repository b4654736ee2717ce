import type { Plan } from './plan.ts';
import type { ActivityStateName } from './results/results.ts';

/** Whether a state counts in measures. */
export const countsState = ({ counts }: Pick<Plan, 'counts'>, state: ActivityStateName): boolean =>
  state === 'verified' || (state === 'reported' && counts === 'reported');
