import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TargetRow } from '#schemas/results/register.ts';
import {
  blockOf,
  cellKey,
  cellTextOf,
  type Direction,
  judgeEdits,
  parseCell,
  pasted,
  readerOf,
  readersOf,
  stopOf,
  usualDirections,
} from '../../dashboard/pages/targets/cells.ts';

const row = (
  unit: string,
  indicator: string,
  target: number,
  direction: Direction = 'atLeast',
): TargetRow => ({
  unit,
  indicator,
  target,
  direction,
  value: null,
});

describe('given a cell of the sheet of targets', () => {
  test.each([
    ['80', { is: 'target', target: 80, direction: 'atLeast' }],
    [' ８０.５ ', { is: 'target', target: 80.5, direction: 'atLeast' }],
    ['≤ 80', { is: 'target', target: 80, direction: 'atMost' }],
    ['<=80', { is: 'target', target: 80, direction: 'atMost' }],
    ['不高于80', { is: 'target', target: 80, direction: 'atMost' }],
    ['1,234,567.5', { is: 'target', target: 1_234_567.5, direction: 'atLeast' }],
    ['', { is: 'empty' }],
    ['   ', { is: 'empty' }],
    ['12,34', { is: 'fault', fault: 'not-a-number' }],
    ['80%', { is: 'fault', fault: 'not-a-number' }],
    ['1e3', { is: 'fault', fault: 'not-a-number' }],
    ['八十', { is: 'fault', fault: 'not-a-number' }],
    ['0', { is: 'fault', fault: 'not-positive' }],
    ['-3', { is: 'fault', fault: 'not-positive' }],
    ['1.0000001', { is: 'fault', fault: 'too-long' }],
    ['1000000000000', { is: 'fault', fault: 'too-long' }],
  ])('when "%s" is written, then it is read as people mean it', (text, parsed) => {
    expect(parseCell(text, 'atLeast')).toEqual(parsed);
  });

  test('then what it shows is read back as what it is, whatever the column', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 12 }),
        fc.constantFrom<Direction>('atLeast', 'atMost'),
        fc.constantFrom<Direction>('atLeast', 'atMost'),
        (millionths, direction, column) => {
          const target = Number((millionths / 1_000_000).toFixed(6));
          fc.pre(!String(target).includes('e'));
          const text = cellTextOf({ target, direction }, column);
          expect(parseCell(text, column)).toEqual({ is: 'target', target, direction });
        },
      ),
    ));
});

describe('given a block from a spreadsheet', () => {
  const sheet = { units: ['a', 'b'], indicators: ['x', 'y'] };
  test('then its lines and tabs are rows and cells, and what lies outside is counted', () => {
    expect(blockOf('1\t2\r\n3\t\r\n')).toEqual([
      ['1', '2'],
      ['3', ''],
    ]);
    expect(pasted(blockOf('1\t2\n3\t4\n5\t6\n'), { row: 0, column: 1 }, sheet)).toEqual({
      edits: [
        { unit: 'a', indicator: 'y', text: '1' },
        { unit: 'b', indicator: 'y', text: '3' },
      ],
      over: 4,
    });
  });
});

describe('given texts over what stands', () => {
  const standing = new Map(
    [row('a', 'x', 80), row('b', 'x', 5, 'atMost')].map((one) => [cellKey(one.unit, one.indicator), one]),
  );
  const judge = (unit: string, text: string) =>
    judgeEdits([{ unit, indicator: 'x', text }], standing, () => 'atLeast');

  test('then only what differs is a change; nothing is removed; a fault stops its cell', () => {
    expect(judge('a', '80').changes).toEqual([]);
    expect(judge('a', '81').changes).toEqual([
      { unit: 'a', indicator: 'x', target: 81, direction: 'atLeast' },
    ]);
    expect(judge('b', '≤5').changes).toEqual([]);
    expect(judge('b', '5').changes).toEqual([{ unit: 'b', indicator: 'x', target: 5, direction: 'atLeast' }]);
    expect([...judge('a', '').faults.values()]).toEqual(['not-removed']);
    expect(judge('c', '')).toEqual({ changes: [], faults: new Map() });
  });

  test('then who reads a column sees thousands, and one number of decimals', () => {
    const read = (...texts: string[]) => texts.map(readerOf(texts));
    expect(read('1250', '≤80.5', '', '11090.25')).toEqual(['1,250.00', '≤80.50', '–', '11,090.25']);
    expect(read('1200', '950')).toEqual(['1,200', '950']);
    expect(read('abc', '1.5')).toEqual(['abc', '1.5']);
    const readers = readersOf({
      units: [{ unit: 'a' }, { unit: 'b' }],
      indicators: ['x', 'y'],
      textOf: (unit, indicator) => (indicator === 'x' ? '1000' : unit === 'a' ? '0.5' : '20'),
    });
    expect([readers.get('x')?.('1000'), readers.get('y')?.('20')]).toEqual(['1,000', '20.0']);
  });

  test('then a column goes the way that most of its targets go', () => {
    const targets = [
      row('a', 'x', 1, 'atMost'),
      row('b', 'x', 1, 'atMost'),
      row('c', 'x', 1),
      row('a', 'y', 1),
    ];
    expect([...usualDirections(targets)]).toEqual([
      ['x', 'atMost'],
      ['y', 'atLeast'],
    ]);
  });
});

describe('given the keys of the sheet of targets', () => {
  const sheet = { units: ['u1', 'u2', 'u3', 'u4'], indicators: ['gdp', 'jobs'] };
  const all = { first: 0, last: 4 };

  test('then Tab leads to the first cell, and later to that which had the focus last', () => {
    expect(stopOf(null, sheet, all)).toEqual({ row: 0, column: 0 });
    expect(stopOf({ unit: 'u3', indicator: 'jobs' }, sheet, all)).toEqual({ row: 2, column: 1 });
  });

  test('then a filter leaves the same cell, or else the first', () => {
    const held = { unit: 'u3', indicator: 'jobs' };
    expect(stopOf(held, { ...sheet, units: ['u1', 'u3'] }, { first: 0, last: 2 })).toEqual({
      row: 1,
      column: 1,
    });
    expect(stopOf(held, { ...sheet, units: ['u1', 'u4'] }, { first: 0, last: 2 })).toEqual({
      row: 0,
      column: 0,
    });
    expect(stopOf(held, { ...sheet, indicators: ['gdp'] }, all)).toEqual({ row: 0, column: 0 });
  });

  test('then it is a cell of the rows that are rendered', () => {
    for (const [first, last] of [
      [0, 1],
      [1, 2],
      [3, 4],
    ] as const)
      for (const held of [null, { unit: 'u1', indicator: 'jobs' }, { unit: 'u4', indicator: 'gdp' }]) {
        const { row } = stopOf(held, sheet, { first, last });
        expect(row >= first && row < last, `${held?.unit} of ${first}–${last}`).toBe(true);
      }
  });
});
