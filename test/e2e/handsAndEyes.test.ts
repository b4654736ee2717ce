import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '#test/support/server.ts';
import { chromiumPath, launch, signIn, type Visit, visit } from './browser.ts';

/** What the hands do and the eyes see on every page, whatever the page is about. */

const NOW = Date.parse('2026-10-20T02:00:00Z');
/** The machine may be busy. */
const SOON = { timeout: 20_000 };
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

async function enter(device: Parameters<typeof visit>[2] = {}, token?: string): Promise<Visit> {
  const guest = await visit(browser, product.url, device);
  await guest.page.clock.install({ time: NOW });
  await signIn(guest, token ?? product.tokens.leader);
  return guest;
}
const focused = ({ page }: Visit): Promise<string> =>
  page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""');
const tagOf = ({ page }: Visit): Promise<string> =>
  page.evaluate<string>('document.activeElement?.tagName ?? ""');

describe.skipIf(!chromiumPath)('given the focus on a row of a ranking', () => {
  it('when rows scroll or their order changes, then Enter opens the unit that had it', async () => {
    const guest = await enter({ height: 500 });
    const { page } = guest;
    await page.goto('/ranking');
    const link = page.locator('.ranking .body .name').nth(3);
    await link.focus();
    const name = await link.textContent();
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 1_500);
    await expect.poll(() => page.evaluate('scrollY'), SOON).toBeGreaterThan(800);
    expect(await focused(guest)).toBe(name);
    const before = await page.locator('.ranking .body .name').allTextContents();
    const sorted = page.waitForURL(/sort=/);
    await page.evaluate(`document.querySelector('.ranking .head button').click()`);
    await sorted;
    await expect.poll(() => page.locator('.ranking .body .name').allTextContents(), SOON).not.toEqual(before);
    expect(await focused(guest)).toBe(name);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').textContent(), SOON).toContain(name);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a step by keyboard', () => {
  it('when it leads to another page, then its heading has the focus', async () => {
    const guest = await enter();
    const { page } = guest;
    const links = page.locator('header nav a');
    for (let index = 0; index < (await links.count()); index += 1) {
      const path = new URL((await links.nth(index).getAttribute('href')) ?? '', product.url).pathname;
      if (new URL(page.url()).pathname === path) continue;
      await links.nth(index).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === path);
      await expect.poll(() => tagOf(guest), { message: path, ...SOON }).toBe('H1');
    }
    await guest.close();
  });

  it('when it leads to a section, then the section has the focus, from the same page and from another', async () => {
    const guest = await enter();
    const { page } = guest;
    await page.goto('/ranking');
    await page.locator('.ranking .body .name').first().click();
    const parts = page.locator('nav.parts a');
    await parts.first().waitFor();
    const inside = (id: string): Promise<boolean> =>
      page.evaluate<boolean>(`document.activeElement?.id === '${id}'`);
    for (let index = 0; index < (await parts.count()); index += 1) {
      const id = ((await parts.nth(index).getAttribute('href')) ?? '').split('#')[1] ?? '';
      await parts.nth(index).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => inside(id), { message: id, ...SOON }).toBe(true);
    }
    await page.goto('/overview?compareTo=2026-06-30');
    const mover = page.locator('main a[href*="#movement"]').first();
    await mover.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => inside('movement'), SOON).toBe(true);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a step that cannot be undone', () => {
  it('then its dialog opens on the answer no, and before the year’s end nothing leads to the seal', async () => {
    const guest = await enter({}, product.tokens.organisation);
    const { page } = guest;
    await page.goto('/freeze');
    const order = page.locator('.order button');
    await order.waitFor();
    expect(await order.getAttribute('class')).not.toContain('primary');
    await expect.poll(() => order.isEnabled(), SOON).toBe(true);
    await order.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    expect(await focused(guest)).toBe(await page.locator('dialog .choice button').first().textContent());
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('dialog').count(), SOON).toBe(0);
    expect(await product.json('/freezes/2026').catch((error: Error) => error.message)).toContain('404');
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a word that opens a panel', () => {
  it.each(['zh-CN', 'en'] as const)('then its accessible name has what it says, in %s', async (locale) => {
    const guest = await enter({ locale });
    const { page } = guest;
    for (const path of ['/ranking', '/meeting', '/meeting/commendation', '/meeting/teaching']) {
      await page.goto(path);
      await page
        .locator('main button[aria-haspopup="dialog"], .filters button[aria-haspopup="dialog"]')
        .first()
        .waitFor();
      for (const button of await page.locator('button[aria-haspopup="dialog"]').all()) {
        const said = (await button.textContent())?.replace('▾', '').trim() ?? '';
        const named = await button.evaluate((element) =>
          (element as unknown as { ariaLabelledByElements: { textContent: string }[] }).ariaLabelledByElements
            .map((part) => part.textContent)
            .join(' '),
        );
        expect(named, `${path} ${said}`).toContain(said);
      }
    }
    await guest.close();
  });
});
