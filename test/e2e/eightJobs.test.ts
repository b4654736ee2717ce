import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Movements } from '#schemas/results/movement.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { chromiumPath, go } from './browser.ts';
import { sampled } from './sampled.ts';

/**
 * The eight jobs for which people come, each from the page that opens after signing in, once by mouse and once by
 * keyboard. An action is a press of the mouse, a key (with what is held down with it), or something typed with the Enter
 * that ends it. docs/performance.md has the table that this prints.
 */

const DAY = '2026-11-20';
const YEAR = 2026;
const MOST = 5;
/** The machine may be busy. */
const SOON = { timeout: 20_000 };

type Hands = {
  page: Page;
  click(target: Locator): Promise<void>;
  press(key: string): Promise<void>;
  type(text: string, end?: string): Promise<void>;
  /** Ctrl-K, then a name or a part of it, and Enter. */
  find(text: string): Promise<void>;
};
type Who = 'leader' | 'organisation' | 'unit';
type Job = {
  name: string;
  who: Who;
  mouse: (hands: Hands) => Promise<void>;
  keys: (hands: Hands) => Promise<void>;
};

describe.skipIf(!chromiumPath)('the eight jobs, by mouse and by keyboard', () => {
  const house = sampled(DAY, { writes: true });
  let team: RankingRow;
  let told = '';

  beforeAll(async () => {
    const { rows } = await house.product.json<Omit<Ranking, 'rows'> & { rows: RankingRow[] }>(
      `/rankings/${YEAR}?basis=to-date`,
    );
    team = rows[Math.floor(rows.length / 2)] as RankingRow;
  });
  afterAll(() => {
    if (told) process.stdout.write(`${told}\n`);
  });

  async function walk(
    who: Who,
    act: (hands: Hands) => Promise<void>,
  ): Promise<{ actions: number; ms: number }> {
    const guest = await house.arrive({}, who === 'unit' ? { unit: team.unit } : who);
    const { page } = guest;
    await go(guest, '/');
    await page.locator('main h1').waitFor();
    await page.locator('main .skeleton').first().waitFor({ state: 'detached' });
    let actions = 0;
    const count = async (deed: Promise<unknown>): Promise<void> => {
      actions += 1;
      await deed;
    };
    const began = performance.now();
    await act({
      page,
      click: (target) => count(target.click()),
      press: (key) => count(page.keyboard.press(key)),
      type: (text, end = 'Enter') => count(page.keyboard.type(text).then(() => page.keyboard.press(end))),
      async find(text) {
        await count(page.keyboard.press('Control+k'));
        const dialog = page.getByRole('dialog');
        await count(dialog.getByRole('combobox').fill(text));
        // What is looked for may still be on its way.
        await dialog.getByRole('option', { name: text }).first().waitFor(SOON);
        await page.keyboard.press('Enter');
        await dialog.waitFor({ state: 'detached' });
      },
    });
    const ms = performance.now() - began;
    expect(guest.complaints).toEqual([]);
    await guest.close();
    return { actions, ms };
  }

  const fellMost = async (): Promise<string> => {
    const { fell }: Movements = await house.product.json(
      `/movements/${YEAR}?basis=to-date&from=${encodeURIComponent(`${YEAR}-06-30T23:59:59.999+08:00`)}`,
    );
    return fell.movers[0]?.name ?? '?';
  };
  const since = (page: Page) => page.waitForURL(/compareTo=2026-06-30/);
  const whyIsTold = async (page: Page): Promise<void> => {
    await expect.poll(() => page.locator('h1').textContent(), SOON).toContain(await fellMost());
    await page.locator('#movement tfoot').waitFor(SOON);
  };
  const isSharedWith30 = async (page: Page): Promise<void> => {
    await expect.poll(() => new URL(page.url()).searchParams.get('weights'), SOON).toMatch(/learning:30/);
    await page.getByRole('status').filter({ hasText: '地址' }).first().waitFor(SOON);
  };
  const row = (page: Page, nth = 0): Locator => page.locator('main tbody tr').nth(nth);
  const atRow = (page: Page) =>
    expect.poll(() => page.evaluate('!!document.activeElement.closest("tr")')).toBe(true);
  const saved = async (page: Page, deed: () => Promise<void>): Promise<void> => {
    const download = page.waitForEvent('download');
    await deed();
    await download;
  };

  const decided = async (page: Page, deed: () => Promise<void>): Promise<void> => {
    const before = await page.locator('.candidates tbody button').count();
    await page.locator('dialog textarea:focus').waitFor(SOON);
    await deed();
    await expect.poll(() => page.locator('.candidates tbody button').count(), SOON).toBe(before - 1);
  };

  const JOBS: Job[] = [
    {
      name: '自 6 月以来谁降得最多，为什么',
      who: 'leader',
      async mouse({ page, click }) {
        await click(page.getByRole('button', { name: '比较对象' }));
        await click(page.getByRole('dialog').getByText('6 月 30 日').first());
        await since(page);
        const fallen = page.locator('a.fell').filter({ hasText: await fellMost() });
        await click(fallen.first());
        await whyIsTold(page);
      },
      async keys({ page, find }) {
        await find('6 月 30 日');
        await since(page);
        await find(await fellMost());
        await whyIsTold(page);
        // Nobody has to go down to it: the first screen says it.
        const told = page.locator('main .moved');
        await expect
          .poll(async () => ((await told.boundingBox())?.y ?? Number.POSITIVE_INFINITY) < 900, SOON)
          .toBe(true);
      },
    },
    {
      name: '一个单位最大的差距、条款和事件',
      who: 'leader',
      async mouse({ page, click, type }) {
        await click(page.getByRole('combobox').first());
        await type(team.name);
        await page.locator('#gaps .clause, #gaps [class*=clause]').first().waitFor(SOON);
        await click(row(page).locator('a').first());
        await page.waitForURL(/\/units\/[^/]+\/requirements\//);
      },
      async keys({ page, find, press }) {
        await find(team.name);
        await page.locator('#gaps tbody tr').first().waitFor(SOON);
        await press('j');
        await atRow(page);
        await press('Enter');
        await page.waitForURL(/\/units\/[^/]+\/requirements\//);
      },
    },
    {
      name: '全区最普遍没做到的：按单位、按失分',
      who: 'leader',
      async mouse({ page, click }) {
        await click(page.locator('header nav a[href^="/gaps"]'));
        await page.waitForURL(/\/gaps/);
        await row(page).locator('.alarm').waitFor(SOON);
      },
      async keys({ page, find }) {
        await find('差距');
        await page.waitForURL(/\/gaps/);
        await row(page).locator('.alarm').waitFor(SOON);
      },
    },
    {
      name: '学习型权重改为 30，并把结果发给别人',
      who: 'leader',
      async mouse({ page, click, type }) {
        await click(page.locator('header nav a[href^="/ranking"]'));
        await click(page.getByRole('button', { name: '试改权重' }));
        await page.locator('.fields input[type=number]:focus').waitFor(SOON);
        await type('30');
        await click(page.getByRole('button', { name: '复制链接' }));
        await isSharedWith30(page);
      },
      async keys({ page, find, type }) {
        await find('试改权重');
        await page.locator('.fields input[type=number]:focus').waitFor(SOON);
        await type('30');
        await find('复制链接');
        await isSharedWith30(page);
      },
    },
    {
      name: '交流会的统计资料',
      who: 'leader',
      async mouse({ page, click }) {
        await click(page.locator('header nav a[href^="/meeting"]'));
        await saved(page, () => click(page.locator('.formats button:enabled').first()));
      },
      async keys({ page, find, press }) {
        await find('交流会');
        await page.waitForURL(/\/meeting/);
        await page.locator('.formats button:enabled').first().waitFor(SOON);
        await press('j');
        await atRow(page);
        await saved(page, () => press('Enter'));
      },
    },
    {
      name: '表彰一个单位',
      who: 'organisation',
      async mouse({ page, click, type }) {
        await click(page.locator('header nav a[href^="/meeting"]'));
        await click(page.locator('main a[href*="/meeting/commendation"]').first());
        await click(page.locator('.candidates tbody button').first());
        await decided(page, async () => {
          await type('全年各项靠前');
          await click(page.getByRole('dialog').locator('button[type=submit]'));
        });
      },
      async keys({ page, find, press, type }) {
        await find('表彰');
        await page.waitForURL(/meeting\/commendation/);
        await page.locator('.candidates tbody tr').first().waitFor(SOON);
        await press('j');
        await atRow(page);
        await press('Enter');
        await decided(page, () => type('全年各项靠前', 'Control+Enter'));
      },
    },
    {
      name: '已封存的一年',
      who: 'leader',
      async mouse({ page, click }) {
        await click(page.locator('header nav a[href^="/meeting"]'));
        await click(page.locator('main a[href^="/freeze"]').first());
        await page.waitForURL(/\/freeze/);
      },
      async keys({ page, find }) {
        await find('封存与核对');
        await page.waitForURL(/\/freeze/);
      },
    },
    {
      name: '本月我们还欠什么（单位）',
      who: 'unit',
      mouse: ({ page }) => page.locator('.owed, main li a').first().waitFor(SOON),
      keys: ({ page }) => page.locator('.owed, main li a').first().waitFor(SOON),
    },
  ];

  it.each(JOBS)('$name', async ({ name, who, mouse, keys }) => {
    const byMouse = await walk(who, mouse);
    // What was done before does not stand in the way.
    const byKeys = await walk(who, keys);
    told += `| ${name} | ${byMouse.actions} | ${byKeys.actions} | ${Math.round(byMouse.ms)} / ${Math.round(byKeys.ms)} |\n`;
    expect(Math.max(byMouse.actions, byKeys.actions)).toBeLessThanOrEqual(MOST);
  });
});
