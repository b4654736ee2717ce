import type { Day } from '#schemas/dates.ts';
import { decimalsApart, exactMean } from '#schemas/presentation/numbers.ts';
import type { Basis } from '#schemas/results/results.ts';
import { greatest, type Named, namedOf } from './rows.ts';

/** Better or worse than the year before: facts found in the rows that hold both years. */
export type YearFact =
  /** Nobody can be compared: one of the years has no total, neither has, or none of both is of the same unit. */
  | { kind: 'nothing'; lacks: 'now' | 'before' | 'both' | 'common' }
  /** What is told of differences is rounded half up from the exact ones; the rows under it have as many decimals as subtract. */
  | { kind: 'changes'; up: number; down: number; same: number; mean: number }
  /** All that gained most, where anybody gained; with as many decimals as tell it from what others gained. */
  | { kind: 'best'; units: Named[]; points: number; decimals: number }
  /** Who had not begun on one of the two days, and is left out of all that. */
  | { kind: 'unbegun'; units: (Named & { since: Day })[] }
  /** How many of the others have no total in one of the years, or in both, and are left out of it, too. */
  | { kind: 'unranked'; units: number };

type Side = { total: number | null } | null;
type Row = Named & { since: Day | null; points: number | null; now: Side; before: Side };

function lackOf(rows: readonly Row[]): 'now' | 'before' | 'both' | 'common' {
  const has = (of: 'now' | 'before') => rows.some((row) => row[of]?.total != null);
  if (has('now')) return has('before') ? 'common' : 'before';
  return has('before') ? 'now' : 'both';
}

export function yearFacts(rows: readonly Row[]): YearFact[] {
  const compared = rows.flatMap((row) =>
    row.points === null ? [] : [{ ...namedOf(row), points: row.points }],
  );
  const mean = exactMean(compared.map(({ points }) => points));
  const later = rows.flatMap((row) => (row.since === null ? [] : [{ ...namedOf(row), since: row.since }]));
  const unbegun: YearFact[] = later.length > 0 ? [{ kind: 'unbegun', units: later }] : [];
  // Where nobody is compared, all of them are named or none.
  if (mean === null)
    return [{ kind: 'nothing', lacks: lackOf(rows) }, ...(later.length === rows.length ? unbegun : [])];
  const count = (sign: number) => compared.filter(({ points }) => Math.sign(points) === sign).length;
  const { most, found } = greatest(compared, ({ points }) => points);
  const next = greatest(
    compared.filter(({ points }) => points < most),
    ({ points }) => points,
  );
  const decimals = decimalsApart([most, ...next.found.map(({ points }) => points)]);
  const without = rows.filter(({ since, points }) => since === null && points === null).length;
  return [
    { kind: 'changes', up: count(1), down: count(-1), same: count(0), mean },
    ...(most > 0 ? [{ kind: 'best' as const, units: found.map(namedOf), points: most, decimals }] : []),
    ...unbegun,
    ...(without > 0 ? [{ kind: 'unranked' as const, units: without }] : []),
  ];
}

/**
 * Only the whole of a year that is over, or sealed, is an official result; what is due to date, or still runs, is a state
 * of affairs.
 */
export const isOfficial = (basis: Basis, { over, sealed }: { over: boolean; sealed: boolean }): boolean =>
  basis === 'year' && (over || sealed);
