import type { RankingRow } from '../../results/results.ts';
import { type Named, namedOf } from './rows.ts';

/** A unit's place under the plan's weights, and under those of each trial, in the order of the trials. */
export type BesideRow = Named & { planned: number | null; ranks: (number | null)[] };

export type Beside = {
  places: number;
  /** Who is within the first places at least once, in the order of the plan's ranking. */
  rows: BesideRow[];
  /** Who is within them under the plan's weights and under every trial. */
  always: Named[];
};

/** As many leaders as are usually commended. */
const LEADERS = 5;

const within = (rank: number | null, places: number): boolean => rank !== null && rank <= places;

/** Rankings of the same units under several weights, side by side. */
export function trialsBeside(
  planned: readonly RankingRow[],
  trials: readonly (readonly RankingRow[])[],
  places = LEADERS,
): Beside {
  const ranks = trials.map((rows) => new Map(rows.map(({ unit, rank }) => [unit, rank])));
  const rows = planned
    .map((row) => ({
      ...namedOf(row),
      planned: row.rank,
      ranks: ranks.map((of) => of.get(row.unit) ?? null),
    }))
    .filter((row) => [row.planned, ...row.ranks].some((rank) => within(rank, places)));
  const always = rows.filter((row) => [row.planned, ...row.ranks].every((rank) => within(rank, places)));
  return { places, rows, always: always.map(namedOf) };
}
