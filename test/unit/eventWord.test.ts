import { describe, expect, test } from 'vitest';
import { eventWord } from '../../dashboard/locales/eventWord.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

describe('given an event in a list of events', () => {
  test('when the department entered it, then it is told as put on record, and as reported where a unit did', () => {
    const entered = { type: 'activity.recorded', source: '/organisation' };
    expect(eventWord(wordsOf('zh-CN'), entered)).toBe('组织部记录');
    expect(eventWord(wordsOf('zh-CN'), { ...entered, source: '/units/farm-03' })).toBe('上报');
    expect(eventWord(wordsOf('en'), { ...entered, type: 'activity.verified' })).toBe('verified');
  });
});
