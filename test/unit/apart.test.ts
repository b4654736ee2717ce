import { describe, expect, it } from 'vitest';
import { apart } from '../../dashboard/locales/apart.ts';

describe('given names of things beside each other', () => {
  it('then those that are alike are numbered in their order, and others stay as they are', () => {
    expect(apart(['a', 'b', 'a', 'c', 'a'])).toEqual(['a (1)', 'b', 'a (2)', 'c', 'a (3)']);
    expect(apart([])).toEqual([]);
  });
});
