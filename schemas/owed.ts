import type { Day } from './dates.ts';
import { type Plan, SELF_INSPECTION } from './plan.ts';
import type { ConditionRow, RequirementRow, Standing, WindowRow } from './results/results.ts';
import { dayOfYear } from './windows.ts';

/** What a unit owes (我们还欠什么): every window that is not met, with what it is worth in points of the whole year. */

/** A window of a requirement that is not met. */
export type OwedWindow = {
  of: 'requirement';
  row: RequirementRow;
  window: WindowRow;
  due: Day;
  /** Points of the year's total that closing this window alone brings; null where the requirement is not counted. */
  worth: number | null;
};
/** A condition for commendation that is not met: it brings no points, but bars. */
export type OwedCondition = { of: 'condition'; row: ConditionRow; kind: string; due: Day; from: Day };
export type Owed = OwedWindow | OwedCondition;

export type OwedList = {
  /** What can still be done, by the day it is due; of one day what is worth most first. */
  open: Owed[];
  /** Windows that have not begun, and of open requirements the periods to come. */
  ahead: OwedWindow[];
  /** What is over, by points lost; done in time and not reported, it still can be. */
  missed: Owed[];
};

const RANK_FACTOR = 10_000;
const rounded = (points: number): number => Math.round(points * RANK_FACTOR) / RANK_FACTOR;

/** How much of a window is missing, 0 to 1. */
const missingOf = ({ actual, required }: WindowRow): number =>
  required > 0 ? Math.max(0, 1 - actual / required) : 0;

/**
 * What each window of a requirement that is not met is worth: its loss, shared out by what the windows lack. A
 * requirement's attainment is the mean over its windows, so that each brings what it lacks.
 */
export function worthOf(row: RequirementRow, window: WindowRow): number | null {
  if (row.lost === null) return null;
  const lacking = row.windows.reduce((sum, one) => sum + missingOf(one), 0);
  return lacking > 0 ? rounded((row.lost * missingOf(window)) / lacking) : row.lost;
}

const windowsOf = (row: RequirementRow): OwedWindow[] =>
  row.windows
    .filter(({ status }) => status !== 'met')
    .map((window) => ({ of: 'requirement', row, window, due: window.to, worth: worthOf(row, window) }));

/** Points first; conditions, which bring none, stand before requirements of the day that are worth nothing. */
const weightOf = (item: Owed): number => (item.of === 'condition' ? 0.000_01 : (item.worth ?? 0));

const byDue = (a: Owed, b: Owed): number => {
  if (a.due !== b.due) return a.due < b.due ? -1 : 1;
  return weightOf(b) - weightOf(a);
};

/** What has not begun, as it begins. */
const byBegin = (a: OwedWindow, b: OwedWindow): number => {
  if (a.window.from !== b.window.from) return a.window.from < b.window.from ? -1 : 1;
  return byDue(a, b);
};

/** `standing` is that of the whole year: to date a window counts only once it is over. */
export function owedOf({ requirements, conditions }: Standing, plan: Plan): OwedList {
  const windows = requirements.flatMap(windowsOf);
  const kinds = new Map(plan.conditions.map(({ id, kind }) => [id, kind]));
  const unmet = conditions
    .filter(({ status }) => status !== 'met')
    .map(
      (row): OwedCondition => ({
        of: 'condition',
        row,
        kind: kinds.get(row.id) ?? '',
        due: row.by,
        from: dayOfYear(plan.year, '01-01'),
      }),
    );
  const isOpen = ({ status }: { status: string }) => status === 'open';
  return {
    open: [...windows.filter(({ window }) => isOpen(window)), ...unmet.filter(({ row }) => isOpen(row))].sort(
      byDue,
    ),
    ahead: windows.filter(({ window }) => window.status === 'future').sort(byBegin),
    missed: [
      ...windows.filter(({ window }) => window.status === 'missed'),
      ...unmet.filter(({ row }) => row.status === 'missed'),
    ].sort((a, b) => weightOf(b) - weightOf(a) || byDue(a, b)),
  };
}

/** The self-inspection is no report of an activity: it has a page of its own. */
export const isSelfInspection = (item: Owed): boolean =>
  item.of === 'condition' && item.kind === SELF_INSPECTION;
