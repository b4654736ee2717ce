import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { departmentPagesOf, pagesOf } from './everyPage.ts';
import { sampled } from './sampled.ts';

/** Whatever is in a table is on paper: no column ends behind the edge of the sheet, or of a part that scrolls on screen. */

const DAY = '2026-11-20';
/** A4 upright less its margins (print.css), and as tall, at 96 dots an inch. */
const SHEET = { width: 688, height: 1000 };
/** Chromium draws a page smaller whose content is wider than the sheet, as a whole: so much smaller can still be read. */
const SMALLEST = 0.75;

/** In the page: cells of tables of which something is behind an edge; `room`: how wide the sheet is. */
const CUT = (room: number): string[] => {
  const nameOf = (cell: Element): string => {
    const head = cell.closest('table')?.querySelector('caption, th')?.textContent ?? '';
    return `${head.trim().slice(0, 20)}: ${(cell.textContent ?? '').trim().slice(0, 30)}`;
  };
  /** What scrolls or hides on screen, in which the cell stands. */
  const edges = (cell: Element): DOMRect[] => {
    const found: DOMRect[] = [];
    for (let one = cell.parentElement; one; one = one.parentElement)
      if (getComputedStyle(one).overflowX !== 'visible') found.push(one.getBoundingClientRect());
    return found;
  };
  /** A text that ends in an ellipsis, or behind its own edge. */
  const hides = (one: Element): boolean =>
    getComputedStyle(one).overflowX !== 'visible' &&
    one.clientWidth > 1 &&
    one.scrollWidth > one.clientWidth + 1;
  /** What is written in a head that is wider than its column runs into the next. */
  const spills = (cell: Element): boolean => {
    if (!cell.matches('thead th')) return false;
    const written = document.createRange();
    written.selectNodeContents(cell);
    return written.getBoundingClientRect().width > cell.getBoundingClientRect().width + 1;
  };
  const cut = (cell: Element): boolean => {
    const { left, right, width } = cell.getBoundingClientRect();
    if (width === 0) return false;
    if (right > room + 1 || left < -1) return true;
    if (spills(cell) || [cell, ...cell.querySelectorAll('*')].some(hides)) return true;
    return edges(cell).some((edge) => right > edge.right + 1 || left < edge.left - 1);
  };
  const tables = [...document.querySelectorAll('main table')].filter((one) => one.checkVisibility());
  return tables.flatMap((table) => {
    const cells = [...table.querySelectorAll('th, td')].filter(
      (cell) => cell.checkVisibility() && !cell.closest('.unseen') && (cell.textContent ?? '').trim() !== '',
    );
    return cells.filter(cut).slice(0, 1).map(nameOf);
  });
};

/** In the page: fields, and buttons that say what they do; not a name that opens its row, nor a form that is filled in. */
const CONTROLS = `[...document.querySelectorAll('main :is(input, select, textarea, .button:not(.name))')]
  .filter((one) => one.checkVisibility() && !one.closest('.unseen, form.report'))
  .map((one) => one.localName + ' ' + (one.getAttribute('aria-label') ?? one.textContent).trim())`;

/** In the page: boxes that scroll sideways by less than anything that could stand there. */
const JOLTS = `[...document.querySelectorAll('main div')]
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth && scrollWidth < clientWidth + 16)
  .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX))
  .map((one) => one.className + ' ' + (one.scrollWidth - one.clientWidth))`;

describe.skipIf(!chromiumPath)('a table on paper', () => {
  const house = sampled(DAY);
  let guest: Visit;

  beforeAll(async () => {
    guest = await house.enter(SHEET, 'organisation');
  });

  /** The page as it is laid out for the sheet; what prints asks the browser's event, too. */
  async function laidOut(path: string): Promise<void> {
    const { page } = guest;
    await page.setViewportSize({ width: 1440, height: 900 });
    await go(guest, path);
    await page.locator('main h1, main .slide, main .stage').first().waitFor();
    await expect.poll(() => page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.setViewportSize(SHEET);
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }
  async function away(): Promise<void> {
    await guest.page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await guest.page.emulateMedia({ media: 'screen' });
  }

  it('is there as a whole, on every page, in either language', async () => {
    const found: string[] = [];
    const paths = [...new Set([...pagesOf('farm-03'), ...departmentPagesOf('farm-03')])];
    for (const path of paths) {
      await laidOut(path);
      const look = async (locale: string): Promise<void> => {
        const cut = await guest.page.evaluate(CUT, SHEET.width / SMALLEST);
        found.push(...cut.map((what) => `${path} in ${locale} ${what}`));
      };
      // English heads are the longer ones: where a table is widest, they are looked at, too.
      if (/^\/units\/farm-03(?:$|\?)/.test(path)) await inBoth(guest, look);
      else await look('zh-CN');
      const controls = await guest.page.evaluate<string[]>(CONTROLS);
      found.push(...controls.slice(0, 2).map((what) => `${path}: ${what}`));
      await away();
    }
    expect(found).toEqual([]);
  });

  it('and no page is wider than a phone, in either language, of a unit with many gaps either', async () => {
    const { page } = guest;
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 390, height: 844 });
    const { rows } = await house.product.json<{ rows: { unit: string }[] }>('/rankings/2026');
    const last = rows.at(-1)?.unit ?? '';
    const wide: string[] = [];
    for (const path of [...pagesOf(last), ...departmentPagesOf(last)]) {
      await go(guest, path);
      await page.locator('main h1, main .slide, main .stage').first().waitFor();
      await expect.poll(() => page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
      await inBoth(guest, async (locale) => {
        const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (over !== 0) wide.push(`${path} in ${locale}: ${over}`);
      });
      const jolts = await page.evaluate<string[]>(JOLTS);
      wide.push(...jolts.map((what) => `${path}: ${what}`));
    }
    expect(wide).toEqual([]);
  });

  it('would be found where it scrolls, as the sheet of targets does on screen', async () => {
    const { page } = guest;
    await page.setViewportSize(SHEET);
    await go(guest, '/targets');
    await page.locator('main tbody tr').nth(3).waitFor();
    expect(await page.evaluate(CUT, SHEET.width / SMALLEST)).not.toEqual([]);
  });
});
