import { describe, expect, it } from 'vitest';
import { brokenIn } from './broken.ts';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { bigScreen } from './hands/bigScreen.ts';
import { head } from './hands/head.ts';
import { keys } from './hands/keys.ts';
import { notShown } from './hands/notShown.ts';
import { pressed } from './hands/pressed.ts';
import { rights } from './hands/rights.ts';
import { searchField } from './hands/searchField.ts';
import { sampled } from './sampled.ts';

/** What the hands do and the eyes see on every page, whatever the page is about. */

/** The machine may be busy. */
const SOON = { timeout: 20_000 };
const house = sampled('2026-10-20', { writes: true });
const { enter } = house;

const focused = ({ page }: Visit): Promise<string> =>
  page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""');
const tagOf = ({ page }: Visit): Promise<string> =>
  page.evaluate<string>('document.activeElement?.tagName ?? ""');

describe.skipIf(!chromiumPath)('given the focus on a row of a ranking', () => {
  it('when rows scroll or their order changes, then Enter opens the unit that had it', async () => {
    const guest = await enter({ height: 500 });
    const { page } = guest;
    await go(guest, '/ranking');
    const link = page.locator('.ranking .body .name').nth(3);
    await link.focus();
    const name = await link.textContent();
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 1_500);
    await expect.poll(() => page.evaluate('scrollY'), SOON).toBeGreaterThan(800);
    await expect.poll(() => focused(guest)).toBe(name);
    const before = await page.locator('.ranking .body .name').allTextContents();
    const sorted = page.waitForURL(/sort=/);
    await page.evaluate(`document.querySelector('.ranking .head button').click()`);
    await sorted;
    await expect.poll(() => page.locator('.ranking .body .name').allTextContents(), SOON).not.toEqual(before);
    await expect.poll(() => focused(guest)).toBe(name);
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
      const path = new URL((await links.nth(index).getAttribute('href')) ?? '', house.product.url).pathname;
      if (new URL(page.url()).pathname === path) continue;
      await links.nth(index).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === path);
      await expect.poll(() => tagOf(guest), { message: path, ...SOON }).toBe('H1');
    }
    await guest.close();
  });

  it('when it leads from a year without a plan to one that has it, then the heading has the focus', async () => {
    const guest = await enter({ locale: 'zh-CN', width: 390, height: 844 });
    const { page } = guest;
    for (const path of ['/calendar', '/gaps', '/units/farm-05', '/meeting']) {
      await go(guest, `${path}?year=2020`);
      const step = page.locator('main').getByRole('link', { name: '看 2026 年' });
      await step.focus();
      await page.keyboard.press('Enter');
      await step.waitFor({ state: 'detached' });
      await expect.poll(() => tagOf(guest), { message: path, ...SOON }).toBe('H1');
    }
    await guest.close();
  });

  it('when the browser leads back, then the page is scrolled as it was, and the keyboard is at the link that was pressed', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/ranking');
    await page.locator('.ranking .body .name').first().waitFor();
    await page.evaluate('scrollTo(0, 700)');
    const names = page.locator('.ranking .body .name');
    const tops = () => names.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    const seen = async (): Promise<number> => (await tops()).findIndex((top) => top > 400 && top < 600);
    await expect.poll(seen, SOON).toBeGreaterThanOrEqual(0);
    const pressed = names.nth(await seen());
    const [name, way] = [await pressed.textContent(), await page.evaluate('scrollY')];
    await pressed.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').textContent(), SOON).toContain(name);
    await page.goBack();
    await expect.poll(() => focused(guest), SOON).toBe(name);
    expect(await page.evaluate('scrollY')).toBe(way);
    // So it is where the link was scrolled out of sight before Enter.
    const isOut = `(() => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      return bottom < 0 || top > innerHeight;
    })()`;
    for (const end of ['document.body.scrollHeight', '0']) {
      await page.evaluate(`scrollTo(0, ${end})`);
      await expect.poll(() => page.evaluate(isOut)).toBe(true);
      expect(await focused(guest)).toBe(name);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('h1').textContent(), SOON).toContain(name);
      await page.goBack();
      await expect.poll(() => focused(guest), SOON).toBe(name);
      await expect.poll(() => page.evaluate(isOut)).toBe(false);
    }
    // And of two links to one place it is the one that was pressed.
    await go(guest, '/meeting/teaching');
    const places = () =>
      page.locator('main td a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    const second = async (): Promise<number> =>
      (await places()).findIndex((href, at, all) => href.includes('/units/') && all.indexOf(href) < at);
    await expect.poll(second, SOON).toBeGreaterThan(0);
    const twin = page.locator('main td a').nth(await second());
    await twin.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/units/**');
    await page.goBack();
    await expect.poll(() => twin.evaluate((one) => one === document.activeElement), SOON).toBe(true);
    await go(guest, '/ranking');
    await page.locator('.ranking .body .name').first().waitFor();
    // From a link that is in sight on every page it goes on at what is seen.
    await page.locator('header nav a[href^="/gaps"]').click();
    await page.waitForURL('**/gaps**');
    await page.goBack();
    const inSight =
      'document.activeElement.getBoundingClientRect().top > 0 && document.activeElement !== document.body';
    await expect.poll(() => page.evaluate(inSight), SOON).toBe(true);
    await guest.close();
  });

  it('when it turns a slide, then the heading of the slide has the focus', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/meeting/slides');
    const head = page.locator('.sheet.on h1');
    await head.waitFor();
    for (const key of ['ArrowRight', 'PageDown', 'ArrowLeft']) {
      const before = await head.textContent();
      await page.keyboard.press(key);
      await expect.poll(() => head.textContent()).not.toBe(before);
      await expect.poll(() => focused(guest)).toBe(await head.textContent().then((text) => text?.trim()));
    }
    await guest.close();
  });

  it('when it leads to a section, then the section has the focus, from the same page and from another', async () => {
    const guest = await enter();
    const { page } = guest;
    await go(guest, '/ranking');
    await page.locator('.ranking .body .name').first().click();
    const parts = page.locator('nav.parts a');
    await parts.first().waitFor();
    const inside = (id: string): Promise<boolean> =>
      page.evaluate<boolean>(`document.activeElement?.id === '${id}'`);
    const idsOf = (): Promise<string[]> =>
      parts.evaluateAll((links) =>
        links.map((link) => (link.getAttribute('href') ?? '').split('#')[1] ?? ''),
      );
    await page.locator('main[aria-busy=false]').waitFor();
    for (const id of await idsOf()) {
      // By its address: a section that comes late stands before others.
      await page.locator(`nav.parts a[href$="#${id}"]`).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => inside(id), { message: id, ...SOON }).toBe(true);
    }
    await go(guest, '/overview?compareTo=2026-06-30');
    for (const id of ['opened', 'movement']) {
      const way = page.locator(`main a[href*="#${id}"]`).first();
      await way.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => inside(id), { message: id, ...SOON }).toBe(true);
      await go(guest, '/overview?compareTo=2026-06-30');
    }
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a step that cannot be undone', () => {
  it('then its dialog opens on the answer no, and before the year’s end nothing leads to the seal', async () => {
    const guest = await enter({}, 'organisation');
    const { page } = guest;
    await go(guest, '/freeze');
    const order = page.locator('.order button');
    await order.waitFor();
    await expect.poll(() => order.getAttribute('class')).not.toContain('primary');
    await expect.poll(() => order.isEnabled(), SOON).toBe(true);
    await order.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    await expect
      .poll(() => focused(guest))
      .toBe(await page.locator('dialog .choice button').first().textContent());
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('dialog').count(), SOON).toBe(0);
    await expect.poll(() => focused(guest)).toBe(await order.textContent().then((text) => text?.trim()));
    expect(await house.product.json('/freezes/2026').catch((error: Error) => error.message)).toContain('404');
    await guest.close();
  });
});

