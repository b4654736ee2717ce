import type { BesideRow } from '../answers/trials.ts';
import { count, type Description, text } from '../table.ts';

/** Places under the plan's weights and under those of trials, a column each. */
export const trialsTable = (
  title: string,
  { name, planned, trials }: { name: string; planned: string; trials: readonly string[] },
): Description<BesideRow> => ({
  id: 'trials',
  title,
  columns: [
    text('name', name, (row) => row.name),
    count('rank:plan', planned, (row) => row.planned),
    ...trials.map((trial, at) => count<BesideRow>(`rank:${at}`, trial, ({ ranks }) => ranks[at] ?? null)),
  ],
});
