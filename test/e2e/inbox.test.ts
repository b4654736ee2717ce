import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecidedList, type Inbox, type IncidentList, MOST_DECISIONS } from '#schemas/results/inbox.ts';
import type { ReportEffects } from '#schemas/results/reportEffects.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { fromUnit } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, inBoth, launch, leave, signIn, type Visit, visit } from './browser.ts';
import { clean } from './clean.ts';

const TODAY = Date.parse('2026-03-01T04:00:00Z');

describe.skipIf(!chromiumPath)('the department’s inbox, in the browser', () => {
  let product: Product;
  let browser: Browser;
  let desk: Visit;
  let second: string;

  beforeAll(async () => {
    product = await startProduct({
      sample: { seed: 3, today: '2026-03-01' },
      dashboard: true,
      clock: () => TODAY,
      env: { VETO_SECOND_PERSON: '1' },
    });
    second = (
      await product.access.issue({
        kind: 'bearer',
        rights: { roles: ['organisation'] },
        label: '组织部 李',
        expiresAt: null,
      })
    ).secret;
    browser = await launch();
    desk = await visit(browser, product.url);
    await signIn(desk, product.tokens.organisation);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const inbox = (query = 'kind=verification') => product.json<Inbox>(`/inbox?year=2025&limit=500&${query}`);
  const idsOf = ({ items }: Inbox): string[] => items.map(({ unit, activity }) => `${unit}/${activity}`);
  const open = async (guest: Visit, query: string): Promise<void> => {
    if (guest.page.url().includes('/inbox')) await leave(guest);
    await go(guest, `/inbox?year=2025&${query}`);
    await guest.page.locator('.desk .item').first().waitFor();
  };
  /** All that was decided is sent, and the bar that offers to take it back is gone. */
  const sent = async (page: Page): Promise<void> => {
    const now = page.getByRole('button', { name: /立即送出|Send now/ });
    if (await now.isVisible()) await now.click();
    await page.locator('.undo').waitFor({ state: 'detached' });
  };
  const fits = ({ page }: Visit): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  it('verifies and rejects dozens of items by keyboard, without a page being loaded, and undoes one', async () => {
    const { page } = desk;
    await open(desk, 'kind=verification');
    await desk.picture('inbox-1440');
    expect(await axeFindings(page)).toEqual([]);
    const before = await inbox();
    let loads = 0;
    page.on('framenavigated', () => loads++);
    for (let turn = 0; turn < 40; turn++) {
      if (turn % 4 === 3) {
        await page.keyboard.press('r');
        await page.keyboard.press(String(1 + (turn % 5)));
      } else await page.keyboard.press('v');
    }
    await page.keyboard.press('u');
    await desk.picture('inbox-undo');
    await sent(page);
    const ids = idsOf(before).slice(0, 40);
    const left = new Set(idsOf(await inbox()));
    expect(ids.filter((id) => left.has(id))).toEqual([ids[39]]);
    expect(loads).toBe(0);
    const [unit = ''] = (ids[3] ?? '').split('/');
    const { activities } = await product.json<{ activities: ActivityRow[] }>(
      `/units/${unit}/activities?year=2025&limit=5000`,
    );
    const fourth = activities.find(({ activity }) => `${unit}/${activity}` === ids[3]);
    expect(fourth?.state).toBe('rejected');
    expect(fourth?.history.at(-1)?.reason).toBe('与已上报的事项重复。');
  });

  it('sends what waits when the page is left, and tells who was first where somebody else decided', async () => {
    const { page } = desk;
    await open(desk, 'kind=verification');
    const [first] = (await inbox()).items;
    await page.keyboard.press('v');
    await page.getByRole('link', { name: '排名' }).first().click();
    await page.waitForURL('**/ranking**');
    await expect
      .poll(async () => (await inbox()).items[0]?.activity !== first?.activity, { timeout: 20_000 })
      .toBe(true);
    await open(desk, 'kind=verification');
    const [taken] = (await inbox()).items;
    await product.json('/reviews', {
      method: 'POST',
      token: second,
      body: { unit: taken?.unit, activity: taken?.activity, decision: 'rejected', reason: '材料不全' },
    });
    await page.keyboard.press('v');
    await page.getByRole('button', { name: '立即送出' }).click();
    await page
      .getByText(`已由组织部 李处理`)
      .or(page.getByText(/已由 ?组织部 李 ?处理/))
      .first()
      .waitFor();
  });

  it('decides on all that the filters find, after telling how many of whom', async () => {
    const { page } = desk;
    const { items } = await inbox();
    const item = items.find(({ unit }) => items.filter((other) => other.unit === unit).length > 2);
    await open(desk, `kind=verification&unit=${item?.unit}`);
    const waits = idsOf(await inbox(`kind=verification&unit=${item?.unit}`)).length;
    // What was decided a moment ago is not among what is decided now.
    await page.keyboard.press('v');
    await page.getByRole('button', { name: '按筛选批量处理…' }).click();
    await page.getByText(`按当前筛选共 ${waits - 1} 件`).waitFor();
    // What the decision would do is told before it is made, and anew for the other decision.
    const effect = page.getByRole('dialog').locator('.effect');
    await effect.locator('.basis').first().waitFor();
    await page.getByRole('dialog').getByRole('radio').last().check();
    await effect
      .getByText(/总分 .* → /)
      .first()
      .waitFor();
    await page.getByRole('dialog').getByRole('radio').first().check();
    await effect
      .getByText(/总分和名次都不变/)
      .first()
      .waitFor();
    await desk.picture('inbox-bulk');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /件作出决定/ }).click();
    await page.getByText(/处理完毕/).waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    await page.getByText('筛选范围内没有待办。').waitFor();
    expect((await inbox(`kind=verification&unit=${item?.unit}`)).items).toEqual([]);
  });

  it('a bulk decision that is cut off says what was done, and is resumed after the page was closed', async () => {
    const { page } = desk;
    const scope = 'kind=verification&group=farm';
    const { counts } = await inbox(scope);
    expect(counts.verification).toBeGreaterThan(2 * MOST_DECISIONS);
    await open(desk, scope);
    // The first batch is answered, the second is lost before it arrives, the third is not sent.
    let batches = 0;
    await page.route('**/api/reviews/batch', (route) => (++batches === 2 ? route.abort() : route.continue()));
    await page.getByRole('button', { name: '按筛选批量处理…' }).click();
    await page.getByRole('button', { name: /件作出决定/ }).click();
    const rest = counts.verification - MOST_DECISIONS;
    await page.getByText(`已停止：${MOST_DECISIONS} 件已决定，其余 ${rest} 件没有改变，可以继续。`).waitFor();
    await page
      .getByRole('alert')
      .getByText(/连不上|网络/)
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(batches).toBe(2);
    expect(desk.complaints.splice(0)).toEqual(['/inbox: Failed to load resource: net::ERR_FAILED']);
    await expect.poll(async () => (await inbox(scope)).counts.verification).toBe(rest);
    // The browser is closed over it, and opened again.
    await page.goto('/overview?year=2025');
    await page.unroute('**/api/reviews/batch');
    await open(desk, scope);
    const left = page.getByText(`上次的批量处理停在 ${MOST_DECISIONS} 件`);
    await left.waitFor();
    // What came in meanwhile, somebody decided: it is not decided twice.
    const [first] = (await inbox(scope)).items;
    const taken = { unit: first?.unit, activity: first?.activity, decision: 'rejected', reason: '材料不全' };
    await product.json('/reviews', { method: 'POST', token: second, body: taken });
    await page.getByRole('button', { name: '继续', exact: true }).click();
    await page.getByText(/处理完毕/).waitFor({ timeout: 30_000 });
    await page.getByText('另有 1 件其间已由别人处理或有了变化').waitFor();
    expect((await inbox(scope)).counts.verification).toBe(0);
    const { activities } = await product.json<{ activities: ActivityRow[] }>(
      `/units/${first?.unit}/activities?year=2025&limit=5000`,
    );
    expect(activities.find(({ activity }) => activity === first?.activity)?.state).toBe('rejected');
    await page.getByRole('button', { name: '取消' }).click();
    await left.waitFor({ state: 'detached' });
  });

  it('shows what an appeal does to all ranks before it is granted', async () => {
    const { page } = desk;
    const { units } = await product.json<{ units: { unit: string }[] }>('/units');
    const unit = units[0]?.unit ?? '';
    const { activities } = await product.json<{ activities: ActivityRow[] }>(
      `/units/${unit}/activities?year=2025&kind=research`,
    );
    const activity = activities.find(
      ({ state, recordedBy }) => recordedBy === 'unit' && state !== 'retracted',
    )?.activity;
    await product.json('/reviews', {
      method: 'POST',
      body: { unit, activity, decision: 'rejected', reason: '材料不全' },
    });
    await product.send(
      [fromUnit(unit, 'appeal.lodged', { activity, reason: '原件已补交' })],
      await product.tokens.unit(unit),
    );
    await open(desk, `kind=appeals&unit=${unit}`);
    await page.getByText('原件已补交').first().waitFor();
    await page.locator('.effect .basis').first().waitFor();
    await desk.picture('inbox-appeal');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /采纳申诉/ }).click();
    await sent(page);
    expect((await inbox(`kind=appeals&unit=${unit}`)).items.map((one) => one.activity)).not.toContain(
      activity,
    );
  });

  it('lists what was decided, by whom and why, and tells what it changed in points and in rank', async () => {
    const { page } = desk;
    const { items } = await product.json<DecidedList>('/inbox/decided?year=2025&limit=2');
    const [granted, before] = items;
    expect([granted?.decided.type, before?.activity]).toEqual(['appeal.decided', granted?.activity]);
    const { effects } = await product.json<ReportEffects>(
      `/units/${granted?.unit}/report-effects?year=2025&activity=${granted?.activity}`,
    );
    const told = effects.find(({ position }) => position === granted?.position);
    await page.getByRole('button', { name: '已办' }).click();
    const first = page.locator('.decided > li').first();
    await first.getByRole('button', { name: '改变了什么' }).click();
    await first.getByText(/全年总分/).waitFor();
    if (told?.rank)
      await first
        .getByText(/全年名次/)
        .filter({ hasText: `第 ${told.rank.after} 名` })
        .waitFor();
    await desk.picture('inbox-decided');
    expect(await axeFindings(page)).toEqual([]);
  });

  it('records a veto with its effect shown, which a second person confirms', async () => {
    const { page } = desk;
    await go(desk, '/inbox?year=2025&kind=incidents');
    const form = page.locator('form');
    await form.getByLabel('单位').selectOption({ index: 2 });
    await form.getByLabel('问题').selectOption('violation');
    await form.getByLabel('发生日期').fill('2025-11-03');
    await form.getByLabel('简要情况').fill('违规发放补贴');
    await page.locator('.effect .basis').first().waitFor();
    await desk.picture('inbox-incident');
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole('button', { name: '记录', exact: true }).click();
    await page.getByText('您登记的，须由另一人确认。').waitFor();
    const other = await visit(browser, product.url, { locale: 'en' });
    await signIn(other, second);
    await other.page.goto('/inbox?year=2025&kind=incidents');
    await other.page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await other.page.getByText(/is confirmed and counts/).waitFor();
    expect(await axeFindings(other.page)).toEqual([]);
    await other.picture('inbox-incidents-en');
    const { incidents, waiting } = await product.json<IncidentList>('/incidents?year=2025');
    expect(waiting).toEqual([]);
    const recorded = incidents.find(({ body }) => body.title === '违规发放补贴');
    expect(recorded?.counts).toBe(true);
    await product.json('/reviews', {
      method: 'POST',
      body: { unit: recorded?.unit, activity: recorded?.activity, decision: 'rejected', reason: '查无此事' },
    });
    const listed = other.page.locator('li', { hasText: '违规发放补贴' });
    await listed.getByText('rejected, does not count').waitFor();
    await other.close();
  });

  it('goes from list to item and back on a phone, in both languages', async () => {
    const phone = await visit(browser, product.url, { width: 390, height: 844 });
    await signIn(phone, second);
    const looked = async (name: string): Promise<void> => {
      await inBoth(phone, async (locale) => expect(await fits(phone), `${name} in ${locale}`).toBe(true));
      await clean(phone, `inbox-390-${name}`);
    };
    await open(phone, 'kind=verification');
    await looked('list');
    await phone.page.locator('.desk .item').nth(1).click();
    await phone.page.locator('.detail article').waitFor();
    await looked('item');
    await phone.page.locator('.detail .back').click();
    await phone.page.locator('.desk .item').first().waitFor();
    await go(phone, '/inbox?year=2025&kind=quarantine');
    await phone.page.locator('.all').waitFor();
    await looked('quarantine');
    await go(phone, '/inbox?year=2025&kind=decided');
    await phone.page.locator('.decided button').first().click();
    await phone.page.locator('.decided [role=status] p').first().waitFor();
    await looked('decided');
    await phone.close();
  });

  it('is not there for units, and nothing was complained of', async () => {
    const { units } = await product.json<{ units: { unit: string }[] }>('/units');
    const guest = await visit(browser, product.url);
    await signIn(guest, await product.tokens.unit(units[0]?.unit ?? ''));
    await go(guest, '/ranking');
    await guest.page.locator('header').getByRole('link', { name: '排名' }).first().waitFor();
    await expect.poll(() => guest.page.locator('header').getByRole('link', { name: '待办' }).count()).toBe(0);
    await guest.close();
    expect(desk.complaints).toEqual([]);
  });
});
