import { describe, expect, it } from 'vitest';
import { apart, tellingApart } from '../../dashboard/locales/apart.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

describe('given names of things beside each other', () => {
  it('then those that are alike are numbered in their order, and others stay as they are', () => {
    expect(apart(['a', 'b', 'a', 'c', 'a'])).toEqual(['a (1)', 'b', 'a (2)', 'c', 'a (3)']);
    expect(apart([])).toEqual([]);
  });
});

describe('given a name and what tells it from others', () => {
  it.each(['zh-CN', 'en'] as const)('then what is empty leaves no separator behind, in %s', (locale) => {
    const words = wordsOf(locale);
    const whole = tellingApart(words, ['a', 'b']);
    expect(whole).toMatch(/^a.*·.*b$/);
    expect(tellingApart(words, ['a', '', 'b'])).toBe(whole);
    // A window that is the whole year has no name.
    expect(tellingApart(words, ['a', words.window('')])).toBe('a');
  });
});
