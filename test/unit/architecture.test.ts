import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

test('every file and folder that the picture of the house names whole is there', () => {
  const named = [...page.matchAll(/`((?:schemas|ingest|api|dashboard|sample|test|docs)\/[\w./-]+)`/g)];
  expect(named.length).toBeGreaterThan(40);
  for (const [, path = ''] of named) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

test('the way of an event has at most twenty stops', () => {
  const way = page.slice(page.indexOf('## The way'), page.indexOf('## To add'));
  expect(way.match(/^\d+\. /gm)?.length).toBeLessThanOrEqual(20);
});

test('no comment sends its reader to a page that is not in the repository', () => {
  const files = ['schemas', 'ingest', 'api', 'dashboard', 'sample', 'wuxing', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue|sql|mjs|css)$/.test(name))
      .map((name) => join(folder, name)),
  );
  const lost = files.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const pages = [...text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)].filter(
      ([path]) => !existsSync(join(ROOT, path)),
    );
    return (
      pages.length > 0 ||
      new RegExp(['domain', ' §'].join('')).test(text) ||
      /domain\.md|store\.md/.test(text)
    );
  });
  expect(lost.filter((file) => file !== 'test/unit/architecture.test.ts')).toEqual([]);
});
