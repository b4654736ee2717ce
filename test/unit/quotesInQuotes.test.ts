import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultSentence } from '#schemas/imports/words.ts';
import { called, inQuotes, rowOf } from '#schemas/presentation/names.ts';
import { newsText } from '#schemas/presentation/news/newsText.ts';
import { en } from '../../dashboard/locales/en.ts';
import { type WordKey, wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';

/** Names carry quotation marks (“三必谈”谈话): within others they become single ones (GB/T 15834), in English, too. */

const NAME = '“三必谈”谈话';
/** Quotation marks that open while others are open. */
const NESTED = /“[^”]*“/;

const leaves = (tree: object, path = ''): [path: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]): [path: string, text: string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value as object, `${path}${key}.`),
  );

describe.each([
  ['zh-CN', zhCN],
  ['en', en],
] as const)('in %s', (locale, messages) => {
  const words = wordsOf(locale);

  it('no message quotes a name that carries quotation marks as if it had none, and all the same keeps them', () => {
    let quoted = 0;
    for (const [path, message] of leaves(messages)) {
      const names = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      if (names.length === 0) continue;
      const said = words.say(path as WordKey, Object.fromEntries(names.map((name) => [name, NAME])));
      expect(said, path).not.toMatch(NESTED);
      expect(said, path).not.toMatch(/[\u{F8F0}-\u{F8FF}]/u);
      // What does not stand in quotation marks stays as it is called.
      if (/“[^”]*\{/.test(message)) {
        expect(said, path).toContain('‘三必谈’');
        quoted += 1;
      } else if (!message.includes(' | ')) expect(said, path).toContain(NAME);
    }
    expect(quoted).toBeGreaterThan(60);
  });

  it('names in a row and news do not either', () => {
    const row = rowOf(locale, [`${NAME}，一把手`, `${NAME} and more`]);
    expect(row).not.toMatch(NESTED);
    expect(called(locale, `${NAME}、甲`)).toBe('“‘三必谈’谈话、甲”');
    const about = { unit: 'u', name: '单位' };
    const owed = [
      { of: 'requirement', id: 'r', criterion: 'c', name: { zh: NAME, en: NAME }, clause: '四', kind: 'k' },
    ].map((one) => ({ ...one, of: 'requirement' as const, window: '2026-Q3', owing: 1 }));
    const due = newsText(
      locale,
      { kind: 'due', year: 2026, due: '2026-09-30', days: 7, about, owed },
      { seesAll: true },
    );
    expect([due.title, ...due.more].join()).not.toMatch(NESTED);
    expect(due.more.join()).toContain('“‘三必谈’谈话”');
  });
});

it('a faulty cell is quoted in the same way', () => {
  expect(faultSentence('zh', 'no-number', NAME)).not.toMatch(NESTED);
  expect(inQuotes(NAME)).toBe('“‘三必谈’谈话”');
});

/** Found in the sources, since a sentence that is put together elsewhere would not be found by what it says. */
it('nothing but `inQuotes` puts a value into quotation marks', () => {
  const own = join('schemas', 'presentation', 'names.ts');
  const found = ['schemas', 'api', 'ingest', 'dashboard', 'wuxing']
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|vue)$/.test(name))
        .map((name) => join(room, name)),
    )
    .filter((file) => file !== own && /“\$\{|“\{\{/.test(readFileSync(file, 'utf8')));
  expect(found).toEqual([]);
});
