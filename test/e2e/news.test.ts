import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rights } from '#schemas/access.ts';
import { unparted } from '#schemas/presentation/numbers.ts';
import type { NewsList } from '#schemas/results/news.ts';
import { clockFrom } from '#test/support/clock.ts';
import { adopted, fromOrganisation, recorded, registered } from '#test/support/events.ts';
import { type MailServer, startMailServer } from '#test/support/mailServer.ts';
import { enrol, PASSWORD } from '#test/support/people.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import type { StubApp } from '#test/support/stubApp.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, launch, signIn, speak, type Visit, visit } from './browser.ts';

describe.skipIf(!chromiumPath)(
  'given a unit that is to hear of its reports, and a department that opens the way',
  () => {
    const clock = clockFrom('2026-09-29T10:00:00+08:00');
    let product: Product;
    let mail: MailServer;
    let browser: Browser;

    const person = (name: string, rights: Rights) => enrol(product as unknown as StubApp, name, rights);
    async function visitAs(name: string, device: Parameters<typeof visit>[2] = {}): Promise<Visit> {
      const guest = await visit(browser, product.url, { now: clock(), ...device });
      const answer = await guest.context.request.post('/api/sessions', {
        data: { login: name, password: PASSWORD },
        headers: { 'x-requested-with': 'wuxing' },
      });
      expect(answer.status()).toBe(201);
      return guest;
    }
    const decide = (type: string, activity: string) =>
      product.send([fromOrganisation('farm-1', type, { activity, reason: '材料不全' })]);

    beforeAll(async () => {
      mail = await startMailServer();
      product = await startProduct({
        clock,
        dashboard: true,
        env: { SMTP_URL: mail.url, MAIL_FROM: '五型 <wuxing@example.cn>' },
      });
      await product.send([
        adopted(2026),
        ...['farm-1', 'farm-2'].map((unit) => registered(unit, { name: `第${unit.at(-1)}管理区` })),
      ]);
      await product.send([recorded('farm-1', 'r-1')], await product.tokens.unit('farm-1'));
      await person('head', { roles: ['unit'], unit: 'farm-1', position: 'head' });
      await person('dept', { roles: ['organisation'] });
      await person('leader', { roles: ['leader'] });
      browser = await launch();
    });
    afterAll(async () => {
      await browser?.close();
      await product?.stop();
      await mail?.stop();
    });

    it('the department opens letters, the unit gives an address and confirms it by the link that comes', async () => {
      const dept = await visitAs('dept');
      await go(dept, '/news/deliveries');
      await dept.page.getByLabel('用电子邮件发送').check();
      await dept.page.getByRole('button', { name: '保存' }).click();
      await dept.page.getByText('已保存。').waitFor();

      const head = await visitAs('head');
      await go(head, '/account');
      await head.page.getByLabel('邮箱地址').fill('head@example.cn');
      await head.page.getByRole('button', { name: '发确认链接' }).first().click();
      await head.page.getByText('确认链接已发往').waitFor();
      await product.news.round();
      const [letter] = mail.taken;
      expect(letter?.to).toEqual(['head@example.cn']);
      const [link = ''] = /http:\S+\/news\/confirm#token=\S+/.exec(letter?.text ?? '') ?? [];

      // Whoever opens it on another device has no session there.
      const phone = await visit(browser, product.url, { width: 390, height: 844, now: clock() });
      await phone.page.goto(link);
      expect(await axeFindings(phone.page)).toEqual([]);
      await phone.picture('news-confirm-390');
      await phone.page.getByRole('button', { name: '确认' }).click();
      await phone.page.getByText('已确认。').waitFor();
      await phone.page.goto('about:blank');
      await phone.page.goto(link);
      await phone.page.getByRole('button', { name: '确认' }).click();
      await phone.page.getByText('这个链接无效').waitFor();
      await phone.close();

      await head.page.reload();
      await head.page.getByText('已确认').waitFor();
      await head.page.getByLabel('随时').first().check();
      await head.page.getByRole('button', { name: '保存选择' }).click();
      await head.page.getByText('已保存。').waitFor();
      for (const locale of ['zh-CN', 'en'] as const) {
        await speak(head, locale);
        expect(await axeFindings(head.page)).toEqual([]);
        await head.picture(`news-choices-${locale}`);
      }
      expect(head.complaints).toEqual([]);
      await head.close();
      await dept.close();
    });

    it('a rejection is counted at the bell, read on the page, opens what it tells of, and comes as one letter', async () => {
      await decide('activity.rejected', 'r-1');
      await product.news.round();
      expect(mail.taken.slice(1).map(({ subject }) => subject)).toEqual([expect.stringContaining('被驳回')]);

      const head = await visitAs('head');
      await go(head, '/news');
      const bell = head.page.locator('header .bell');
      await head.page.getByRole('link', { name: /被驳回/ }).waitFor();
      const { items, unread } = await product.json<NewsList>('/news', {
        token: await product.tokens.unit('farm-1'),
      });
      await expect.poll(() => bell.getAttribute('aria-label')).toBe(unparted(`消息，${unread} 条未读`));
      await expect.poll(() => head.page.locator('main li').count()).toBe(items.length);
      for (const locale of ['en', 'zh-CN'] as const) {
        await speak(head, locale);
        expect(await axeFindings(head.page)).toEqual([]);
        await head.picture(`news-${locale}`);
      }
      await head.page.getByRole('link', { name: /被驳回/ }).click();
      await head.page.waitForURL(/desk\/history/);
      await expect.poll(() => bell.getAttribute('aria-label')).toBe(unparted(`消息，${unread - 1} 条未读`));
      await head.page.goBack();
      await head.page.getByRole('button', { name: '全部标为已读' }).click();
      await expect.poll(() => bell.getAttribute('aria-label')).toBe('消息，没有未读');
      await head.page.getByLabel('只看未读').check();
      await head.page.getByText('没有未读的消息。').waitFor();
      await head.close();
    });

    it('the overview says how much is new since one was here, leads there, and says nothing once all is seen', async () => {
      const leader = await visitAs('leader');
      await go(leader, '/overview?year=2026');
      const since = leader.page.locator('main .since a');
      await since.waitFor();
      const told = async () => (await leader.page.request.get('/api/news/unread')).json();
      const { unread } = (await told()) as { unread: number };
      await expect.poll(() => since.textContent()).toBe(unparted(`上次看过以后，有 ${unread} 条新消息。`));
      await speak(leader, 'en');
      expect(await axeFindings(leader.page)).toEqual([]);
      await expect.poll(() => since.textContent()).toMatch(/^\d+\s+pieces? of news since you last looked\.$/);
      await speak(leader, 'zh-CN');
      await since.click();
      await leader.page.getByRole('button', { name: '全部标为已读' }).click();
      await expect.poll(told).toEqual({ unread: 0 });
      await go(leader, '/overview?year=2026');
      await leader.page.locator('main .grid').waitFor();
      await expect
        .poll(() => leader.page.locator('header .bell').getAttribute('aria-label'))
        .toBe('消息，没有未读');
      await expect.poll(() => since.count()).toBe(0);
      expect(leader.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
      await leader.close();
    });

    it('leaders see the zone, on a phone, too; what is empty says what would stand there; the department sees the letters', async () => {
      const leader = await visitAs('leader', { width: 390, height: 844 });
      await go(leader, '/news');
      await leader.page.getByText('2 个单位没做').or(leader.page.getByText('1 个单位没做')).first().waitFor();
      await expect.poll(() => leader.page.getByText('被驳回').count()).toBe(0);
      expect(await axeFindings(leader.page)).toEqual([]);
      await leader.picture('news-leader-390');
      await leader.close();

      const dept = await visitAs('dept', { width: 390, height: 844, locale: 'en' });
      await go(dept, '/news/deliveries');
      await dept.page.locator('tbody tr').first().waitFor();
      await expect.poll(() => dept.page.locator('tbody tr').count()).toBe(mail.taken.length);
      expect(await axeFindings(dept.page)).toEqual([]);
      expect(await dept.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await dept.picture('deliveries-390-en');
      await dept.page.setViewportSize({ width: 1440, height: 900 });
      await speak(dept, 'zh-CN');
      expect(await axeFindings(dept.page)).toEqual([]);
      await dept.picture('deliveries-1440-zh');
      expect(dept.complaints).toEqual([]);
      await dept.close();

      const nobody = await visit(browser, product.url, { now: clock() });
      await signIn(nobody, await product.tokens.unit('none'));
      await go(nobody, '/news');
      await nobody.page.getByText('还没有消息').waitFor();
      await nobody.picture('news-empty');
      await nobody.close();
    });
  },
);
