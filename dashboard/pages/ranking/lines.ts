import { type GroupMedian, groupMedians } from '#schemas/presentation/answers/groupMedians.ts';
import { isFull, type Row } from '#schemas/presentation/answers/rows.ts';

/** Begins the rows of a group, with what its middle is. */
export type GroupHead = { head: GroupMedian; shown: number };

/** What stands in a line of the ranking. */
export type Line = Row | GroupHead;

export const isHead = (line: Line): line is GroupHead => 'head' in line;

/** Rows in the order that they have, group by group, each begun by its middle: that of all its units, however few are shown. */
export function linesByGroup(
  rows: readonly Row[],
  among: readonly Row[],
  criteria: readonly string[],
): Line[] {
  const members = new Map<string, Row[]>();
  for (const row of rows) {
    if (!isFull(row)) continue;
    const known = members.get(row.group);
    if (known) known.push(row);
    else members.set(row.group, [row]);
  }
  return groupMedians(among.filter(isFull), criteria).flatMap((head): Line[] => {
    const own = members.get(head.group) ?? [];
    return own.length === 0 ? [] : [{ head, shown: own.length }, ...own];
  });
}
