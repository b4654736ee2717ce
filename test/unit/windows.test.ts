import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber, dayOfNumber } from '#schemas/dates.ts';
import type { Period } from '#schemas/plan.ts';
import { dueOf, hasEnded, windowIndexOf, windowsOf } from '#schemas/windows.ts';

test('given each period, then a year has its windows, named and dated', () => {
  expect(windowsOf(2026, 'year')).toEqual([{ label: '2026', from: '2026-01-01', to: '2026-12-31' }]);
  expect(windowsOf(2026, 'half').map(({ label, to }) => `${label} ${to}`)).toEqual([
    '2026-H1 2026-06-30',
    '2026-H2 2026-12-31',
  ]);
  expect(windowsOf(2026, 'quarter')[2]).toEqual({ label: '2026-Q3', from: '2026-07-01', to: '2026-09-30' });
  expect(windowsOf(2026, 'month')[6]).toEqual({ label: '2026-07', from: '2026-07-01', to: '2026-07-31' });
});

test('given a leap year, then its February has 29 days, but not in 2100', () => {
  expect(windowsOf(2028, 'month')[1]?.to).toBe('2028-02-29');
  expect(windowsOf(2100, 'month')[1]?.to).toBe('2100-02-28');
});

test('given any year and period, then the windows follow each other without gap and hold just their days', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1949, max: 2199 }),
      fc.constantFrom<Period>('year', 'half', 'quarter', 'month'),
      fc.integer({ min: 0, max: 364 }),
      (year, per, offset) => {
        const windows = windowsOf(year, per);
        expect(windows[0]?.from).toBe(`${year}-01-01`);
        expect(windows.at(-1)?.to).toBe(`${year}-12-31`);
        for (const [index, { from }] of windows.slice(1).entries())
          expect(dayNumber(from)).toBe(dayNumber(windows[index]?.to ?? '') + 1);
        const day = dayOfNumber(dayNumber(`${year}-01-01`) + offset);
        const window = windows[windowIndexOf(per, day)];
        expect(window && window.from <= day && day <= window.to).toBe(true);
      },
    ),
  );
});

test('given its last day, then a window has ended; the day before it has not', () => {
  const [first = { to: '' }] = windowsOf(2026, 'quarter');
  expect(hasEnded(first, '2026-03-31')).toBe(true);
  expect(hasEnded(first, '2026-03-30')).toBe(false);
});

test('given a measure without windows, then it is due by its date or at year end', () => {
  expect(dueOf(2026, { type: 'milestone', by: '03-31' })).toBe('2026-03-31');
  expect(dueOf(2026, { type: 'target' })).toBe('2026-12-31');
});
