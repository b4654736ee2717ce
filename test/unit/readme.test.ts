import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SETTINGS } from '#api/config.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test.each(
  SETTINGS.map(({ name, fallback, meaning }) => [name, `| \`${name}\` | ${fallback} | ${meaning} |`]),
)('the README says of %s what the product says', (_, line) => expect(readme).toContain(line));

test('every file that the README sends a newcomer to is there', () => {
  for (const [, path = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
    expect(() => readFileSync(new URL(`../../${path}`, import.meta.url)), path).not.toThrow(/ENOENT/);
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
