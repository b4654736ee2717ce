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

test('rows that all give way to others leave every element in its place', () => {
  const first = seated(rowsFrom(1, 6), [], null);
  const next = seated(rowsFrom(15, 20), first, null);
  expect(next.map(({ seat }) => seat)).toEqual(first.map(({ seat }) => seat));
});

test('no element passes from one side of what has the focus to the other', () => {
  const before = rowsFrom(1, 40);
  const held = 'unit 4';
  const first = seated(before, [], held);
  const place = new Map(first.map(({ seat }, at) => [seat, at]));
  const behind = seated(
    [...before.filter(({ key }) => key === held), ...rowsFrom(50, 90)],
    first,
    held,
  ).slice(1);
  for (const { seat } of behind)
    expect(place.get(seat) ?? 40).toBeGreaterThan(place.get(seatsOf(first).get(held) ?? '') ?? 0);
  const known = behind.flatMap(({ kind, seat }) => (kind === 'unit' ? (place.get(seat) ?? []) : []));
  expect(known.length).toBeGreaterThan(20);
  expect(known).toEqual([...known].sort((a, b) => a - b));
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
