import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#schemas/results/access.ts';
import { fromOrganisation } from '#test/support/events.ts';
import { PASSWORD } from '#test/support/people.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, inBoth, launch, leave, signIn, speak, type Visit, visit } from './browser.ts';
import { clean, fits } from './clean.ts';

/** Refused sign-ins are answered with 401, which the browser reports by itself. */
const complaintsOf = ({ complaints }: Visit): string[] =>
  complaints.filter((line) => !/status of (401|409|422|429)/.test(line));

describe.skipIf(!chromiumPath)('who is who, in the browser', () => {
  let product: Product;
  let browser: Browser;
  let department: Visit;
  let units: { unit: string; name: string; closedOn: string | null }[];

  beforeAll(async () => {
    product = await startProduct({ sample: { seed: 3, today: '2026-03-01' }, dashboard: true });
    units = (await product.json<{ units: typeof units }>('/units')).units;
    browser = await launch();
    department = await visit(browser, product.url);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const pathOf = (link: string): string => link.slice(link.indexOf('/sign-in'));
  /** Where the door leads to, once it is known which view opens first. */
  const atHome = ({ page }: Visit) =>
    page.waitForURL(({ pathname }) => !['/sign-in', '/'].includes(pathname));
  const isWithin = async ({ page }: Visit): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  /** Makes an account by the page of a link. */
  async function makeAccount(guest: Visit, link: string, login: string): Promise<void> {
    await guest.page.goto(pathOf(link));
    await guest.page.getByLabel(/姓名|^Name/).fill(login);
    await guest.page
      .getByLabel(/登录名|Sign-in name/)
      .first()
      .fill(login);
    await guest.page
      .getByLabel(/密码|Password/)
      .first()
      .fill(PASSWORD);
    await guest.page.locator('form button[type=submit]').click();
    await atHome(guest);
  }

  async function signInBy(guest: Visit, login: string, password = PASSWORD): Promise<void> {
    await guest.page.goto('/sign-in');
    await guest.page.locator('input[autocomplete=username]').fill(login);
    await guest.page.locator('input[type=password]').fill(password);
    await guest.page.locator('form button[type=submit]').click();
  }

  it('the department sets up its first account by the printed link, which then is burnt', async () => {
    const { secret } = await product.access.issue({
      kind: 'link',
      purpose: 'set-up',
      rights: { roles: ['organisation'] },
      label: 'administrator',
      expiresAt: null,
    });
    const link = `${product.url}/sign-in#token=${secret}`;
    const looker = await visit(browser, product.url);
    await looker.page.goto(pathOf(link));
    await looker.page.getByRole('heading', { name: '建立第一个账号' }).waitFor();
    expect(looker.page.url()).not.toContain('token');
    // The window is called what the page is about, and not what the door is called else.
    await expect.poll(() => looker.page.title()).toMatch(/^建立第一个账号 · (?!.*请登录)/);
    expect(await axeFindings(looker.page)).toEqual([]);
    await looker.picture('access-set-up');
    await looker.close();
    await makeAccount(department, link, 'wang');
    const late = await visit(browser, product.url);
    await late.page.goto(pathOf(link));
    await late.page.getByText('这个链接已失效或已经用过').waitFor();
    await late.close();
    // Who is signed in and opens it again is told so, and goes on.
    await department.page.goto(pathOf(link));
    await department.page.getByText('这个链接已失效或已经用过').waitFor();
    await expect.poll(() => department.page.locator('main').textContent()).toContain('您已经以“wang”登录');
    await expect.poll(() => department.page.title()).toMatch(/^您已经登录 · (?!.*请登录)/);
    await department.page.getByRole('link', { name: '继续使用' }).click();
    await atHome(department);
  });

  it('invites somebody, who makes an account on a phone and sees what the rights allow', async () => {
    const { page } = department;
    await go(department, '/access');
    await page.getByRole('button', { name: '邀请人员' }).click();
    await page.getByLabel('给谁（姓名或岗位）').fill('宣传部 李');
    await page.getByLabel('核实', { exact: true }).check();
    await page.locator('dialog').getByLabel('学习型').check();
    await page.getByRole('button', { name: '生成邀请', exact: true }).click();
    const link = (await page.locator('dialog code').textContent()) ?? '';
    await page.locator('dialog img').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await department.picture('access-invited');
    await page.getByRole('button', { name: '关闭' }).click();
    await page.getByText('核实人（学习型）').waitFor();

    const phone = await visit(browser, product.url, { width: 390, height: 844 });
    await phone.page.goto(pathOf(link));
    await phone.page.getByText('您受邀使用本系统，身份是：核实人').waitFor();
    expect(await axeFindings(phone.page)).toEqual([]);
    expect(await isWithin(phone)).toBe(true);
    await makeAccount(phone, link, 'li');
    await phone.page.getByRole('link', { name: '差距' }).first().waitFor();
    expect(complaintsOf(phone)).toEqual([]);
    await phone.close();
  });

  it('prints a sheet for units; a unit’s head gets in by it and sees the own desk', async () => {
    const { page } = department;
    await go(department, '/access');
    const [first, second] = units;
    for (const unit of [first, second]) await page.getByLabel(`选择 ${unit?.name}`, { exact: true }).check();
    await page.getByRole('button', { name: /^为选中的 2 个单位生成邀请单/ }).click();
    await page.locator('.sheet li').nth(1).waitFor();
    const links = await page.locator('.sheet code').allTextContents();
    expect(new Set(links).size).toBe(2);
    await department.picture('access-sheet');
    const head = await visit(browser, product.url);
    await makeAccount(head, links[0] ?? '', 'head-one');
    await head.page.waitForURL('**/desk');
    await head.page.goto(`/units/${encodeURIComponent(first?.unit ?? '')}`);
    await head.page.getByRole('heading', { name: new RegExp(first?.name ?? '') }).waitFor();
    await head.close();
    await page.reload();
    await page.getByText('1 个账号').first().waitFor();
  });

  it('gives a token once, and revokes it', async () => {
    const { page } = department;
    await go(department, '/access');
    const form = page.locator('#tokens form');
    await form.getByLabel('用途').fill('三区报送程序');
    await form.getByLabel('所属单位').selectOption(units[2]?.unit ?? '');
    await form.getByRole('button', { name: '生成令牌' }).click();
    const token = (await page.locator('#tokens code').textContent()) ?? '';
    expect((await product.call('/session', { token })).status).toBe(200);
    const revoke = page.getByRole('button', { name: '撤销 三区报送程序' });
    // It is asked first: who presses Enter twice has kept it.
    await revoke.press('Enter');
    await page.getByRole('dialog').getByText('撤销后不能恢复').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await product.call('/session', { token })).status).toBe(200);
    await revoke.click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
    await page.locator('#tokens').getByText('已撤销').waitFor();
    expect((await product.call('/session', { token })).status).toBe(401);
  });

  it('resets a password, changes a role and disables somebody: each counts at once', async () => {
    const { page } = department;
    const li = await visit(browser, product.url);
    await signInBy(li, 'li');
    await atHome(li);
    await go(department, '/access');
    await page.getByRole('button', { name: '为 li 重设密码' }).click();
    const link = (await page.locator('dialog code').textContent()) ?? '';
    await page.getByRole('button', { name: '关闭' }).click();
    const other = await visit(browser, product.url);
    await other.page.goto(pathOf(link));
    await other.page.locator('input[autocomplete=new-password]').fill('barley-and-rye-55');
    await other.page.locator('form button[type=submit]').click();
    await atHome(other);
    await li.page.goto('/gaps');
    await li.page.waitForURL('**/sign-in**');
    await signInBy(li, 'li');
    await li.page.getByText('登录名与密码不符').waitFor();
    expect(await axeFindings(li.page)).toEqual([]);

    await page.getByRole('button', { name: '修改 li' }).click();
    await page.getByLabel('停用账号（立即退出，以前的记录保留）').check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await other.page.goto('/gaps');
    await other.page.waitForURL('**/sign-in**');
    for (const guest of [li, other]) await guest.close();
  });

  it('tells in the audit log who did what, and hands it out as a file', async () => {
    const { page } = department;
    await go(department, '/access/audit');
    const list = page.locator('tbody');
    for (const text of ['修改账号', '被拒绝', '发出邀请', '撤销令牌', '登录'])
      await list.getByText(text).first().waitFor();
    await page.getByLabel('类别').selectOption('attempt');
    await page.locator('main').getByRole('button', { name: '查找' }).click();
    await page.waitForURL('**/access/audit?action=attempt');
    await page.getByText('尝试的登录名：li').first().waitFor();
    await list.getByText('发出邀请').first().waitFor({ state: 'detached' });
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出 CSV' }).click();
    expect((await download).suggestedFilename()).toBe('audit.csv');
    expect(complaintsOf(department)).toEqual([]);
  });

  it('changes the own password', async () => {
    const { page } = department;
    await go(department, '/account');
    await page.getByLabel('现在的密码').fill('not-this-one-1');
    await page.getByLabel('新密码').fill('another-field-8-wheat');
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('现在的密码不对').waitFor();
    await page.getByLabel('现在的密码').fill(PASSWORD);
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('密码已修改').waitFor();
  });

  /** Free search, a kind and days narrow the audit log, and its file has what the page shows. */
  async function searchAudit({ page }: Visit, locale: 'zh-CN' | 'en'): Promise<void> {
    const chinese = locale === 'zh-CN';
    await page.getByRole('searchbox').fill('LI');
    await page.locator('main select').selectOption('attempt');
    await page
      .locator('main')
      .getByRole('button', { name: chinese ? '查找' : 'Search' })
      .click();
    await page.waitForURL('**/access/audit?q=LI&action=attempt');
    const { entries } = await product.json<{ entries: AuditEntry[] }>('/audit?q=li&action=attempt&limit=500');
    expect(entries.length).toBeGreaterThan(0);
    const rows = page.locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(entries.length);
    const told = rows.filter({ hasText: chinese ? /尝试的登录名：li/ : /tried as: li/ });
    await expect.poll(() => told.count()).toBeGreaterThan(0);
    const all = await product.json<{ entries: AuditEntry[] }>('/audit?action=attempt&limit=500');
    expect(entries.length).toBeLessThan(all.entries.length);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: chinese ? '导出 CSV' : 'Export as CSV' }).click();
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines.length).toBe(entries.length + 1);
    await page.locator('input[type=date]').first().fill('2999-01-01');
    await page.getByRole('searchbox').press('Enter');
    await page.getByText(chinese ? '没有符合条件的记录' : 'Nothing matches').waitFor();
  }

  it('is clean on every page and fits, in both languages, light and dark', async () => {
    const guest = await visit(browser, product.url);
    await signInBy(guest, 'wang', 'another-field-8-wheat');
    await atHome(guest);
    expect(complaintsOf(guest)).toEqual([]);
    guest.complaints.length = 0;
    for (const [path, mark] of [
      ['/access', '#sessions tbody tr'],
      ['/access/audit', 'tbody tr'],
      ['/account', 'input[type=password]'],
    ] as const) {
      await go(guest, path);
      await guest.page.locator(mark).first().waitFor();
      const name = `access${path.replaceAll('/', '-')}`;
      await clean(guest, name);
      await inBoth(guest, (locale) => fits(guest, `${name}-${locale}`, [[390], [1440, 'dark']]));
    }
    for (const [locale, width] of [
      ['zh-CN', 1440],
      ['en', 390],
    ] as const) {
      await guest.page.setViewportSize({ width, height: 844 });
      await speak(guest, locale);
      await leave(guest);
      await go(guest, '/access/audit');
      await guest.page.locator('tbody tr').first().waitFor();
      await searchAudit(guest, locale);
    }
    expect(complaintsOf(guest)).toEqual([]);
    await guest.close();
  });

  it('marks a dissolved unit wherever one may be invited, and chooses it for no invitation by itself', async () => {
    const last = units.at(-1);
    await product.send([
      fromOrganisation(last?.unit ?? '', 'unit.closed', { on: '2026-02-01', reason: '并入他处' }),
    ]);
    const { units: known } = await product.json<{ units: typeof units }>('/units');
    const closed = known.filter(({ closedOn }) => closedOn !== null);
    expect(closed.map(({ unit }) => unit)).toContain(last?.unit);
    const { page } = department;
    await page.goto('/access');
    const rows = closed.map(({ name }) => page.locator('#units tbody tr', { hasText: name }));
    for (const row of rows)
      await expect.poll(() => row.textContent(), { timeout: 20_000 }).toMatch(/\d\s日撤销/);
    await page.getByRole('button', { name: '选中还没有账号的单位' }).click();
    await expect.poll(() => page.locator('#units tbody input:checked').count()).toBeGreaterThan(0);
    for (const row of rows) await expect.poll(() => row.locator('input').isChecked()).toBe(false);
    await page.getByRole('button', { name: '邀请人员' }).click();
    await page.locator('dialog').getByLabel('单位填报').check();
    const offered = page.locator('dialog select option', { hasText: '撤销）' });
    await expect.poll(() => offered.count()).toBe(closed.length);
    await page.keyboard.press('Escape');
  });

  it('calls a dissolved unit by its name wherever its address leads, and tells it why it has no rank', async () => {
    const { unit = '', name = '' } = units.at(-1) ?? {};
    const { page } = department;
    for (const path of ['', '/requirements/learning.research', '/desk', '/desk/report', '/desk/history']) {
      await go(department, `/units/${unit}${path}?year=2026`);
      await expect.poll(() => page.title(), { message: path, timeout: 20_000 }).toContain(name);
      await expect.poll(() => page.title(), { message: path }).not.toContain(unit);
    }
    const own = await visit(browser, product.url);
    await signIn(own, await product.tokens.unit(unit));
    await go(own, '/ranking?year=2026');
    await expect
      .poll(() => own.page.locator('header.head .answer').textContent(), { timeout: 20_000 })
      .toContain(`${name}已于`);
    await own.close();
  });
});
