import { expect, test } from 'vitest';
import { anotherYear } from '../../dashboard/composables/opening.ts';

test('the way from a year with nothing to show never leads to the page itself', () => {
  expect(anotherYear(2025, '2026-06-30')).toBe(2026);
  expect(anotherYear(2026, '2026-06-30')).toBeNull();
});
