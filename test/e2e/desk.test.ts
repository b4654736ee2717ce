import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '#schemas/plan.ts';
import { unparted } from '#schemas/presentation/numbers.ts';
import type { Preview } from '#schemas/results/preview.ts';
import type { ActivityRow, Standing } from '#schemas/results/results.ts';
import { clockFrom } from '#test/support/clock.ts';
import { fromOrganisation } from '#test/support/events.ts';
import { PASSWORD } from '#test/support/people.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import {
  chromiumPath,
  type Device,
  go,
  inBoth,
  launch,
  signIn,
  staying,
  type Visit,
  visit,
} from './browser.ts';
import { clean } from './clean.ts';
import { pictured } from './pictured.ts';

/** A unit lives its year at its desk: what it owes, a report, what became of it. */

const DAY = '2026-11-22';
const UNIT = 'farm-03';
/** A desk and a phone; `late`: which of what was missed is made good there. */
const DEVICES = [
  { device: { locale: 'zh-CN', width: 1440, height: 900 }, title: '上半年民主生活会', late: 0 },
  { device: { locale: 'en', width: 390, height: 844 }, title: 'Centre-group study on water rights', late: 3 },
] as const;

describe.skipIf(!chromiumPath)('a unit’s desk', () => {
  const clock = clockFrom(`${DAY}T10:00:00+08:00`);
  let product: Product;
  let browser: Browser;
  let token: string;

  beforeAll(async () => {
    product = await startProduct({ sample: { seed: 5, today: DAY }, clock, dashboard: true });
    browser = await launch();
    token = await product.tokens.unit(UNIT);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const arrive = async (device: Device = {}, by = token): Promise<Visit> => {
    const guest = await visit(browser, product.url, { ...device, now: clock() });
    await signIn(guest, by);
    return guest;
  };
  /** Who was here before on such a device goes on in the open page. */
  const enter = staying(arrive);
  const standing = (): Promise<Standing> => product.json(`/units/${UNIT}/standing?year=2026&basis=year`);
  const reports = async (): Promise<ActivityRow[]> =>
    (await product.json<{ activities: ActivityRow[] }>(`/units/${UNIT}/activities?order=latest`)).activities;
  const byTitle = async (title: string): Promise<ActivityRow | undefined> =>
    (await reports()).find((one) => one.title === title);
  const fits = async ({ page }: Visit): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  const figures = (text: string | null): number[] => (text?.match(/\d+(\.\d+)?/g) ?? []).map(Number);

  it('is what a unit sees first: all that it owes, by deadline, with what each is worth', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/');
    await page.waitForURL('**/desk');
    await page.locator('#open tbody tr').first().waitFor();
    const { requirements } = await standing();
    const windows = requirements.flatMap((row) => row.windows.map(({ status }) => status));
    const owed = windows.filter((status) => status === 'open').length;
    await expect
      .poll(() => page.locator('.answer').textContent())
      .toContain(unparted(`还有 ${owed} 项可以补齐`));
    const more = page.locator('#open > button');
    if (await more.count()) await more.click();
    // The conditions for commendation that are still to be met stand among them.
    await expect.poll(() => page.locator('#open tbody tr').count()).toBeGreaterThanOrEqual(owed);
    await expect.poll(() => page.locator('#missed tbody tr').count()).toBeGreaterThan(0);
    await guest.close();
  });

  /** The page that is open has no fault in either language, and fits; the pictures of docs/reporter.md are held to it. */
  const looked = async (guest: Visit, name: string, picture?: string): Promise<void> => {
    if (picture) await inBoth(guest, (locale) => pictured(guest.page, `${picture}.${locale.slice(0, 2)}`));
    await inBoth(guest, async (locale) => expect(await fits(guest), `${name} in ${locale}`).toBe(true));
    await clean(guest, name);
  };

  it.each(DEVICES)(
    'goes from what is owed to the form, tells the effect, sends, and the ranking follows: $device.locale at $device.width',
    async ({ device, title, late }) => {
      const guest = await enter(device);
      const { page } = guest;
      const [zh, onDesk] = [device.locale === 'zh-CN', device.width === 1440];
      await go(guest, '/desk');
      await page.locator('#open tbody tr').first().waitFor();
      await looked(guest, 'desk', onDesk ? 'desk' : undefined);
      // A window that is over: the day is asked for, within it.
      const missed = page.locator('#missed tbody tr').nth(late);
      const loss = figures(await missed.locator('.worth').textContent())[0] ?? 0;
      await missed.getByRole('link').click();
      await page.locator('form.report').waitFor();
      await expect.poll(() => page.locator('input[type=date]').inputValue()).toBe('');
      const { requirements, row: before } = await standing();
      const aim = new URL(page.url()).searchParams;
      const requirement = requirements.find(({ id }) => id === aim.get('requirement'));
      const window = requirement?.windows.find(({ label }) => label === aim.get('window'));
      await page.locator('form.report button[type=submit]').click();
      await page.locator('.form-field.faulty').first().waitFor();
      await looked(guest, 'report-faulty');
      await page.locator('input[type=date]').fill(window?.to ?? '');
      await page.getByLabel(zh ? '标题' : 'Title', { exact: true }).fill(title);
      const lead = page.locator('.effect .figure');
      await expect.poll(() => lead.textContent(), { timeout: 15_000 }).toContain('+');
      const promised = (await lead.textContent()) ?? '';
      expect(figures(promised)[0]).toBeCloseTo(loss, 1);
      await looked(guest, 'report', onDesk ? undefined : 'report-phone');
      await page.locator('form.report button[type=submit]').click();
      await page.locator('.receipt .became .caption').waitFor();
      const { row: after } = await standing();
      expect(after.total ?? 0).toBeGreaterThan(before.total ?? 0);
      const told = figures(await page.locator('.became').textContent());
      expect(told).toContain(Number((after.total ?? 0).toFixed(2)));
      expect(figures(promised).at(-1)).toBe(after.rank);
      expect(await byTitle(title)).toMatchObject({ state: 'reported', counts: true, recordedBy: 'unit' });
      await looked(guest, 'receipt');
      await page.getByRole('link', { name: zh ? '看上报记录' : 'See the reports' }).click();
      await page.locator('ol.list > li').first().getByRole('heading', { name: title }).waitFor();
      await looked(guest, 'reports', onDesk ? 'reports' : undefined);
      await guest.close();
    },
  );

  it('keeps a draft over a closed tab, notices the same report again, and drops the draft once it is sent', async () => {
    const guest = await arrive();
    const { page, context } = guest;
    await page.goto('/desk/report?kind=research');
    const title = '没写完的调研';
    await page.getByLabel('标题', { exact: true }).fill(title);
    await page.getByText('草稿已存在本机').waitFor();
    await page.close();
    const again = await context.newPage();
    await again.goto('/desk');
    const draft = again.locator('#drafts li');
    await draft.getByText(title).waitFor();
    expect(await axeFindings(again)).toEqual([]);
    // Somebody else at the same machine sees none of it.
    const other = await product.tokens.unit(UNIT);
    await again.goto(`/sign-in#token=${other}`);
    await again.locator('form button[type=submit]').click();
    await again.locator('#open tbody tr').first().waitFor();
    await expect.poll(() => again.locator('#drafts').count()).toBe(0);
    await again.goto(`/sign-in#token=${token}`);
    await again.locator('form button[type=submit]').click();
    await again.locator('#drafts').getByRole('link', { name: '继续填写' }).click();
    const heading = again.getByLabel('标题', { exact: true });
    await expect.poll(() => heading.inputValue()).toBe(title);
    // The answer is lost on the way, and the same is sent again: it is there once.
    await again.locator('.effect .figure').waitFor();
    await again.route('**/api/events', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const send = again.locator('form.report button[type=submit]');
    await send.click();
    await again.getByText('没有收到服务器的回答').waitFor();
    await again.unroute('**/api/events');
    await expect.poll(async () => (await byTitle(title))?.state, { timeout: 15_000 }).toBe('reported');
    await send.click();
    await again.locator('.receipt').waitFor();
    expect((await reports()).filter((one) => one.title === title)).toHaveLength(1);
    // The same one, begun anew, is noticed before it is sent.
    await again.goto('/desk/report?kind=research');
    await again.getByLabel('标题', { exact: true }).fill(` ${title}。`);
    await again.locator('.same').waitFor();
    await expect.poll(() => again.locator('.same').textContent()).toContain('标题相同');
    await expect.poll(() => send.textContent()).toContain('是另一件事');
    expect(await axeFindings(again)).toEqual([]);
    await go({ ...guest, page: again }, '/desk');
    await again.locator('#open tbody tr').first().waitFor();
    await again
      .locator('#drafts')
      .getByRole('button', { name: /^删除：/ })
      .click();
    await again.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click();
    await expect.poll(() => again.locator('#drafts').count()).toBe(0);
    await guest.close();
  });

  it('amends, retracts, and appeals after a rejection; the thread tells what became of each', async () => {
    const guest = await enter();
    const { page } = guest;
    const title = '要改的调研';
    await go(guest, '/desk/report?kind=research');
    await page.getByLabel('标题', { exact: true }).fill(title);
    await page.locator('.effect .figure').waitFor();
    await page.locator('form.report button[type=submit]').click();
    await page.locator('.receipt .became .caption').waitFor();
    await page.getByRole('link', { name: '看上报记录' }).click();
    const entry = page.locator('ol.list > li').first();
    await entry.getByRole('heading', { name: title }).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await entry.getByRole('link', { name: `更正：${title}` }).click();
    await page.locator('form.report').waitFor();
    await expect.poll(() => page.getByLabel('标题', { exact: true }).inputValue()).toBe(title);
    await page.getByLabel('标题', { exact: true }).fill(`${title}（定稿）`);
    await page.locator('form.report button[type=submit]').click();
    await page.locator('.receipt .became .caption').waitFor();
    const amended = await byTitle(`${title}（定稿）`);
    expect(amended?.history.map(({ type }) => type)).toEqual(['activity.recorded', 'activity.amended']);

    const activity = amended?.activity ?? '';
    await product.send([fromOrganisation(UNIT, 'activity.rejected', { activity, reason: '照片看不清' })]);
    await go(guest, '/desk');
    await page.locator('#returned').getByText('照片看不清').first().waitFor();
    await go(guest, '/desk/history?state=rejected');
    const rejected = page.locator('ol.list > li', { hasText: `${title}（定稿）` });
    await rejected.getByRole('button', { name: `申诉：${title}（定稿）` }).click();
    const dialog = page.locator('dialog');
    await dialog.getByText('如果重新计入').waitFor();
    await dialog.getByRole('button', { name: '提出申诉' }).click();
    await dialog.getByLabel('理由').fill('已补清晰照片');
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: '提出申诉' }).click();
    await rejected.getByText('已补清晰照片').waitFor();
    expect(await byTitle(`${title}（定稿）`)).toMatchObject({ state: 'rejected', appealOpen: true });
    await product.send([
      fromOrganisation(UNIT, 'appeal.decided', { activity, outcome: 'granted', reason: '照片清楚了' }),
    ]);

    await go(guest, '/desk/history');
    const first = page.locator('ol.list > li').first();
    await first.getByText('照片清楚了').waitFor();
    await first.getByRole('button', { name: /（定稿） · .+”的每一步改变了什么/ }).click();
    await first.getByText(`标题：${title} → ${title}（定稿）`, { exact: true }).waitFor();
    const points = await first.locator('.effect').allTextContents();
    expect(points.filter((line) => /^全年总分/.test(line))).toHaveLength(5);
    expect(points.at(-1)).toMatch(/^全年总分/);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await axeFindings(page)).toEqual([]);
    expect(await fits(guest)).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    await first.getByRole('button', { name: `撤回：${title}（定稿）` }).click();
    await dialog.getByLabel('理由').fill('与另一条重复');
    await dialog.getByRole('button', { name: '撤回', exact: true }).click();
    await first.getByText('与另一条重复').waitFor();
    await expect.poll(() => first.getByRole('button', { name: /撤回/ }).count()).toBe(0);
    expect(await byTitle(`${title}（定稿）`)).toMatchObject({ state: 'retracted', counts: false });
    expect(await fits(guest)).toBe(true);
    await guest.close();
  });

  it('a reporter with an account reports as its head does, and the thread names who it was', async () => {
    const { secret } = await product.access.issue({
      kind: 'link',
      purpose: 'invitation',
      rights: { roles: ['unit'], unit: UNIT, position: 'reporter' },
      label: '填报人',
      expiresAt: null,
    });
    const guest = await visit(browser, product.url, { width: 390, height: 844, now: clock() });
    const { page } = guest;
    await page.goto(`/sign-in#token=${secret}`);
    await page.getByLabel('姓名').fill('填报人 赵');
    await page.getByLabel('登录名').first().fill('zhao');
    await page.getByLabel('密码').first().fill(PASSWORD);
    await page.locator('form button[type=submit]').click();
    await page.waitForURL('**/desk');
    await go(guest, '/desk/report?kind=lecture');
    await page.getByLabel('标题', { exact: true }).fill('秋收安全讲座');
    await page.locator('.effect .figure').waitFor();
    await page.locator('form.report button[type=submit]').click();
    await page.locator('.receipt').waitFor();
    await go(guest, '/desk/history');
    await page.locator('ol.list > li').first().getByText('填报人 赵').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await fits(guest)).toBe(true);
    await guest.close();
  });

  it('the department acts for a unit, in its own name; nobody else has a desk', async () => {
    const department = await enter({}, product.tokens.organisation);
    await go(department, `/units/${UNIT}`);
    await department.page.getByRole('link', { name: '去工作台办理' }).click();
    await department.page.waitForURL(`**/units/${UNIT}/desk`);
    await department.page.getByText('您以组织部身份替').waitFor();
    await go(department, `/units/${UNIT}/desk/report?kind=lecture`);
    await department.page.getByLabel('标题', { exact: true }).fill('组织部补录的讲座');
    await department.page.locator('.effect .figure').waitFor();
    await department.page.locator('form.report button[type=submit]').click();
    await department.page.locator('.receipt .became .caption').waitFor();
    expect(await byTitle('组织部补录的讲座')).toMatchObject({ recordedBy: 'organisation' });
    await go(department, '/desk');
    await department.page.getByText('您的账号不属于任何单位').waitFor();
    await department.close();

    const leader = await enter({}, product.tokens.leader);
    await go(leader, '/desk');
    // The way by a unit's page is the department's; a leader is not sent there.
    await leader.page.getByRole('alert').getByText('您的身份不能查看这一页').waitFor();
    await leader.close();
    const other = await enter({}, await product.tokens.unit('farm-04'));
    await go(other, `/units/${UNIT}/desk`);
    await other.page.getByRole('alert').waitFor();
    await other.close();
  });

  it('tells whoever types when another version of the plan is adopted, and reckons by it from then on', async () => {
    const { plan } = await product.json<{ plan: Plan }>('/plans/2026');
    const guest = await enter({ width: 390, height: 844 });
    const { page } = guest;
    await go(guest, '/desk/report?kind=research');
    await page.getByLabel('标题', { exact: true }).fill('改方案时在填');
    const occurredOn = `${DAY.slice(0, 8)}10`;
    await page.locator('input[type=date]').fill(occurredOn);
    const figure = page.locator('.effect .figure');
    await expect.poll(() => figure.textContent(), { timeout: 15_000 }).not.toBe('');
    await expect.poll(() => page.getByText(/填写期间|While you typed/).count()).toBe(0);
    const [from, version] = [plan.version, plan.version + 1];
    const requirements = plan.requirements.map((one) =>
      one.kind === 'research' ? { ...one, points: one.points * 3 } : one,
    );
    await product.json('/plans/2026', { method: 'PUT', body: { ...plan, version, requirements } });
    const words = {
      'zh-CN': `考核方案由第 ${from} 版改为第 ${version} 版`,
      en: `the plan changed from version ${from} to version ${version}`,
    };
    await inBoth(guest, (locale) => page.getByText(words[locale]).waitFor());
    const { bases } = await product.json<Preview>(`/units/${UNIT}/preview`, {
      method: 'POST',
      token,
      body: { year: 2026, body: { kind: 'research', occurredOn, title: 'x' } },
    });
    const year = bases.find(({ basis }) => basis === 'year');
    const gained = (year?.total.after ?? 0) - (year?.total.before ?? 0);
    // A report that brings nothing has no figure.
    await expect.poll(async () => figures(await figure.textContent())[0] ?? 0).toBeCloseTo(gained, 1);
    await looked(guest, 'report-other-plan');
    await guest.close();
  });
});
