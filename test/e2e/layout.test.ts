import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, go, signIn, speak, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** Where things stand on a page: edges that agree, lines that are full, one truth for a slide and its picture. */

const SOON = { timeout: 20_000 };
/** A4 upright less its margins (print.css), at 96 dots an inch. */
const SHEET = { width: 688, height: 1000 };

/** In the page: buttons without an edge in sight whose words stand a little inside the edge of their section. */
const INSET = `(() => {
  const inset = (button) => {
    const style = getComputedStyle(button);
    const box = button.closest('section, figure, aside, form, main');
    const { left, right } = box.getBoundingClientRect();
    const around = getComputedStyle(box);
    const own = button.getBoundingClientRect();
    const room = parseFloat(style.paddingLeft) + 1;
    const first = own.left + room - (left + parseFloat(around.paddingLeft));
    const last = right - parseFloat(around.paddingRight) - (own.right - room);
    return [first, last].some((gap) => Math.abs(gap - room) < 1);
  };
  // Choices beside each other are boxes, one of which can be seen; a row of a table has columns.
  return [...document.querySelectorAll('main .button.quiet')]
    .filter((one) => one.checkVisibility() && !one.closest('fieldset, td, li'))
    .filter((one) => getComputedStyle(one).borderTopColor === 'rgba(0, 0, 0, 0)')
    .filter(inset)
    .map((one) => one.textContent.trim());
})()`;

/** In the page: words of the filters that begin or end a line with what parts them from the next one. */
const PARTED = `(() => {
  const items = [...document.querySelectorAll('.filters .sentence > *')];
  const said = items.map((one) => one.querySelector('button').getBoundingClientRect());
  const drawn = (one, x, { top, height }) => one.contains(document.elementFromPoint(x, top + height / 2));
  const isOther = (box, next) => !next || Math.abs(next.top - box.top) > 4;
  return items
    .filter((one, at) => {
      const box = said[at];
      const ends = isOther(box, said[at + 1]) && drawn(one, box.right + 8, box);
      return ends || (isOther(box, said[at - 1]) && drawn(one, box.left - 8, box));
    })
    .map((one) => one.textContent.trim());
})()`;

/** In the page: how small the smallest words of a slide are. */
const SMALLEST = `Math.min(...[...document.querySelectorAll('.sheet.on .slide *')]
  .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))`;

