import type { Obligation } from '#schemas/results/agenda.ts';
import { type Batch, batchesOf } from './deadlines.ts';

type Told = Pick<Obligation, 'due' | 'owing' | 'over'>;

/** What is due when, found in the obligations of a year: of the zone, a group, or one unit. */
export type CalendarFact<T extends Told> =
  /** Nobody is asked for anything: a plan without obligations, or no units. */
  | { kind: 'nothing-asked' }
  /** All days are over: how many obligations somebody missed. */
  | { kind: 'past'; missed: number }
  | { kind: 'all-done' }
  /** What is still to come and owed: how much, and all of it that is due on the nearest day. */
  | { kind: 'due'; obligations: number; first: Batch<T> }
  /** The next day after that one, and how much is due then. */
  | { kind: 'next-batch'; due: string; obligations: number };

export function calendarFacts<T extends Told>(obligations: readonly T[]): CalendarFact<T>[] {
  if (obligations.length === 0) return [{ kind: 'nothing-asked' }];
  const ahead = obligations.filter(({ over }) => !over);
  if (ahead.length === 0)
    return [{ kind: 'past', missed: obligations.filter(({ owing }) => owing > 0).length }];
  const batches = batchesOf(ahead);
  const [first, next] = batches;
  if (!first) return [{ kind: 'all-done' }];
  return [
    { kind: 'due', obligations: batches.reduce((sum, { items }) => sum + items.length, 0), first },
    ...(next ? [{ kind: 'next-batch' as const, due: next.due, obligations: next.items.length }] : []),
  ];
}
