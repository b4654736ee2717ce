import { expect, test } from 'vitest';
import { type WordKey, wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';

const leaves = (tree: object, path = ''): [path: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]): [path: string, text: string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value as object, `${path}${key}.`),
  );

test('in Chinese no word is glued to the day behind it: 到 6 月 25 日为止', () => {
  const words = wordsOf('zh-CN');
  let dated = 0;
  for (const [path, message] of leaves(zhCN)) {
    const names = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    if (names.length === 0) continue;
    const said = words.say(
      path as WordKey,
      Object.fromEntries(names.map((name) => [name, words.day('2026-06-25')])),
    );
    expect(said, path).not.toMatch(/\p{Script=Han}6 月 25 日|[\u{F8FE}\u{F8FF}]| {2}/u);
    dated += 1;
  }
  expect(dated).toBeGreaterThan(300);
  expect(words.say('publication.over', { from: '2026 年 1 月 3 日', until: '2026 年 1 月 10 日' })).toBe(
    '2026 年 1 月 3 日至 2026 年 1 月 10 日已经公示。',
  );
});
