import { describe, expect, it } from 'vitest';
import type { Plan } from '#schemas/plan.ts';
import { inAnotherYear } from '#schemas/planOfYear.ts';
import { chromiumPath, go } from './browser.ts';
import { sampled } from './sampled.ts';

/** What a button says is what it does, and what was done is told as far as it was. */
describe.skipIf(!chromiumPath)('what was pressed, on the sample', () => {
  const house = sampled('2026-10-20', { writes: true });

  it('is told as it is when an import is undone: what stays is said, and the focus goes on', async () => {
    const guest = await house.arrive({ locale: 'en' }, 'organisation');
    const { page } = guest;
    const bring = async (rows: string) => {
      await go(guest, '/import?kind=units');
      const buffer = Buffer.from(`单位编号,单位名称,类别,班子人数,一把手\n${rows}`);
      await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
      await page.getByRole('button', { name: /^Import (this|these)/ }).click();
      await page.locator('.history li').first().waitFor();
    };
    const undo = page.getByRole('button', { name: 'Undo as a whole' });
    await bring('farm-92,新立第三管理区,farm,7,m-1\nfarm-03,第三管理区,farm,11,m-1\n');
    await expect.poll(() => page.locator('.history li').count()).toBe(1);
    await undo.click();
    await page.getByRole('button', { name: 'Undo the import' }).click();
    const said = page.locator('.history [role=status]');
    await expect.poll(() => said.textContent()).toMatch(/1\srestored.*1\sunit\sor\starget\) stays/);
    await expect.poll(() => said.evaluate((one) => one === document.activeElement)).toBe(true);
    await guest.close();
  });

  it('has a name that is typed over, where a view is kept', async () => {
    const guest = await house.arrive({ locale: 'en' });
    const { page } = guest;
    await go(guest, '/ranking?group=farm');
    await page.getByRole('button', { name: 'Save view' }).first().click();
    const name = page.getByRole('textbox', { name: 'Name' });
    await expect.poll(() => name.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type('Farms');
    await expect.poll(() => name.inputValue()).toBe('Farms');
    await guest.close();
  });

  it('drafts no plan of a year that has one', async () => {
    const guest = await house.arrive({ locale: 'en' }, 'organisation');
    const { page } = guest;
    const main = page.locator('main');
    await go(guest, '/plan?year=2025');
    await main.getByRole('button', { name: 'See the plan of 2026' }).click();
    await main.getByRole('button', { name: 'Draft the plan of 2027' }).waitFor();
    // Once it is adopted there is none to draft, and nothing was asked for in vain.
    const { plan } = await house.product.json<{ plan: Plan }>('/plans/2026');
    await house.product.json('/plans/2027', {
      method: 'PUT',
      body: { ...plan, ...inAnotherYear(plan, 2027) },
    });
    await go(guest, '/plan?year=2025');
    await main.getByRole('button', { name: 'See the plan of 2026' }).click();
    await main.getByRole('button', { name: 'See the plan of 2027' }).waitFor();
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('leaves the keyboard in the page where its button goes with it', async () => {
    const guest = await house.arrive({ locale: 'en' }, { unit: 'farm-03' });
    const { page } = guest;
    await go(guest, '/desk/history?year=2025');
    const appeal = page.locator('main').getByRole('button', { name: /^Appeal: / });
    await appeal.first().waitFor();
    const before = await appeal.count();
    const title = (await appeal.first().getAttribute('aria-label'))?.replace('Appeal: ', '').split(' · ')[0];
    await appeal.first().focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog textarea').fill('The proof was attached.');
    await page.locator('dialog').getByRole('button', { name: 'Appeal', exact: true }).press('Enter');
    await expect.poll(() => appeal.count()).toBe(before - 1);
    // In the row, which stays: what became of it is said there.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H3');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(title);
    await guest.close();
  });

  it('is about what its row calls it, where a sheet gives no ids', async () => {
    const guest = await house.arrive({ locale: 'en' }, 'organisation');
    const { page } = guest;
    const rows = [
      'farm-03,research,2026-09-02,大棚调研,',
      'farm-03,research,2026-09-03,粮库调研,own-7',
      'nope,research,2026-09-04,无此单位,',
    ];
    const buffer = Buffer.from(`单位编号,类型,日期,标题,活动编号\n${rows.join('\n')}\n`);
    await go(guest, '/import?kind=activities');
    await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: /^All 3/ }).click();
    const about = page.locator('td.about');
    await expect.poll(() => about.allTextContents()).toEqual(['大棚调研', 'own-7', '无此单位']);
    await guest.close();
  });

  it('is of a day that is named, once a page has slept over midnight', async () => {
    const guest = await house.arrive({ locale: 'en' });
    const { page } = guest;
    await go(guest, '/overview');
    const line = page.locator('.filters .freshness');
    await expect.poll(() => line.textContent()).toMatch(/Data as of \d\d:/);
    await page.context().setOffline(true);
    await page.clock.fastForward('30:00:00');
    await expect.poll(() => line.textContent()).toMatch(/data of 20\sOct\s\d\d:/);
    await guest.close();
  });
});
