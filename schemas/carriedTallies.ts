import type { Plan } from './plan.ts';
import { type Cells, FACETS, type Layout, layoutOf, type UnitTally, type Whole } from './tallies.ts';

/**
 * Tallies under another plan of the same year: what a plan tallies often holds all that another one asks, such as its own
 * draft with other weights, or the same plan without some requirements. Then nobody need ask the store again.
 */

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const tallied = ({ kind, length, forms }: Cells): unknown => [kind, length, forms ?? null];

/** For each cell of `wanted` the one of `known` that holds the same; undefined where any is not there. */
function placesIn(known: Layout, wanted: Layout): number[] | undefined {
  const places: number[] = [];
  for (const facet of FACETS)
    for (const cells of wanted.facets[facet]) {
      const same = known.facets[facet].find((other) => isSame(tallied(other), tallied(cells)));
      if (!same) return undefined;
      for (let cell = 0; cell < cells.length; cell++) places.push(known.offsets[facet] + same.start + cell);
    }
  return places;
}

/** The tallies under `plan`, given those under `known` of the same units, day and time; undefined where they do not tell. */
export function carriedTallies(
  known: Plan,
  tallies: readonly UnitTally[],
  plan: Plan,
): readonly UnitTally[] | undefined {
  // The day of a self-inspection is one of the zone; what counts decides over every cell.
  if (known.year !== plan.year || known.counts !== plan.counts || known.timezone !== plan.timezone)
    return undefined;
  const [from, to] = [layoutOf(known), layoutOf(plan)];
  if (!isSame(from.targetKinds, to.targetKinds)) return undefined;
  const places = placesIn(from, to);
  if (!places) return undefined;
  if (places.length === from.length && places.every((place, cell) => place === cell)) return tallies;
  return tallies.map((tally) => ({
    ...tally,
    cells: places.map((place): Whole => tally.cells[place] ?? 0),
  }));
}
