import { describe, expect, it } from 'vitest';
import { chromiumPath, go, inBoth } from './browser.ts';
import { departmentPagesOf, pagesOf } from './everyPage.ts';
import { sampled } from './sampled.ts';

/** What a page is on screens between a phone and a desk, and where the system sets the colours. */
describe.skipIf(!chromiumPath)('on other screens, on the sample', () => {
  const { enter } = sampled('2026-10-20');
  /** What has a look of its own. */
  const pages = pagesOf('farm-12').filter((path) => !/slides|wall|ranking/.test(path));

  it('no page of a tablet is wider than its window, and no head of a table runs into the next', async () => {
    const guest = await enter({ locale: 'en', width: 768, height: 1024 }, 'organisation');
    const { page } = guest;
    for (const path of [...pages, '/units/farm-12/desk', '/plan', '/inbox']) {
      await go(guest, path);
      await page.locator('main h1').first().waitFor();
      await expect.poll(() => page.locator('main .skeleton').count()).toBe(0);
      for (const width of [721, 768, 820, 1024, 1100]) {
        await page.setViewportSize({ width, height: 1024 });
        const faults = () =>
          page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            const heads = [...document.querySelectorAll('main thead th')].filter((head) => {
              const text = document.createRange();
              text.selectNodeContents(head.querySelector('button') ?? head);
              const isSeen = head.checkVisibility() && !head.querySelector(':scope > .unseen');
              return isSeen && text.getBoundingClientRect().right > head.getBoundingClientRect().right + 2;
            });
            const wide = scrollWidth > clientWidth ? [`${scrollWidth} px`] : [];
            return [...wide, ...new Set(heads.map((head) => head.textContent?.trim() ?? ''))];
          });
        await expect.poll(faults, { message: `${path} at ${width} px` }).toEqual([]);
      }
    }
    await guest.close();
  });

  it('on the narrowest phones no page is wider than its window, in both languages', async () => {
    const guest = await enter({ width: 320, height: 700 }, 'organisation');
    const { page } = guest;
    for (const path of [...pagesOf('farm-12'), ...departmentPagesOf('farm-12')]) {
      if (/slides|wall/.test(path)) continue;
      await go(guest, path);
      await page.locator('main h1').first().waitFor();
      await expect.poll(() => page.locator('main .skeleton').count()).toBe(0);
      await inBoth(guest, async (locale) => {
        for (const width of [320, 340]) {
          await page.setViewportSize({ width, height: 700 });
          const wide = () => page.evaluate<number>('document.documentElement.scrollWidth');
          await expect.poll(wide, { message: `${path} in ${locale}` }).toBeLessThanOrEqual(width);
        }
      });
    }
    await guest.close();
  });

  it('a ranking shows all of its columns within the window of a tablet, each head beside the next', async () => {
    const guest = await enter({ width: 768, height: 1024 }, 'organisation');
    const { page } = guest;
    for (const path of ['/ranking?show=numbers', '/ranking']) {
      await go(guest, path);
      await page.locator('.ranking .body .name').first().waitFor();
      await inBoth(guest, async (locale) => {
        for (const width of [721, 768, 820, 1024, 1200]) {
          await page.setViewportSize({ width, height: 1024 });
          const faults = () =>
            page.evaluate(() => {
              const texts = [...document.querySelectorAll('.ranking .head th')].flatMap((head) => {
                const names = [...head.querySelectorAll('button')].filter((one) => one.textContent?.trim());
                return (names.length ? names : [head]).map((one) => {
                  const range = document.createRange();
                  range.selectNodeContents(one);
                  const edge = head.getBoundingClientRect().right;
                  return { name: one.textContent?.trim(), edge, ...range.getBoundingClientRect().toJSON() };
                });
              });
              const isFaulty = ({ right, edge }: { right: number; edge: number }, place: number): boolean =>
                right > (texts[place + 1]?.left ?? Number.POSITIVE_INFINITY) ||
                Math.max(right, edge) > innerWidth ||
                right > edge + 6;
              return texts.filter(isFaulty).map(({ name }) => name);
            });
          await expect.poll(faults, { message: `${path} in ${locale} at ${width} px` }).toEqual([]);
        }
      });
    }
    await guest.close();
  });

  it('the name of a group is read before how many it has', async () => {
    const guest = await enter({ locale: 'en', width: 768, height: 1024 }, 'organisation');
    const { page } = guest;
    await go(guest, '/ranking?by=group');
    await page.locator('.ranking .group-row b').first().waitFor();
    for (const width of [721, 768, 1024]) {
      await page.setViewportSize({ width, height: 1024 });
      const cut = () =>
        page
          .locator('.ranking .group-row b')
          .evaluateAll((names) =>
            names.flatMap((name) => (name.scrollWidth > name.clientWidth ? [name.textContent] : [])),
          );
      await expect.poll(cut, { message: `${width} px` }).toEqual([]);
    }
    await guest.close();
  });

  it('bars, squares and bands are seen where the system sets the colours', async () => {
    const guest = await enter({ locale: 'en', width: 1440 });
    const { page } = guest;
    await page.emulateMedia({ forcedColors: 'active' });
    for (const [path, marks] of [
      ['/ranking', 'main .row .bars i'],
      ['/overview', 'main .bar i'],
      ['/overview', 'main i.type-swatch'],
      ['/gaps', 'main i.cell'],
    ] as const) {
      await go(guest, path);
      const found = page.locator(marks);
      await found.first().waitFor({ state: 'attached' });
      const colours = () =>
        found.evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size);
      await expect.poll(colours, { message: `${path} ${marks}` }).toBeGreaterThan(1);
    }
    await page.emulateMedia({ forcedColors: null });
    await guest.close();
  });
});
