import { describe, expect, it } from 'vitest';
import {
  asDay,
  asFlag,
  asId,
  asList,
  asNumber,
  asWhole,
  type Cell,
  type Reader,
  textOf,
} from '#schemas/imports/cells.ts';

const read = <T>(reader: Reader<T>, cell: Cell): T | string => {
  const reading = reader(cell);
  return 'fault' in reading ? reading.fault.code : reading.value;
};

describe('a cell as a clerk types it', () => {
  it.each([
    ['2026-04-17'],
    ['2026/4/17'],
    ['2026.4.17'],
    ['2026年4月17日'],
    ['20260417'],
    ['２０２６－０４－１７'],
    ['2026-04-17 08:30'],
    ['2026 年 4 月 17 日'],
    [46_129],
    ['46129'],
    [new Date('2026-04-17T00:00:00Z')],
  ])('%s is the 17th of April', (cell) => expect(read(asDay, cell as Cell)).toBe('2026-04-17'));

  it.each([
    ['17/4/2026'],
    ['4-17'],
    ['2026-02-29'],
    ['2026-13-01'],
    ['昨天'],
    [0],
    [99_999],
    [new Date(Number.NaN)],
    [true],
  ])('%s is no day', (cell) => expect(read(asDay, cell as Cell)).toBe('no-day'));

  it('is a number with full-width digits, thousands and a point; not with words', () => {
    expect(['８', '8.0', '１，２３４．５', '-3', 1e-6, '12,000'].map((cell) => read(asNumber, cell))).toEqual(
      [8, 8, 1234.5, -3, 1e-6, 12_000],
    );
    expect(['八', '1,2', '1 2', '0.1234567', '1e99', true].map((cell) => read(asNumber, cell))).toEqual(
      Array(6).fill('no-number'),
    );
    expect([read(asWhole, '8.0'), read(asWhole, 8.5)]).toEqual([8, 'no-whole']);
  });

  it('is an id, unless a spreadsheet made a number or a date of it', () => {
    expect([' farm－01\u200b', 12, '0103'].map((cell) => read(asId, cell))).toEqual(
      ['farm-01', 12, '0103'].map(String),
    );
    expect([1.5, 1.234e15, new Date()].map((cell) => read(asId, cell))).toEqual(Array(3).fill('rewritten'));
  });

  it('is a list, a flag, a text without what cannot be seen at its ends', () => {
    expect(read(asList, 'm-01、m-02；m-03, m-04')).toEqual(['m-01', 'm-02', 'm-03', 'm-04']);
    expect(['是', 'Y', '１', '否', '也许'].map((cell) => read(asFlag, cell))).toEqual([
      true,
      true,
      true,
      false,
      'no-flag',
    ]);
    expect(textOf('\ufeff 第一\u00a0管理区 \u200b')).toBe('第一\u00a0管理区');
  });
});
