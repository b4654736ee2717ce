import { describe, expect, it } from 'vitest';
import { PICTURED, pictureOf } from '#test/support/guideBook.ts';
import { guideEn } from '../../dashboard/locales/guide.en.ts';
import { guideZh } from '../../dashboard/locales/guide.zh-CN.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, type Device, go, speak, type Visit } from './browser.ts';
import { pictured } from './pictured.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';

/** Pages of the department whose guide is opened, by the name of their route. */
const PAGES = {
  overview: '/overview',
  ranking: '/ranking',
  unit: '/units/farm-03',
  activities: '/units/farm-03/requirements/learning.research',
  gaps: '/gaps',
  requirement: '/requirements/learning.research',
  criterion: '/criteria/learning',
  compare: '/compare',
  calendar: '/calendar',
  'self-inspection': '/self-inspection',
  plan: '/plan',
  meeting: '/meeting',
  slides: '/meeting/slides',
  commendation: '/meeting/commendation',
  teaching: '/meeting/teaching',
  'year-on-year': '/meeting/year-on-year',
  freeze: '/freeze',
  'desk-report': '/units/farm-03/desk/report',
  inbox: '/inbox',
  units: '/units',
  targets: '/targets',
  import: '/import',
  news: '/news',
  deliveries: '/news/deliveries',
  access: '/access',
  audit: '/access/audit',
  account: '/account',
  'not-found': '/nothing/here',
} as const;

describe.skipIf(!chromiumPath)('the guide', () => {
  const house = sampled(DAY);
  const enter = (device: Device = {}): Promise<Visit> => house.enter(device, 'organisation');
  const ask = (guest: Visit) => guest.page.getByRole('button', { name: /^(这一页的说明|About this page)/ });

  it('stands at every page, and says of it what the guide has', async () => {
    const guest = await enter();
    const { page } = guest;
    for (const [index, [name, path]] of Object.entries(PAGES).entries()) {
      await go(guest, path);
      await page.locator(`main h1`).first().waitFor();
      const [locale, guide] = index % 2 ? (['en', guideEn] as const) : (['zh-CN', guideZh] as const);
      await speak(guest, locale);
      await expect.poll(() => ask(guest).count(), { message: path }).toBe(1);
      await ask(guest).click();
      const dialog = page.getByRole('dialog');
      const { answers, made, can } = guide[name as keyof typeof PAGES];
      await dialog.getByText(answers, { exact: true }).waitFor();
      expect(await dialog.locator('p').allTextContents(), path).toEqual(expect.arrayContaining([made, can]));
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe(path);
    }
    await speak(guest, 'zh-CN');
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it.each([
    { width: 1440, locale: 'zh-CN' },
    { width: 390, locale: 'en' },
  ] as const)('is opened, read and closed by keyboard, $width px wide', async (device) => {
    const guest = await enter(device);
    const { page } = guest;
    await go(guest, '/ranking');
    await page.locator('tbody tr').first().waitFor();
    const dialog = page.getByRole('dialog');
    await ask(guest).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await dialog.evaluate((box) => box.scrollTop)).toBe(0);
    expect(await page.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    const close = dialog.getByRole('button');
    await expect.poll(() => close.evaluate((one) => one === document.activeElement)).toBe(true);
    await guest.picture(`guide-${device.width}-${device.locale}`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => ask(guest).evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('?');
    await dialog.waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await guest.close();
  });

  it('leaves keys to who types, and to who wants none', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/ranking');
    await page.locator('tbody tr').first().waitFor();
    const dialog = page.getByRole('dialog');
    const search = page.locator('main input[type=search]').first();
    await search.focus();
    await page.keyboard.press('?');
    await expect.poll(() => search.inputValue()).toBe('?');
    await search.fill('');
    await ask(guest).click();
    await dialog.getByLabel('使用单键快捷键').uncheck();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.keyboard.press('/');
    // Each of them would have opened something before what comes next.
    await ask(guest).click();
    await dialog.getByText(guideZh.ranking.answers).waitFor();
    await expect.poll(() => page.locator('dialog').count()).toBe(1);
    await dialog.getByLabel('使用单键快捷键').check();
    await guest.close();
  });

  it('has the keys of the inbox, which are the inbox’s there', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/inbox');
    const items = page.locator('main [aria-current=true]');
    await items.first().waitFor();
    const before = await items.first().textContent();
    await page.keyboard.press('j');
    await expect.poll(() => items.first().textContent()).not.toBe(before);
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('撤销上一个决定').waitFor();
    await guest.picture('guide-inbox');
    await guest.close();
  });

  /** Goes to a page and waits until all of it is there, as it is in a picture of the documentation. */
  async function quiet(guest: Visit, path: string): Promise<void> {
    const { page } = guest;
    await go(guest, path);
    await page.locator('main h1').first().waitFor();
    await expect.poll(() => page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
    if (path.startsWith('/inbox')) await page.locator('main .item').first().click();
    if (path.startsWith('/inbox')) await page.locator('main article h2').waitFor();
    await page.evaluate('document.activeElement?.blur()');
  }

  it('is pictured as the pages are, in the guide', async () => {
    const guest = await enter({ width: 1200, height: 760 });
    for (const [name, path] of Object.entries(PICTURED)) {
      await quiet(guest, path);
      await pictured(guest.page, pictureOf(name));
    }
    await guest.close();
  });

  it.each([
    ['ranking', '/ranking', { locale: 'en', width: 1440, height: 900 }],
    ['inbox', '/inbox', { width: 1440, height: 900 }],
    ['inbox-phone', '/inbox', { width: 390, height: 844 }],
  ] as const)(
    'is pictured as the page is, in the README and on the pages for each job: %s',
    async (name, path, device) => {
      const guest = await enter(device);
      await quiet(guest, path);
      await pictured(guest.page, name);
      await guest.close();
    },
  );
});