describe.skipIf(!chromiumPath)('where things stand', () => {
  const house = sampled('2026-10-20');
  let guest: Visit;

  beforeAll(async () => {
    guest = await house.enter({}, 'organisation');
  });

  async function open(path: string): Promise<void> {
    await go(guest, path);
    await guest.page.locator('main h1').first().waitFor();
    await expect.poll(() => guest.page.locator('main .skeleton').count(), SOON).toBe(0);
  }

  it('no line of the filters begins or ends with what parts its words', async () => {
    for (const [width, locale] of [
      [390, 'zh-CN'],
      [390, 'en'],
      [1440, 'zh-CN'],
    ] as const) {
      await guest.page.setViewportSize({ width, height: 900 });
      await open('/ranking');
      await speak(guest, locale);
      await expect.poll(() => guest.page.locator('.filters .sentence > *').count(), SOON).toBeGreaterThan(4);
      await expect
        .poll(() => guest.page.evaluate<string[]>(PARTED), { message: `${width} ${locale}` })
        .toEqual([]);
    }
    await speak(guest, 'zh-CN');
  });

  it('words of a slide can be read on a phone', async () => {
    await guest.page.setViewportSize({ width: 390, height: 844 });
    await go(guest, '/meeting/slides');
    await guest.page.locator('.sheet.on h1').waitFor();
    for (let slide = 0; slide < 4; slide++) {
      await expect.poll(() => guest.page.evaluate<number>(SMALLEST), SOON).toBeGreaterThanOrEqual(11);
      await guest.page.keyboard.press('ArrowRight');
    }
    await guest.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('words of quiet buttons begin and end with what is above and below them', async () => {
    const paths = [
      '/overview',
      '/ranking',
      '/units/com-03',
      '/compare?units=com-03,farm-04',
      '/meeting/teaching',
    ];
    for (const width of [1440, 390]) {
      await guest.page.setViewportSize({ width, height: 900 });
      for (const path of [...paths, '/requirements/learning.center-group', '/units/com-03/desk']) {
        await open(path);
        await expect
          .poll(() => guest.page.evaluate<string[]>(INSET), { message: `${path} ${width}` })
          .toEqual([]);
      }
    }
  });

  it('points of all lists of a desk end at one edge on a phone, that of their buttons', async () => {
    await guest.page.setViewportSize({ width: 390, height: 844 });
    await open('/units/com-05/desk');
    /** In the page: where the points of each list end, and the buttons beside them. */
    const ends = () =>
      guest.page.evaluate<number[]>(`[...new Set(
        [...document.querySelectorAll('main td.worth, main td.act a')].map((one) => {
          const words = document.createRange();
          words.selectNodeContents(one);
          return Math.round((one.matches('a') ? one : words).getBoundingClientRect().right);
        }),
      )]`);
    await expect.poll(() => guest.page.locator('main section td.worth').count(), SOON).toBeGreaterThan(20);
    await guest.page.locator('main td.act a').first().waitFor();
    for (const locale of ['en', 'zh-CN'] as const) {
      await speak(guest, locale);
      await expect.poll(ends, { message: locale, ...SOON }).toEqual([374]);
    }
    await guest.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('no type stands on a line alone on a phone, and none touches the next at a desk', async () => {
    const { page } = guest;
    /** How many of the elements stand on each line. */
    const lines = (selector: string): Promise<number[]> =>
      page.locator(selector).evaluateAll((all) => {
        const tops = new Map<number, number>();
        for (const one of all) {
          const top = Math.round(one.getBoundingClientRect().top);
          tops.set(top, (tops.get(top) ?? 0) + 1);
        }
        return [...tops.values()];
      });
    for (const locale of ['zh-CN', 'en'] as const) {
      await page.setViewportSize({ width: 390, height: 844 });
      await open('/gaps');
      await speak(guest, locale);
      await expect.poll(() => lines('.scope fieldset.types button')).toEqual([3, 3]);
      await open('/ranking');
      await expect.poll(async () => Math.min(...(await lines('.ranking .head .type')))).toBeGreaterThan(1);
      await page.setViewportSize({ width: 1440, height: 900 });
      await open('/ranking');
      const nearest = (): Promise<number> =>
        page.locator('.ranking .head .type').evaluateAll((all) => {
          const boxes = all.map((one) => one.getBoundingClientRect());
          return Math.min(...boxes.slice(1).map((box, index) => box.left - (boxes[index]?.right ?? 0)));
        });
      await expect.poll(nearest).toBeGreaterThanOrEqual(16);
    }
    await speak(guest, 'zh-CN');
  });

  it('the picture of the cover says what the slide says, and a slide its number once', async () => {
    const { page } = guest;
    await page.setViewportSize({ width: 1440, height: 900 });
    const said = (selector: string): Promise<string[]> =>
      page
        .locator(`${selector} > :not(.foot)`)
        .evaluateAll((all) => all.map((one) => (one.textContent ?? '').trim()));
    await open('/meeting');
    await page.locator('.deck .slide .title').waitFor();
    const small = await said('.deck .slide');
    await go(guest, '/meeting/slides');
    await page.locator('.sheet.on .title').waitFor(SOON);
    await expect.poll(() => said('.sheet.on .slide')).toEqual(small);
    const counted = (): Promise<number> =>
      page
        .locator('.stage .page, .bar [role=status]')
        .filter({ hasText: /\d+ \/ \d+/, visible: true })
        .count();
    await expect.poll(counted).toBe(1);
    await page.locator('.bar button').last().click();
    await page.locator('.sheet.on:nth-child(2)').waitFor();
    await expect.poll(counted).toBe(1);
  });

  it('types have two lines in the head of the ranking on paper', async () => {
    const { page } = guest;
    await open('/ranking');
    await page.locator('.ranking .body .row').first().waitFor(SOON);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(SHEET);
    for (const locale of ['en', 'zh-CN'] as const) {
      await speak(guest, locale);
      const tops = (): Promise<number> =>
        page
          .locator('.ranking .head .of-type')
          .evaluateAll((all) => new Set(all.map((one) => Math.round(one.getBoundingClientRect().top))).size);
      await expect.poll(tops, { message: locale }).toBe(2);
    }
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('a ranking is narrowed on one line of a phone, and the arrows of slides stand at the edge', async () => {
    const { page } = guest;
    await page.setViewportSize({ width: 390, height: 844 });
    for (const locale of ['en', 'zh-CN'] as const) {
      await open('/ranking');
      await speak(guest, locale);
      const middles = (): Promise<number> =>
        page.locator('.toolbar > :is(.caption, .field, .ranges)').evaluateAll((all) => {
          const boxes = all.map((one) => one.getBoundingClientRect());
          return new Set(boxes.map(({ top, height }) => Math.round((top + height / 2) / 8))).size;
        });
      await expect.poll(middles, { message: locale }).toBe(1);
    }
    await open('/meeting');
    const inside = (): Promise<number> =>
      page.locator('.slides').evaluate((list) => {
        const last = list.querySelector('li > button:last-child');
        if (!last) return Number.NaN;
        const words = document.createRange();
        words.selectNodeContents(last);
        return Math.round(list.getBoundingClientRect().right - words.getBoundingClientRect().right);
      });
    await page.locator('.slides li').first().waitFor(SOON);
    await expect.poll(inside).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('what is folded on screen lies open on paper, or says how many it has', async () => {
    const { page } = guest;
    await open('/units/com-03?compareTo=2026-06-30');
    await page.locator('#movement tfoot').waitFor(SOON);
    const hidden = (): Promise<number> =>
      page.evaluate<number>(
        `[...document.querySelectorAll('main details:not(.long) > :not(summary)')].filter((one) => !one.checkVisibility({ contentVisibilityAuto: true })).length`,
      );
    await expect.poll(hidden).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(hidden).toBe(0);
    const lines = await page.locator('main details.long > summary').allTextContents();
    expect(lines.filter((line) => !/\d/.test(line))).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
  });

  it('a finger on a chart sees what a point says first, and its clause can be opened', async () => {
    const context = await house.browser.newContext({
      baseURL: house.product.url,
      viewport: { width: 1024, height: 900 },
      hasTouch: true,
    });
    await context.clock.install({ time: house.now() });
    const page = await context.newPage();
    await signIn({ context, page } as Visit, house.product.tokens.leader);
    await page.goto('/gaps');
    const canvas = page.locator('.chart canvas').first();
    await canvas.waitFor(SOON);
    await canvas.scrollIntoViewIfNeeded();
    const clause = page.locator('figure p.caption button');
    // Until the chart is drawn there is nothing to touch.
    await expect
      .poll(async () => {
        const box = await canvas.boundingBox();
        if (box) await page.touchscreen.tap(box.x + box.width / 2, box.y + 165);
        return clause.count();
      }, SOON)
      .toBe(1);
    expect(new URL(page.url()).searchParams.get('cell')).toBeNull();
    await clause.tap();
    await page.locator(':popover-open').first().waitFor();
    await context.close();
  });
});
