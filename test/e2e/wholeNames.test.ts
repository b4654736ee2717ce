import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fromOrganisation } from '#test/support/events.ts';
import { chromiumPath, type Device, go } from './browser.ts';
import { sampled } from './sampled.ts';

/** Names that no column has room for. */
const LONG = [
  'Heilongjiang Beidahuang Agricultural Machinery and Water Conservancy Engineering Company Limited',
  '北方垦区现代农业综合开发投资建设集团有限责任公司黑龙江分公司第二项目部',
];
const DEVICES: Device[] = [
  { locale: 'zh-CN', width: 1920 },
  { locale: 'en', width: 390, height: 844 },
];

describe.skipIf(!chromiumPath)('a name that is longer than its place, on the sample', () => {
  const house = sampled('2026-10-20', { writes: true });

  async function longNamed(): Promise<{ unit: string; name: string }[]> {
    const { rows } = await house.product.json<{ rows: { unit: string }[] }>('/rankings/2026?basis=to-date');
    const units = LONG.map((name, place) => ({ unit: rows[place * 3]?.unit ?? '', name }));
    await house.product.send(units.map(({ unit, name }) => fromOrganisation(unit, 'unit.changed', { name })));
    return units;
  }

  /** Whether all of it is seen: nothing is cut, and nothing lies over its last letter. */
  const isWhole = (name: Locator): Promise<boolean> =>
    name.evaluate((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      const last = [...range.getClientRects()].at(-1);
      if (!last) return false;
      const cuts = getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1;
      const hit = document.elementFromPoint(last.right - 2, (last.top + last.bottom) / 2);
      return !cuts && last.right <= innerWidth && one.contains(hit);
    });

  it.each(DEVICES)(
    'is read whole by pointer and keyboard, in the ranking and in trends (%o)',
    async (device) => {
      const units = await longNamed();
      const guest = await house.arrive(device);
      const { page } = guest;
      await go(guest, '/ranking');
      for (const { unit, name } of units) {
        const row = page.locator(`main tr[data-peek="${unit}"]`);
        const link = row.locator('a.name', { hasText: name });
        await link.waitFor();
        expect(await isWhole(link)).toBe(false);
        await link.focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Shift+Tab');
        await expect.poll(() => isWhole(link), { message: `focus, ${unit}` }).toBe(true);
        await page.locator('main h1').focus();
        await link.hover({ force: true });
        await expect.poll(() => isWhole(link), { message: `pointer, ${unit}` }).toBe(true);
        await page.mouse.move(0, 0);
        await expect.poll(() => isWhole(link)).toBe(false);
      }
      await go(guest, '/trends');
      for (const { name } of units) {
        const link = page.locator('main .panels a.name', { hasText: name });
        await link.scrollIntoViewIfNeeded();
        await expect.poll(() => isWhole(link), { message: name }).toBe(true);
      }
      await guest.close();
    },
  );

  it('makes no comparison of units wider than a tablet', async () => {
    const units = await longNamed();
    const guest = await house.arrive({ locale: 'en', width: 768, height: 1024 });
    const { page } = guest;
    await go(guest, `/compare?units=${units.map(({ unit }) => unit).join(',')}`);
    await page
      .locator('main thead th', { hasText: units[0]?.name ?? '' })
      .first()
      .waitFor();
    for (const width of [721, 768, 1024]) {
      await page.setViewportSize({ width, height: 1024 });
      const beyond = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(beyond, { message: `${width} px` }).toBeLessThanOrEqual(0);
    }
    await guest.close();
  });
});
