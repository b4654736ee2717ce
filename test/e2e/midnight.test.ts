import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unparted } from '#schemas/presentation/numbers.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { chromiumPath, launch, signIn, visit } from './browser.ts';

/** A page that stays open goes along with the day, unless its address names one. */

const EVENING = Date.parse('2026-06-30T15:58:00Z');
let now = EVENING;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  product = await startProduct({ sample: { today: '2026-06-30' }, dashboard: true, clock: () => now });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe.skipIf(!chromiumPath)('given a ranking that is open when midnight comes in the plan’s zone', () => {
  it.each([
    ['/ranking', '7 月 1 日', '2026-07-01'],
    ['/ranking?on=2026-06-30', '6 月 30 日', '2026-06-30'],
    ['/wall?seconds=600', '7 月 1 日', '2026-07-01'],
  ])('then %s looks from %s', async (path, told, on) => {
    now = EVENING;
    const visitor = await visit(browser, product.url);
    await visitor.page.clock.install({ time: EVENING });
    await signIn(visitor, product.tokens.leader);
    await visitor.page.goto(path);
    const sentence = visitor.page.locator('.filters .sentence, .wall footer');
    await expect.poll(() => sentence.textContent(), { timeout: 20_000 }).toContain(unparted('6 月 30 日'));
    now = EVENING + 4 * 60_000;
    const answered = new Set<string>();
    visitor.page.on('response', async (response) => {
      if (!response.url().includes('/api/rankings/2026')) return;
      // What was cancelled on the way has no body.
      const body = (await response.json().catch(() => null)) as { on: string } | null;
      if (body) answered.add(body.on);
    });
    await visitor.page.clock.fastForward(4 * 60_000);
    await expect.poll(() => sentence.textContent(), { timeout: 20_000 }).toContain(unparted(told));
    // What had been answered for yesterday is asked anew, and not taken from what the browser kept.
    if (!path.includes('on=')) await expect.poll(() => answered, { timeout: 20_000 }).toContain(on);
    await visitor.close();
  });
});
