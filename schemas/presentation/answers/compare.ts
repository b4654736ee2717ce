import { decimalsApart, exactDifference, shownDifference, totalDecimals } from '../numbers.ts';
import { endsOf } from './extremes.ts';
import { greatest } from './rows.ts';

type Totalled = { total: number | null; totalWithoutVeto?: number | null };
/** One criterion of all units compared, in their order. */
type Scored = { scores: readonly (number | null)[] };
type Apart = { spread: number | null };

/** A score with the unit whose it is. */
export type Side<R> = { row: R; score: number };

export type Lead<R> = { highest: R[]; lowest: R[]; total: number; lead: number; decimals: number };

/** What sets units apart, found in the cards, the profile and the list of differences. */
export type CompareFact<R extends Totalled, C extends Scored, D extends Apart> =
  | { kind: 'none' }
  | { kind: 'one' }
  /** Who has no total yet, and so neither leads nor is behind. */
  | { kind: 'unranked'; units: R[] }
  | { kind: 'all-equal'; units: R[]; total: number }
  /** `lead`: between the totals as the cards show them. */
  | ({ kind: 'lead' } & Lead<R>)
  /** Whose total a veto caps, and who would lead without it; null where all would be equal. */
  | { kind: 'capped'; units: R[]; uncapped: Lead<R> | null }
  /** The criterion in which they differ most, with who scores highest and lowest in it. */
  | { kind: 'criterion'; criterion: C; highest: Side<R>[]; lowest: Side<R>[]; decimals: number }
  /** Several in which they differ as much. */
  | { kind: 'criteria'; criteria: C[]; spread: number }
  /** The requirements in which they differ most, all that share it. */
  | { kind: 'requirements'; differences: D[]; spread: number };

/** Points between the highest and the lowest; null where fewer than two are known. */
export function spreadOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value): value is number => value !== null && value !== undefined);
  if (known.length < 2) return null;
  return exactDifference(
    known.reduce((most, value) => Math.max(most, value)),
    known.reduce((least, value) => Math.min(least, value)),
  );
}

type Totals<R> = (row: R) => number | null;

function leadBy<R extends Totalled>(rows: readonly R[], totalOf: Totals<R>): Lead<R> | null {
  const ends = endsOf(rows, totalOf);
  if (!ends || ends.equal) return null;
  const { highest, lowest } = ends;
  const endOf = ([row]: readonly R[]): number => (row && totalOf(row)) ?? 0;
  const [high, low, decimals] = [endOf(highest), endOf(lowest), totalDecimals(rows)];
  return { highest, lowest, total: high, lead: shownDifference(high, low, decimals), decimals };
}

function leadFacts<R extends Totalled>(rows: readonly R[]): CompareFact<R, never, never>[] {
  const lead = leadBy(rows, ({ total }) => total);
  if (lead) return [{ kind: 'lead', ...lead }];
  const units = rows.filter(({ total }) => total !== null);
  return units.length > 1 ? [{ kind: 'all-equal', units, total: units[0]?.total ?? 0 }] : [];
}

const uncappedOf = ({ total, totalWithoutVeto }: Totalled): number | null => totalWithoutVeto ?? total;

/** A cap alone may make who is ahead, or how far: that it does is told with what would be without it. */
function cappedFacts<R extends Totalled>(rows: readonly R[]): CompareFact<R, never, never>[] {
  const known = rows.filter(({ total }) => total !== null);
  const units = known.filter((row) => row.total !== uncappedOf(row));
  return known.length > 1 && units.length > 0
    ? [{ kind: 'capped', units, uncapped: leadBy(rows, uncappedOf) }]
    : [];
}

function criterionFacts<R extends Totalled, C extends Scored>(
  rows: readonly R[],
  criteria: readonly C[],
): CompareFact<R, C, never>[] {
  const { most, found } = greatest(criteria, ({ scores }) => spreadOf(scores) ?? 0);
  const [criterion] = found;
  if (!criterion) return [];
  if (found.length > 1) return [{ kind: 'criteria', criteria: found, spread: most }];
  const sides = rows.flatMap((row, place): Side<R>[] => {
    const score = criterion.scores[place] ?? null;
    return score === null ? [] : [{ row, score }];
  });
  const ends = endsOf(sides, ({ score }) => score);
  return ends && !ends.equal
    ? [
        {
          kind: 'criterion',
          criterion,
          highest: ends.highest,
          lowest: ends.lowest,
          decimals: decimalsApart(sides.map(({ score }) => score)),
        },
      ]
    : [];
}

export function compareFacts<R extends Totalled, C extends Scored, D extends Apart>(
  rows: readonly R[],
  criteria: readonly C[],
  differences: readonly D[],
): CompareFact<R, C, D>[] {
  if (rows.length === 0) return [{ kind: 'none' }];
  if (rows.length === 1) return [{ kind: 'one' }];
  const { most, found } = greatest(differences, ({ spread }) => spread ?? 0);
  const unranked = rows.filter(({ total }) => total === null);
  return [
    ...leadFacts(rows),
    ...cappedFacts(rows),
    ...(unranked.length > 0 ? [{ kind: 'unranked' as const, units: unranked }] : []),
    ...criterionFacts(rows, criteria),
    ...(found.length > 0 ? [{ kind: 'requirements' as const, differences: found, spread: most }] : []),
  ];
}
