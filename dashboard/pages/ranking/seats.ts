/** A row with the elements that show it: `seat` names them. */
export type Seated<Row> = Row & { seat: string };
type Named = { key: string; kind: string };

/**
 * Which elements show which row. A row that stays keeps its own; one that comes into sight takes over those of one that has
 * gone, in their order, so that the fewest elements move: to change a few texts is much less work than to make a row anew. What has
 * the focus is never taken over: its keys mean the row that it was. Nor do elements pass from one side of it to the other,
 * since it would be moved instead of them, and lose the focus.
 */
export function seated<Row extends Named>(
  rows: readonly Row[],
  before: readonly Seated<Named>[],
  held: string | null,
): Seated<Row>[] {
  const seatOf = new Map(before.map(({ key, seat }) => [key, seat]));
  const here = new Set(rows.map(({ key }) => key));
  /** Whether a place stands behind what has the focus, where that was shown and still is. */
  const [wasAt, isAt] = [before, rows].map((list) => list.findIndex(({ key }) => key === held));
  const splits = wasAt !== undefined && isAt !== undefined && wasAt >= 0 && isAt >= 0;
  const side = (at: number, heldAt = 0): boolean => splits && at > heldAt;

  const free = new Map<string, string[]>();
  const freeOf = (kind: string, behind: boolean): string[] => {
    const name = `${behind} ${kind}`;
    const seats = free.get(name) ?? [];
    free.set(name, seats);
    return seats;
  };
  // The last first, since they are taken from the end.
  for (const [at, { key, kind, seat }] of [...before.entries()].reverse())
    if (!here.has(key) && key !== held) freeOf(kind, side(at, wasAt)).push(seat);

  const taken = new Set(before.map(({ seat }) => seat));
  let next = 0;
  function another(kind: string): string {
    for (;;) {
      const seat = `${kind} ${next++}`;
      if (!taken.has(seat)) return seat;
    }
  }
  return rows.map((row, at) => ({
    ...row,
    seat: seatOf.get(row.key) ?? freeOf(row.kind, side(at, isAt)).pop() ?? another(row.kind),
  }));
}
