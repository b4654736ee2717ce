import { type Column, type Table, tableAt } from '#schemas/presentation/table.ts';
import { activityTable as described, kindNames } from '#schemas/presentation/tables/zone.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { halves } from '../fold.ts';
import type { Frame } from '../frame.ts';

/** A longer name of a kind wraps. */
const [NARROWEST_KIND, WIDEST_KIND] = [22, 62];

export function activityDescription(frame: Frame) {
  const kinds = kindNames(frame, frame.plan);
  const longest = Math.max(NARROWEST_KIND, ...[...kinds.values()].map(halves));
  const units = new Map(frame.rows.map((row) => [row.unit, row.name]));
  return described(frame, { units, kinds }, Math.min(longest, WIDEST_KIND));
}

/** The head of the activities' table; its rows are made one by one, for there may be hundreds of thousands. */
export const activityTable = (frame: Frame): Table => tableAt(activityDescription(frame), [], 'sheet');

/** One activity as a row of that table. */
export const activityCells = ({ columns }: { columns: readonly Column<ActivityRow>[] }, row: ActivityRow) =>
  columns.map(({ of }) => of(row));
