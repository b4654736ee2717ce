import { exactDifference, roundedTo } from '../numbers.ts';
import type { Row } from './rows.ts';

/** By how many points a neighbour stands away, and in which place it is. */
export type Step = { points: number; place: number };

/** How far a row is from the next better total and from the next lower one, and how many others have its own. */
export type Distance = { behind: Step | null; ahead: Step | null; level: number };

/**
 * The distance of each row to its neighbours, told from the totals as they are shown: what stands in the rows can be
 * subtracted by whoever reads it. Rows whose total is not told have none, and nobody has them for a neighbour.
 */
export function distancesOf(
  rows: readonly Row[],
  decimals: number,
  placeOf: (row: Row) => number | null = ({ rank }) => rank,
): Map<Row, Distance> {
  type Shelf = { total: number; place: number; rows: Row[] };
  const shelves = new Map<number, Shelf>();
  for (const row of rows) {
    const place = placeOf(row);
    if (row.total === null || place === null) continue;
    const total = roundedTo(row.total, decimals);
    const shelf = shelves.get(total) ?? { total, place, rows: [] };
    shelf.rows.push(row);
    shelf.place = Math.min(shelf.place, place);
    shelves.set(total, shelf);
  }
  const ladder = [...shelves.values()].sort((a, b) => b.total - a.total);
  const distances = new Map<Row, Distance>();
  for (const [at, { total, rows: own }] of ladder.entries()) {
    const [above, below] = [ladder[at - 1], ladder[at + 1]];
    const distance = {
      behind: above ? { points: exactDifference(above.total, total), place: above.place } : null,
      ahead: below ? { points: exactDifference(total, below.total), place: below.place } : null,
      level: own.length - 1,
    };
    for (const row of own) distances.set(row, distance);
  }
  return distances;
}
