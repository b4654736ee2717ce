import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Movements } from '#schemas/results/movement.ts';
import { chromiumPath, inBoth } from './browser.ts';
import { sampled } from './sampled.ts';

/** Short ways by keyboard: into a section, to another year, on from what was pressed; and what a comparison says first. */

const DAY = '2026-11-20';
const SOON = { timeout: 20_000 };
const UNIT = '/units/farm-04';

/** In the page, on paper: types whose room at a sheet's end is less than the table's head and first row take. */
const SHORT = `[...document.querySelectorAll('#all details')].flatMap((one) => {
  const [summary, head, row] = ['summary', 'thead', 'tbody tr'].map((part) => one.querySelector(part));
  if (!summary || !head || !row) return [];
  const room = Number.parseFloat(getComputedStyle(summary).paddingBottom);
  const taken = row.getBoundingClientRect().bottom - head.getBoundingClientRect().top;
  return taken > room ? [summary.textContent + ' ' + taken + ' > ' + room] : [];
})`;

describe.skipIf(!chromiumPath)('given a long page', () => {
  const house = sampled(DAY);

  const at = async (page: Page, path: string, ready: string): Promise<void> => {
    await page.goto(path);
    await page.locator(ready).first().waitFor(SOON);
    await page.locator('main .skeleton').first().waitFor({ state: 'detached' });
  };
  const find = async (page: Page, text: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').fill(text);
    await dialog.getByRole('option', { name: text }).first().waitFor(SOON);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  };
  /** The same, of what is found the section of the open page: others may have its name. */
  const enter = async (page: Page, name: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').fill(name);
    const chosen = dialog.getByRole('option', { selected: true });
    const section = dialog
      .getByRole('option')
      .filter({ hasText: `本页${name}` })
      .first();
    await section.waitFor(SOON);
    while ((await chosen.getAttribute('id')) !== (await section.getAttribute('id')))
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  };
  const sectionInFocus = (page: Page): Promise<string> =>
    page.evaluate<string>("document.activeElement?.closest('section[id]')?.id ?? ''");

  it('then the finder leads into each of its sections, and j goes on in it', async () => {
    const guest = await house.arrive();
    const { page } = guest;
    await at(page, UNIT, '#to-do tbody tr');
    await page.locator('#all summary').first().waitFor();
    const sections = await page
      .locator('main section[id]:has(h2)')
      .evaluateAll((all) => all.map((one) => [one.id, one.querySelector('h2')?.textContent?.trim() ?? '']));
    expect(sections.length).toBeGreaterThan(6);
    for (const [id = '', name = ''] of sections) {
      await enter(page, name);
      await expect.poll(() => sectionInFocus(page), { message: name, ...SOON }).toBe(id);
      const top = await page.evaluate<number>(`document.getElementById('${id}').getBoundingClientRect().top`);
      expect(top, name).toBeLessThan(900);
    }
    await enter(page, '年底前还要做的');
    await page.keyboard.press('j');
    await expect.poll(() => sectionInFocus(page), SOON).toBe('to-do');
    await expect.poll(() => page.evaluate('!!document.activeElement.closest("tr")'), SOON).toBe(true);
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('then another year is found by its number, and its seal from there', async () => {
    const guest = await house.arrive();
    const { page } = guest;
    await at(page, '/overview', 'main .grid');
    await find(page, '封存与核对');
    await page.waitForURL(/\/freeze/);
    await find(page, '2025');
    await page.waitForURL(/\/freeze\?year=2025/);
    await expect.poll(() => page.locator('main .answer').textContent(), SOON).toContain('2025');
    await guest.close();
  });

  it('then a comparison that was asked for is answered on the first screen, with the way to its reason', async () => {
    for (const device of [{}, { width: 390, height: 844 }]) {
      const guest = await house.arrive(device);
      const { page } = guest;
      await at(page, `${UNIT}?compareTo=2026-06-30`, 'main .moved a');
      await inBoth(guest, async (locale) => {
        const told = page.locator('main .moved');
        await expect
          .poll(() => told.textContent(), SOON)
          .toMatch(locale === 'en' ? /Compared\swith\s30\sJun/ : /与\s6\s月\s30\s日相比/);
        const box = await told.boundingBox();
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(device.height ?? 900);
      });
      await page.locator('main .moved a').click();
      await expect.poll(() => sectionInFocus(page), SOON).toBe('movement');
      await at(page, UNIT, '#gaps tbody tr');
      await expect.poll(() => page.locator('main .moved').count()).toBe(0);
      await guest.close();
    }
  });

  it('then the zone says on a phone’s first screen who fell most since the day that was asked for, and leads to why', async () => {
    const guest = await house.arrive({ width: 390, height: 844 });
    const { page } = guest;
    await at(page, '/overview?compareTo=2026-06-30', 'main .answer a');
    const { fell } = await house.product.json<Movements>(
      `/movements/2026?basis=to-date&from=${encodeURIComponent('2026-06-30T23:59:59.999+08:00')}`,
    );
    await inBoth(guest, async () => {
      const link = page.locator('main .answer a').first();
      await expect.poll(() => link.textContent(), SOON).toBe(fell.movers[0]?.name);
      await expect.poll(async () => (await link.boundingBox())?.y, SOON).toBeLessThan(844);
    });
    await page.locator('main .answer a').first().click();
    await expect.poll(() => sectionInFocus(page), SOON).toBe('movement');
    await at(page, '/overview', 'main .grid');
    await expect.poll(() => page.locator('main .answer a').count()).toBe(0);
    await guest.close();
  });

  it('then a gap leads to its records by its name, and to all units by the word that says so', async () => {
    const guest = await house.arrive();
    const { page } = guest;
    await at(page, UNIT, '#gaps tbody tr');
    await inBoth(guest, async (locale) => {
      const row = page.locator('#gaps tbody tr').first();
      const all = row.locator('a').last();
      await expect.poll(() => all.textContent(), SOON).toContain(locale === 'en' ? 'All units' : '看全区');
      await expect.poll(() => all.getAttribute('href')).toMatch(/^\/requirements\//);
      await expect
        .poll(() => row.locator('a').first().getAttribute('href'))
        .toMatch(/^\/units\/farm-04\/requirements\//);
    });
    await guest.close();
  });

  it('then arrows in a chart go on from what was pressed', async () => {
    const guest = await house.arrive();
    const { page } = guest;
    await at(page, '/gaps', '[role=application] canvas');
    const map = page.locator('figure:has(canvas)').first();
    await map.locator('[role=application]').scrollIntoViewIfNeeded();
    const box = await map.locator('[role=application]').boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.6, (box?.y ?? 0) + 200);
    await page.waitForURL(/[?&]cell=/);
    const detail = page.locator('section.detail h3 a');
    await expect.poll(() => detail.count(), SOON).toBe(2);
    const pressed = (await detail.allTextContents()).map((name) => name.trim());
    const status = map.locator('p.unseen[role=status]');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => status.textContent(), SOON).not.toBe('');
    await page.keyboard.press('ArrowLeft');
    for (const name of pressed) await expect.poll(() => status.textContent(), SOON).toContain(name);
    await guest.close();
  });

  it('then Back leads to the line that told of the cell, or to the chart that fills the window, and bars cover neither', async () => {
    const guest = await house.arrive({ width: 800, height: 900 });
    const { page } = guest;
    await at(page, '/gaps', '[role=application] canvas');
    const line = page.locator('.cursor button');
    await line.focus();
    for (let times = 0; times < 3; times++) await page.keyboard.press('PageDown');
    const told = await line.textContent();
    /** How far the filter bar, which takes two lines here, reaches over the line. */
    const covered = (): Promise<number> =>
      page.evaluate<number>(`(() => {
        const [bar, line] = ['.filters', '.cursor'].map((one) => document.querySelector(one).getBoundingClientRect());
        return bar.bottom - line.top;
      })()`);
    await expect.poll(covered, SOON).toBeLessThanOrEqual(1);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/units\/.*\/requirements\//);
    await page.locator('main h1').first().waitFor();
    await page.goBack();
    await expect.poll(() => page.evaluate('document.activeElement?.textContent'), SOON).toBe(told);
    await expect.poll(covered, SOON).toBeLessThanOrEqual(1);
    // Elsewhere, and back to where nothing but the map is in sight.
    await page.evaluate(
      `document.querySelector('figure:has(.cursor) [role=application]').scrollIntoView({ block: 'center' })`,
    );
    await page.evaluate(`document.querySelector('header a[href^="/overview"]').click()`);
    await page.waitForURL(/\/overview/);
    await page.goBack();
    await expect
      .poll(
        () => page.evaluate<boolean>(`document.activeElement?.getAttribute('role') === 'application'`),
        SOON,
      )
      .toBe(true);
    await guest.close();
  });

  it('then on paper a type never stands alone at the foot of a sheet: it takes its first row along', async () => {
    const guest = await house.arrive({ width: 688, height: 1000 });
    const { page } = guest;
    for (const unit of ['farm-03', 'farm-04', 'com-03', 'ent-04']) {
      await at(
        page,
        `/units/${unit}?open=learning,unity,innovation,integrity,development`,
        '#all details[open] tbody tr',
      );
      await page.emulateMedia({ media: 'print' });
      // What is laid out for paper alone asks the browser's event, too.
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      await inBoth(guest, async (locale) => {
        await expect
          .poll(() => page.evaluate<string[]>(SHORT), { message: `${unit} ${locale}`, ...SOON })
          .toEqual([]);
      });
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      await page.emulateMedia({ media: 'screen' });
    }
    await guest.close();
  });
});
