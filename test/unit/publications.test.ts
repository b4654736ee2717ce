import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber, dayOfNumber } from '#schemas/dates.ts';
import { publicationOn } from '#schemas/publications.ts';

const days = fc.integer({ min: dayNumber('2026-11-01'), max: dayNumber('2027-03-31') }).map(dayOfNumber);
const events = fc.array(fc.record({ on: days, until: days }), { minLength: 1, maxLength: 5 });

test('a publication is never shortened, whatever is recorded later and in whatever order', () =>
  fc.assert(
    fc.property(events, events, days, (before, later, today) => {
      const [first, all] = [publicationOn(before, today), publicationOn([...later, ...before], today)];
      expect((all?.until ?? '') >= (first?.until ?? '')).toBe(true);
      expect(all).toEqual(publicationOn([...before, ...later], today));
    }),
  ));

test('the last day is one that is left, the next day it is over', () => {
  const told = [{ on: '2026-12-21', until: '2026-12-27' }];
  expect(publicationOn(told, '2026-12-21')).toMatchObject({ state: 'open', daysLeft: 7 });
  expect(publicationOn(told, '2026-12-27')).toMatchObject({ state: 'open', daysLeft: 1 });
  expect(publicationOn(told, '2026-12-28')).toMatchObject({ state: 'over', daysLeft: 0 });
  expect(publicationOn([], '2026-12-28')).toBeUndefined();
});
