import type { Cut } from '#schemas/cut.ts';
import type { RankingRow } from '#schemas/results/results.ts';

/** What a document asks for next, found in what it shows before: the misses, the incidents, the pairs. */
export type NextFact<M> =
  /** What is missed by the greatest share of units. */
  | { kind: 'close-gaps'; misses: Cut<M> }
  /** Nothing is missed, and something can still be done. */
  | { kind: 'keep-up' }
  /** Nothing is missed, and the year is over. */
  | { kind: 'kept' }
  | { kind: 'find-causes' }
  | { kind: 'learn' };

export function nextFacts<M>({
  misses,
  rows,
  pairs,
  over,
  open,
}: {
  misses: Cut<M>;
  rows: readonly Pick<RankingRow, 'vetoes' | 'deductions'>[];
  /** Pairs that the document shows. */
  pairs: number;
  /** Whether all days of the year lie behind the day that is looked from. */
  over: boolean;
  /** Whether some lack what ends today: on the last day of the year not everything is done yet. */
  open: boolean;
}): NextFact<M>[] {
  const isHit = rows.some(({ vetoes, deductions }) => vetoes.length + deductions.length > 0);
  return [
    misses.shown.length > 0 ? { kind: 'close-gaps', misses } : { kind: over && !open ? 'kept' : 'keep-up' },
    ...(isHit ? [{ kind: 'find-causes' as const }] : []),
    ...(pairs > 0 ? [{ kind: 'learn' as const }] : []),
  ];
}
