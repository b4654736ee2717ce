import { exactMean } from '#schemas/presentation/numbers.ts';
import type { Basis } from '#schemas/results/results.ts';
import { greatest, type Named, namedOf } from './rows.ts';

/** Better or worse than the year before: facts found in the rows that hold both years. */
export type YearFact =
  | { kind: 'nothing' }
  | { kind: 'changes'; up: number; down: number; same: number; mean: number }
  /** All that gained most, where anybody gained. */
  | { kind: 'best'; units: Named[]; points: number };

type Row = Named & { points: number | null };

export function yearFacts(rows: readonly Row[]): YearFact[] {
  const compared = rows.flatMap((row) =>
    row.points === null ? [] : [{ ...namedOf(row), points: row.points }],
  );
  const mean = exactMean(compared.map(({ points }) => points));
  if (mean === null) return [{ kind: 'nothing' }];
  const count = (sign: number) => compared.filter(({ points }) => Math.sign(points) === sign).length;
  const { most, found } = greatest(compared, ({ points }) => points);
  return [
    { kind: 'changes', up: count(1), down: count(-1), same: count(0), mean },
    ...(most > 0 ? [{ kind: 'best' as const, units: found.map(namedOf), points: most }] : []),
  ];
}

/**
 * Only the whole of a year that is over, or sealed, is an official result; what is due to date, or still runs, is a state
 * of affairs.
 */
export const isOfficial = (basis: Basis, { over, sealed }: { over: boolean; sealed: boolean }): boolean =>
  basis === 'year' && (over || sealed);
