import { expect, test } from 'vitest';
import { LANGUAGES } from '#schemas/languages.ts';
import { parted, unparted } from '#schemas/presentation/numbers.ts';
import { csvOf } from '#schemas/presentation/separated.ts';
import { written } from '../../dashboard/components/sheet.ts';
import { en } from '../../dashboard/locales/en.ts';
import { shownWords } from '../../dashboard/locales/shownWords.ts';
import { type WordKey, wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';

/** No line ends between a figure and what it counts, whatever the message. */

type Leaf = [path: string, text: string];
const leaves = (tree: object, path = ''): Leaf[] =>
  Object.entries(tree).flatMap(([key, value]): Leaf[] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value as object, `${path}${key}.`),
  );
const MESSAGES = { 'zh-CN': leaves(zhCN), en: leaves(en) };
/** A plain blank at which a line may end: behind a figure, or between 第 and its figure. */
const PARTED = /\d [\p{Script=Han}\p{Script=Latin}]|第 \d/u;

test.each(LANGUAGES)('in %s, in every message, with figures and with days', (language) => {
  const words = shownWords(wordsOf(language));
  let glued = 0;
  for (const [path, message] of MESSAGES[language]) {
    const names = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    for (const value of [1, 12, 11_090, '0.35', words.day('2026-11-22'), words.fullDay('2026-11-22')]) {
      const named = Object.fromEntries(names.map((name) => [name, value]));
      const said = words.say(path as WordKey, named, typeof value === 'number' ? value : 2);
      expect(PARTED.test(said), `${path}: ${said}`).toBe(false);
      if (said.includes('\u00a0')) glued += 1;
    }
  }
  expect(glued).toBeGreaterThan(200);
  for (const label of ['2026-03', '2026-11']) expect(words.window(label)).not.toMatch(PARTED);
});

test('a day, a place and a count hold together; a figure and the next sentence do not', () => {
  expect(unparted('2026 年 11 月 22 日列第 43 名，共 48 个单位。')).toBe(
    '2026\u00a0年\u00a011\u00a0月\u00a022\u00a0日列第\u00a043\u00a0名，共 48\u00a0个单位。',
  );
  expect(unparted('48 units, 3 of them. 12 more')).toBe('48\u00a0units, 3\u00a0of them. 12\u00a0more');
  expect(parted(unparted('第 43 名'))).toBe('第 43 名');
});

test('what is copied and saved has plain blanks, which other programs search and split', () => {
  const sheet = written({ head: ['月份'], body: [[unparted('3 月')], [3]] });
  expect([...csvOf(sheet)].join('')).not.toContain('\u00a0');
  expect(sheet.rows).toEqual([['3 月'], [3]]);
});
