import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, go, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** The network goes while a page is open, something is pressed, and the network comes back. */

const SOON = { timeout: 20_000 };

describe.skipIf(!chromiumPath)('given a page that is open when the network goes', () => {
  const house = sampled('2026-10-20', { writes: true });
  const notice = (page: Page) => page.locator('.notice');
  const NOT_READ = '还没有读取过';
  const UNREACHABLE = '连不上服务器';

  async function at(path: string, shown: string, who: 'organisation' | { unit: string } = 'organisation') {
    const guest = await house.arrive({}, who);
    await go(guest, path);
    await guest.page.locator(shown).first().waitFor();
    return guest;
  }
  const cut = async ({ context, page }: Visit): Promise<void> => {
    await context.setOffline(true);
    await page.locator('.freshness .alarm').waitFor();
  };
  const back = async ({ context, page }: Visit): Promise<void> => {
    await context.setOffline(false);
    await page.locator('.freshness .alarm').waitFor({ state: 'detached' });
  };

  it('when a filter is changed, then no figures stand under it that were not asked with it', async () => {
    const guest = await at('/ranking', '.ranking .body .name');
    const { page } = guest;
    const before = await page.locator('.head .answer').textContent();
    await cut(guest);
    await go(guest, '/ranking?on=2026-06-30');
    await page.locator('main').getByText(UNREACHABLE).waitFor();
    await expect.poll(() => page.locator('.ranking .body .name').count()).toBe(0);
    await expect.poll(() => page.locator('main').textContent()).not.toContain(before);
    await back(guest);
    await page.locator('.ranking .body .name').first().waitFor();
    await expect.poll(() => page.getByText(UNREACHABLE).count()).toBe(0);
    await guest.close();
  });

  it('when something is opened that was never read, then that is said, and pressed again it opens', async () => {
    const guest = await at('/ranking', '.ranking .body .name');
    const { page } = guest;
    await cut(guest);
    await page.keyboard.press('Control+k');
    await notice(page).getByText(NOT_READ).waitFor();
    await notice(page).getByRole('button').click();
    await page.getByRole('button', { name: '试改权重' }).click();
    await notice(page).getByText(NOT_READ).waitFor();
    await back(guest);
    await expect.poll(() => notice(page).textContent()).toBe('');
    // What belongs to the page comes by itself.
    await page.locator('.what-if input[type="number"]').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('header nav a[href^="/gaps"]').click();
    await page.waitForURL('**/gaps**');
    await expect.poll(() => notice(page).textContent()).toBe('');
    await guest.close();
  });

  it('when a link far down the page does nothing, then the sentence is in sight', async () => {
    const guest = await at('/ranking', '.ranking .body .name');
    const { page } = guest;
    await cut(guest);
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.locator('.ranking .body .name').last().click();
    const said = notice(page).getByText(NOT_READ);
    await said.waitFor();
    await expect.poll(async () => (await said.boundingBox())?.y ?? -1).toBeGreaterThan(0);
    await guest.close();
  });

  it.each(['/inbox', '/news', '/units', '/access', '/targets', '/freeze?year=2025', '/notes', '/account'])(
    'then %s says that the line is dead, and takes it back',
    async (path) => {
      const guest = await at(path, 'main h1');
      await expect.poll(() => guest.page.locator('.freshness .alarm').count()).toBe(0);
      await cut(guest);
      await expect.poll(() => guest.page.locator('.freshness .alarm').textContent()).toContain('网络已断开');
      await back(guest);
      await guest.close();
    },
  );

  it('when something is pressed, then nothing is promised that nobody does', async () => {
    const guest = await at('/news', 'main h1');
    const { page } = guest;
    const pressed = async (press: () => Promise<void>): Promise<void> => {
      await cut(guest);
      await press();
      const said = page.getByText(/连不上服务器|没有收到服务器的答复/);
      await said.first().waitFor();
      await expect.poll(() => page.getByText('自动重试').count()).toBe(0);
      await back(guest);
    };
    await pressed(() => page.getByRole('button', { name: '全部标为已读' }).click());
    await go(guest, '/meeting');
    await page.getByRole('button', { name: /Word/ }).first().waitFor();
    await pressed(() => page.getByRole('button', { name: /Word/ }).first().click());
    await go(guest, '/access');
    await page.getByRole('button', { name: '生成令牌' }).waitFor();
    await page.locator('form.fields input[type="text"]').first().fill('x');
    await page.locator('form.fields select').first().selectOption('leader');
    await pressed(() => page.getByRole('button', { name: '生成令牌' }).click());
    await guest.close();
  });

  it('when the inbox could not be read, then it is read once the network is back', async () => {
    const guest = await at('/inbox', '.detail');
    const { page } = guest;
    await cut(guest);
    await page.getByRole('button', { name: /^补报较晚/ }).click();
    await page.locator('main').getByText(UNREACHABLE).waitFor();
    await back(guest);
    await page.locator('.detail').waitFor(SOON);
    await guest.close();
  });

  it('when more of a list does not come, then that is said beside it', async () => {
    const guest = await at('/units/farm-03/desk/history', 'ol.list li');
    const { page } = guest;
    const more = page.getByRole('button', { name: '再看一些' });
    await more.waitFor();
    await cut(guest);
    await more.click();
    await page.locator('main').getByText('请检查网络后再点一次').waitFor();
    await back(guest);
    const held = await page.locator('ol.list > li').count();
    await more.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('ol.list > li').count(), SOON).toBeGreaterThan(held);
    // The focus is on the first entry that came.
    const place = `[...document.querySelectorAll('ol.list > li')].indexOf(document.activeElement)`;
    await expect.poll(() => page.evaluate(place)).toBe(held);
    await guest.close();
  });
});
