import { exactDifference } from '#schemas/presentation/numbers.ts';
import type { RankingRow } from '#schemas/results/results.ts';

type Place = Pick<RankingRow, 'rank' | 'total'>;

/** A unit whose rank or total is not what was sealed; null on the side where it is missing. */
export type Difference = {
  unit: string;
  name: string;
  sealed: Place | null;
  live: Place | null;
  /** Places gained since; 0 where it has none on either side. */
  places: number;
  /** Points gained since; 0 where it has no total on either side. */
  points: number;
};

const placeOf = ({ rank, total }: RankingRow): Place => ({ rank, total });

/** To the four decimals that totals have. */
const gained = (before: number | null | undefined, after: number | null | undefined): number =>
  before == null || after == null ? 0 : exactDifference(after, before);

/** Whether it differs by more than its place, which others may have moved. */
export const isItsOwn = ({ sealed, live, points }: Difference): boolean => !sealed || !live || points !== 0;

/** What has changed since the seal: units with another total first, then most places, then in the order of the seal. */
export function differencesOf(sealed: readonly RankingRow[], live: readonly RankingRow[]): Difference[] {
  const now = new Map(live.map((row) => [row.unit, row]));
  const then = new Set(sealed.map(({ unit }) => unit));
  const kept = sealed.map((row) => ({ before: row, after: now.get(row.unit) }));
  const joined = live.filter(({ unit }) => !then.has(unit)).map((row) => ({ before: undefined, after: row }));
  return [...kept, ...joined]
    .flatMap(({ before, after }): Difference[] => {
      const either = before ?? after;
      if (!either || (before && after && before.rank === after.rank && before.total === after.total))
        return [];
      const places = before?.rank && after?.rank ? before.rank - after.rank : 0;
      return [
        {
          unit: either.unit,
          name: either.name,
          sealed: before ? placeOf(before) : null,
          live: after ? placeOf(after) : null,
          places,
          points: gained(before?.total, after?.total),
        },
      ];
    })
    .sort((a, b) => Number(isItsOwn(b)) - Number(isItsOwn(a)) || Math.abs(b.places) - Math.abs(a.places));
}
