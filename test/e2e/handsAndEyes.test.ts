import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { owedOf } from '#schemas/owed.ts';
import type { Plan } from '#schemas/plan.ts';
import { gapsOf } from '#schemas/presentation/answers/unit.ts';
import { exactSum, partsDiffer } from '#schemas/presentation/numbers.ts';
import type { Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { brokenIn } from './broken.ts';
import { chromiumPath, go, launch, signIn, type Visit, visit } from './browser.ts';

/** What the hands do and the eyes see on every page, whatever the page is about. */

const NOW = Date.parse('2026-10-20T02:00:00Z');
/** The machine may be busy. */
const SOON = { timeout: 20_000 };
let product: Product;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  product = await startProduct({ sample: { today: '2026-10-20' }, dashboard: true, clock: () => NOW });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function enter(device: Parameters<typeof visit>[2] = {}, token?: string): Promise<Visit> {
  const guest = await visit(browser, product.url, { ...device, now: NOW });
  await signIn(guest, token ?? product.tokens.leader);
  return guest;
}
const focused = ({ page }: Visit): Promise<string> =>
  page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""');
const tagOf = ({ page }: Visit): Promise<string> =>
  page.evaluate<string>('document.activeElement?.tagName ?? ""');

describe.skipIf(!chromiumPath)('given the focus on a row of a ranking', () => {
  it('when rows scroll or their order changes, then Enter opens the unit that had it', async () => {
    const guest = await enter({ height: 500 });
    const { page } = guest;
    await page.goto('/ranking');
    const link = page.locator('.ranking .body .name').nth(3);
    await link.focus();
    const name = await link.textContent();
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 1_500);
    await expect.poll(() => page.evaluate('scrollY'), SOON).toBeGreaterThan(800);
    expect(await focused(guest)).toBe(name);
    const before = await page.locator('.ranking .body .name').allTextContents();
    const sorted = page.waitForURL(/sort=/);
    await page.evaluate(`document.querySelector('.ranking .head button').click()`);
    await sorted;
    await expect.poll(() => page.locator('.ranking .body .name').allTextContents(), SOON).not.toEqual(before);
    expect(await focused(guest)).toBe(name);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').textContent(), SOON).toContain(name);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a step by keyboard', () => {
  it('when it leads to another page, then its heading has the focus', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/');
    await page.waitForURL('**/overview**');
    const links = page.locator('header nav a');
    for (let index = 0; index < (await links.count()); index += 1) {
      const path = new URL((await links.nth(index).getAttribute('href')) ?? '', product.url).pathname;
      if (new URL(page.url()).pathname === path) continue;
      await links.nth(index).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === path);
      await expect.poll(() => tagOf(guest), { message: path, ...SOON }).toBe('H1');
    }
    await guest.close();
  });

  it('when it leads to a section, then the section has the focus, from the same page and from another', async () => {
    const guest = await enter();
    const { page } = guest;
    await page.goto('/ranking');
    await page.locator('.ranking .body .name').first().click();
    const parts = page.locator('nav.parts a');
    await parts.first().waitFor();
    const inside = (id: string): Promise<boolean> =>
      page.evaluate<boolean>(`document.activeElement?.id === '${id}'`);
    for (let index = 0; index < (await parts.count()); index += 1) {
      const id = ((await parts.nth(index).getAttribute('href')) ?? '').split('#')[1] ?? '';
      await parts.nth(index).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => inside(id), { message: id, ...SOON }).toBe(true);
    }
    await go(guest, '/overview?compareTo=2026-06-30');
    const mover = page.locator('main a[href*="#movement"]').first();
    await mover.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => inside('movement'), SOON).toBe(true);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a step that cannot be undone', () => {
  it('then its dialog opens on the answer no, and before the year’s end nothing leads to the seal', async () => {
    const guest = await enter({}, product.tokens.organisation);
    const { page } = guest;
    await page.goto('/freeze');
    const order = page.locator('.order button');
    await order.waitFor();
    expect(await order.getAttribute('class')).not.toContain('primary');
    await expect.poll(() => order.isEnabled(), SOON).toBe(true);
    await order.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    expect(await focused(guest)).toBe(await page.locator('dialog .choice button').first().textContent());
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('dialog').count(), SOON).toBe(0);
    expect(await focused(guest)).toBe(await order.textContent().then((text) => text?.trim()));
    expect(await product.json('/freezes/2026').catch((error: Error) => error.message)).toContain('404');
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a word that opens a panel', () => {
  it.each(['zh-CN', 'en'] as const)('then its accessible name has what it says, in %s', async (locale) => {
    const guest = await enter({ locale });
    const { page } = guest;
    for (const path of ['/ranking', '/meeting', '/meeting/commendation', '/meeting/teaching']) {
      await go(guest, path);
      await page
        .locator('main button[aria-haspopup="dialog"], .filters button[aria-haspopup="dialog"]')
        .first()
        .waitFor();
      for (const button of await page.locator('button[aria-haspopup="dialog"]').all()) {
        const said = (await button.textContent())?.replace('▾', '').trim() ?? '';
        const named = await button.evaluate((element) => {
          const { ariaLabelledByElements, ariaLabel } = element as unknown as {
            ariaLabelledByElements: { textContent: string }[] | null;
            ariaLabel: string | null;
          };
          return ariaLabelledByElements?.map((part) => part.textContent).join(' ') ?? ariaLabel ?? '';
        });
        // A sign, as the question mark of the guide, says no word.
        if (/\p{L}|\d/u.test(said)) expect(named, `${path} ${said}`).toContain(said);
        else expect(named, `${path} ${said}`).not.toBe('');
      }
    }
    await guest.close();
  });

  it('then keys open it on what is chosen, and Escape, Tab and a press elsewhere close it', async () => {
    const guest = await enter({ locale: 'zh-CN', width: 390, height: 844 });
    const { page } = guest;
    await go(guest, '/ranking');
    const word = page.locator('.filters button[aria-haspopup="dialog"]').nth(1);
    const panel = page.locator('.filters [role="dialog"]:popover-open');
    await word.focus();
    const name = await word.textContent();

    await page.keyboard.press('Enter');
    await expect.poll(() => focused(guest), SOON).toContain(name?.trim());
    await expect.poll(() => word.getAttribute('aria-expanded'), SOON).toBe('true');
    const box = await panel.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.count(), SOON).toBe(0);
    expect((await focused(guest))?.trim()).toBe(name?.trim());

    await page.keyboard.press('Enter');
    await panel.waitFor();
    for (let presses = 0; (await panel.count()) > 0 && presses < 8; presses++)
      await page.keyboard.press('Tab');
    await expect.poll(() => panel.count(), SOON).toBe(0);

    await word.click();
    await panel.waitFor();
    await page.locator('main h1').click();
    await expect.poll(() => panel.count(), SOON).toBe(0);
    await expect.poll(() => word.getAttribute('aria-expanded'), SOON).toBe('false');
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given any page', () => {
  it.each(['zh-CN', 'en'] as const)(
    'then at 390 px it does not scroll sideways, breaks no word and parts no colour from its name, in %s',
    async (locale) => {
      const guest = await enter({ locale, width: 390, height: 844 }, product.tokens.organisation);
      const { rows } = await product.json<{
        rows: { unit: string; vetoes: string[]; deductions: object[] }[];
      }>('/rankings/2026?basis=to-date');
      const units = [
        rows[0]?.unit,
        rows.find(({ vetoes }) => vetoes.length > 0)?.unit,
        rows.find(({ deductions }) => deductions.length > 0)?.unit,
      ];
      const paths = [
        ...units.map((unit) => `/units/${unit}?compareTo=2026-06-30`),
        `/units/${units[0]}/requirements/learning.centre-group`,
        `/compare?units=${units.slice(0, 2)}`,
        ...[
          '/ranking',
          '/ranking?weights=integrity:60',
          '/overview',
          '/overview?year=2020',
          '/gaps',
          '/calendar',
        ],
        ...[
          '/criteria/unity',
          '/self-inspection?year=2025',
          '/freeze',
          '/import',
          '/access',
          '/access/audit',
          '/account',
          '/plan',
          '/nowhere',
        ],
        ...['verification', 'appeals', 'quarantine', 'incidents'].map((kind) => `/inbox?kind=${kind}`),
        ...['', '/report', '/history'].map((page) => `/units/${units[0]}/desk${page}`),
        ...['', '/commendation', '/teaching', '/year-on-year'].map((page) => `/meeting${page}`),
      ];
      for (const path of paths) {
        await go(guest, path);
        await guest.page.locator('main h1').waitFor();
        await expect.poll(() => guest.page.locator('.skeleton').count(), SOON).toBe(0);
        const wide = await guest.page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wide, path).toBeLessThanOrEqual(0);
        expect(await brokenIn(guest.page), path).toEqual([]);
      }
      await guest.picture(`hands-last-${locale}`);
      await guest.close();
    },
    240_000,
  );

  it('then header, filters and heading share one left edge at 1920 px', async () => {
    const guest = await enter({ width: 1920 }, product.tokens.organisation);
    const { page } = guest;
    const paths = [
      ...['/ranking', '/overview', '/calendar', '/gaps', '/plan', '/compare', '/self-inspection', '/freeze'],
      ...['/meeting', '/inbox?kind=verification', '/import', '/access', '/access/audit', '/account'],
      ...['/units/farm-03', '/units/farm-03/desk', '/criteria/unity', '/meeting/teaching'],
    ];
    for (const path of paths) {
      await go(guest, path);
      await page.waitForURL((url) => path.startsWith(url.pathname));
      await page.locator('main h1').waitFor();
      const edges = await page.evaluate<number[]>(
        `['header .brand', '.filters .sentence', 'main h1'].flatMap((part) => {
          const found = document.querySelector(part);
          return found && found.checkVisibility() ? [Math.round(found.getBoundingClientRect().left)] : [];
        })`,
      );
      expect(edges.length, path).toBeGreaterThan(1);
      expect(Math.max(...edges) - Math.min(...edges), path).toBeLessThanOrEqual(2);
    }
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given what cannot be shown', () => {
  it('then an empty year is no error, and the department is not sent to the department', async () => {
    const guest = await enter({}, product.tokens.organisation);
    for (const page of [
      'overview',
      'ranking',
      'gaps',
      'calendar',
      'self-inspection',
      'compare',
      'meeting/teaching',
    ]) {
      await go(guest, `/${page}?year=2020`);
      await guest.page
        .getByText('2020 年还没有采用考核方案')
        .or(guest.page.getByText('没有 2020 年的考核方案'))
        .first()
        .waitFor();
      expect(await guest.page.locator('main [role=alert]').count(), page).toBe(0);
      expect(await guest.page.locator('main').getByText('重试').count(), page).toBe(0);
      expect(await guest.page.locator('main').textContent(), page).not.toContain('组织部');
    }
    await guest.close();
  });

  it('then a year with none before it says so alone, with a way to one that has', async () => {
    const guest = await enter();
    await go(guest, '/meeting/year-on-year?year=2025');
    const { page } = guest;
    await page.getByText('2024 年没有考核方案').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('正式结果');
    await page.locator('main').getByRole('link', { name: '看 2026 年' }).click();
    await page.locator('tbody tr').first().waitFor();
    await guest.close();
  });

  it('then a unit that is not ranked is told why, with a way to where there is something to see', async () => {
    const guest = await enter({}, product.tokens.organisation);
    const { units } = await product.json<{
      units: { unit: string; name: string; closedOn: string | null }[];
    }>('/units');
    const closed = units.find(({ closedOn }) => closedOn?.startsWith('2026'));
    const said = guest.page.locator('main .problem');
    await go(guest, `/units/${closed?.unit}?year=2026`);
    await said.getByText(`${closed?.name}已于 2026 年`).waitFor();
    await said.getByRole('link', { name: '看 2025 年' }).waitFor();
    await go(guest, '/units/farm-03?year=2020');
    await said.getByText('2020 年还没有采用考核方案').waitFor();
    await go(guest, '/units/nobody?year=2026');
    await said.getByText('没有编号为 nobody 的单位').waitFor();
    await guest.close();
  });

  it('then a page that is refused offers the way home, and no second try', async () => {
    const guest = await enter({}, await product.tokens.unit('farm-01'));
    await guest.page.goto('/overview');
    const said = guest.page.getByRole('alert');
    await said.waitFor();
    expect(await said.getByRole('button').count()).toBe(0);
    expect(await said.getByRole('link').count()).toBe(1);
    await guest.close();
  });

  it('then a page that was never read says so without a network', async () => {
    const guest = await enter();
    await guest.page.goto('/ranking');
    await guest.page.locator('.ranking .body .name').first().waitFor();
    await guest.context.setOffline(true);
    await guest.page.locator('header nav a[href^="/gaps"]').click();
    await guest.page.locator('.notice').getByText('还没有读取过').waitFor();
    await guest.close();
  });

  it('then units are found by name on a phone', async () => {
    const guest = await enter({ width: 390, height: 844 });
    await guest.page.goto('/calendar');
    const { rows } = await product.json<{ rows: { name: string }[] }>('/rankings/2026?basis=to-date');
    await guest.page
      .getByRole('combobox', { name: '查找单位' })
      .first()
      .fill(rows[5]?.name ?? '');
    await guest.page
      .getByRole('option', { name: rows[5]?.name ?? '' })
      .first()
      .waitFor();
    await guest.page.keyboard.press('Enter');
    await expect.poll(() => guest.page.locator('h1').textContent(), SOON).toContain(rows[5]?.name);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a page about one unit', () => {
  const UNIT = 'farm-03';
  const nameOf = async (): Promise<string> => {
    const { row } = await product.json<Standing>(`/units/${UNIT}/standing?year=2026&basis=year`);
    return row.name;
  };

  it('then the window is named after the unit', async () => {
    const guest = await enter({}, product.tokens.organisation);
    const name = await nameOf();
    for (const path of ['', '/desk', '/desk/report', '/desk/history', '/incidents/unity.admonition']) {
      await go(guest, `/units/${UNIT}${path}`);
      await expect.poll(() => guest.page.title(), { message: path, ...SOON }).toContain(name);
    }
    await guest.close();
  });

  it('then a sum that its rounded rows do not add up to is explained, and no other', async () => {
    const guest = await enter({}, product.tokens.organisation);
    const told = new Set<boolean>();
    const { rows } = await product.json<Ranking>('/rankings/2026?basis=to-date');
    for (const { unit } of (rows as RankingRow[]).slice(0, 8)) {
      const standing = await product.json<Standing>(`/units/${unit}/standing?year=2026&basis=to-date`);
      const lost = gapsOf(standing).flatMap((gap) => gap.lost ?? []);
      const differs = partsDiffer(lost, exactSum(lost));
      await go(guest, `/units/${unit}`);
      await expect.poll(() => guest.page.locator('h1').textContent(), SOON).toContain(standing.row.name);
      const note = guest.page.locator('#gaps .rounded');
      await expect.poll(() => note.count(), { message: unit, ...SOON }).toBe(differs ? 1 : 0);
      told.add(differs);
    }
    expect(told.size).toBe(2);
    await guest.close();
  });

  it('then a desk explains it for what can be done and for what is over', async () => {
    const guest = await enter({}, product.tokens.organisation);
    const { plan } = await product.json<{ plan: Plan }>('/plans/2026');
    const { rows } = await product.json<Ranking>('/rankings/2026?basis=to-date');
    let notes = 0;
    for (const { unit } of (rows as RankingRow[]).slice(-6)) {
      const standing = await product.json<Standing>(`/units/${unit}/standing?year=2026&basis=year`);
      const { open, missed } = owedOf(standing, plan);
      const expected = [open, missed].filter((items) => {
        const worths = items.flatMap((item) => (item.of === 'requirement' ? (item.worth ?? []) : []));
        return partsDiffer(worths, exactSum(worths));
      }).length;
      await go(guest, `/units/${unit}/desk`);
      await expect.poll(() => guest.page.locator('h1').textContent(), SOON).toContain(standing.row.name);
      await guest.page.locator('main table').first().waitFor();
      await expect
        .poll(() => guest.page.locator('main .rounded').count(), { message: unit, ...SOON })
        .toBe(expected);
      notes += expected;
    }
    expect(notes).toBeGreaterThan(0);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given the targets on a phone', () => {
  it('then no name of a unit is cut', async () => {
    const guest = await enter({ width: 390, height: 844 });
    await go(guest, '/targets');
    await guest.page.locator('tbody th.unit').first().waitFor();
    const cut = await guest.page.evaluate<string[]>(
      `[...document.querySelectorAll('th.unit, th.unit *')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
        .map((part) => part.textContent)`,
    );
    expect(cut).toEqual([]);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given the gaps on a phone', () => {
  it('then there is a list of requirements that opens to units, and no map', async () => {
    const guest = await enter({ width: 390, height: 844 });
    await guest.page.goto('/gaps');
    await guest.page.locator('tbody button[aria-expanded]').first().click();
    await guest.page.locator('tbody .units a').first().waitFor();
    expect(await guest.page.locator('canvas').count()).toBe(0);
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a big screen that nobody touches', () => {
  it.each([
    { width: 1920, height: 1080, locale: 'zh-CN' as const },
    { width: 1440, height: 900, locale: 'en' as const, dark: true },
  ])('then it turns through ranking, movers, gaps and deadlines, each whole, at $width', async (device) => {
    const guest = await enter(device);
    const { page } = guest;
    await page.goto('/wall?seconds=30');
    const heading = page.locator('.wall h1');
    const pageOf = page.locator('.wall footer').getByText(/^\d+ \/ \d+/);
    await page.locator('.wall li').first().waitFor();
    await expect.poll(() => pageOf.textContent(), SOON).toMatch(/^1 \/ [6-9]/);
    const pictures = Number((await pageOf.textContent())?.split('/')[1]);
    const questions = new Set<string>();
    for (let picture = 1; picture <= pictures; picture++) {
      await expect.poll(() => pageOf.textContent(), SOON).toMatch(new RegExp(`^${picture} /`));
      questions.add((await heading.textContent()) ?? '');
      const over = await page.evaluate(
        'document.documentElement.scrollHeight - document.documentElement.clientHeight',
      );
      expect(over, `picture ${picture}`).toBeLessThanOrEqual(0);
      await guest.picture(`wall-${picture}-${device.locale}`);
      await page.clock.runFor(30_000);
    }
    expect(questions.size).toBe(4);
    // After the last comes the first again; a key holds it there.
    await expect.poll(() => pageOf.textContent(), SOON).toMatch(/^1 \//);
    await page.keyboard.press(' ');
    await page.clock.runFor(90_000);
    expect(await pageOf.textContent()).toMatch(/^1 \//);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => pageOf.textContent(), SOON).toMatch(/^2 \//);
    await guest.context.setOffline(true);
    await page.locator('.wall .freshness .alarm').waitFor();
    await guest.context.setOffline(false);
    await page.keyboard.press('Escape');
    await page.waitForURL(/overview/);
    await guest.close();
  });
});
