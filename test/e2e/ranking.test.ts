import { describe, expect, it } from 'vitest';
import { unparted } from '#schemas/presentation/numbers.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';
const SOON = { timeout: 20_000 };

/** A desk and a phone. */
const DEVICES = [
  { width: 1440, locale: 'zh-CN' },
  { width: 390, locale: 'en' },
] as const;

describe.skipIf(!chromiumPath)('the ranking as an instrument', () => {
  const house = sampled(DAY);
  const { arrive, enter } = house;

  const settled = async (guest: Visit, path: string): Promise<void> => {
    await go(guest, path);
    await guest.page.locator('.ranking .body .row').first().waitFor();
  };
  /** In light and in dark, at the width that it has. */
  const clean = async (guest: Visit, name: string): Promise<void> => {
    const { page } = guest;
    await guest.picture(name);
    expect(await axeFindings(page), name).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow), name).toBeLessThanOrEqual(0);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFindings(page, 'colours'), `${name} in the dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
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

  it.each(DEVICES)('aligns the bars at a type by its legend and back, $width px wide', async (device) => {
    const guest = await enter(device);
    const { width, locale } = device;
    const { page } = guest;
    await settled(guest, '/ranking');
    expect(await spread(guest)).toBeGreaterThan(3);
    const type = page
      .locator('.ranking .head')
      .getByRole('button', { name: locale === 'en' ? 'Innovation' : '创新型' });
    await type.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ranking?align=innovation');
    await expect.poll(() => spread(guest), SOON).toBeLessThanOrEqual(1);
    await expect.poll(() => type.getAttribute('aria-pressed')).toBe('true');
    await clean(guest, `ranking-aligned-${width}`);
    await type.click();
    await page.waitForURL((url) => !url.search.includes('align'));
    await expect.poll(() => spread(guest), SOON).toBeGreaterThan(3);
    await guest.close();
  });

  it('tells how far each row is behind the one before it, in both languages', async () => {
    const guest = await enter(DEVICES[0]);
    await settled(guest, '/ranking');
    await inBoth(guest, async (locale) => {
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
        locale === 'en' ? /behind place 1.*ahead of place 3/ : /落后第\s1\s名.*领先第\s3\s名/,
      );
      await clean(guest, `ranking-behind-${locale}`);
    });
    await guest.close();
  });

  const totals = ({ page }: Visit): Promise<number[]> =>
    page
      .locator('.ranking .body .total')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.lastChild?.textContent)));

  it('is narrowed by a stroke over a histogram, kept in the address, and widened by a press', async () => {
    // So tall that all rows are there.
    const guest = await enter(DEVICES[0]);
    const { page } = guest;
    await page.setViewportSize({ width: DEVICES[0].width, height: 2_400 });
    await settled(guest, '/ranking');
    const all = await totals(guest);
    const brush = page.locator('.ranking .head .brush').last();
    const box = await brush.boundingBox();
    if (!box) throw new Error('there is no histogram');
    const [end, y] = [box.x + box.width - 1, box.y + box.height / 2];
    await page.mouse.move(box.x + box.width * 0.6, y);
    await page.mouse.down();
    await page.mouse.move(end - 20, y);
    // Rows follow the mouse before it is let go.
    await expect.poll(async () => (await totals(guest)).length, SOON).toBeLessThan(all.length);
    expect(page.url()).not.toContain('range');
    await page.mouse.move(end, y);
    await page.mouse.up();
    await page.waitForURL(/range=total:/);
    const [, low, high] = /total:([\d.]+)~([\d.]+)/.exec(decodeURIComponent(page.url())) ?? [];
    const kept = all.filter((total) => total >= Number(low) && total <= Number(high));
    expect(kept.length).toBeLessThan(all.length);
    await expect.poll(() => totals(guest), SOON).toEqual(kept);
    await clean(guest, 'ranking-narrowed');
    await page.reload();
    await page.locator('.ranking .body .row').first().waitFor();
    expect(await totals(guest)).toEqual(kept);
    await brush.click();
    await page.waitForURL((url) => !url.search.includes('range'));
    await expect.poll(() => totals(guest), SOON).toEqual(all);
    await guest.close();
  });

  it.each(DEVICES)('is narrowed by two fields and a key, $width px wide', async (device) => {
    const guest = await enter(device);
    const { page } = guest;
    await settled(guest, '/ranking');
    const all = await totals(guest);
    const english = device.locale === 'en';
    await page.locator('.ranges').getByRole('button').focus();
    await page.keyboard.press('Enter');
    const field = page.getByLabel(english ? 'Total: at least' : '总分不低于');
    await expect.poll(() => field.evaluate((element) => element.matches(':focus')), SOON).toBe(true);
    await page.keyboard.type('95');
    await page.keyboard.press('Tab');
    await page.waitForURL(/range=total:95~100/);
    await clean(guest, `ranking-ranges-${device.width}`);
    await page.keyboard.press('Escape');
    const kept = all.filter((total) => total >= 95);
    await expect.poll(() => totals(guest), SOON).toEqual(kept);
    const chip = page.getByRole('button', {
      name: english ? 'Total 95 to 100: take out' : '取消：总分 95 至 100',
    });
    await chip.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.search.includes('range'));
    await expect.poll(() => totals(guest), SOON).toEqual(all);
    await guest.close();
  });

  it.each(DEVICES)(
    'shows a unit all totals as one strip with its own marked, $width px wide',
    async (device) => {
      const { rows } = await house.product.json<Ranking>('/rankings/2026?basis=to-date');
      const own = rows[3] as RankingRow;
      const guest = await enter(device, { unit: own.unit });
      const { page } = guest;
      await settled(guest, '/ranking');
      const strip = page.locator('figure.strip');
      await strip.locator('canvas').waitFor();
      await expect
        .poll(() => page.locator('.ranking .body .row .name').allTextContents())
        .toEqual([own.name]);
      await expect.poll(() => page.locator('.ranking .body .row').count()).toBe(1);
      await expect.poll(() => strip.locator('.chart').getAttribute('aria-label')).toContain(own.name);
      await clean(guest, `ranking-strip-${device.width}`);
      await strip
        .getByRole('button', { name: device.locale === 'en' ? 'Show as table' : '查看数据表' })
        .click();
      await expect.poll(() => strip.locator('tbody tr').count(), SOON).toBe(rows.length);
      const others = rows.filter((row) => (row as RankingRow).unit !== own.unit);
      const text = (await strip.textContent()) ?? '';
      for (const row of others) expect(text).not.toContain((row as RankingRow).name);
      await guest.close();
    },
  );

  it.each(DEVICES)('stands in groups with their medians and back, $width px wide', async (device) => {
    const { rows } = await house.product.json<Ranking>('/rankings/2026?basis=to-date');
    const schools = rows
      .filter((row) => (row as RankingRow).group === 'school')
      .map(({ total }) => total ?? 0);
    const middle = [Math.floor((schools.length - 1) / 2), Math.ceil((schools.length - 1) / 2)].map(
      (at) => schools[at] ?? 0,
    );
    const guest = await enter(device);
    const { page } = guest;
    await page.setViewportSize({ width: device.width, height: 4_000 });
    await settled(guest, '/ranking');
    const toggle = page.getByRole('button', { name: device.locale === 'en' ? 'By group' : '按类别分列' });
    await toggle.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ranking?by=group');
    const heads = page.locator('.ranking .group-row');
    await expect
      .poll(() => heads.count(), SOON)
      .toBe(new Set(rows.map((row) => (row as RankingRow).group)).size);
    const school = heads.filter({ hasText: device.locale === 'en' ? 'School' : '学校' });
    const told = Number((await school.locator('.total').textContent())?.replace(/[^\d.]/g, ''));
    expect(Math.abs(told - ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2)).toBeLessThanOrEqual(0.005_1);
    await expect.poll(() => page.locator('.ranking .body .name').count()).toBe(rows.length);
    await clean(guest, `ranking-groups-${device.width}`);
    await toggle.click();
    await page.waitForURL((url) => !url.search.includes('by='));
    await expect.poll(() => heads.count(), SOON).toBe(0);
    await guest.close();
  });

  it('has columns of one’s own, in one’s own order and width, kept for this device', async () => {
    const guest = await arrive({ locale: 'en' });
    const { page } = guest;
    await settled(guest, '/ranking');
    const heads = (): Promise<string[]> =>
      page
        .locator('.ranking .head th')
        .evaluateAll((cells) => cells.map((cell) => cell.className.match(/(\w+)-head|types/)?.[0] ?? ''));
    const menu = page.locator('.toolbar .tools button[aria-haspopup="dialog"]');
    await menu.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Choose columns, their order and their width' });
    await dialog.getByLabel('Rank band', { exact: true }).uncheck();
    await expect.poll(heads, SOON).not.toContain('band-head');
    const first = dialog.getByRole('button', { name: 'Total: further to the front' });
    await first.focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await heads()).indexOf('types') - (await heads()).indexOf('total-head'), SOON)
      .toBe(1);
    expect(await first.evaluate((element) => element.matches(':focus'))).toBe(true);
    await dialog.getByLabel('Rank: width', { exact: true }).fill('120');
    await page.keyboard.press('Tab');
    const width = async (): Promise<number> =>
      Math.round((await page.locator('.ranking .head .rank-head').boundingBox())?.width ?? 0);
    await expect.poll(width, SOON).toBe(120);
    await clean(guest, 'ranking-columns');
    await page.reload();
    await page.locator('.ranking .body .row').first().waitFor();
    expect(await heads()).not.toContain('band-head');
    expect(await width()).toBe(120);
    await menu.click();
    await dialog.getByRole('button', { name: 'As made' }).click();
    await expect.poll(heads, SOON).toContain('band-head');
    await guest.close();
  });

  it.each(DEVICES)(
    'sets named trials side by side and says who leads in all, $width px wide',
    async (device) => {
      const guest = await arrive(device);
      const { page } = guest;
      const english = device.locale === 'en';
      const trials = ['40,20,20,20,20', '10,20,20,20,50', '20,20,60,20,20'];
      const types = ['learning', 'unity', 'innovation', 'integrity', 'development'];
      const placesIn = async (weights: string): Promise<string[]> => {
        const { rows } = await house.product.json<Ranking>(
          `/rankings/2026?basis=to-date${weights && `&weights=${encodeURIComponent(weights)}`}`,
        );
        return rows.flatMap((row) => ((row.rank ?? 99) <= 5 ? [(row as RankingRow).name] : []));
      };
      let always = await placesIn('');
      for (const [at, shares] of trials.entries()) {
        const weights = types.map((type, place) => `${type}:${shares.split(',')[place]}`).join(',');
        // On a phone no row is within sight of the panel.
        await go(guest, `/ranking?weights=${weights}`);
        await page.waitForURL((url) => decodeURIComponent(url.search).includes(weights));
        await page.locator('.keep input').fill(`T${at + 1}`);
        await page.keyboard.press('Enter');
        await expect.poll(() => page.locator('.trials li').count(), SOON).toBe(at + 1);
        const leading = await placesIn(weights);
        always = always.filter((name) => leading.includes(name));
      }
      const marked = page.locator('.beside tbody tr.marked');
      await expect.poll(() => marked.count(), SOON).toBe(always.length);
      const said = (await page.locator('.beside [role="status"]').first().textContent()) ?? '';
      for (const name of always) expect(said).toContain(name);
      expect(said).toContain(unparted(english ? 'all 3 trials' : '3 种试算'));
      await clean(guest, `ranking-trials-${device.width}`);
      await page.reload();
      await page.locator('.trials li').first().waitFor();
      await page.getByRole('button', { name: english ? 'Try again: T1' : '再试：T1' }).click();
      await page.waitForURL(/weights=learning:40/);
      await page.getByRole('button', { name: english ? 'Drop: T3' : '去掉：T3' }).click();
      await expect.poll(() => page.locator('.trials li').count(), SOON).toBe(2);
      await guest.close();
    },
  );
});
