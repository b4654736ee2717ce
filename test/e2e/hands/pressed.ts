import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, go } from '../browser.ts';
import type { Sampled } from '../sampled.ts';

const SOON = { timeout: 20_000 };

/** Where keyboard and screen reader go on when what was pressed shuts, goes, or opens something that is shut again. */
export function pressed(house: Sampled): void {
  const focused = (page: Page) =>
    page.evaluate<string>(
      `document.activeElement === document.body ? 'nowhere' : document.activeElement.textContent.trim()`,
    );
  const at = async (path: string, button: string | RegExp) => {
    const guest = await house.arrive({}, 'organisation');
    await go(guest, path);
    const found = guest.page.locator('main, .filters').getByRole('button', { name: button }).first();
    await found.waitFor();
    return { ...guest, button: found };
  };

  describe.skipIf(!chromiumPath)('given a press by keyboard', () => {
    it('then reasons that are shut again give the focus back to what asked for them', async () => {
      const { page, button, close } = await at('/inbox', /^✕ 驳回/);
      for (const shut of ['Escape', 'Tab back']) {
        await button.focus();
        await page.keyboard.press('Enter');
        await page.locator('fieldset.panel').waitFor();
        if (shut === 'Escape') await page.keyboard.press('Escape');
        else await page.locator('fieldset.panel').getByRole('button', { name: '取消' }).press('Enter');
        await page.locator('fieldset.panel').waitFor({ state: 'detached' });
        await expect.poll(() => focused(page), { message: shut, ...SOON }).toContain('驳回');
      }
      await close();
    });

    it('then an address that is copied leaves the focus where it was', async () => {
      const { page, button, close } = await at('/ranking', '复制链接');
      await button.focus();
      await page.keyboard.press('Enter');
      await page.locator('.notice button').waitFor();
      await expect.poll(() => focused(page), SOON).toBe('复制链接');
      await close();
    });

    it('then a button that gives way to what it began leads to the page’s heading, one in a list to the next', async () => {
      const plan = await at('/plan', '修改方案');
      await plan.button.focus();
      await plan.page.keyboard.press('Enter');
      await plan.button.waitFor({ state: 'detached' });
      await expect.poll(() => plan.page.evaluate('document.activeElement.tagName'), SOON).toBe('H1');
      await plan.close();
      const { page, button, close } = await at('/access', '生成令牌');
      await page.locator('form.fields input[type="text"]').first().fill('一次性');
      await page.locator('form.fields select').first().selectOption('leader');
      await button.focus();
      await page.keyboard.press('Enter');
      const revoke = page.getByRole('button', { name: /一次性/ });
      await revoke.waitFor();
      await expect.poll(() => focused(page), SOON).toContain('只显示这一次');
      await revoke.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).press('Enter');
      await revoke.waitFor({ state: 'detached' });
      await expect
        .poll(() => page.evaluate("document.activeElement.closest('#tokens tbody tr') !== null"), SOON)
        .toBe(true);
      await expect.poll(() => focused(page)).toBe('撤销');
      await close();
    });

    it('then what goes with what it closes, or with what it was pressed for, leads to what is beside it', async () => {
      const guest = await house.arrive({ locale: 'en' }, 'organisation');
      const { page } = guest;
      const units = 'farm-01,farm-02,farm-04';
      for (const [path, name, beside] of [
        ['/overview?type=unity', /^Show all types/, 'H2'],
        ['/ranking?weights=integrity:60', 'Close the trial', 'H1'],
        [`/compare?units=${units}`, /^Remove /, 'BUTTON'],
        ['/compare', 'the first two', 'H1'],
        ['/gaps?cell=farm-01:learning.research', 'Clear', 'H1'],
      ] as const) {
        await go(guest, path);
        const button = page.locator('main').getByRole('button', { name }).first();
        await button.waitFor();
        const gone = await button.elementHandle();
        await button.focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => gone?.evaluate((one) => (one as Element).isConnected), SOON).toBe(false);
        await expect
          .poll(() => page.evaluate('document.activeElement.tagName'), { message: path, ...SOON })
          .toBe(beside);
      }
      await guest.close();
    });

    it('then what can do nothing any more keeps the focus, and does nothing', async () => {
      const { page, button, close } = await at('/ranking', '选择显示哪些列、顺序和宽度');
      await button.press('Enter');
      const moves = page.locator('li[data-column] button');
      await moves.nth(2).focus();
      const name = await moves.nth(2).getAttribute('aria-label');
      const here = () => page.evaluate('document.activeElement.ariaLabel');
      for (const shut of ['false', 'true', 'true']) {
        await expect.poll(() => page.evaluate('document.activeElement.ariaDisabled'), SOON).toBe(shut);
        await page.keyboard.press('Enter');
        await expect.poll(here).toBe(name);
      }
      await close();
    });

    it('then a row that it moves keeps the focus, however often it is moved', async () => {
      const guest = await house.arrive({}, 'organisation');
      const { page } = guest;
      await go(guest, '/meeting');
      await page.locator('[data-step="commended-1"]').focus();
      const here = () => page.evaluate('document.activeElement.dataset.step');
      const places = () =>
        page.evaluate(
          "[...document.querySelectorAll('[data-step$=\"-1\"]')].map((one) => one.dataset.step).indexOf('commended-1')",
        );
      const from = Number(await places());
      for (let at = 1; at <= 4; at++) {
        await page.keyboard.press('Enter');
        await expect.poll(places, SOON).toBe(from - at);
        await expect.poll(here, SOON).toBe('commended-1');
      }
      await guest.close();
    });

    it('then a key that is held down presses once', async () => {
      const guest = await house.arrive({ locale: 'en' }, 'organisation');
      const { page } = guest;
      await go(guest, '/compare?units=farm-01,farm-02,farm-04');
      const remove = page.locator('main').getByRole('button', { name: /^Remove / });
      await expect.poll(() => remove.count(), SOON).toBe(3);
      await remove.first().focus();
      await page.keyboard.down('Enter');
      await expect.poll(() => remove.count(), SOON).toBe(2);
      await expect.poll(() => focused(page), SOON).not.toBe('nowhere');
      await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
      // Another press is heard again.
      await expect.poll(() => remove.count(), SOON).toBe(2);
      await page.keyboard.press('Enter');
      await expect.poll(() => remove.count(), SOON).toBe(1);
      await guest.close();
    });

    it('then a field that it opens has the focus', async () => {
      const guest = await house.arrive({ locale: 'en' }, 'organisation');
      const { page } = guest;
      for (const [path, name] of [
        ['/overview', 'Write a remark'],
        ['/targets', 'Add an indicator'],
        ['/access', 'Invite somebody'],
      ] as const) {
        await go(guest, path);
        await page.locator('main').getByRole('button', { name }).first().press('Enter');
        await expect
          .poll(() => page.evaluate('document.activeElement.className'), { message: path, ...SOON })
          .toBe('field');
      }
      await guest.close();
    });

    it('then a button that is shut while it works has the focus again', async () => {
      const { page, button, close } = await at('/plan', '修改方案');
      await button.press('Enter');
      const preview = page.locator('main').getByRole('button', { name: '看对排名的影响' });
      await preview.focus();
      await page.keyboard.press('Enter');
      await page.locator('.review table').waitFor();
      await expect.poll(() => focused(page), SOON).toBe('看对排名的影响');
      await close();
    });

    it('then fields that take the place of what opened them have it', async () => {
      const { page, button, close } = await at('/plan', '修改方案');
      await button.press('Enter');
      const field = () =>
        page.evaluate(
          "document.activeElement.closest('fieldset.item legend, fieldset.item')?.querySelector('legend')?.textContent.trim() ?? ''",
        );
      const change = page
        .locator('main')
        .getByRole('button', { name: /^修改“党委/ })
        .first();
      await change.focus();
      await page.keyboard.press('Enter');
      await expect.poll(field, SOON).toContain('党委(党组)中心组学习');
      const before = await page.locator('fieldset.item').count();
      await page
        .locator('main')
        .getByRole('button', { name: /^在.+增加一项要求/ })
        .first()
        .press('Enter');
      await expect.poll(() => page.locator('fieldset.item').count(), SOON).toBe(before + 1);
      await expect.poll(field, SOON).not.toMatch(/^$|党委/);
      // What is proposed is typed over.
      await page.keyboard.type('新要求');
      await expect.poll(field).toMatch(/(?<!新的要求)新要求$/);
      await close();
    });

    it('then secrets that are shown once are where the keyboard goes on, and their sheet that is closed leads on', async () => {
      const guest = await house.arrive({ locale: 'en' }, 'organisation');
      const { page } = guest;
      await go(guest, '/access');
      const unit = page.locator('#units input[type="checkbox"]').first();
      await unit.focus();
      await page.keyboard.press('Space');
      await page.locator('#units .primary').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => focused(page), SOON).toContain('invitations');
      await page.locator('#units .sheet').getByRole('button', { name: 'Close' }).press('Enter');
      await expect.poll(() => page.evaluate('document.activeElement.tagName'), SOON).toBe('H2');
      await page.locator('#tokens form input[type="text"]').first().fill('Ledger');
      await page.locator('#tokens form select').first().selectOption('leader');
      await page.locator('#tokens form').getByRole('button').press('Enter');
      await expect.poll(() => focused(page), SOON).toContain('shown this once');
      await guest.close();
    });

    it('then what is missing in a form of rights is told in its words, and buttons name whom their rows name', async () => {
      const guest = await house.arrive({ locale: 'en' }, 'organisation');
      const { page } = guest;
      await go(guest, '/access');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').first().fill('Wang');
      const told = async () => {
        await dialog.getByRole('button', { name: 'Make the invitation' }).press('Enter');
        return dialog.getByRole('alert').textContent();
      };
      expect(await told()).toBe('! Choose at least one role.');
      await dialog.getByRole('checkbox', { name: 'Reviews', exact: true }).check();
      expect(await told()).toBe('! Choose at least one type to be reviewed, or name a kind of activity.');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      for (const part of ['#tokens', '#sessions']) {
        const rows = page.locator(`${part} tbody tr`).filter({ has: page.locator('button') });
        await rows.first().waitFor();
        const unlike = await rows.evaluateAll((all) =>
          all.flatMap((row) => {
            const name = row.querySelector('th, td')?.textContent?.trim() ?? '';
            const said = row.querySelector('button')?.getAttribute('aria-label') ?? '';
            return said.includes(name) ? [] : [`${said} beside ${name}`];
          }),
        );
        expect(unlike).toEqual([]);
      }
      await guest.close();
    });

    it('then Tab never leads to a row of a ranking that is out of sight', async () => {
      const { page, close } = await at('/ranking', '试改权重');
      await page.locator('.ranking .body .name').first().focus();
      const inSight = `(() => {
        const { top, bottom } = document.activeElement.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      })()`;
      const inTable = () => page.evaluate(`document.activeElement.closest('.ranking .body') !== null`);
      let steps = 0;
      for (; await inTable(); steps += 1) {
        await expect.poll(() => page.evaluate(inSight), { message: String(steps) }).toBe(true);
        await page.keyboard.press('Tab');
      }
      expect(steps).toBeGreaterThan(40);
      await close();
    });
  });
}
