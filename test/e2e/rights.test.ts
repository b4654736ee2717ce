import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '#test/support/server.ts';
import { chromiumPath, go, launch, signIn, visit } from './browser.ts';
import { departmentPagesOf, pagesOf } from './everyPage.ts';

/** A page is open to whom the server answers, and to nobody else. */
const NOW = Date.parse('2026-10-20T02:00:00Z');
const SOON = { timeout: 20_000 };
const OWN = 'farm-03';
const OTHER = 'farm-04';
let product: Product;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  product = await startProduct({ sample: { today: '2026-10-20' }, dashboard: true, clock: () => NOW });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const PAGES = [
  ...new Set([
    ...[OWN, OTHER].flatMap((unit) => [...pagesOf(unit), ...departmentPagesOf(unit)]),
    ...['/desk', '/desk/report', '/desk/history', '/desk/self-inspection', '/news/deliveries'],
  ]),
];

const REPORTS = [OWN, OTHER].map((unit) => `/units/${unit}/desk/report`);

/** The pages that are not theirs; a star stands for all that begins so. */
const REFUSED = {
  unit: [
    ...[
      '/overview',
      '/trends',
      '/gaps',
      '/units',
      '/targets',
      '/compare',
      '/requirements/*',
      '/criteria/*',
      '/meeting*',
    ],
    ...['/self-inspection', '/wall', '/inbox', '/access*', '/news/deliveries', `/units/${OTHER}*`],
  ],
  leader: ['/inbox', '/import', '/access*', '/news/deliveries', '/desk*', ...REPORTS],
  organisation: ['/desk*'],
};

describe.skipIf(!chromiumPath)('given any page and any role', () => {
  it.each(['unit', 'leader', 'organisation'] as const)(
    'then %s sees it, or is told once that it is not theirs and asks the server for nothing that is refused',
    async (role) => {
      const guest = await visit(browser, product.url, { locale: 'zh-CN', now: NOW });
      const { page } = guest;
      await signIn(guest, role === 'unit' ? await product.tokens.unit(OWN) : product.tokens[role]);
      const denied: string[] = [];
      page.on('response', (response) => {
        if (response.status() === 403) denied.push(`${new URL(page.url()).pathname}: ${response.url()}`);
      });
      const refusal = page.locator('main .refused');
      const shut: string[] = [];
      for (const path of PAGES) {
        await go(guest, path);
        await page.waitForURL((url) => path.startsWith(url.pathname));
        await page.locator('main h1, main .slide, main .stage').first().waitFor();
        await expect.poll(() => page.locator('main .skeleton').count(), { message: path, ...SOON }).toBe(0);
        if ((await refusal.count()) === 0) continue;
        shut.push(path);
        expect(await refusal.getByRole('link').count(), path).toBe(1);
        // Nothing is said of what was not asked: no row, no number, no button.
        expect(await page.locator('main :is(table, button, select, input)').count(), path).toBe(0);
      }
      expect(denied).toEqual([]);
      expect(guest.complaints).toEqual([]);
      const isOthers = (path: string): boolean =>
        REFUSED[role].some((begin) =>
          begin.endsWith('*') ? path.startsWith(begin.slice(0, -1)) : path.replace(/[?].*/, '') === begin,
        );
      expect(shut).toEqual(PAGES.filter(isOthers));
      await guest.close();
    },
    240_000,
  );

  it.each(['unit', 'leader', 'organisation'] as const)(
    'then no link in the head or on a first page leads %s to a page that is not theirs',
    async (role) => {
      const guest = await visit(browser, product.url, { locale: 'zh-CN', now: NOW });
      const { page } = guest;
      await signIn(guest, role === 'unit' ? await product.tokens.unit(OWN) : product.tokens[role]);
      const begins =
        role === 'unit' ? ['/desk', `/units/${OWN}`, '/ranking'] : ['/overview', '/meeting', '/ranking'];
      const links = new Set<string>();
      for (const path of [...begins, '/news', '/plan', '/freeze', '/account']) {
        await go(guest, path);
        await page.locator('main h1').waitFor();
        await expect.poll(() => page.locator('main .skeleton').count(), { message: path, ...SOON }).toBe(0);
        const found = await page
          .locator('a[href^="/"]')
          .evaluateAll((all) => all.map((link) => (link as unknown as { pathname: string }).pathname));
        for (const one of found) if (!one.startsWith('/api/')) links.add(one);
      }
      // One unit's page stands for all.
      const kinds = [
        ...new Map([...links].map((path) => [path.replace(/^\/units\/[^/]+/, '/units/…'), path])).values(),
      ];
      expect(kinds.length).toBeGreaterThan(8);
      for (const path of kinds) {
        await go(guest, path);
        await page.waitForURL((url) => url.pathname !== '/' || path === '/');
        await page.locator('main h1, main .slide, main .stage').first().waitFor();
        expect(await page.locator('main .refused').count(), path).toBe(0);
      }
      await guest.close();
    },
    240_000,
  );

  it('then a leader is not asked to decide what the department decides', async () => {
    const guest = await visit(browser, product.url, { locale: 'zh-CN', now: NOW });
    await signIn(guest, product.tokens.leader);
    for (const path of ['/meeting', '/meeting/commendation', '/overview', '/freeze']) {
      await go(guest, path);
      await guest.page.locator('main h1').waitFor();
      await expect.poll(() => guest.page.locator('main .skeleton').count(), SOON).toBe(0);
      const orders = await guest.page
        .locator('main')
        .getByText(/并决定|封存 \d|记录表彰|开始公示/)
        .allTextContents();
      expect(orders, path).toEqual([]);
    }
    // Who can report is told to the department alone; nothing is said of it to others.
    await go(guest, '/units');
    await guest.page.locator('main tbody tr').first().waitFor();
    expect(await guest.page.locator('main').textContent()).not.toContain('账号');
    await guest.close();
  });
});
