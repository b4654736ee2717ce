import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, go } from '../browser.ts';
import { departmentPagesOf, pagesOf } from '../everyPage.ts';
import type { Sampled } from '../sampled.ts';

const SOON = { timeout: 20_000 };
const OWN = 'farm-03';
const OTHER = 'farm-04';

const DESKS = ['/desk', '/desk/report', '/desk/history', '/desk/self-inspection', '/news/deliveries'];
/** Who sees all units sees one as the other. */
const KNOWN = {
  unit: pagesOfAll(OWN, OTHER),
  leader: pagesOfAll(OWN),
  organisation: pagesOfAll(OWN),
};
/** What the walk over every page (`everyPage.ts`) opens for them, and finds neither closed to them nor refused by the server. */
const WALKED = {
  unit: [],
  leader: pagesOf(OWN),
  organisation: [...pagesOf(OWN), ...departmentPagesOf(OWN)],
};

function pagesOfAll(...units: string[]): string[] {
  const all = units.flatMap((unit) => [...pagesOf(unit), ...departmentPagesOf(unit)]);
  return [...new Set([...all, ...DESKS])];
}

/** Where each begins, and what everybody has: the links there lead nobody to what is not theirs. */
const ALL = ['/news', '/plan', '/freeze', '/account'];
const BEGINS = {
  unit: ['/desk', `/units/${OWN}`, '/ranking', ...ALL],
  leader: ['/overview', '/meeting', '/ranking', ...ALL],
  organisation: ['/overview', '/meeting', '/ranking', ...ALL],
};

/** What is asked here: pages on which somebody begins, and all that the walk does not open for them. */
const pagesFor = (role: keyof typeof KNOWN): string[] => {
  const walked: readonly string[] = WALKED[role];
  return KNOWN[role].filter((path) => BEGINS[role].includes(path) || !walked.includes(path));
};

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
  leader: ['/inbox', '/import', '/access*', '/news/deliveries', '/desk*', `/units/${OWN}/desk/report`],
  organisation: ['/desk*'],
};

/** The addresses within the product to which the page that is open leads. */
const linksOn = (page: Page): Promise<string[]> =>
  page
    .locator('a[href^="/"]')
    .evaluateAll((all) => all.map((link) => (link as unknown as { pathname: string }).pathname));

/** A page is open to whom the server answers, and to nobody else. */
export function rights({ enter }: Sampled): void {
  describe.skipIf(!chromiumPath)('given any page and any role', () => {
    it.each(['unit', 'leader', 'organisation'] as const)(
      'then %s sees it, or is told once that it is not theirs and asks the server for nothing that is refused; and no link leads there',
      async (role) => {
        const guest = await enter({}, role === 'unit' ? { unit: OWN } : role);
        const { page } = guest;
        const denied: string[] = [];
        page.on('response', (response) => {
          if (response.status() === 403) denied.push(`${new URL(page.url()).pathname}: ${response.url()}`);
        });
        const refusal = page.locator('main .refused');
        const isThere = async (path: string): Promise<void> => {
          await go(guest, path);
          await page.waitForURL((url) =>
            path === '/' ? url.pathname !== '/' : path.startsWith(url.pathname),
          );
          await page.locator('main h1, main .slide, main .stage').first().waitFor();
          await expect.poll(() => page.locator('main .skeleton').count(), { message: path, ...SOON }).toBe(0);
        };
        const shut: string[] = [];
        const links = new Set<string>();
        for (const path of pagesFor(role)) {
          await isThere(path);
          if (BEGINS[role].includes(path))
            for (const link of await linksOn(page)) if (!link.startsWith('/api/')) links.add(link);
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
        expect(shut).toEqual(pagesFor(role).filter(isOthers));
        expect(WALKED[role].filter(isOthers)).toEqual([]);
        // One unit's page stands for all.
        const kinds = [
          ...new Map([...links].map((path) => [path.replace(/^\/units\/[^/]+/, '/units/…'), path])).values(),
        ];
        expect(kinds.length).toBeGreaterThan(8);
        expect(kinds.filter((path) => shut.includes(path))).toEqual([]);
        for (const path of kinds.filter((path) => !KNOWN[role].includes(path))) {
          await isThere(path);
          expect(await refusal.count(), path).toBe(0);
        }
        await guest.close();
      },
      240_000,
    );

    it('then a leader is not asked to decide what the department decides', async () => {
      const guest = await enter();
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
      await expect.poll(() => guest.page.locator('main').textContent()).not.toContain('账号');
      await guest.close();
    });
  });
}
