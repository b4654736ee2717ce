import { expect, test } from 'vitest';
import { LANGUAGES } from '#schemas/languages.ts';
import { en } from '../../dashboard/locales/en.ts';
import { type WordKey, wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';
import { countWord } from '../../dashboard/pages/ranking/answer.ts';

/** What there is none of is said as none, or not at all; a place has its measure word. */

type Leaf = [path: string, text: string];
const leaves = (tree: object, path = ''): Leaf[] =>
  Object.entries(tree).flatMap(([key, value]): Leaf[] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value as object, `${path}${key}.`),
  );
const MESSAGES = { 'zh-CN': leaves(zhCN), en: leaves(en) };
const namesIn = (message: string): string[] =>
  [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

test.each(LANGUAGES)('in %s, no message shows how a part is written that may be left out', (language) => {
  const words = wordsOf(language);
  const optional = MESSAGES[language].filter(([, text]) => text.includes('⟦'));
  expect(optional.length).toBeGreaterThan(5);
  for (const [path, message] of optional)
    for (const value of [0, 1, 3, 10, 11_090]) {
      const named = Object.fromEntries(namesIn(message).map((name) => [name, value]));
      const said = words.say(path as WordKey, named, value);
      expect(said, path).not.toMatch(/[⟦⟧]/);
      const parts = [...(message.split(' | ').at(-1) ?? '').matchAll(/⟦([^⟧¦]*)(?:¦([^⟧]*))?⟧/g)];
      if (value === 1) continue;
      // All the parts are said where there is something to count, and none of them where there is not.
      for (const [, part = '', none] of parts) {
        if (none !== undefined) {
          expect([path, said.includes(none)]).toEqual([path, value === 0]);
          continue;
        }
        const told = part
          .replaceAll(/\{\w+\}|⟨[^⟩]*⟩/g, '\0')
          .split('\0')
          .filter((text) => text.trim().length > 2);
        for (const text of told) expect([path, said.includes(text)]).toEqual([path, value !== 0]);
      }
    }
});

/** Words that put one before others. */
const FIRST = { 'zh-CN': /最|都/, en: /\b(?:most|first|furthest|nearest|latest|last|all of)\b/ };
const formsOf = (text: string): string[] => text.split(' | ');

test('of one thing nobody says which comes first, nor what is true of all', () => {
  const zh = new Map(MESSAGES['zh-CN']);
  const more = (forms: readonly string[], of: RegExp): boolean =>
    of.test(forms.at(-1) ?? '') && !of.test(forms.at(-2) ?? '');
  // Where English speaks of one without such a word, so does Chinese.
  const told = MESSAGES.en.filter(([, text]) => more(formsOf(text), FIRST.en)).map(([path]) => path);
  expect(told.length).toBeGreaterThan(8);
  const both = told.filter((path) => FIRST['zh-CN'].test(zh.get(path) ?? ''));
  expect(both.filter((path) => !more(formsOf(zh.get(path) ?? ''), FIRST['zh-CN']))).toEqual([]);
  const words = { zh: wordsOf('zh-CN'), en: wordsOf('en') };
  const named = { unit: '工会', lost: '4.44', worst: '“W”', points: '4.44' };
  expect(words.zh.say('unit.answerGaps', named, 1)).toBe('工会还有 1 项要求未达标：“W”，失 4.44 分。');
  expect(words.en.say('unit.answerGaps', named, 1)).toBe(
    '工会 falls short of 1 requirement, “W”, and loses 4.44 points by it.',
  );
});

/** What stands there is names, shares, or ends of a list, and never a one. */
const NOT_COUNTS = new Set(['name', 'names', 'unit', 'leaders', 'share', 'year', 'bottom', 'shown']);
/** Lists that break off after many: their number is how many a list has at most. */
const LIMITS = new Set(['notes.latest', 'units.effectFirst']);

test('of one, English does not say “are”', () => {
  const words = wordsOf('en');
  const said = MESSAGES.en.flatMap(([path, message]) => {
    if (LIMITS.has(path)) return [];
    const named = Object.fromEntries(namesIn(message).map((name) => [name, NOT_COUNTS.has(name) ? 'N' : 1]));
    const sentence = words.say(path as WordKey, named, 1);
    return /(?<![\d.,–/] ?)\b1 (?:are|were|have|do|fall|lack|miss|owe|need|stand)\b/.test(sentence)
      ? [`${path}: ${sentence}`]
      : [];
  });
  expect(said).toEqual([]);
  expect(words.say('overview.answer', { units: 5, onCourse: 1, held: 1, few: 1, many: 2 })).toBe(
    'Of 5 units 1 is on course; 1 is held back by a veto or deductions alone; 1 is not and missed one or two obligations; 2 are not and missed three or more.',
  );
  expect(words.say('overview.answer', { units: 5, onCourse: 0, held: 0, few: 3, many: 2 })).toBe(
    'Of 5 units none is on course; 3 are not and missed one or two obligations; 2 are not and missed three or more.',
  );
});

/** How many, and of what, without what is only told of those before it: `3 of them closed`, `28 in all`. */
const COUNT = '(?<!of the )12,345 (?!of |in all|points)[a-z ]+';

test('in English the last count of a row has an “and” before it, whichever is the last one said', () => {
  const words = wordsOf('en');
  const unjoined = new RegExp(`${COUNT}, ${COUNT}[.;]`);
  const faults = MESSAGES.en.flatMap(([path, message]) => {
    const named = Object.fromEntries(
      namesIn(message).map((name) => [name, NOT_COUNTS.has(name) ? 'N' : 12_345]),
    );
    const said = words.say(path as WordKey, named, 12_345);
    return unjoined.test(said) ? [`${path}: ${said}`] : [];
  });
  expect(faults).toEqual([]);
  const changes = (up: number, down: number, same: number) =>
    words.say('yearOnYear.answer', { method: 'M', up, down, same, change: 'C' });
  expect(changes(3, 4, 5)).toBe('M, 3 units gained, 4 units lost and 5 units kept the total; the mean is C.');
  expect(changes(3, 0, 5)).toBe('M, 3 units gained and 5 units kept the total; the mean is C.');
  expect(changes(3, 4, 0)).toBe('M, 3 units gained and 4 units lost; the mean is C.');
  expect(changes(0, 0, 1)).toBe('M, 1 unit kept the total; the mean is C.');
});

test('a number of ten, and one of thousands, is not taken for none', () => {
  const words = wordsOf('en');
  expect(words.say('units.answerPlain', { n: 48, closed: 10 })).toBe('48 units, 10 of them closed.');
  expect(words.say('units.answerPlain', { n: 48, closed: 0 })).toBe('48 units.');
  expect(wordsOf('zh-CN').say('units.answerPlain', { n: 48, closed: 0 })).toBe('共 48 个单位。');
  expect(words.say('deck.count', { out: 0 }, 9)).toBe('9 slides shown.');
  expect(words.say('trends.kept', { of: 48 }, 0)).toBe('No unit with a rank on both days kept it.');
  expect(wordsOf('zh-CN').say('trends.kept', { of: 48 }, 0)).toBe('没有单位保持原来的名次。');
});

test('above one row of one’s own nobody counts the rows of others', () => {
  const words = wordsOf('en');
  expect(countWord(words, { listed: 1, rows: 48, of: 48 })).toBe('');
  expect(countWord(words, { listed: 48, rows: 48, of: 48 })).toBe('48 units');
  expect(countWord(words, { listed: 0, rows: 0, of: 0 })).toBe('no units');
});

test('in Chinese, an ordinal has its measure word: 第 43 名', () => {
  const bare = MESSAGES['zh-CN'].filter(([, text]) => /第 \{[^}]+\}(?! ?[\p{Script=Han}–]| 至)/u.test(text));
  expect(bare).toEqual([]);
});

test.each(LANGUAGES)(
  'in %s, a count has its thousands set off in every message, and a year has none',
  (language) => {
    const words = wordsOf(language);
    const figureOf = (name: string): number => (name === 'year' ? 2026 : 12_345);
    let counts = 0;
    for (const [path, message] of MESSAGES[language]) {
      const named = Object.fromEntries(namesIn(message).map((name) => [name, figureOf(name)]));
      const said = words.say(path as WordKey, named, 12_345);
      expect([path, said]).toEqual([path, expect.not.stringMatching(/12345|2,026/)]);
      counts += said.match(/12,345/g)?.length ?? 0;
    }
    expect(counts).toBeGreaterThan(100);
  },
);
