import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Seated, seated } from '../../dashboard/pages/ranking/seats.ts';

/** Elements of rows that have gone are taken over; no two rows share them, and those with the focus are left alone. */

type Row = { key: string; kind: string };
const rowsFrom = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, place) => {
    const kind = (from + place) % 7 === 0 ? 'group' : 'unit';
    return { key: `${kind} ${from + place}`, kind };
  });
const seatsOf = (rows: readonly Seated<Row>[]) => new Map(rows.map(({ key, seat }) => [key, seat]));

test('a row that stays keeps its elements, and as many rows need no more elements', () => {
  const first = seated(rowsFrom(1, 50), [], null);
  const next = seated(rowsFrom(8, 57), first, null);
  const before = seatsOf(first);
  for (const { key, seat } of next) if (before.has(key)) expect(seat).toBe(before.get(key));
  const made = new Set(first.map(({ seat }) => seat));
  expect(next.filter(({ seat }) => !made.has(seat))).toEqual([]);
});

test('what has the focus is not taken over where its row has gone', () => {
  const first = seated(rowsFrom(1, 7), [], null);
  const focused = seatsOf(first).get('unit 2');
  const next = seated(rowsFrom(100, 105), first, 'unit 2');
  expect(next.map(({ seat }) => seat)).not.toContain(focused);
});

test('however one scrolls and filters, no two rows share elements, and elements stay of one kind', () => {
  const step = fc.record({ from: fc.nat(200), count: fc.nat(60), focused: fc.option(fc.nat(260)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let shown: Seated<Row>[] = [];
      for (const { from, count, focused } of steps) {
        shown = seated(rowsFrom(from, from + count), shown, focused === null ? null : `unit ${focused}`);
        expect(new Set(shown.map(({ seat }) => seat)).size).toBe(count);
        for (const { kind, seat } of shown) expect(seat.startsWith(kind)).toBe(true);
      }
    }),
  );
});
