import { beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { chromiumPath, go, type Visit } from './browser.ts';
import { departmentPagesOf, pagesOf } from './everyPage.ts';
import { sampled } from './sampled.ts';
import { pressHeads } from './sorting.ts';

/**
 * Every number of a clause that is read on a page opens the clause's text. Not asked: what is unseen, a list of the finder, whose
 * options cannot hold a button (the clause of the chosen one stands below), the tooltip of a chart, which goes with the
 * pointer (a press on what it tells of opens it), and the plan's own page where the text stands beside the number.
 */

const DAY = '2026-11-20';
/** Of a clause within another; a number without a bracket, such as 五, is a word like any other. */
const NUMBERS = plan2026.clauses?.flatMap(({ id }) => (id.includes('(') ? [id] : [])) ?? [];
const BESIDE_ITS_TEXT = 'section.clause h2, section.clause h3';

/** In the page: what is written around each number that cannot be pressed. */
const DEAD = ([numbers, where, except]: readonly [string[], string, string]): string[] => {
  const found: string[] = [];
  const pressed = `button, a[href*="#clause-"], [popover], [role=option], option, .unseen, ${except}`;
  for (const root of document.querySelectorAll(where)) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      const own = node.parentElement;
      if (!own || !numbers.some((number) => text.includes(number))) continue;
      if (own.closest(pressed)) continue;
      found.push(text.trim().slice(0, 60));
    }
  }
  return found;
};

describe.skipIf(!chromiumPath)('the number of a clause', () => {
  const house = sampled(DAY);
  let guest: Visit;
  let unit: string;

  beforeAll(async () => {
    guest = await house.enter({}, 'organisation');
    const { rows } = await house.product.json<{ rows: { unit: string }[] }>('/rankings/2026');
    unit = rows.at(-1)?.unit ?? '';
  });

  const dead = (where = 'main', except = BESIDE_ITS_TEXT): Promise<string[]> =>
    guest.page.evaluate(DEAD, [NUMBERS, where, except] as const);

  async function open(path: string): Promise<void> {
    await go(guest, path);
    await guest.page.locator('main h1, main .slide, main .stage').first().waitFor();
    await expect.poll(() => guest.page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
  }

  it('opens its text on every page, and in every table of a chart; every table of the page sorts by each of its heads', async () => {
    const faults: string[] = [];
    let seen = 0;
    let charts = 0;
    let heads = 0;
    for (const path of [...pagesOf(unit), ...departmentPagesOf(unit)]) {
      await open(path);
      // Figures of charts as tables, one after another.
      const tables = guest.page.locator('main figure.panel').getByRole('button', { name: '查看数据表' });
      for (const button of await tables.all()) {
        await button.click();
        charts++;
      }
      // Slides that are not on lie in the page, too, and are asked.
      seen += await guest.page.locator('main .clause-number').count();
      const sorting = await pressHeads(guest.page);
      heads += sorting.pressed;
      for (const fault of [...(await dead()), ...sorting.faults]) faults.push(`${path}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(heads).toBeGreaterThan(60);
    expect(seen).toBeGreaterThan(100);
    expect(charts).toBeGreaterThan(5);
  });

  it('opens its text in a short look and below what the finder lists', async () => {
    const { page } = guest;
    await open('/ranking');
    await page.locator('tr[data-peek] .name').last().focus();
    await page.keyboard.press('Space');
    const first = page.locator('.peek .gaps .clause-number').first();
    const number = (await first.textContent())?.trim();
    await first.click();
    const text = plan2026.clauses?.find(({ id }) => id === number)?.text.zh ?? number;
    await expect.poll(() => page.locator('.peek [role=note]:popover-open').textContent()).toContain(text);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.locator('.finder input').fill('中心组');
    await page.locator('.finder .clause .clause-number').click();
    await expect
      .poll(() => page.locator('.finder [role=note]:popover-open').textContent())
      .toContain('三(一)1');
    expect(await dead('.peek, .finder')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('.finder').waitFor({ state: 'detached' });
  });

  it('opens from a point of a chart by keyboard, and the point stays until the focus goes elsewhere', async () => {
    const { page } = guest;
    await open('/gaps');
    const board = page.locator('.panel .chart').last();
    await board.locator('canvas').first().waitFor();
    await board.focus();
    await page.keyboard.press('ArrowRight');
    const mark = page.locator('.panel .clause-number').last();
    await mark.waitFor();
    const number = (await mark.textContent())?.trim() ?? '';
    await expect.poll(() => page.locator('.panel [role=status]').last().textContent()).toContain(number);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const text = plan2026.clauses?.find(({ id }) => id === number)?.text.zh ?? 'no text';
    await expect.poll(() => page.locator('[role=note]:popover-open').textContent()).toContain(text);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Tab');
    await mark.waitFor();
    await page.keyboard.press('Shift+Tab');
    await mark.waitFor({ state: 'detached' });
  });

  it('keeps slides and the big screen where they are while it is read', async () => {
    const { page } = guest;
    const heading = (): Promise<string | null> => page.locator('.wall h1, .sheet.on h1').textContent();
    const turnTo = async (selector: string): Promise<void> => {
      for (let turns = 0; turns < 20 && (await page.locator(selector).count()) === 0; turns++)
        await page.keyboard.press('ArrowRight');
      await page.locator(selector).first().click();
      await expect.poll(() => page.locator('[role=note]:popover-open').count()).toBe(1);
    };
    await open('/wall?seconds=5');
    await page.locator('.wall h1').waitFor();
    await turnTo('.wall .clause-number');
    const question = await heading();
    await page.clock.runFor(20_000);
    expect(await heading()).toBe(question);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[role=note]:popover-open').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/wall');
    await page.clock.runFor(6_000);
    await expect.poll(heading).not.toBe(question);

    await open('/meeting/slides');
    await page.locator('.sheet.on h1').waitFor();
    await turnTo('.sheet.on .clause-number');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[role=note]:popover-open').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/meeting/slides');
  });
});
