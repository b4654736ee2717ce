import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type WordKey, wordsOf } from '../../dashboard/locales/words.ts';

const DASHBOARD = new URL('../../dashboard', import.meta.url).pathname;

/** Pages whose window is named by a word, with that of their route. */
function titles(): { page: string; here: WordKey; route: WordKey }[] {
  const routes = readdirSync(DASHBOARD)
    .filter((name) => /routes\.ts$/i.test(name))
    .map((name) => readFileSync(join(DASHBOARD, name), 'utf8'))
    .join('\n');
  return [...routes.matchAll(/import\('\.\/(pages\/[^']+\.vue)'\)[\s\S]*?title: '([\w.]+)'/g)].flatMap(
    ([, page = '', route = '']) => {
      const here = /:here="words\.say\('([\w.]+)'\)"/.exec(readFileSync(join(DASHBOARD, page), 'utf8'))?.[1];
      return here ? [{ page, here: here as WordKey, route: route as WordKey }] : [];
    },
  );
}

test.each(['zh-CN', 'en'] as const)('in %s no window is named by one word twice', (locale) => {
  const words = wordsOf(locale);
  const found = titles();
  expect(found.length).toBeGreaterThan(3);
  const twice = found.filter(({ here, route }) => {
    const [a, b] = [words.say(here), words.say(route)].map((text) => text.toLowerCase());
    return a !== b && (a?.includes(b ?? '') || b?.includes(a ?? ''));
  });
  expect(twice).toEqual([]);
});
