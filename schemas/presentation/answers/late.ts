import type { Day } from '#schemas/dates.ts';
import type { ConditionRow, RequirementRow, Standing } from '#schemas/results/results.ts';

/**
 * What a unit is late with (没按期做到): requirements that are counted, not met in full, and too late in part or whole, and
 * conditions that were missed. One count, conditions included, wherever it is told; the overview counts the same from the
 * verdicts.
 */
export type Late = { requirements: RequirementRow[]; conditions: ConditionRow[]; all: number };

export function lateOf({ requirements, conditions }: Pick<Standing, 'requirements' | 'conditions'>): Late {
  const short = requirements.filter(
    ({ attainment, windows }) =>
      attainment !== null && attainment < 1 && windows.some(({ status }) => status === 'missed'),
  );
  const missed = conditions.filter(({ status }) => status === 'missed');
  return { requirements: short, conditions: missed, all: short.length + missed.length };
}

type Named = Pick<RequirementRow | ConditionRow, 'id' | 'name'>;

/** What a unit can still do that is due next: the day, and everything that is due then. */
export function dueNext({
  requirements,
  conditions,
}: Pick<Standing, 'requirements' | 'conditions'>): { due: Day; items: Named[] } | null {
  const open = [
    // A requirement met so far may still have a window to come: what the list of things to do holds, not the gaps.
    ...requirements.flatMap((row) => {
      const window = row.windows.find(({ status }) => status === 'open' || status === 'future');
      return window ? [{ due: window.to, item: row as Named }] : [];
    }),
    ...conditions.flatMap((row) => (row.status === 'open' ? [{ due: row.by, item: row as Named }] : [])),
  ];
  const due = open.reduce<Day | null>(
    (first, one) => (first === null || one.due < first ? one.due : first),
    null,
  );
  return due === null ? null : { due, items: open.flatMap((one) => (one.due === due ? [one.item] : [])) };
}
