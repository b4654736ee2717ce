import type { Obligation } from '#schemas/results/agenda.ts';
import type { Overview, ZoneMiss } from '#schemas/results/overview.ts';
import { type Batch, batchesOf } from './deadlines.ts';
import { greatest, type Named, namedOf } from './rows.ts';

/** How the zone is doing, found in the overview's own lists. */
export type OverviewFact =
  /** Nothing has fallen due in the year so far: nobody can be ahead or behind. */
  | { kind: 'nothing-due'; units: number }
  | { kind: 'all-on-course'; units: number }
  /** Everybody is in one of the classes: they add up to all units. */
  | { kind: 'course'; units: number; onCourse: number; held: number; few: number; many: number }
  /** How much is due within the days looked ahead, how much of it all have done, and what of the rest is due first. */
  | { kind: 'due'; obligations: number; done: number; first: Batch<Obligation> }
  /** The next day after those, and how much is due then; `soon` tells whether something is due before. */
  | { kind: 'next-batch'; due: string; obligations: number; soon: boolean }
  /** What the greatest share of units misses; several where they share it. */
  | { kind: 'missed'; misses: ZoneMiss[] }
  | { kind: 'vetoed'; units: Named[] };

/** Whether somebody owes what ends today: the list begins with today while today lasts. */
export const owesToday = ({ dueSoon, on }: Pick<Overview, 'dueSoon' | 'on'>): boolean =>
  dueSoon.some(({ due, owing }) => due === on && owing > 0);

type Told = Pick<Overview, 'course' | 'dueSoon' | 'dueNext' | 'misses' | 'vetoed'>;

function courseFact({ units, onCourse, held, few, many, due }: Told['course']): OverviewFact {
  if (due === 0) return { kind: 'nothing-due', units };
  return onCourse === units
    ? { kind: 'all-on-course', units }
    : { kind: 'course', units, onCourse, held, few, many };
}

function dueFacts({ dueSoon, dueNext }: Told): OverviewFact[] {
  const batches = batchesOf(dueSoon);
  const [first] = batches;
  const obligations = dueSoon.length;
  const done = obligations - batches.reduce((sum, { items }) => sum + items.length, 0);
  return [
    ...(first ? [{ kind: 'due' as const, obligations, done, first }] : []),
    ...(dueNext ? [{ kind: 'next-batch' as const, ...dueNext, soon: first !== undefined }] : []),
  ];
}

export function overviewFacts(overview: Told): OverviewFact[] {
  const { course, misses, vetoed } = overview;
  // A share of units, and among equals the mean: what the table is ordered by.
  const { found } = greatest(misses, ({ short, counted }) => short / counted);
  return [
    courseFact(course),
    ...dueFacts(overview),
    ...(found.length > 0 ? [{ kind: 'missed' as const, misses: found }] : []),
    ...(vetoed.length > 0 ? [{ kind: 'vetoed' as const, units: vetoed.map(namedOf) }] : []),
  ];
}
