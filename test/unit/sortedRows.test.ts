import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '#schemas/presentation/table.ts';
import { useSortedRows } from '../../dashboard/composables/sortedRows.ts';

/** The order of a table's rows, as its heads are pressed. */

type Row = { at: number; points: number | null; name: string | null; rank: number };
const column = (id: string, kind: Column<Row>['kind'], of: Column<Row>['of']): Column<Row> => ({
  id,
  heading: id,
  kind,
  width: 8,
  of,
});
const points = column('points', 'number', ({ points }) => points);
const name = column('name', 'text', ({ name }) => name);
const rank = column('rank', 'number', ({ rank }) => rank);
const columns = [points, name, rank];

const row = fc.record({
  points: fc.option(fc.integer({ min: -3, max: 3 }), { nil: null }),
  name: fc.option(fc.constantFrom('单位2', '单位10', '第四管理区', '安置办', ''), { nil: null }),
  rank: fc.integer({ min: 1, max: 5 }),
});
const rowsOf = fc.array(row, { maxLength: 12 }).map((rows) => rows.map((one, at): Row => ({ at, ...one })));
const over = (rows: readonly Row[]) =>
  useSortedRows<Row>(
    () => rows,
    () => columns,
  );

describe('given rows of which some have no value', () => {
  it('when a head is pressed, then those come last either way round, the others are in order, and equal ones keep theirs', () => {
    fc.assert(
      fc.property(rowsOf, fc.constantFrom(...columns), fc.boolean(), (rows, by, twice) => {
        const { sorted, sort, sortOf } = over(rows);
        sort(by);
        if (twice) sort(by);
        const sign = sortOf(by.id) === 'descending' ? -1 : 1;
        expect([...sorted.value].sort((a, b) => a.at - b.at)).toEqual(rows);
        sorted.value.slice(1).forEach((after, index) => {
          const before = sorted.value[index] as Row;
          const [a, b] = [by.of(before), by.of(after)];
          if (a === null) expect(b).toBeNull();
          if (a === b) expect(before.at).toBeLessThan(after.at);
          if (typeof a === 'number' && typeof b === 'number')
            expect(sign * (b - a)).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('when a head is pressed a third time, then the rows are as they were given', () => {
    fc.assert(
      fc.property(rowsOf, fc.constantFrom(...columns), (rows, by) => {
        const { sorted, sort, sortOf } = over(rows);
        for (const _press of [1, 2, 3]) sort(by);
        expect(sortOf(by.id)).toBe('none');
        expect(sorted.value).toEqual(rows);
      }),
    );
  });
});

describe('given a first press', () => {
  it.each([
    ['figures', points, 'descending'],
    ['names', name, 'ascending'],
    ['ranks', rank, 'ascending'],
  ] as const)('then %s begin with what is looked for', (_what, by, expected) => {
    const { sort, sortOf } = over([]);
    sort(by);
    expect(sortOf(by.id)).toBe(expected);
  });

  it('then names go by pinyin, and numbers in them by their value', () => {
    const names = ['第四管理区', '单位10', '安置办', '单位2'];
    const { sorted, sort } = over(names.map((one, at) => ({ at, points: null, name: one, rank: 1 })));
    sort(name);
    expect(sorted.value.map((one) => one.name)).toEqual(['安置办', '单位2', '单位10', '第四管理区']);
  });

  it('then another column begins anew', () => {
    const { sort, sortOf } = over([]);
    sort(points);
    sort(points);
    sort(name);
    expect([sortOf('points'), sortOf('name')]).toEqual(['none', 'ascending']);
  });
});
