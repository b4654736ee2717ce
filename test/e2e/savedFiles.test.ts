import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { TRIAL_MARK } from '#schemas/presentation/trial.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { chromiumPath, go } from './browser.ts';
import { sampled } from './sampled.ts';

/** What is saved from a page is what the server exports; a trial says that it is one, and its headline speaks of its own rows. */

const SOON = { timeout: 20_000 };
const house = sampled('2026-11-20');
const { enter } = house;
const CRITERIA = ['learning', 'unity', 'innovation', 'integrity', 'development'];
const MARK = TRIAL_MARK['zh-CN'];

/** Who is first, where one is. */
async function leaderUnder(weights: string): Promise<string | undefined> {
  const { rows } = await house.product.json<{ rows: RankingRow[] }>(
    `/rankings/2026?basis=to-date${weights && `&weights=${weights}`}`,
  );
  const first = rows.filter(({ rank }) => rank === 1);
  return first.length === 1 ? first[0]?.name : undefined;
}

/** Weights under which another unit leads than under the plan's. */
async function otherLeader(): Promise<{ weights: string; planned: string; tried: string }> {
  const planned = (await leaderUnder('')) ?? '';
  for (const one of CRITERIA) {
    const weights = CRITERIA.map((id) => `${id}:${id === one ? 90 : 1}`).join(',');
    const tried = await leaderUnder(weights);
    if (tried && tried !== planned) return { weights, planned, tried };
  }
  throw new Error('the sample is led by one unit whatever the weights');
}

/** All that buttons of the page save, each pressed once. */
async function saved(page: Page): Promise<Download[]> {
  const files: Download[] = [];
  for (const button of await page.getByRole('button', { name: /^存为(?:图片|矢量图| CSV)：/ }).all()) {
    const download = page.waitForEvent('download');
    await button.click();
    files.push(await download);
  }
  return files;
}

/** What a button would call its file. */
async function nameOf(page: Page, button: Locator): Promise<string> {
  const download = page.waitForEvent('download');
  await button.click();
  return (await download).suggestedFilename();
}

const firstLine = async (file: Download): Promise<string> =>
  (await readFile(await file.path(), 'utf8')).replace('\ufeff', '').split('\r\n')[0] ?? '';

describe.skipIf(!chromiumPath)('given weights under which another unit leads', () => {
  it('then the headline speaks of the rows below it, and whatever is saved bears the mark of a trial', async () => {
    const { weights, planned, tried } = await otherLeader();
    const guest = await enter();
    const { page } = guest;
    await go(guest, `/ranking?year=2026&weights=${weights}`);
    await page.locator('.what-if canvas').waitFor();
    const headline = page.locator('header.head .answer');
    await expect.poll(() => page.locator('.ranking .body .name').first().textContent(), SOON).toBe(tried);
    await expect.poll(() => headline.textContent(), SOON).toContain(MARK);
    await expect.poll(() => headline.textContent(), SOON).toContain(`${tried}以`);
    await expect.poll(() => headline.textContent(), SOON).not.toContain(`${planned}以`);
    // Its moves are against the plan's weights, whatever the filters compare with; so say the filters, on paper, too.
    for (const told of ['.filters .sentence', '.filters .print-only']) {
      await expect.poll(() => page.locator(told).textContent(), SOON).toContain('与方案权重下的名次相比');
      await expect.poll(() => page.locator(told).textContent(), SOON).not.toContain('日相比');
    }
    const files = await saved(page);
    const names = files.map((file) => file.suggestedFilename());
    for (const end of ['csv', 'png', 'svg'])
      expect(names.some((name) => name.endsWith(`.${end}`))).toBe(true);
    const tables: string[] = [];
    for (const [at, file] of files.entries()) {
      expect(names[at]?.startsWith(MARK.replaceAll(' ', '-')), names[at]).toBe(true);
      // Out of its page it says of what it is, whatever it was saved from: under which weights, and that its moves are
      // against the plan's, whatever the filters compare with.
      expect(names[at]).toMatch(
        /-学习型?-\d+、.+-2026-年-·-按进度-·-截至-.+-·-全部类别-·-与方案权重下的名次相比\.(csv|png|svg)$/,
      );
      if (!names[at]?.endsWith('.csv')) continue;
      expect(await firstLine(file), names[at]).toBe(MARK);
      tables.push(await readFile(await file.path(), 'utf8'));
    }
    const asked = `year=2026&basis=to-date&compareTo=2026-05-31T15:59:59.999Z&lang=zh-CN&weights=${weights}`;
    const exported = await guest.context.request.get(`/api/exports/ranking.csv?${asked}`);
    expect(tables).toContain(await exported.text());
    await guest.close();
  });

  it('then the ranking under the plan’s weights bears none, and what is saved is what the server exports', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/ranking?year=2026&compareTo=2026-05-31');
    await page.locator('.ranking .body .name').first().waitFor();
    const files = await saved(page);
    expect(files).toHaveLength(1);
    for (const file of files) {
      expect(file.suggestedFilename()).not.toContain('试算');
      const asked = 'year=2026&basis=to-date&compareTo=2026-05-31T15:59:59.999Z&lang=zh-CN';
      const exported = await guest.context.request.get(`/api/exports/ranking.csv?${asked}`);
      expect(await readFile(await file.path(), 'utf8')).toBe(await exported.text());
      // A file of rows alone says what its ranks are held against.
      expect(await firstLine(file)).toContain('上次名次（与 5 月 31 日相比）');
    }
    await guest.close();
  });

  it('then a file of a chart or table of any page says of which unit, year, day and group it is', async () => {
    const guest = await enter();
    const { page } = guest;
    for (const [path, named] of [
      ['/units/farm-03?group=farm', /^第三管理区-.+-2026-年-·-按进度-·-截至-.+-·-农业管理区/],
      ['/calendar?year=2026&basis=year', /^\S+-2026-年-·-按全年-·-全部类别/],
      // What is of one unit alone, or always to date, says so.
      ['/calendar?year=2026&unit=farm-03&group=school', /^第三管理区-\S+-2026-年-·-按进度-·-截至-[^·]+$/],
      ['/trends?year=2026&basis=year', /^\S+-2026-年-·-按进度-·-截至/],
    ] as const) {
      await go(guest, path);
      const button = page.getByRole('button', { name: /^存为 CSV：/ }).first();
      expect(await nameOf(page, button)).toMatch(named);
    }
    // What holds a unit against earlier days says which, and how they are seen: its trend, what moved it, who passed it.
    for (const known of ['then', 'now'] as const) {
      const seenAs = known === 'then' ? '按当时资料' : '按现有资料';
      await go(guest, `/units/com-02?compareTo=2026-03-31&known=${known}`);
      const movement = page.locator('#movement');
      const lists = movement.locator('details.crossing');
      await lists.first().waitFor();
      const shut = movement.locator('details.crossing:not([open])');
      while ((await shut.count()) > 0) await shut.first().locator('summary').click();
      const buttons = movement.getByRole('button', { name: /^存为 CSV：/ });
      await expect.poll(() => buttons.count()).toBeGreaterThan(1);
      const named = new RegExp(`-${seenAs}-.+-与-?3-?月-?31-?日相比\\.csv$`);
      for (const button of await buttons.all()) expect(await nameOf(page, button)).toMatch(named);
      const ofTrend = page.locator('#trend').getByRole('button', { name: /^存为 CSV：/ });
      expect(await nameOf(page, ofTrend)).toContain(`-${seenAs}-`);
    }
    await guest.close();
  });
});
