import { greatest } from './rows.ts';

type Told = { short: number; counted: number };

/** What is missed everywhere, found in the requirements as they stand in the table. */
export type GapFact<M extends Told> =
  /** Nothing has fallen due or been done: no requirement counts for anybody. */
  | { kind: 'nothing-due' }
  | { kind: 'all-met' }
  /** What the greatest share of units misses; several where they share it. */
  | { kind: 'most'; misses: M[] }
  /** What the next greatest share misses, all of it. */
  | { kind: 'next'; misses: M[] };

export function gapFacts<M extends Told>(requirements: readonly M[]): GapFact<M>[] {
  const counted = requirements.filter((miss) => miss.counted > 0);
  if (counted.length === 0) return [{ kind: 'nothing-due' }];
  const shareOf = (miss: M): number => miss.short / miss.counted;
  const { most, found } = greatest(counted, shareOf);
  if (found.length === 0) return [{ kind: 'all-met' }];
  const next = greatest(
    counted.filter((miss) => shareOf(miss) < most),
    shareOf,
  ).found;
  return [
    { kind: 'most', misses: found },
    ...(next.length > 0 ? [{ kind: 'next' as const, misses: next }] : []),
  ];
}
