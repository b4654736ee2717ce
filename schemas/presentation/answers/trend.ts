import type { Day } from '#schemas/dates.ts';
import type { Trend } from '#schemas/results/trend.ts';

/** What a reader of a trend must know beside its line. */
export type TrendFact =
  /** How many units are ranked is not the same all along: each number, and the first day that has it. */
  { kind: 'of'; runs: { on: Day; of: number }[] };

export function trendFacts({ points }: Pick<Trend, 'points'>): TrendFact[] {
  // Days on which nobody is ranked yet say nothing about who takes part.
  const known = points.filter(({ of }) => of > 0);
  const runs = known.filter(({ of }, index) => of !== known[index - 1]?.of).map(({ on, of }) => ({ on, of }));
  return runs.length > 1 ? [{ kind: 'of', runs }] : [];
}
