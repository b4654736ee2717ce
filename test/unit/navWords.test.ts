import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { firstEn } from '../../dashboard/locales/first.en.ts';
import { firstZh } from '../../dashboard/locales/first.zh-CN.ts';

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
