import type { ActivityRow } from '#schemas/results/results.ts';

/** How an activity stands: a unit reports; what the department entered itself is on record and nobody reported it. */
export const stateOf = ({
  state,
  recordedBy,
}: Pick<ActivityRow, 'state' | 'recordedBy'>): ActivityRow['state'] | 'recorded' =>
  state === 'reported' && recordedBy === 'organisation' ? 'recorded' : state;
