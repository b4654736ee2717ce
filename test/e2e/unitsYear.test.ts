import { readFile } from 'node:fs/promises';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityRow, Ranking, Standing } from '#schemas/results/results.ts';
import { clockFrom } from '#test/support/clock.ts';
import { pdfFile } from '#test/support/files.ts';
import { PASSWORD } from '#test/support/people.ts';
import { freePort, startProvider } from '#test/support/provider.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, type Device, go, launch, type Visit, visit } from './browser.ts';

/**
 * A year of units with nobody at a terminal: an empty system, the department, and three units that report by form on a
 * phone, by spreadsheet and by program; somebody comes by single sign-on. The ranking follows at each step, and the
 * audit log tells the story.
 */

const DAY = '2026-11-22';
const PHONE = { width: 390, height: 844 };
const UNITS = Array.from({ length: 12 }, (_, index) => `farm-${String(index + 1).padStart(2, '0')}`);
const [FORM, SHEET, PROGRAM, SIGNED] = UNITS as [string, string, string, string];
const nameOf = (unit: string): string => `第${unit.slice(-2)}管理区`;

describe.skipIf(!chromiumPath)('a year of units, in the browser alone', () => {
  const clock = clockFrom(`${DAY}T10:00:00+08:00`);
  let product: Product;
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let browser: Browser;
  let department: Visit;
  const heads = new Map<string, Visit>();
  const links = new Map<string, string>();

  beforeAll(async () => {
    const port = await freePort();
    provider = await startProvider(`http://127.0.0.1:${port}/api/oidc/callback`, [
      { sub: 'liu', name: '刘', groups: ['district-4-heads'] },
      { sub: 'zhao', name: '赵', groups: ['canteen'] },
    ]);
    const env = {
      PORT: String(port),
      ...provider.settings,
      OIDC_ROLES: `district-4-heads=unit:${SIGNED}:head`,
    };
    product = await startProduct({ clock, dashboard: true, env });
    browser = await launch();
    department = await visit(browser, product.url, { now: clock() });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await provider?.stop();
  });

  const pathOf = (link: string): string => link.slice(link.indexOf('/sign-in'));
  const headOf = (unit: string): Visit => {
    const found = heads.get(unit);
    if (!found) throw new Error(`nobody of ${unit} has come yet`);
    return found;
  };
  async function makeAccount(guest: Visit, link: string, login: string): Promise<void> {
    const { page } = guest;
    await page.goto(pathOf(link));
    await page.getByLabel('姓名').fill(login);
    await page.getByLabel('登录名').first().fill(login);
    await page.getByLabel('密码').first().fill(PASSWORD);
    await page.locator('form button[type=submit]').click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
  }
  const enter = async (unit: string, login: string, device: Device = {}): Promise<Visit> => {
    const guest = await visit(browser, product.url, { now: clock(), ...device });
    await makeAccount(guest, links.get(unit) ?? '', login);
    heads.set(unit, guest);
    return guest;
  };
  const totalOf = async (unit: string): Promise<number> => {
    const { rows } = await product.json<Ranking>('/rankings/2026?basis=to-date');
    const row = rows.find((one) => 'unit' in one && one.unit === unit);
    return row?.total ?? 0;
  };
  const reportsOf = async (unit: string): Promise<ActivityRow[]> =>
    (await product.json<{ activities: ActivityRow[] }>(`/units/${unit}/activities?year=2026`)).activities;
  const bring = async ({ page }: Visit, name: string, buffer: Buffer): Promise<void> => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer });
  };

  it('the department signs in by the set-up link, registers twelve units from a sheet, adopts the plan and invites', async () => {
    const { page } = department;
    const { secret } = await product.access.issue({
      kind: 'link',
      purpose: 'set-up',
      rights: { roles: ['organisation'] },
      label: 'administrator',
      expiresAt: null,
    });
    await makeAccount(department, `${product.url}/sign-in#token=${secret}`, 'wang');
    await go(department, '/import?kind=units');
    const rows = UNITS.map(
      (unit, index) => `${unit},${nameOf(unit)},农业管理区,${5 + (index % 4)},m-${index}`,
    );
    await bring(
      department,
      '单位.csv',
      Buffer.from(`单位编号,名称,类别,班子人数,一把手\n${rows.join('\n')}\n`),
    );
    await page.getByRole('button', { name: '导入这 12 行' }).click();
    await page.getByText('新增 12 行').first().waitFor();
    await go(department, '/overview');
    await page.getByRole('button', { name: '采用 2026 年方案' }).click();
    await expect.poll(async () => (await product.call('/plans/2026')).status, { timeout: 20_000 }).toBe(200);
    await go(department, '/access');
    for (const unit of [FORM, SHEET, PROGRAM])
      await page.getByLabel(`选择 ${nameOf(unit)}`, { exact: true }).check();
    await page.getByRole('button', { name: /^为选中的 3 个单位生成邀请单/ }).click();
    await page.locator('.sheet li').nth(2).waitFor();
    const texts = await page.locator('.sheet code').allTextContents();
    for (const [index, unit] of [FORM, SHEET, PROGRAM].entries()) links.set(unit, texts[index] ?? '');
    expect(new Set(links.values()).size).toBe(3);
  });

  it('one unit reports by form on a phone, with a file that the department opens', async () => {
    const guest = await enter(FORM, 'head-one', PHONE);
    const { page } = guest;
    await page.waitForURL('**/desk');
    const before = await totalOf(FORM);
    await go(guest, '/desk/report?kind=research');
    await page.getByLabel('标题', { exact: true }).fill('秋收机械调配专题调研');
    await page
      .locator('fieldset.evidence input[type=file]')
      .first()
      .setInputFiles({ name: '调研报告.pdf', mimeType: '', buffer: pdfFile('调研') });
    await page.locator('fieldset.evidence').getByRole('link', { name: '调研报告.pdf' }).waitFor();
    await expect.poll(() => page.locator('.effect .figure').textContent()).toContain('+');
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('form.report button[type=submit]').click();
    await page.locator('.receipt .became .caption').waitFor();
    expect(await totalOf(FORM)).toBeGreaterThanOrEqual(before);
    const { requirements } = await product.json<Standing>(`/units/${FORM}/standing?year=2026&basis=year`);
    expect(requirements.find(({ id }) => id === 'learning.research')?.attainment).toBe(0.25);

    await go(department, `/units/${FORM}/requirements/learning.research`);
    const downloading = department.page.waitForEvent('download');
    await department.page.getByRole('link', { name: /调研报告/ }).click();
    expect(await readFile(await (await downloading).path())).toEqual(pdfFile('调研'));
  });

  it('another brings a sheet, corrects its faulty rows and brings them again; one import is undone as a whole', async () => {
    const guest = await enter(SHEET, 'head-two');
    const { page } = guest;
    await go(guest, '/import');
    const heads2 = '类型,日期,标题,应做数,完成数';
    const rows = [
      'lecture,2026-03-05,上半年讲座,,',
      'lecture,2026-13-05,下半年讲座,,',
      'major-decisions,2026-06-30,重大事项,八,8',
    ];
    await bring(guest, '活动.csv', Buffer.from(`${heads2}\n${rows.join('\n')}\n`));
    await page.getByText('新增 1 行，更正 0 行，已有 0 行，有误 2 行。').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '导入这 1 行' }).click();
    await page.getByRole('heading', { name: '已导入：活动.csv' }).waitFor();
    await page.locator('input[type=file]:enabled').waitFor({ state: 'attached' });
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载有误的行，改好再传' }).click();
    const workbook = await readXlsx(new Uint8Array(await readFile(await (await downloading).path())));
    const [head = [], ...faulty] = workbook.sheets[0]?.rows ?? [];
    const mended = faulty.map((row) =>
      row.map((cell) => (cell === '2026-13-05' ? '2026-08-05' : cell === '八' ? 8 : cell)),
    );
    const again = Buffer.from(
      await writeXlsx({ sheets: [{ name: '更正', rows: [head, ...mended] as never }] }),
    );
    await page.getByRole('button', { name: '另选文件' }).click();
    await bring(guest, '更正.xlsx', again);
    await page.getByRole('heading', { name: '导入后各单位的总分和名次' }).waitFor();
    await page.getByRole('button', { name: '导入这 2 行' }).click();
    await page.getByRole('heading', { name: '已导入：更正.xlsx' }).waitFor();
    expect((await reportsOf(SHEET)).map(({ title }) => title).sort()).toEqual([
      '上半年讲座',
      '下半年讲座',
      '重大事项',
    ]);
    const high = await totalOf(SHEET);
    await page.getByRole('button', { name: '整体撤销' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销导入' }).click();
    await page.getByText('撤回 2 条').waitFor();
    expect(await totalOf(SHEET)).toBeLessThan(high);
  });

  it('a third reports by its own program, with a token that it was given once', async () => {
    const { page } = department;
    await go(department, '/access');
    const form = page.locator('#tokens form');
    await form.getByLabel('用途').fill('三区报送程序');
    await form.getByLabel('所属单位').selectOption(PROGRAM);
    await form.getByRole('button', { name: '生成令牌' }).click();
    const token = (await page.locator('#tokens code').textContent()) ?? '';
    const before = await totalOf(PROGRAM);
    const event = {
      specversion: '1.0',
      id: 'from-program-1',
      source: `/units/${PROGRAM}`,
      type: 'activity.recorded',
      time: `${DAY}T01:00:00Z`,
      data: {
        activity: 'p-1',
        unit: PROGRAM,
        year: 2026,
        kind: 'life-meeting',
        occurredOn: '2026-05-11',
        title: '民主生活会',
      },
    };
    const sent = await product.call('/events', {
      method: 'POST',
      token,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    expect(sent.status).toBe(202);
    await expect.poll(() => totalOf(PROGRAM), { timeout: 20_000 }).toBeGreaterThan(before);
  });

  it('a report is amended, another retracted', async () => {
    const { page } = headOf(FORM);
    await go(headOf(FORM), '/desk/history');
    const title = '秋收机械调配专题调研';
    await page.getByRole('link', { name: `更正：${title}` }).click();
    await page.getByLabel('标题', { exact: true }).fill(`${title}（定稿）`);
    await page.locator('form.report button[type=submit]').click();
    await page.locator('.receipt .became .caption').waitFor();
    const [report] = await reportsOf(FORM);
    expect(report).toMatchObject({ title: `${title}（定稿）`, attachments: [{ name: '调研报告.pdf' }] });

    const other = headOf(SHEET).page;
    await go(headOf(SHEET), '/desk/history');
    await other.getByRole('button', { name: '撤回：上半年讲座' }).click();
    const dialog = other.locator('dialog');
    await dialog.getByLabel('理由').fill('与另一场是同一场');
    await dialog.getByRole('button', { name: '撤回', exact: true }).click();
    await expect
      .poll(async () => (await reportsOf(SHEET)).find((one) => one.title === '上半年讲座')?.state, {
        timeout: 20_000,
      })
      .toBe('retracted');
  });

  it('the self-inspection is drafted from the record, edited and submitted', async () => {
    const { page } = headOf(FORM);
    await go(headOf(FORM), '/desk/self-inspection');
    const first = page.locator('section.criterion').first();
    await first.locator('textarea').first().fill('讲座办得少。');
    // Where the record has nothing yet, the unit says itself what it is worth.
    for (const field of await page.locator('section.criterion input[type=number]').all())
      if ((await field.inputValue()) === '') {
        await field.fill('60');
        await field.press('Tab');
      }
    await page.getByRole('button', { name: '上报自检' }).click();
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await page.getByText('2026 年自检已上报。').waitFor();
    const { selfInspection } = await product.json<Standing>(`/units/${FORM}/standing?year=2026`);
    expect(selfInspection?.criteria.learning?.shortcomings).toBe('讲座办得少。');
  });

  it('a fourth’s head comes by single sign-on, with the rights of their group; who is of no group is told so', async () => {
    const through = async (login: string): Promise<Visit> => {
      const guest = await visit(browser, product.url, { now: clock() });
      const { page } = guest;
      // The provider's page asks for a font of another machine's.
      await guest.context.route(/googleapis/, (asked) => asked.abort());
      await page.goto('/desk');
      await page.getByRole('link', { name: '单点登录' }).click();
      await page.waitForURL(`${provider.issuer}/**`);
      await page.locator('input[name=login]').fill(login);
      await page.locator('input[name=password]').fill('any');
      await page.locator('button[type=submit]').click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL(`${product.url}/**`);
      return guest;
    };
    const head = await through('liu');
    await head.page.waitForURL('**/desk');
    await head.page.locator('#open tbody tr').first().waitFor();
    expect(await (await head.context.request.get('/api/session')).json()).toMatchObject({
      principal: { label: '刘', roles: ['unit'], unit: SIGNED, position: 'head' },
      account: { login: 'liu', hasPassword: false },
    });
    await head.close();
    const stranger = await through('zhao');
    await stranger.page.getByText('您所在的组在本系统没有角色').waitFor();
    expect((await stranger.context.request.get('/api/units')).status()).toBe(401);
    await stranger.close();
  });

  it('somebody who is disabled is out at the next request, and the audit log tells the story', async () => {
    const { page } = department;
    await go(department, '/access');
    await page.getByRole('button', { name: '修改 head-two' }).click();
    await page.getByLabel('停用账号（立即退出，以前的记录保留）').check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    const other = headOf(SHEET).page;
    await other.goto('/desk');
    await other.waitForURL('**/sign-in**');
    const { entries } = await product.json<{ entries: { action: string }[] }>('/audit?limit=500');
    const actions = new Set(entries.map(({ action }) => action));
    for (const action of ['import.sheet', 'import.undone', 'plan.adopted'])
      expect([...actions]).toContain(action);
    await go(department, '/access/audit');
    await page.locator('tbody tr').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});
