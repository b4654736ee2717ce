import { isOnce, MONTHS, monthlyCells } from '#schemas/monthlyTallies.ts';
import { type Cells, FACETS, type Facet, type Layout } from '#schemas/tallies.ts';

/**
 * Accumulators: what the cells of a layout are tallied in. One aggregate function can serve many facets, as long as a
 * row adds to one cell of it at most, that is, as long as no kind comes twice. So facets share accumulators wherever
 * their kinds differ, which halves the work: most plans need an accumulator of counts and two of sums.
 */
export type Family = 'count' | 'sum' | 'members' | 'first';

/**
 * One kind's cells within an accumulator, from `start` on: a row's month falls into one of `windows` equal parts of the
 * year (0: the year is not divided), and a listed form is `step` cells behind the one before it.
 */
type Entry = { kind: string; facet: Facet; start: number; windows: number; step: number };
export type Accumulator = { name: string; family: Family; entries: Entry[]; size: number };

/** Cells that follow each other in the layout and in an accumulator: `length` of them, from the accumulator's `at` on. */
export type Run = { accumulator: number; at: number; length: number };

const FAMILY = {
  counts: 'count',
  ledCounts: 'count',
  sums: 'sum',
  forms: 'count',
  members: 'members',
  reports: 'count',
  dones: 'sum',
  dues: 'sum',
  scored: 'count',
  scores: 'sum',
  firsts: 'first',
  incidents: 'count',
} as const satisfies Record<Facet, Family>;

/** The facets that sum up what a column says. */
export type SumFacet = { [F in Facet]: (typeof FAMILY)[F] extends 'sum' ? F : never }[Facet];

/** What a row must have in its `fitness` (migration 0002) to count in a facet, beside standing where the plan counts it. */
export const FITNESS: Record<Facet, number> = {
  counts: 0,
  forms: 0,
  firsts: 0,
  ledCounts: 4,
  reports: 8,
  dones: 8,
  dues: 8,
  scored: 16,
  scores: 16,
  sums: 32,
  members: 64,
  incidents: 128,
};

/** How fine the year is tallied: in the windows that the plan asks for, or each cell apart for every month. */
export type Fineness = 'windows' | 'months';

/** How many cells of an accumulator a kind's cells of the layout take. */
const cellsTaken = (facet: Facet, cells: Cells, fineness: Fineness): number =>
  fineness === 'months' ? monthlyCells(facet, cells) : cells.length;

const divided = (facet: Facet, { forms, length }: Cells, fineness: Fineness): number => {
  if (isOnce(facet)) return 0;
  if (fineness === 'months') return MONTHS;
  return forms || length === 1 ? 0 : length;
};

/** The accumulators, and the runs that make up the cells in the order of the layout. */
export function accumulatorsOf(
  layout: Layout,
  fineness: Fineness = 'windows',
): { accumulators: Accumulator[]; runs: Run[] } {
  const accumulators: Accumulator[] = [];
  const runs: Run[] = [];
  for (const facet of FACETS) {
    for (const cells of layout.facets[facet]) {
      const { kind, forms } = cells;
      const length = cellsTaken(facet, cells, fineness);
      const accumulator = accumulatorFor(accumulators, FAMILY[facet], kind);
      accumulator.entries.push({
        kind,
        facet,
        start: accumulator.size,
        windows: divided(facet, cells, fineness),
        step: forms ? length / forms.length : 0,
      });
      extend(runs, { accumulator: accumulators.indexOf(accumulator), at: accumulator.size, length });
      accumulator.size += length;
    }
  }
  return { accumulators, runs };
}

function extend(runs: Run[], next: Run): void {
  const last = runs.at(-1);
  if (last && last.accumulator === next.accumulator && last.at + last.length === next.at)
    last.length += next.length;
  else runs.push(next);
}

/** The first accumulator of the family that does not have the kind yet. */
function accumulatorFor(accumulators: Accumulator[], family: Family, kind: string): Accumulator {
  const free = accumulators.find(
    (accumulator) =>
      accumulator.family === family && accumulator.entries.every((entry) => entry.kind !== kind),
  );
  if (free) return free;
  const accumulator: Accumulator = {
    name: `accumulator${accumulators.length}`,
    family,
    entries: [],
    size: 0,
  };
  accumulators.push(accumulator);
  return accumulator;
}
