import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, go, speak } from '../browser.ts';
import type { Sampled } from '../sampled.ts';

const SOON = { timeout: 15_000 };
/** In the page: what it knows of plans is forgotten, so that the next step awaits the server. */
const FORGET_PLANS = `document.querySelector('#app').__vue_app__._context.provides.VUE_QUERY_CLIENT.removeQueries({ queryKey: ['plan'] })`;

/** Each with somebody's name that its rows have. */
const PAGES = ['/ranking', '/trends', '/units', '/targets', '/self-inspection?year=2025'];

export function searchField({ arrive }: Sampled): void {
  describe.skipIf(!chromiumPath)('given a field whose text stands in the address', () => {
    it.each(PAGES)(
      'when %s is drawn anew while the address is behind, then what was typed stays',
      async (path) => {
        const guest = await arrive({ locale: 'zh-CN' }, 'organisation');
        const { page } = guest;
        await go(guest, path);
        const field = page.locator('main').getByRole('searchbox').first();
        await field.waitFor(SOON);
        const held: Route[] = [];
        const waits = true;
        await page.route('**/api/plans/**', (route) => (waits ? void held.push(route) : route.continue()));
        await page.evaluate(FORGET_PLANS);
        await field.pressSequentially('中心');
        await speak(guest, 'en');
        await expect.poll(() => field.inputValue(), SOON).toBe('中心');
        await page.unroute('**/api/plans/**');
        // The page may have given a question up meanwhile.
        for (const route of held) await route.continue().catch(() => undefined);
        await expect.poll(() => new URL(page.url()).searchParams.get('q'), SOON).toBe('中心');
        await expect.poll(() => field.inputValue(), SOON).toBe('中心');
        // What the address says from elsewhere, the field says, too.
        await go(guest, path);
        await expect.poll(() => field.inputValue(), SOON).toBe('');
        await guest.close();
      },
    );
  });
}
