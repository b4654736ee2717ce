import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** What somebody sees who comes for the first time, on a big screen, a phone and paper: nothing cut, glued or left open. */

describe.skipIf(!chromiumPath)('given somebody who sees the product for the first time', () => {
  const house = sampled('2026-10-20');
  const PHONE = { width: 390, height: 844 };
  const A4 = { width: 688, height: 1000 };

  async function at(guest: Visit, path: string, shown: string): Promise<Page> {
    await go(guest, path);
    await guest.page.locator(shown).first().waitFor();
    return guest.page;
  }
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.tagName');
  /** How many of the elements have more in them than they show. */
  const cut = (page: Page, css: string) =>
    page
      .locator(css)
      .evaluateAll((found) =>
        found.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
      );
  /** On how many lines each of the elements stands. */
  const lines = (page: Page, css: string) =>
    page
      .locator(css)
      .evaluateAll((found) =>
        found.map((one) => new Set([...one.getClientRects()].map(({ top }) => Math.round(top))).size),
      );
  const below = async (page: Page, upper: string, lower: string): Promise<number> => {
    const [above, under] = [
      await page.locator(upper).first().boundingBox(),
      await page.locator(lower).first().boundingBox(),
    ];
    return above && under ? under.y - above.y - above.height : Number.NaN;
  };

  it('when the window opens, then no title is set off before a step was made, and after one it is', async () => {
    const { page, close } = await house.arrive();
    await page.goto('/');
    await page.waitForURL('**/overview');
    await page.locator('main h1').waitFor();
    await page.locator('main .skeleton').first().waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('BODY');
    await page.locator('header nav a[href^="/gaps"]').click();
    await expect.poll(() => focused(page)).toBe('H1');
    await page.locator('header a.brand').click();
    await page.waitForURL('**/overview');
    await expect.poll(() => focused(page)).toBe('H1');
    await close();
  });

  it('when gaps are looked at on a phone, then each requirement tells units and points', async () => {
    const guest = await house.enter(PHONE);
    const page = await at(guest, '/gaps', 'main tbody tr');
    await inBoth(guest, async () => {
      const rows = await page.locator('main table.data tbody tr').count();
      expect(rows).toBeGreaterThan(3);
      await expect
        .poll(() =>
          page
            .locator('main tbody .alarm')
            .evaluateAll((all) => all.filter((one) => one.checkVisibility()).length),
        )
        .toBe(rows);
    });
  });

  it('when a page has buttons beside its title on a phone, then nothing touches', async () => {
    const guest = await house.enter(PHONE);
    const page = await at(guest, '/meeting', '.formats button');
    expect(await below(page, 'main h1', 'main .aside .button')).toBeGreaterThanOrEqual(4);
    expect(await below(page, 'header .line input', 'header nav')).toBeGreaterThanOrEqual(4);
  });

  it('when the ranking is looked at in English, then no name of a unit is cut', async () => {
    const guest = await house.enter({ locale: 'en' });
    // Those with the longest names and with deductions beside them; rows out of sight are not drawn.
    const page = await at(guest, '/ranking?range=total:55~85', '.ranking .body .row');
    await page.locator('.ranking .mark').first().waitFor({ state: 'attached' });
    await expect.poll(() => cut(page, '.ranking .unit .name')).toEqual([]);
  });

  it('when the ranking is printed, then its bars have room, and no column is cut', async () => {
    const guest = await house.enter(A4);
    const page = await at(guest, '/ranking', '.ranking .body .row');
    await page.emulateMedia({ media: 'print' });
    await inBoth(guest, async () => {
      await expect.poll(() => cut(page, '.ranking td:not(.bars)')).toEqual([]);
      const head = await page.locator('.ranking .head th.types').boundingBox();
      expect(head?.width).toBeGreaterThan(A4.width / 5);
      expect(head?.height).toBeLessThan(90);
    });
    await page.emulateMedia({ media: null });
  });

  it('when a unit is printed, then no deadline is broken, and no heading stands over nothing', async () => {
    const guest = await house.enter(A4);
    const page = await at(guest, '/units/ent-04', '#gaps tbody tr');
    await page.emulateMedia({ media: 'print' });
    await inBoth(guest, async () => {
      await expect.poll(async () => new Set(await lines(page, '.requirements .day'))).toEqual(new Set([1]));
    });
    await expect.poll(() => page.locator('main h2:visible').filter({ hasText: '批注' }).count()).toBe(0);
    await page.emulateMedia({ media: null });
  });

  it('when a year is not sealed, then it is said who seals it, and where its ranks are', async () => {
    const guest = await house.enter();
    const page = await at(guest, '/freeze', 'main h1');
    await inBoth(guest, async () => {
      await expect.poll(() => page.locator('main').textContent()).toMatch(/组织部封存|department seals/);
      await expect.poll(() => page.locator('main a[href^="/ranking"]').count()).toBe(1);
    });
  });

  it('when the wall is shown, then its lines have the height of the hall', async () => {
    const guest = await house.enter();
    const page = await at(guest, '/wall', '.wall .lines li');
    await expect.poll(() => below(page, '.wall .note', '.wall footer')).toBeLessThan(40);
    const last = await page.locator('.wall .lines li').last().boundingBox();
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeGreaterThan(650);
    expect((await page.locator('.wall h1').boundingBox())?.y).toBeGreaterThanOrEqual(16);
  });

  it('when the cover of the slides is shown small, then its title breaks at no word', async () => {
    const guest = await house.enter();
    const page = await at(guest, '/meeting', '.deck .cover .title');
    const wordLines = (): Promise<number> =>
      page.locator('.deck .cover .title').evaluate((title) => {
        const text = [...title.childNodes].find(
          (node) => node instanceof Text && node.data.includes('领导班子'),
        ) as Text;
        const range = document.createRange();
        const from = text.data.indexOf('领导班子');
        range.setStart(text, from);
        range.setEnd(text, from + 4);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      });
    await expect.poll(wordLines).toBe(1);
  });
});
