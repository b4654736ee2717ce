/** Sums of the last decimals of a double are no difference. */
const SAME = 1e-9;

/** What stands highest and what lowest by a figure, all that share it; where all are equal, that they are. */
export type Ends<T> = { equal: true; all: T[] } | { equal: false; highest: T[]; lowest: T[] };

/** undefined where there is nothing. Items without the figure are left out. */
export function endsOf<T>(items: readonly T[], figureOf: (item: T) => number | null): Ends<T> | undefined {
  const known = items.flatMap((item) => {
    const figure = figureOf(item);
    return figure === null ? [] : [{ item, figure }];
  });
  if (known.length === 0) return undefined;
  const high = known.reduce((most, { figure }) => Math.max(most, figure), Number.NEGATIVE_INFINITY);
  const low = known.reduce((least, { figure }) => Math.min(least, figure), Number.POSITIVE_INFINITY);
  const at = (end: number): T[] =>
    known.flatMap(({ item, figure }) => (Math.abs(figure - end) <= SAME ? [item] : []));
  return high - low <= SAME
    ? { equal: true, all: known.map(({ item }) => item) }
    : { equal: false, highest: at(high), lowest: at(low) };
}
