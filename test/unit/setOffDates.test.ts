import { expect, test } from 'vitest';
import { parted } from '#schemas/presentation/numbers.ts';
import { shownWords } from '../../dashboard/locales/shownWords.ts';
import { type WordKey, wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';

const leaves = (tree: object, path = ''): [path: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]): [path: string, text: string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value as object, `${path}${key}.`),
  );

test.each([
  ['a document', wordsOf('zh-CN')],
  ['a page', shownWords(wordsOf('zh-CN'))],
])('in Chinese no word of %s is glued to the day behind it: 到 6 月 25 日为止', (_, words) => {
  let dated = 0;
  for (const [path, message] of leaves(zhCN)) {
    const names = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    if (names.length === 0) continue;
    const said = parted(
      words.say(path as WordKey, Object.fromEntries(names.map((name) => [name, words.day('2026-06-25')]))),
    );
    expect(said, path).not.toMatch(/\p{Script=Han}6 月 25 日|[\u{F8FE}\u{F8FF}]| {2}/u);
    dated += 1;
  }
  expect(dated).toBeGreaterThan(300);
  const [from, until] = [words.fullDay('2026-01-03'), words.fullDay('2026-01-10')];
  expect(parted(words.say('publication.over', { from, until }))).toBe(
    '2026 年 1 月 3 日至 2026 年 1 月 10 日已经公示。',
  );
  const months = { from: words.window('2026-01'), to: words.window('2026-10') };
  expect(parted(words.say('marks.fromTo', months))).toBe('1 月至 10 月');
});
