import { describe, expect, it } from 'vitest';
import { shareText } from '#schemas/presentation/numbers.ts';
import { en as english } from '../../dashboard/locales/en.ts';
import { measureSentence } from '../../dashboard/locales/measureWords.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';

const zh = wordsOf('zh-CN');
const en = wordsOf('en');

const leaves = (messages: object, path = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value as object, `${path}${key}.`),
  );
const namesIn = (message: string): string[] => [...new Set(message.match(/\{\w+\}/g) ?? [])].sort();

describe('the two languages', () => {
  it('say the same things with the same values', () => {
    const chinese = new Map(leaves(zhCN));
    const others = new Map(leaves(english));
    expect([...others.keys()].sort()).toEqual([...chinese.keys()].sort());
    for (const [key, message] of chinese) {
      // English may say "once" for one, Chinese counts; otherwise what goes in is the same.
      const missing = namesIn(message).filter(
        (name) => name !== '{n}' && !namesIn(others.get(key) ?? '').includes(name),
      );
      expect(missing, key).toEqual([]);
    }
  });

  it('count in English with the right form', () => {
    expect(en.say('ranking.up', {}, 1)).toBe('up 1 place');
    expect(en.say('ranking.up', {}, 4)).toBe('up 4 places');
    expect(zh.say('ranking.up', {}, 4)).toBe('上升 4 名');
  });
});

describe('figures', () => {
  it('never round what is not all up to 100 %, nor what is something down to 0 %', () => {
    expect([1, 0.999, 0.5, 0.004, 0, null].map(shareText)).toEqual(['100%', '>99%', '50%', '<1%', '0%', '–']);
  });

  it('name days, windows and measures as a clerk would', () => {
    expect(zh.day('2026-11-02')).toBe('11 月 2 日');
    expect(en.fullDay('2026-11-02')).toBe('2 Nov 2026');
    expect(['2026-H1', '2026-Q3', '2026-07', '2026'].map((label) => zh.window(label))).toEqual([
      '上半年',
      '三季度',
      '7 月',
      '',
    ]);
    expect(en.window('2026-07')).toBe('Jul');
    expect(measureSentence(zh, { type: 'count', per: 'quarter', atLeast: 1 })).toBe('每季度至少 1 次');
    expect(measureSentence(en, { type: 'count', per: 'half', atLeast: 2, ledByHead: true })).toBe(
      'at least 2 times each half-year, led by the head',
    );
    expect(measureSentence(zh, { type: 'variety', forms: ['law', 'finance'], atLeast: 2 })).toBe(
      '法律、金融，缺一不可',
    );
  });
});
