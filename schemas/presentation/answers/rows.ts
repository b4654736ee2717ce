import type { HiddenRow, RankingRow } from '#schemas/results/results.ts';

/**
 * Answers are made of facts: kinds, names and numbers, found in the very rows that stand under the sentence. Screen
 * and documents word the same facts, each in its own way. A fact says nothing that the rows do not show.
 */

/** The facts of some kinds, for tables of sentences by kind. */
export type FactOf<F extends { kind: string }, K extends F['kind']> = F extends unknown
  ? K extends F['kind']
    ? F & { kind: K }
    : never
  : never;

/** A row in full, or what a unit sees of another. */
export type Row = RankingRow | HiddenRow;

export const isFull = (row: Row): row is RankingRow => 'unit' in row;

/** Who is spoken of: the id opens a page, the name stands in the sentence. */
export type Named = Pick<RankingRow, 'unit' | 'name'>;

export const namedOf = ({ unit, name }: Named): Named => ({ unit, name });

/** A row that has a place. */
export type Placed = RankingRow & { rank: number; groupRank: number; total: number };

export const isPlaced = (row: RankingRow): row is Placed =>
  row.rank !== null && row.groupRank !== null && row.total !== null;

/** Units whose bands overlap cannot be told apart for certain. */
export const overlaps = (a: Pick<RankingRow, 'band'>, b: Pick<RankingRow, 'band'>): boolean =>
  a.band !== null && b.band !== null && a.band[0] <= b.band[1] && b.band[0] <= a.band[1];

/** What is greatest by a measure, all of it where several share that; nothing where none is above 0. */
export function greatest<T>(items: readonly T[], measure: (item: T) => number): { most: number; found: T[] } {
  let most = 0;
  let found: T[] = [];
  for (const item of items) {
    const value = measure(item);
    if (value <= 0 || value < most) continue;
    if (value > most) found = [];
    most = value;
    found.push(item);
  }
  return { most, found };
}
