import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Pages that the walk over every page leaves out, and what opens them. */
const ELSEWHERE: Record<string, string> = {
  '/': 'goes on to another page',
  '/sign-in': 'opened before anything else by every test in a browser',
  '/:rest(.*)*': 'what is none; dashboard.test.ts',
  '/desk/self-inspection': 'a unit’s own; evidence.test.ts',
  '/news/deliveries': 'news.test.ts',
  '/news/confirm': 'from a letter; news.test.ts',
  '/news/stop': 'from a letter; news.test.ts',
};

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** `/units/:unit/:list(a|b)/:item`, as a pattern of addresses. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/:\w+(\([^)]*\))?/g, (_, oneOf?: string) => oneOf ?? '[^/]+')}$`);

test('every address of the dashboard is opened by the walk over every page, or it is said what opens it', () => {
  const files = readdirSync(new URL('../../dashboard', import.meta.url)).filter((name) =>
    /outer?s?\.ts$/.test(name),
  );
  const paths = files.flatMap((name) =>
    [...read(`dashboard/${name}`).matchAll(/\bpath: '([^']*)'/g)].map(([, path = '']) =>
      path.startsWith('/') ? path : `/units/:unit/${path}`,
    ),
  );
  expect(paths.length).toBeGreaterThan(30);
  const opened = [...read('test/e2e/everyPage.ts').matchAll(/^ {2}['`](\/[^'`?]*)/gm)].map(([, path = '']) =>
    path.replaceAll(/\$\{\w+\}/g, 'farm-01'),
  );
  const missing = paths.filter(
    (path) => !(path in ELSEWHERE) && !opened.some((address) => patternOf(path).test(address)),
  );
  expect(missing, 'an address of each belongs in pagesOf of test/e2e/everyPage.ts').toEqual([]);
  expect(Object.keys(ELSEWHERE).filter((path) => !paths.includes(path))).toEqual([]);
});
