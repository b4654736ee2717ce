import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SETTINGS } from '#api/config.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test.each(
  SETTINGS.map(({ name, fallback, meaning }) => [name, `| \`${name}\` | ${fallback} | ${meaning} |`]),
)('the README says of %s what the product says', (_, line) => expect(readme).toContain(line));

test.each(['README.md', 'README.zh-CN.md'])('every file that %s sends a newcomer to is there', (file) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const paths = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
});

test('the two READMEs lead to each other, and to every page that is written in Chinese', () => {
  expect(readme).toContain('](README.zh-CN.md)');
  const chinese = readFileSync(new URL('../../README.zh-CN.md', import.meta.url), 'utf8');
  expect(chinese).toContain('](README.md)');
  const pages = readdirSync(new URL('../../docs', import.meta.url)).filter((name) => name.endsWith('.zh.md'));
  expect(pages.filter((name) => !chinese.includes(`](docs/${name})`))).toEqual([]);
});

test('every test that the page on security names as holding a promise is there', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => /^\|.*\|.*`.*\|$/.test(line));
  const names = rows.flatMap((row) => (row.split('|').at(-2) ?? '').match(/\w+/g) ?? []);
  expect(names.length).toBeGreaterThan(20);
  const isThere = (name: string): boolean =>
    ['unit', 'contract', 'api', 'faults', 'e2e'].some((folder) =>
      existsSync(new URL(`../${folder}/${name}.test.ts`, import.meta.url)),
    );
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});

test('every test that the page on faults names is there, under the words that it quotes', () => {
  const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
  const named = [
    ...page.matchAll(/\b((?:unit|contract|api|faults|e2e)\/[\w./]+): “((?:[^“”]|“[^”]*”)+)”(?=;| \|)/g),
  ];
  expect(named.length).toBeGreaterThan(100);
  const textOf = (name: string): string => {
    const path = [`${name}.test.ts`, `${name}.ts`].find((file) =>
      existsSync(new URL(`../${file}`, import.meta.url)),
    );
    return path ? readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').replaceAll("\\'", "'") : '';
  };
  expect(
    named.flatMap(([, name = '', words = '']) => (textOf(name).includes(words) ? [] : `${name}: ${words}`)),
  ).toEqual([]);
});
