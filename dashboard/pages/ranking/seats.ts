/** A row with the elements that show it: `seat` names them. */
export type Seated<Row> = Row & { seat: string };
type Named = { key: string; kind: string };

/**
 * Which elements show which row. A row that stays keeps its own; one that comes into sight takes over those of one that has
 * gone, in their order, so that the fewest elements move: to change a few texts is much less work than to make a row anew. What has the focus is never taken
 * over: its keys mean the row that it was.
 */
export function seated<Row extends Named>(
  rows: readonly Row[],
  before: readonly Seated<Named>[],
  held: string | null,
): Seated<Row>[] {
  const seatOf = new Map(before.map(({ key, seat }) => [key, seat]));
  const here = new Set(rows.map(({ key }) => key));
  const free = new Map<string, string[]>();
  // The last first, since they are taken from the end.
  for (const { key, kind, seat } of before.toReversed()) {
    if (here.has(key) || key === held) continue;
    const seats = free.get(kind) ?? [];
    seats.push(seat);
    free.set(kind, seats);
  }
  const taken = new Set(before.map(({ seat }) => seat));
  let next = 0;
  function another(kind: string): string {
    for (;;) {
      const seat = `${kind} ${next++}`;
      if (!taken.has(seat)) return seat;
    }
  }
  return rows.map((row) => ({
    ...row,
    seat: seatOf.get(row.key) ?? free.get(row.kind)?.pop() ?? another(row.kind),
  }));
}
