import { readFileSync } from 'node:fs';
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
