import type { Day } from '#schemas/dates.ts';
import type { Obligation } from '#schemas/results/agenda.ts';

type Due = Pick<Obligation, 'due' | 'owing'>;

/** What is due on one day and still owed by somebody. */
export type Batch<T> = { due: Day; items: T[] };

/** What somebody still owes, by the day it is due, the nearest first: a day may hold many. */
export function batchesOf<T extends Due>(obligations: readonly T[]): Batch<T>[] {
  const days = new Map<Day, T[]>();
  for (const item of obligations) {
    if (item.owing === 0) continue;
    days.set(item.due, [...(days.get(item.due) ?? []), item]);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([due, items]) => ({ due, items }));
}
