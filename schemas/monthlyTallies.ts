import { dayNumber } from './dates.ts';
import { add } from './exact.ts';
import { type Cells, FACETS, type Facet, type Layout, type Whole } from './tallies.ts';

/**
 * Monthly tallies: what each month adds to a unit's cells. From them follow its cells at the end of every month, each by
 * adding one month to those of the month before, so that a year of history takes one scan of the store.
 *
 * A cell of the layout has twelve in a row here, one a month; the cells of one window share the twelve of their kind. Two
 * facets differ: `members` has in each month those who come for the first time, and `firsts` its one day.
 */

export const MONTHS = 12;

/** Facets whose cells don't grow from month to month. */
export const isOnce = (facet: Facet): boolean => facet === 'firsts';

/** How many monthly cells belong to a kind's cells of the layout. */
export const monthlyCells = (facet: Facet, { forms }: Cells): number =>
  isOnce(facet) ? 1 : (forms?.length ?? 1) * MONTHS;

/** A cell of the layout, by the months that add to it: those from `from` to `to`, at `at` + month. */
type Fold = { at: number; from: number; to: number; once: boolean };

function foldsOf({ facets }: Layout): Fold[] {
  const folds: Fold[] = [];
  let at = 0;
  for (const facet of FACETS)
    for (const cells of facets[facet]) {
      const windows = cells.forms || isOnce(facet) ? 1 : cells.length;
      const months = MONTHS / windows;
      for (let cell = 0; cell < cells.length; cell++) {
        const window = cells.forms ? 0 : cell;
        folds.push({
          at: cells.forms ? at + cell * MONTHS : at,
          from: window * months,
          to: (window + 1) * months - 1,
          once: isOnce(facet),
        });
      }
      at += monthlyCells(facet, cells);
    }
  return folds;
}

/** Cells at the end of each of the first `months` months of the year, given what each month adds. */
export type Folding = (monthly: readonly Whole[]) => Whole[][];

/** How the monthly cells of a layout become its cells at the ends of the months of `year`: the first `months` of them. */
export function foldingOf(layout: Layout, year: number, months: number): Folding {
  const folds = foldsOf(layout);
  const ends = Array.from({ length: months }, (_, month) =>
    dayNumber(new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10)),
  );
  return (monthly) => {
    let cells: Whole[] = folds.map(() => 0);
    return ends.map((end, month) => {
      cells = cells.map((before, index) => {
        const { at, from, to, once } = folds[index] as Fold;
        if (once) {
          const first = monthly[at] ?? 0;
          return first <= end ? first : 0;
        }
        return month < from || month > to ? before : add(before, monthly[at + month] ?? 0);
      });
      return cells;
    });
  };
}
