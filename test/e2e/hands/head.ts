import { describe, expect, it } from 'vitest';
import { chromiumPath, go } from '../browser.ts';
import type { Sampled } from '../sampled.ts';

const SOON = { timeout: 20_000 };
const WIDTHS = [
  ...[360, 390, 430, 600, 720, 721, 768, 820, 900, 1000, 1024, 1100, 1200, 1280, 1366, 1440],
  ...[1500, 1501, 1600, 1700, 1800, 1920, 2560],
];
/** From here on every page has room. */
const DESK = 1440;

/** What of the head is cut by the window or by its own box, or lies under something else; what room lies idle in it. */
const HEAD = `(() => {
  const faults = [];
  const seen = [...document.querySelectorAll('header a, header button')].filter(
    (one) => !one.closest('[popover]') && one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 0,
  );
  for (const one of seen) {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const name = one.textContent.trim();
    if (left < 0 || right > document.documentElement.clientWidth) faults.push('outside: ' + name);
    const nav = one.closest('nav')?.getBoundingClientRect();
    if (nav && (left < nav.left - 1 || right > nav.right + 1)) faults.push('cut: ' + name);
    for (const x of [left + 2, right - 2]) {
      const hit = document.elementFromPoint(x, (top + bottom) / 2);
      if (!one.contains(hit) && !hit?.contains(one)) faults.push('covered: ' + name);
    }
  }
  const name = document.querySelector('header .brand .wide');
  if (name.checkVisibility()) {
    const room = document.querySelector('header .brand').getBoundingClientRect();
    const { right, top } = name.getBoundingClientRect();
    const isCut = right > room.right + 1 || name.scrollWidth > name.clientWidth + 1;
    if (isCut && top < room.bottom) faults.push('cut: ' + name.textContent);
  }
  const sign = document.querySelector('header .brand img').getBoundingClientRect();
  const shown = name.checkVisibility() ? name.getBoundingClientRect() : sign;
  const end = shown.top < sign.bottom ? shown.right : sign.right;
  const first = document.querySelector('header nav a').getBoundingClientRect();
  if (first.top < sign.bottom && first.left - end > 32) faults.push('gap of ' + Math.round(first.left - end) + ' px');
  return faults;
})()`;

/** The head looks at its own width when it is drawn, and once more when its menu has come or gone. */
const THREE_FRAMES = `new Promise((done) => {
  const next = (left) => (left === 0 ? done() : requestAnimationFrame(() => next(left - 1)));
  next(3);
})`;

/** From a phone to a desk: every page of the head is there whole, or in its menu. */
export function head({ arrive }: Sampled): void {
  describe.skipIf(!chromiumPath)('given a window of any width', () => {
    it.each(['zh-CN', 'en'] as const)(
      'then no link of the head is cut or covered, and all pages are named (%s)',
      async (locale) => {
        const guest = await arrive({ locale, width: 1440 }, 'organisation');
        const { page } = guest;
        await go(guest, '/overview');
        const links = page.locator('header nav a');
        await expect.poll(() => links.count(), SOON).toBeGreaterThan(8);
        const all = await links.count();
        let folded = 0;
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          await page.evaluate(THREE_FRAMES);
          const shown = () =>
            links.evaluateAll(
              (found) => found.filter((link) => link.checkVisibility({ visibilityProperty: true })).length,
            );
          await expect.poll(() => page.evaluate(HEAD), { message: `${width} px`, ...SOON }).toEqual([]);
          const more = page.locator('header .more button');
          const there = await shown();
          if (width >= DESK)
            await expect.poll(() => more.count(), { message: `${width} px`, ...SOON }).toBe(0);
          if ((await more.count()) === 0) {
            expect([width, there]).toEqual([width, all]);
            continue;
          }
          folded += 1;
          await more.click();
          const listed = page.locator('header .more li a');
          await expect.poll(async () => (await shown()) + (await listed.count()), SOON).toBe(all);
          expect(there).toBeLessThan(all);
          await page.keyboard.press('Escape');
        }
        // Nobody tests a menu that never opens.
        expect(folded).toBeGreaterThan(0);
        await page.setViewportSize({ width: 820, height: 900 });
        await page.locator('header .more button').click();
        const last = page.locator('header .more li a').last();
        const name = (await last.textContent())?.trim();
        await last.click();
        await expect.poll(() => page.locator('header .more.here').count(), SOON).toBe(1);
        expect(name).not.toBe('');
        await guest.close();
      },
    );

    it.each([390, 360])(
      'then Tab goes through the head of a phone line by line, as it is seen (%s px)',
      async (width) => {
        const guest = await arrive({ width, height: 844 }, 'organisation');
        const { page } = guest;
        await go(guest, '/overview');
        await page.locator('header nav a').first().waitFor();
        const lines: { top: number; name: string }[] = [];
        await page.locator('header a').first().focus();
        for (let step = 0; step < 30; step += 1) {
          const at = (await page.evaluate(`(() => {
          const one = document.activeElement;
          if (!one?.closest('header.header')) return null;
          const { top, height } = one.getBoundingClientRect();
          return { top: Math.round(top + height / 2), name: one.textContent.trim() || one.getAttribute('aria-label') };
        })()`)) as { top: number; name: string } | null;
          if (!at) break;
          lines.push(at);
          await page.keyboard.press('Tab');
        }
        expect(lines.length).toBeGreaterThan(5);
        // Level ones differ by their height alone.
        const back = lines.filter(({ top }, at) => at > 0 && top < (lines[at - 1]?.top ?? 0) - 12);
        expect(back, JSON.stringify(lines)).toEqual([]);
        await guest.close();
      },
    );

    it('then signing out that the server does not confirm shows nobody the door', async () => {
      const guest = await arrive({ locale: 'en', width: 1440 }, 'organisation');
      const { page } = guest;
      await go(guest, '/overview');
      await page.route('**/api/sessions', (route) => route.fulfill({ status: 503, json: {} }));
      await page.locator('header .tools button').last().click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('you may still be signed in').waitFor();
      expect(new URL(page.url()).pathname).toBe('/overview');
      await guest.close();
    });
  });
}
