import type { Projected } from '#ingest/project/project.ts';

/** What a projection made, as plain values that can be compared. */
export const comparable = ({ changes, ...rest }: Projected): object => ({
  ...rest,
  changes: Object.fromEntries(Object.entries(changes).map(([table, rows]) => [table, [...rows]])),
});
