import type { ListedActivity } from '#api/queries/activities.ts';
import { countsState } from '#schemas/countsState.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Report } from '#schemas/retally.ts';
import { bodyOf } from './activityBody.ts';

/** An activity as tallies see it: what it says, and whether it counts and stands under the plan. */
export const countedReport =
  (plan: Plan) =>
  (row: ListedActivity): Report => ({
    body: bodyOf(row),
    counts: countsState(plan, row.state),
    stands: (row.state === 'reported' || row.state === 'verified') && !row.waived,
  });
