import { expect, test } from 'vitest';
import { openingYear } from '#schemas/opening.ts';
import { parseFilters } from '../../dashboard/composables/filters.ts';

test('until the new year has ranks, or the one before is sealed, the one before opens', () => {
  const current = { year: 2027, ranked: 0 };
  const before = { year: 2026, sealed: false };
  expect(openingYear({ current, before })).toBe(2026);
  expect(openingYear({ current: { ...current, ranked: 1 }, before })).toBe(2027);
  expect(openingYear({ current, before: { ...before, sealed: true } })).toBe(2027);
  expect(openingYear({ current, before: null })).toBe(2027);
});

test('an address without a year takes the one that opens, as the whole year that it is by then', () => {
  expect(parseFilters({}, '2027-01-03', undefined, 2026)).toMatchObject({
    year: 2026,
    basis: 'year',
    compareTo: null,
  });
  expect(parseFilters({ year: '2027' }, '2027-01-03', undefined, 2026)).toMatchObject({
    year: 2027,
    basis: 'to-date',
  });
});
