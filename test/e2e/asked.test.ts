import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, go, leave } from './browser.ts';
import { pagesOf } from './everyPage.ts';
import { sampled } from './sampled.ts';

/** What a page asks, it asks with the filters of its address: a number and the list behind it are of one day and one time. */

const house = sampled('2026-11-20');
const { enter } = house;

/** Pages look from a day, at what was recorded by the end of another, and compare with a third, in the plan's zone. */
const VIEW = 'on=2026-09-15&asOf=2026-10-31&compareTo=2026-05-31';
const TOLD: Readonly<Record<string, string>> = {
  on: '2026-09-15',
  asOf: '2026-10-31T15:59:59.999Z',
  compareTo: '2026-05-31T15:59:59.999Z',
};
/** Of a calendar `from` is the first day of what is listed. */
const isComparison = (path: string, name: string): boolean => name === 'from' && path.includes('movement');

/** What is asked of the present whatever the address says, and why. */
const PRESENT: Readonly<Record<string, string>> = {
  '/api/plans/2026 asOf':
    'days end in the zone of the plan of now; planThen.test.ts holds what pages say of the plan',
};

type Interface = { paths: Record<string, { get?: { parameters?: { in: string; name: string }[] } }> };
type Asked = { path: RegExp; names: string[] };

/** What each question takes of a day and a time, as the interface describes itself; paths without parameters first. */
async function takes(): Promise<Asked[]> {
  const { paths } = await house.product.json<Interface>('/openapi.json');
  const open = (path: string): number => path.split('{').length;
  return Object.entries(paths)
    .sort(([a], [b]) => open(a) - open(b))
    .map(([path, { get }]) => ({
      path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      names: (get?.parameters ?? [])
        .map(({ name }) => name)
        .filter((name) => name in TOLD || isComparison(path, name)),
    }));
}

/** Listens to what a page asks from now on: what took days of a view, and what was asked without them. */
async function listen(page: Page) {
  const questions = await takes();
  expect(questions.filter(({ names }) => names.length > 0).length).toBeGreaterThan(10);
  const heard = { here: '', faults: new Set<string>(), asked: new Set<RegExp>() };
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const question = questions.find(({ path }) => path.test(pathname));
    if (!question?.names.length) return;
    heard.asked.add(question.path);
    for (const name of question.names) {
      // The whole year has no day from which one looks.
      if (name === 'on' && searchParams.get('basis') === 'year') continue;
      const told = TOLD[name] ?? TOLD.compareTo;
      if (searchParams.get(name) !== told && !(`${pathname} ${name}` in PRESENT))
        heard.faults.add(`${heard.here} asks ${pathname} with ${name} ${searchParams.get(name)}`);
    }
  });
  return heard;
}

const seenOn = (path: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}year=2026&basis=to-date&${VIEW}`;

async function settled(page: Page): Promise<void> {
  await page.locator('main h1, main .slide, main .stage').first().waitFor();
  await expect.poll(() => page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
}

describe.skipIf(!chromiumPath)('given the days of a view in the address', () => {
  it('then whatever a page asks that takes them is asked with them', async () => {
    const guest = await enter();
    const { page } = guest;
    await leave(guest);
    const { rows } = await house.product.json<{ rows: { unit: string }[] }>('/rankings/2026?basis=to-date');
    const heard = await listen(page);
    for (const path of pagesOf(rows.at(-1)?.unit ?? '')) {
      heard.here = path;
      await go(guest, seenOn(path));
      await settled(page);
    }
    expect([...heard.faults]).toEqual([]);
    expect(heard.asked.size).toBeGreaterThan(10);
    await guest.close();
  });

  it('then the first page of a visit asks nothing before its address is read', async () => {
    const guest = await enter();
    const { page } = guest;
    const heard = await listen(page);
    for (const path of ['/overview', '/ranking', '/gaps', '/calendar']) {
      heard.here = path;
      await page.goto(seenOn(path));
      await settled(page);
    }
    expect([...heard.faults]).toEqual([]);
    expect(heard.asked.size).toBeGreaterThan(3);
    await guest.close();
  });
});
