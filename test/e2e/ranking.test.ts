import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockFrom } from '#test/support/clock.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, launch, signIn, type Visit, visit } from './browser.ts';

const DAY = '2026-11-20';
const clock = clockFrom(`${DAY}T10:00:00+08:00`);
const SOON = { timeout: 20_000 };

describe.skipIf(!chromiumPath)('the ranking as an instrument', () => {
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct({ sample: { today: DAY }, dashboard: true, clock });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const enter = async (device: Parameters<typeof visit>[2] = {}, token?: string): Promise<Visit> => {
    const guest = await visit(browser, product.url, { ...device, now: clock() });
    await signIn(guest, token ?? product.tokens.leader);
    return guest;
  };
  const settled = async (guest: Visit, path: string): Promise<void> => {
    await go(guest, path);
    await guest.page.locator('.ranking .body .row').first().waitFor();
  };
  const clean = async (guest: Visit, name: string): Promise<void> => {
    await guest.picture(name);
    expect(await axeFindings(guest.page), name).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await guest.page.evaluate(overflow), name).toBeLessThanOrEqual(0);
    expect(guest.complaints, name).toEqual([]);
  };

  /** How far apart the third type begins in the first bars, in pixels. */
  const spread = ({ page }: Visit): Promise<number> =>
    page.locator('.ranking .body .bar').evaluateAll((bars) => {
      const lefts = bars
        .slice(0, 12)
        .map((bar) => [...bar.querySelectorAll('i:not(.room)')][2]?.getBoundingClientRect().left ?? -1);
      return Math.max(...lefts) - Math.min(...lefts);
    });

  it.each([1440, 390])('aligns the bars at a type by its legend and back, %i px wide', async (width) => {
    const guest = await enter({ width });
    const { page } = guest;
    await settled(guest, '/ranking');
    expect(await spread(guest)).toBeGreaterThan(3);
    const type = page.locator('.ranking .head').getByRole('button', { name: '创新型' });
    await type.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ranking?align=innovation');
    await expect.poll(() => spread(guest), SOON).toBeLessThanOrEqual(1);
    expect(await type.getAttribute('aria-pressed')).toBe('true');
    await clean(guest, `ranking-aligned-${width}`);
    await type.click();
    await page.waitForURL((url) => !url.search.includes('align'));
    await expect.poll(() => spread(guest), SOON).toBeGreaterThan(3);
    await guest.close();
  });

  it.each(['zh-CN', 'en'] as const)(
    'tells how far each row is behind the one before it, in %s',
    async (locale) => {
      const guest = await enter({ locale });
      await settled(guest, '/ranking');
      const shown = await guest.page.locator('.ranking .body .row').evaluateAll((rows) =>
        rows.map((row) => ({
          total: Number(row.querySelector('.total')?.lastChild?.textContent),
          behind: row.querySelector('.behind .wide')?.textContent?.trim(),
          said: row.querySelector('.behind .unseen')?.textContent ?? '',
        })),
      );
      expect(shown[0]?.behind).toBe('–');
      for (const [index, { total, behind, said }] of shown.entries()) {
        const before = shown[index - 1];
        if (!before || before.total === total) continue;
        expect(behind).toBe((before.total - total).toFixed(2));
        expect(said).toContain(behind);
      }
      expect(shown[1]?.said).toMatch(
        locale === 'en' ? /behind place 1.*ahead of place 3/ : /落后第 1 名.*领先第 3 名/,
      );
      await clean(guest, `ranking-behind-${locale}`);
      await guest.close();
    },
  );
});
