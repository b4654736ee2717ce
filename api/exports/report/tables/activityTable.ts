import { type Column, type Table, tableAt } from '#schemas/presentation/table.ts';
import { activityTable as described, kindNames } from '#schemas/presentation/tables/zone.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { halves } from '../fold.ts';
import type { Frame } from '../frame.ts';

/** A longer name of a kind wraps. */
const [NARROWEST_KIND, WIDEST_KIND] = [22, 62];

/** `units`: their names. */
export function activityDescription(frame: Frame, units: ReadonlyMap<string, string>) {
  const kinds = kindNames(frame, frame.plan);
  const longest = Math.max(NARROWEST_KIND, ...[...kinds.values()].map(halves));
  return described(frame, { units, kinds }, Math.min(longest, WIDEST_KIND));
}

/** The head of the activities' table; its rows are made one by one, for there may be hundreds of thousands. */
export const activityTable = (frame: Frame): Table =>
  tableAt(activityDescription(frame, new Map()), [], 'sheet');

/** One activity as a row of that table. */
export const activityCells = ({ columns }: { columns: readonly Column<ActivityRow>[] }, row: ActivityRow) =>
  columns.map(({ of }) => of(row));
