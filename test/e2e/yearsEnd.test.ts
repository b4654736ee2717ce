import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Opening } from '#schemas/opening.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { unparted } from '#schemas/presentation/numbers.ts';
import { registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { chromiumPath, launch, signIn, visit } from './browser.ts';

/** At the turn of a year, in the hours in which another zone than the plan's is in another year already, or still. */

let now = Date.parse('2026-12-31T09:00:00Z');
let product: Product;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  product = await startProduct({ dashboard: true, clock: () => now });
  browser = await launch();
  await product.send([registered('farm-01', {}, { id: 'u' })]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe.skipIf(!chromiumPath)('given a plan of 2026 in another zone than Shanghai, and none of 2027', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-12-31T11:00:00Z', 2027, 1],
    ['America/New_York', '2027-01-01T02:30:00Z', 2026, 2],
  ])(
    'then in %s the year opens that has ranks, and none is asked for that has no plan',
    async (timezone, at, year, version) => {
      now = Date.parse(at);
      const adopted = await product.json<{ watermark: string }>('/plans/2026', {
        method: 'PUT',
        body: { ...plan2026, timezone, version },
      });
      await product.json(`/watermark?atLeast=${adopted.watermark}&timeoutMs=30000`);
      expect(await product.json<Opening>('/opening')).toMatchObject({
        year: 2026,
        current: { year },
        timezone,
      });
      // Whoever names no year asks for that of the plan's zone, in which the day is another.
      const template = await product.call('/imports/template?kind=activities&of=none');
      expect(await template.text()).toContain(`the plan for ${year} `);
      const guest = await visit(browser, product.url, { now });
      const missed = new Set<string>();
      guest.page.on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (response.status() === 404 && pathname.startsWith('/api/plans/')) missed.add(pathname);
      });
      await signIn(guest, product.tokens.leader);
      for (const path of ['/overview', '/ranking', '/gaps', '/calendar']) {
        await guest.page.goto(path);
        const years = guest.page.locator('.filters .sentence');
        await expect
          .poll(() => years.textContent(), { message: path, timeout: 20_000 })
          .toContain(unparted('2026 年'));
        await expect.poll(() => guest.page.locator('main .skeleton').count()).toBe(0);
      }
      // Where the new year has begun, it is looked whether it has a plan; else nobody asks for it.
      if (year === 2026) expect([...missed]).toEqual([]);
      await guest.close();
    },
  );
});
