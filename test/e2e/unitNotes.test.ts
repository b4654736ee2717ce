import { beforeAll, describe, expect, it } from 'vitest';
import type { Ranking } from '#schemas/results/results.ts';
import { chromiumPath, go, inBoth } from './browser.ts';
import { clean } from './clean.ts';
import { sampled } from './sampled.ts';

const YEAR = 2026;

describe.skipIf(!chromiumPath)('what is remarked on a unit, on the sample', () => {
  const house = sampled('2026-11-20', { writes: true });
  const { enter } = house;
  let unit: string;

  beforeAll(async () => {
    const { rows } = await house.product.json<Ranking>(`/rankings/${YEAR}?basis=to-date`);
    const row = rows[Math.floor(rows.length / 2)];
    unit = row && 'unit' in row ? row.unit : '';
  });

  it('keeps a remark that could not be sent, and shows it to whom it is for', async () => {
    const guest = await enter();
    const { page } = guest;
    const said = '请在月底前补齐\n（第二行）';
    await go(guest, `/units/${unit}`);
    const field = page.locator('#notes textarea');
    await field.fill(said);
    await page.locator('#notes input[value="unit"]').check();
    await page.route('**/api/notes', (asked) => asked.abort());
    await page.locator('#notes form button').click();
    await page.locator('#notes form [role="alert"]').waitFor();
    await expect.poll(() => field.inputValue()).toBe(said);
    await page.unroute('**/api/notes');
    guest.complaints.length = 0;
    await page.locator('#notes form button').click();
    await page.locator('#notes li', { hasText: '（第二行）' }).waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
    await inBoth(guest, async () => {
      await expect.poll(() => page.locator('#notes .section-head .caption').textContent()).toMatch(/^1\s/);
      await expect.poll(() => page.locator('.parts a[href$="#notes"]').textContent()).toContain('1');
    });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.locator('#notes').scrollIntoViewIfNeeded();
      await guest.picture(`unit-notes-${width}`);
      await clean(guest, `unit-notes-top-${width}`, '#notes');
    }
    await guest.close();
    const own = await enter({}, { unit });
    await go(own, `/units/${unit}`);
    await own.page.locator('#notes li', { hasText: '（第二行）' }).waitFor();
    await expect.poll(() => own.page.locator('#notes form').count()).toBe(0);
    await own.close();
  });

  it('shows a remark on a number beside it, and all in one place, to whom they are for', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, `/units/${unit}/requirements/learning.research`);
    const remark = async (said: string, reader: RegExp): Promise<void> => {
      await page.locator('#notes').getByRole('button', { name: '写批注' }).click();
      await page.locator('#notes textarea').fill(said);
      await page.locator('#notes').getByRole('checkbox', { name: reader }).check();
      await page.locator('#notes form button').click();
      await page.locator('#notes li', { hasText: said }).waitFor();
    };
    await remark('Two of four quarters', /该单位/);
    await go(guest, '/requirements/learning.research');
    await remark('Missed by most', /各单位/);
    await clean(guest, 'requirement-notes');
    await go(guest, '/notes');
    const place = page.locator('.notes li', { hasText: 'Two of four quarters' }).getByRole('link');
    await clean(guest, 'notes');
    await place.click();
    await page.locator('#notes li', { hasText: 'Two of four quarters' }).waitFor();
    await guest.close();
    const own = await enter({}, { unit });
    await go(own, '/notes');
    await own.page.locator('.notes li', { hasText: 'Missed by most' }).waitFor();
    // The page of the whole zone's requirement is not theirs: the remark is read, and leads nowhere.
    await expect
      .poll(() => own.page.locator('.notes li', { hasText: 'Missed by most' }).getByRole('link').count())
      .toBe(0);
    await go(own, `/units/${unit}/requirements/learning.research`);
    await own.page.locator('#notes li', { hasText: 'Two of four quarters' }).waitFor();
    await expect.poll(() => own.page.locator('#notes button').count()).toBe(0);
    await own.close();
  });
});
