import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockFrom } from '#test/support/clock.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, launch, signIn, speak, type Visit, visit } from './browser.ts';

const YEAR = 2026;
const clock = clockFrom('2026-11-20T10:00:00+08:00');

describe.skipIf(!chromiumPath)('the first page of an empty system', () => {
  let product: Product;
  let browser: Browser;
  let guest: Visit;

  beforeAll(async () => {
    product = await startProduct({ dashboard: true, clock });
    browser = await launch();
    guest = await visit(browser, product.url, { now: clock() });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('opens by a press on the page of the printed link, once, and keeps its token out of the address', async () => {
    const link = await product.signInUrl();
    const scanner = await visit(browser, product.url, { now: clock() });
    await scanner.page.goto(link.slice(link.indexOf('/sign-in')), { waitUntil: 'networkidle' });
    await scanner.page.getByText('点击下面的按钮后生效').waitFor();
    expect(await axeFindings(scanner.page)).toEqual([]);
    await scanner.close();
    await guest.page.goto(link.slice(link.indexOf('/sign-in')));
    const press = guest.page.getByRole('button', { name: '登录', exact: true });
    await press.waitFor();
    expect(guest.page.url()).not.toContain('token');
    await press.click();
    await guest.page.waitForURL((url) => url.pathname !== '/sign-in' && url.pathname !== '/');
    expect(guest.page.url()).not.toContain('token');
    const second = await visit(browser, product.url, { now: clock() });
    await second.page.goto(link.slice(link.indexOf('/sign-in')));
    await second.page.getByText('这个链接已失效或已经用过').waitFor();
    expect(await axeFindings(second.page)).toEqual([]);
    await second.close();
  });

  it('offers the leading group nothing that it may not do', async () => {
    const leader = await visit(browser, product.url, { now: clock() });
    await signIn(leader, product.tokens.leader);
    await leader.page.goto('/ranking');
    await leader.page.getByText('请等组织部导入单位、采用方案').waitFor();
    await expect.poll(() => leader.page.getByRole('button', { name: '载入样例' }).count()).toBe(0);
    await leader.close();
  });

  it('leads from a year without a plan to no other year that has nothing to show', async () => {
    const leader = await visit(browser, product.url, { now: clock() });
    await signIn(leader, product.tokens.leader);
    for (const path of [
      '/gaps',
      '/trends',
      '/calendar',
      '/units/a-01',
      '/meeting',
      '/meeting/commendation',
      '/meeting/teaching',
    ])
      for (const year of [YEAR, YEAR - 1, YEAR - 2]) {
        await go(leader, `${path}?year=${year}`);
        await leader.page.locator('main .problem').waitFor();
        await expect.poll(() => leader.page.locator('main .problem').getByText(`${year}`).count()).toBe(1);
        await expect.poll(() => leader.page.getByRole('link', { name: /^看 \d+ 年$/ }).count()).toBe(0);
        await expect.poll(() => leader.page.locator('main .problem a').count()).toBe(1);
        // Nothing can be made of nothing, and nobody is sent to a year that is not there.
        await expect.poll(() => leader.page.getByText(/其他年度|另选年度/).count()).toBe(0);
        await expect
          .poll(() => leader.page.getByRole('button', { name: /PDF|Word|PPT|Excel/ }).count())
          .toBe(0);
      }
    await leader.close();
  });

  it.each([
    ['en-GB', 'en', 'Sign in'],
    ['zh-CN', 'zh-CN', '登录'],
    ['zh-TW', 'zh-CN', '登录'],
    ['fr-FR', 'zh-CN', '登录'],
  ])(
    'speaks to a browser set to %s in %s at the first visit, and in what is chosen then',
    async (set, spoken, signIn) => {
      const context = await browser.newContext({ baseURL: product.url, locale: set });
      const page = await context.newPage();
      await page.goto('/sign-in');
      await page.locator(`html[lang="${spoken}"]`).waitFor({ state: 'attached' });
      await page.getByRole('button', { name: signIn, exact: true }).first().waitFor();
      const other = spoken === 'en' ? 'zh-CN' : 'en';
      await speak({ page } as Visit, other);
      await page.reload();
      await page.locator(`html[lang="${other}"]`).waitFor({ state: 'attached' });
      await context.close();
    },
  );

  it('takes a register of units: previews it, names each faulty row, registers the rest, and says so', async () => {
    const { page } = guest;
    await page.goto('/ranking');
    await page.getByRole('button', { name: '载入样例' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await guest.picture('empty');
    await page.getByRole('link', { name: '导入单位' }).click();
    const sheet =
      '编号,名称,类别,班子人数,一把手\r\nf-1,第一管理区,farm,8,m-01\r\nf-2,第二管理区,farm,零,m-01\r\n,,,8,\r\n';
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
    await page.getByText('新增 1 行，更正 0 行，已有 0 行，有误 2 行').waitFor();
    await page.getByText('班子人数：“零”不是整数。').waitFor();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
    expect(await axeFindings(page)).toEqual([]);
    await guest.picture('import-preview');
    const units = async (): Promise<string[]> =>
      (await product.json<{ units: { unit: string }[] }>('/units')).units.map(({ unit }) => unit);
    expect(await units()).toEqual([]);
    await page.getByRole('button', { name: '导入这 1 行' }).click();
    await page.getByRole('heading', { name: '已导入：单位.csv' }).waitFor();
    expect(await units()).toEqual(['f-1']);
    await page.getByRole('button', { name: '整体撤销' }).waitFor();
    await page.goto('/overview');
  });

  it('adopts the plan and shows the ranking, without a reload', async () => {
    const { page } = guest;
    await page.getByRole('button', { name: `采用 ${YEAR} 年方案` }).click();
    // The panel that was pressed is gone by now; what was done is still said.
    await page.getByText(`${YEAR} 年方案已采用。`).waitFor();
    await page.goto('/ranking');
    await page.locator('tbody .name', { hasText: '第一管理区' }).waitFor();
    const { plan } = await product.json<{ plan: { year: number; requirements: object[] } }>(`/plans/${YEAR}`);
    expect([plan.year, plan.requirements.length]).toEqual([YEAR, 33]);
  });

  it('says how old its figures are while there is no network, and goes on when there is', async () => {
    await guest.context.setOffline(true);
    await guest.page.getByText('网络已断开').waitFor();
    await expect.poll(() => guest.page.locator('tbody .name').count()).toBe(1);
    await guest.context.setOffline(false);
    await guest.page.getByText('网络已断开').waitFor({ state: 'detached' });
  });

  it('sends people whose session is over to the door, and back where they were afterwards', async () => {
    const { page } = guest;
    await guest.context.clearCookies();
    await page.goto('/gaps?group=farm');
    await page.waitForURL('**/sign-in?next=**');
    await page.getByRole('button', { name: '用登录令牌登录' }).click();
    await page.getByLabel('登录令牌').fill(product.tokens.leader);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.waitForURL('**/gaps?group=farm');
  });
});
