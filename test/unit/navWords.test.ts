import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAmong } from '../../dashboard/components/openPage.ts';
import { guidePageOf } from '../../dashboard/guide/guide.ts';
import { firstEn } from '../../dashboard/locales/first.en.ts';
import { firstZh } from '../../dashboard/locales/first.zh-CN.ts';
import { routes } from '../../dashboard/routes.ts';

const spoken = (messages: object, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], messages);

it('given the first words of a language, then the pages in the header have names: no link stands there without one', () => {
  const source = readFileSync('dashboard/composables/pages.ts', 'utf8');
  const main = source.slice(source.indexOf('const main ='), source.indexOf('const further ='));
  const keys = [...main.matchAll(/say\('([^']+)'\)/g)].map(([, key]) => key ?? '');
  expect(keys.length).toBeGreaterThan(8);
  for (const messages of [firstZh, firstEn])
    for (const key of keys) expect(spoken(messages, key), key).toEqual(expect.stringMatching(/./));
});

/** Pages that nothing of the dashboard leads to, and how one comes to them. */
const FROM_OUTSIDE: Record<string, string> = {
  'not-found': 'by an address that is none',
  'news-confirm': 'from a letter',
  'news-stop': 'from a letter',
};

it('given every page, then something of the dashboard leads there, or it is said how one comes there', () => {
  const sources = readdirSync('dashboard', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name) && !/outes\.ts$|^locales|^guide|node_modules/.test(name))
    .map((name) => readFileSync(join('dashboard', name), 'utf8'))
    .join('\n');
  const names = [...new Set(routes.map(({ name }) => guidePageOf(name)))];
  const isLed = (name: string): boolean => new RegExp(`(?:\\(|name: |id: )'${name}'`).test(sources);
  const lost = names.filter((name) => !(name in FROM_OUTSIDE) && !isLed(name));
  expect(lost, 'a way to each belongs in dashboard/composables/pages.ts').toEqual([]);
  expect(Object.keys(FROM_OUTSIDE).filter((name) => !names.includes(name))).toEqual([]);
});

it('given a page below two of the header, then one of them alone is open', () => {
  const pages = ['/desk', '/units/u', '/desk/self-inspection', '/meeting'];
  expect(openAmong(pages, '/desk')).toBe('/desk');
  expect(openAmong(pages, '/desk/report')).toBe('/desk');
  expect(openAmong(pages, '/desk/self-inspection')).toBe('/desk/self-inspection');
  expect(openAmong(pages, '/meeting/teaching')).toBe('/meeting');
  expect(openAmong(pages, '/desks')).toBeUndefined();
});
