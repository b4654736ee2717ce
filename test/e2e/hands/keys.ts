import { describe, expect, it } from 'vitest';
import { axeFindings } from '../axe.ts';
import { chromiumPath, go, inBoth, signIn, type Visit } from '../browser.ts';
import { clean } from '../clean.ts';
import type { Sampled } from '../sampled.ts';

const SOON = { timeout: 20_000 };

/** What keys do on every page: find, walk, look, and step through charts; and views that are kept to come back to. */
export function keys(house: Sampled): void {
  const { arrive, enter } = house;

  describe.skipIf(!chromiumPath)('given keys alone', () => {
    it('then Ctrl-K finds units by initials, clauses, pages and actions, in both languages', async () => {
      const guest = await enter();
      const { page } = guest;
      await go(guest, '/overview');
      await page.locator('main h1').waitFor();
      const finder = page.getByRole('dialog').getByRole('combobox');
      const look = async (keys: string, text: string, option: string | RegExp): Promise<void> => {
        await page.keyboard.press(keys);
        await finder.fill(text);
        await page.getByRole('option', { name: option }).first().waitFor();
      };
      await look('Control+k', 'dsglq', '第四管理区');
      await clean(guest, 'finder');
      // 第三管理区 and 第十管理区 have the same initials.
      await finder.fill('disiglq');
      await page.getByRole('option').first().filter({ hasText: '第四管理区' }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('h1').textContent(), SOON).toContain('第四管理区');
      await look('/', '三(一)3', '三(一)3');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count(), SOON).toBe(0);
      await look('Control+k', '2025 年全年', /2025.+相比/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/compareTo=2025/);
      await inBoth(guest, async (locale) => {
        const [text, name, path] =
          locale === 'en' ? ['calendar', 'Calendar', '/calendar'] : ['paiming', '排名', '/ranking'];
        await look('Control+k', text, new RegExp(name));
        await page.keyboard.press('Enter');
        await page.waitForURL(`**${path}**`);
        await expect.poll(() => page.getByRole('dialog').count(), SOON).toBe(0);
      });
      // Of a year alone the year itself is meant.
      await look('Control+k', '2025', '2025');
      await page.keyboard.press('Enter');
      await page.waitForURL(/[?&]year=2025/);
      expect(guest.complaints).toEqual([]);
      await guest.close();
    });

    it('then what is typed while the finder is loaded for the first time is in its field, and Escape gives it up', async () => {
      const guest = await arrive();
      const { page } = guest;
      await go(guest, '/overview');
      await page.locator('main h1').waitFor();
      let asked = 0;
      let answer = (): void => undefined;
      await page.route(/FinderDialog-[^/]*\.js/, async (route) => {
        asked += 1;
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        await route.continue();
      });
      const finder = page.getByRole('dialog').getByRole('combobox');
      await page.keyboard.press('Control+k');
      await expect.poll(() => asked).toBe(1);
      await page.keyboard.type('dsgx?');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('lq');
      answer();
      await expect.poll(() => finder.inputValue(), SOON).toBe('dsglq');
      await page.keyboard.type('!');
      await expect.poll(() => finder.inputValue()).toBe('dsglq!');
      expect(page.url()).toContain('/overview');
      // Asked for again where it is open, it goes on taking what is typed.
      await page.keyboard.press('Control+k');
      await page.keyboard.type('?');
      await expect.poll(() => finder.inputValue()).toBe('dsglq!?');

      await page.reload();
      await page.locator('main h1').waitFor();
      await page.keyboard.press('Control+k');
      await expect.poll(() => asked).toBe(2);
      await page.keyboard.type('x');
      await page.keyboard.press('Escape');
      // Given up, and wanted again before it is there.
      await page.keyboard.press('Control+k');
      await page.keyboard.type('y');
      answer();
      await expect.poll(() => finder.inputValue(), SOON).toBe('y');
      await guest.close();
    });

    it('then j and k walk the rows of a table, and where somebody types they are letters', async () => {
      const guest = await enter();
      const { page } = guest;
      await go(guest, '/ranking');
      await page.locator('tbody tr a').nth(4).waitFor();
      const here = () => page.evaluate("document.activeElement?.closest('tr')?.ariaRowIndex ?? ''");
      await page.keyboard.press('j');
      const first = await here();
      expect(first).not.toBe('');
      await page.keyboard.press('j');
      await expect.poll(here).not.toBe(first);
      await page.keyboard.press('k');
      await expect.poll(here).toBe(first);
      await page.getByRole('combobox').first().fill('');
      await page.getByRole('combobox').first().press('j');
      await expect.poll(() => page.getByRole('combobox').first().inputValue()).toBe('j');
      await guest.close();
    });
  });

  describe.skipIf(!chromiumPath)('given the heat map and no pointer', () => {
    it('then arrows go from cell to cell, what is selected is told in full, and Enter opens it', async () => {
      const guest = await enter({ locale: 'en' });
      const { page } = guest;
      await go(guest, '/gaps');
      const cursor = page.locator('.cursor button');
      await cursor.focus();
      const first = await cursor.textContent();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => cursor.textContent(), SOON).not.toBe(first);
      const detail = page.getByRole('region', { name: 'The selected cell' });
      await detail.getByText('Clause').waitFor();
      const [unit, requirement] = (await cursor.textContent())?.split(/ · |: /) ?? [];
      await expect.poll(() => detail.locator('h3').textContent()).toContain(unit);
      await expect.poll(() => detail.locator('h3').textContent()).toContain(requirement);
      // The address alone gives the same cell.
      await page.reload();
      await expect.poll(() => detail.locator('h3').textContent(), SOON).toContain(requirement);
      await cursor.focus();
      // However far a key leads, line and cell are both in sight.
      const sights = () =>
        page.evaluate<number[]>(`(() => {
          const [line, map] = ['.cursor button', 'figure:has(.cursor) .chart'].map((one) => document.querySelector(one).getBoundingClientRect());
          return [line.top, innerHeight - line.bottom, innerHeight - (map.bottom - 48)];
        })()`);
      for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageDown', 'End'])
        await page.keyboard.press(key);
      await expect.poll(async () => Math.min(...(await sights())), SOON).toBeGreaterThanOrEqual(0);
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/units\/[^/]+\/requirements\//);
      await guest.close();
    });
  });

  describe.skipIf(!chromiumPath)('given a row and Space', () => {
    const panel = '.peek-panel';

    it('then its unit is told beside it, what is told follows the focus, and nothing scrolls', async () => {
      const guest = await enter({ locale: 'en' });
      const { page } = guest;
      await go(guest, '/ranking');
      const names = page.locator('.ranking .body .name');
      await names.nth(4).waitFor();
      for (let row = 0; row < 2; row++) await page.keyboard.press('j');
      await page.keyboard.press(' ');
      const head = page.locator(`${panel} .head a`);
      await expect.poll(() => head.textContent()).toBe(await names.nth(1).textContent());
      await page.locator(`${panel} .gaps li`).first().waitFor();
      await expect.poll(() => page.locator(`${panel} .types dt`).count()).toBe(5);
      await expect.poll(() => page.locator(`${panel} .gaps li`).count()).toBeLessThanOrEqual(3);
      await expect
        .poll(() => page.locator(`${panel} [role="status"]`).textContent(), SOON)
        .toMatch(/rank 2\sof/);
      expect(await axeFindings(page)).toEqual([]);
      for (const [key, row] of [
        ['ArrowDown', 2],
        ['k', 1],
        ['j', 2],
      ] as const) {
        await page.keyboard.press(key);
        await expect.poll(() => head.textContent(), SOON).toBe(await names.nth(row).textContent());
      }
      expect(await page.evaluate('scrollY')).toBe(0);
      await guest.picture('peek-ranking');
      await page.keyboard.press(' ');
      await expect.poll(() => page.locator(panel).count(), SOON).toBe(0);
      await page.keyboard.press(' ');
      await head.waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator(panel).count(), SOON).toBe(0);
      await page.keyboard.press(' ');
      await head.waitFor();
      const name = await head.textContent();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('h1').textContent(), SOON).toContain(name);
      await expect.poll(() => page.locator(panel).count()).toBe(0);
      expect(guest.complaints).toEqual([]);
      await guest.close();
    });

    it('then what Space does by itself it still does', async () => {
      const guest = await enter();
      const { page } = guest;
      await go(guest, '/gaps');
      const opener = page.locator('main tbody button[aria-expanded]').first();
      await opener.focus();
      await page.keyboard.press(' ');
      await expect.poll(() => opener.getAttribute('aria-expanded'), SOON).toBe('true');
      await expect.poll(() => page.locator(panel).count()).toBe(0);
      const unit = page.locator('.units [data-peek] a').first();
      await unit.focus();
      await page.keyboard.press(' ');
      await expect.poll(() => page.locator(`${panel} .head a`).textContent()).toBe(await unit.textContent());
      await guest.close();
    });

    it('then a finger has a button for it, and a device with a pointer none', async () => {
      const guest = await enter({ width: 390, height: 844 });
      const { page } = guest;
      await go(guest, '/ranking');
      await page.locator('.ranking .body .name').first().waitFor();
      await expect.poll(() => page.locator('.peeks:visible').count()).toBe(0);
      await guest.close();
      const context = await house.browser.newContext({
        baseURL: house.product.url,
        locale: 'zh-CN',
        hasTouch: true,
        isMobile: true,
      });
      const touched = { context, page: await context.newPage() };
      await context.clock.install({ time: house.now() });
      await signIn(touched as Visit, house.product.tokens.leader);
      await touched.page.setViewportSize({ width: 390, height: 844 });
      await touched.page.goto('/ranking');
      await touched.page.locator('.peeks:visible').nth(1).tap();
      await touched.page.locator(`${panel} .gaps`).waitFor();
      expect(await touched.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await touched.page.locator(`${panel} .close`).tap();
      await expect.poll(() => touched.page.locator(panel).count(), SOON).toBe(0);
      await context.close();
    });
  });

  describe.skipIf(!chromiumPath)('given a chart and no pointer', () => {
    it('then arrows go through its points, each with its tooltip said, and Enter opens what a press would', async () => {
      const guest = await enter({ locale: 'en' });
      const { page } = guest;
      await go(guest, '/requirements/learning.research');
      await page.locator('.chart canvas').waitFor();
      const said = page.locator('figure > [role="status"]');
      await page.locator('.chart').focus();
      await page.keyboard.press('ArrowRight');
      // Clause, deadline and rank stand in what is said of a requirement.
      await expect.poll(() => said.textContent()).toMatch(/三\(一\)3 · by .+ · rank \d+/);
      const first = await said.textContent();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => said.textContent()).not.toBe(first);
      await page.keyboard.press('Escape');
      await expect.poll(() => said.textContent()).toBe('');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/units\/[^/]+\/requirements\/learning.research/);
      expect(guest.complaints).toEqual([]);
      await guest.close();
    });
  });

  describe.skipIf(!chromiumPath)('given a page that somebody comes back to', () => {
    it('when it is kept under a name, then Ctrl-K, the menu and the next sign-in lead there', async () => {
      const guest = await arrive({ locale: 'en' }, { unit: 'farm-02' });
      const { page } = guest;
      await page.goto('/plan?on=2026-06-30');
      await page.getByRole('button', { name: 'Save view' }).click();
      const form = page.locator('form').filter({ hasText: 'Name' });
      await form.getByText('Fixed at 2026-06-30').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await form.locator('input[type="text"]').fill('The plan at mid-year');
      await form.getByRole('checkbox').check();
      await form.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved as “The plan at mid-year”').waitFor();
      await page.keyboard.press('Control+k');
      await page.locator('dialog input').fill('mid-year');
      await expect
        .poll(() => page.locator('dialog [role="option"]').first().textContent(), SOON)
        .toContain('The plan');
      await page.keyboard.press('Escape');
      await page.goto('/');
      await page.waitForURL(/\/plan\?on=2026-06-30$/);
      await go(guest, '/account');
      const field = page.locator('#views input');
      await field.fill('Mid-year');
      await field.press('Enter');
      await page.getByRole('button', { name: 'Delete “Mid-year”' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const menu = page.getByRole('button', { name: 'Account and display' });
      await menu.click();
      await page.getByRole('link', { name: 'Mid-year', exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Delete “Mid-year”' }).click();
      await page.getByText('“Mid-year” is deleted.').waitFor();
      await page.goto('/');
      await page.waitForURL(/\/desk/);
      expect(guest.complaints).toEqual([]);
      await guest.close();
    });

    it('then the door leads nobody on who has pressed a link meanwhile, however late either answers', async () => {
      const guest = await arrive();
      const { page } = guest;
      const views = Promise.withResolvers<void>();
      const file = Promise.withResolvers<void>();
      await page.route('**/api/views', async (route) => {
        await views.promise;
        await route.continue();
      });
      await page.route(/GapsPage[^/]*\.js$/, async (route) => {
        await file.promise;
        await route.continue();
      });
      const asksWhere = page.waitForRequest('**/api/views');
      await page.goto('/');
      await asksWhere;
      const asked = page.waitForRequest(/GapsPage[^/]*\.js$/);
      await page.locator('header a[href^="/gaps"]').first().click();
      await asked;
      const answered = page.waitForResponse('**/api/views');
      views.resolve();
      await answered;
      // Twice drawn: what follows from the answer has been done.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      file.resolve();
      await page.waitForURL(/\/gaps/);
      await page.locator('main h1').waitFor();
      expect(new URL(page.url()).pathname).toBe('/gaps');
      expect(guest.complaints).toEqual([]);
      await guest.close();
    });
  });
}