describe.skipIf(!chromiumPath)('given a word that opens a panel', () => {
  it('then its accessible name has what it says, in both languages', async () => {
    const guest = await enter();
    const { page } = guest;
    for (const path of ['/ranking', '/meeting', '/meeting/commendation', '/meeting/teaching']) {
      await go(guest, path);
      await page
        .locator('main button[aria-haspopup="dialog"], .filters button[aria-haspopup="dialog"]')
        .first()
        .waitFor();
      await inBoth(guest, async () => {
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
      });
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
    await expect.poll(async () => (await focused(guest))?.trim()).toBe(name?.trim());

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

/** Heads of tables that are cards that reach over the edge of the window; evaluated in the page. */
const CUT_HEADS = `[...document.querySelectorAll('.cards.sorted > thead button')]
  .filter((head) => head.checkVisibility() && head.getBoundingClientRect().right > innerWidth)
  .map((head) => head.textContent)`;

/** In the page: numbers of clauses (四(一)3) that begin on one line and end on another. */
const TORN_CLAUSES = (): string[] => {
  const torn: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.parentElement?.checkVisibility()) continue;
    for (const { index, 0: clause } of (text.nodeValue ?? '').matchAll(
      /[一二三四五六七八九十]+\u2060?\([一二三四五六七八九十]+\)\d*/g,
    )) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + clause.length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 1) torn.push(`${clause} in ${text.parentElement.textContent?.trim().slice(0, 60)}`);
    }
  }
  return torn;
};

describe.skipIf(!chromiumPath)('given any page', () => {
  it('then at 390 px it does not scroll sideways, breaks no word and parts no colour from its name, in both languages', async () => {
    const guest = await enter({ width: 390, height: 844 }, 'organisation');
    const { rows } = await house.product.json<{
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
      ...['', '/commendation', '/teaching', '/year-on-year', '/year-on-year?on=2026-06-30'].map(
        (page) => `/meeting${page}`,
      ),
    ];
    for (const path of paths) {
      await go(guest, path);
      await guest.page.locator('main h1').waitFor();
      await expect.poll(() => guest.page.locator('.skeleton').count(), SOON).toBe(0);
      await inBoth(guest, async (locale) => {
        const wide = await guest.page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wide, `${path} in ${locale}`).toBeLessThanOrEqual(0);
        expect(await guest.page.evaluate(TORN_CLAUSES), `${path} in ${locale}`).toEqual([]);
        expect(await brokenIn(guest.page), `${path} in ${locale}`).toEqual([]);
        expect(await guest.page.evaluate(CUT_HEADS), `${path} in ${locale}`).toEqual([]);
      });
    }
    await guest.picture('hands-last');
    await guest.close();
  }, 240_000);

  it('then header, filters and heading share one left edge at 1920 px', async () => {
    const guest = await enter({ width: 1920 }, 'organisation');
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

keys(house);
rights(house);
notShown(house);
pressed(house);
bigScreen(house);
head(house);
searchField(house);
