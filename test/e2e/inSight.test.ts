import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, go, inBoth, speak, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** What is in sight says what it belongs to, stays where it is, and begins where what is above it begins. */

const SOON = { timeout: 20_000 };
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

/** In the page: names behind a sign whose further lines do not begin where the first one does. */
const RAGGED = `(() => {
  const signs = [...document.querySelectorAll('main :is(.type-swatch, th > .sign)')].filter((one) => one.checkVisibility());
  return signs.flatMap((sign) => {
    const words = document.createRange();
    words.setStartAfter(sign);
    let next = sign.nextSibling;
    while (next && next.textContent.trim() === '') next = next.nextSibling;
    words.setEndAfter(next ?? sign);
    const lefts = [...words.getClientRects()].filter(({ width }) => width > 1).map(({ left }) => Math.round(left));
    const first = sign.getBoundingClientRect().right;
    return lefts.some((left) => left < first) ? [sign.parentElement.textContent.trim()] : [];
  });
})()`;

/** In the page: boxes of choices that begin before their section does. */
const OUTSIDE = `[...document.querySelectorAll('main fieldset > .button')]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().left < one.closest('section, figure, main').getBoundingClientRect().left - 0.5)
  .map((one) => one.textContent.trim())`;

describe.skipIf(!chromiumPath)('what is in sight', () => {
  const house = sampled('2026-10-20');
  let guest: Visit;

  beforeAll(async () => {
    guest = await house.enter({}, 'leader');
  });

  async function open(path: string): Promise<void> {
    await go(guest, path);
    await guest.page.locator('main h1').first().waitFor();
    await expect.poll(() => guest.page.locator('main .skeleton').count(), SOON).toBe(0);
  }

  it('a bar of sections stands below what else stays, and says whose they are once the title is gone', async () => {
    const { page } = guest;
    const name = page.locator('.parts > .of');
    const seam = (): Promise<number> =>
      page.evaluate<number>(`(() => {
        const edges = [...document.querySelectorAll('.header, .filters')]
          .filter((one) => getComputedStyle(one).position === 'sticky')
          .map((one) => one.getBoundingClientRect().bottom);
        return Math.abs(document.querySelector('.parts').getBoundingClientRect().top - Math.max(0, ...edges));
      })()`);
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size);
      await open('/overview');
      await open('/units/com-03?compareTo=2026-06-30');
      await page.locator('#movement tfoot').waitFor(SOON);
      await expect.poll(() => name.count()).toBe(0);
      await open('/units/com-03?compareTo=2026-06-30#movement');
      await page.locator('#movement tfoot').waitFor(SOON);
      await expect.poll(() => name.textContent(), SOON).toBe('东城社区');
      await expect.poll(seam, { message: String(size.width) }).toBeLessThanOrEqual(1);
      const right = (): Promise<number> => name.evaluate((one) => one.getBoundingClientRect().right);
      await expect.poll(right).toBeLessThanOrEqual(size.width);
    }
  });

  it('a name takes its further lines below its own beginning, and a choice begins where its section does', async () => {
    const { page } = guest;
    const paths = ['/overview', '/gaps', '/ranking', '/trends', '/units/com-03?compareTo=2026-06-30'];
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size);
      for (const path of [
        ...paths,
        '/compare?units=com-03,farm-04',
        '/criteria/learning',
        '/units/farm-04',
      ]) {
        await open(path);
        await inBoth(guest, async (locale) => {
          const message = `${path} ${size.width} ${locale}`;
          await expect.poll(() => page.evaluate<string[]>(RAGGED), { message }).toEqual([]);
          await expect.poll(() => page.evaluate<string[]>(OUTSIDE), { message }).toEqual([]);
        });
      }
    }
  });

  it('whom the answer of the ranking names it leads to, and who moved to the reason', async () => {
    const { page } = guest;
    await page.setViewportSize(PHONE);
    await open('/ranking?compareTo=2026-06-30');
    const links = page.locator('main .answer a');
    await expect
      .poll(() => links.allTextContents(), SOON)
      .toEqual(['第一中学', '中心社区', '中心小学', '东城社区']);
    await links.last().click();
    await page.waitForURL('**/units/com-03?compareTo=2026-06-30#movement');
  });

  it('sums of a movement stand below what they add up on a phone', async () => {
    const { page } = guest;
    await page.setViewportSize(PHONE);
    await open('/units/com-03?compareTo=2026-06-30');
    await page.locator('#movement tfoot').waitFor(SOON);
    const ends = (selector: string): Promise<number[]> =>
      page
        .locator(`#movement ${selector}`)
        .evaluateAll((all) => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().right)))]);
    await expect.poll(async () => [...(await ends('.points')), ...(await ends('table'))].length).toBe(2);
    expect(await ends('.points')).toEqual(await ends('table'));
  });

  it('the records behind a gap say by when it can still be closed, where nothing was reported, too', async () => {
    await guest.page.setViewportSize(PHONE);
    await open('/units/farm-04/requirements/innovation.platforms');
    const facts = guest.page.locator('main .facts .figures');
    await expect.poll(() => facts.textContent(), SOON).toMatch(/12.月.31.日前/);
  });

  it('what a picture of the trends says is there as a whole, of a day pointed at, too, in a large zone as in a small one', async () => {
    const { page } = guest;
    /** In the page: texts that end behind their own edge. */
    const cut = `[...document.querySelectorAll('.panels .told')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      .map((one) => one.textContent)`;
    const told = page.locator('.panels .told').first();
    const nothingCut = (message: string): Promise<void> =>
      expect.poll(() => page.evaluate<string[]>(cut), { message, ...SOON }).toEqual([]);
    /** The history as a zone with 4,000 more units would have it. */
    async function larger(): Promise<void> {
      await page.route('**/api/history/**', async (route) => {
        const answer = await route.fetch();
        const history = (await answer.json()) as Record<'units' | 'names' | 'groups' | 'ranks', unknown[]>;
        const ranks = (history.ranks as (number | null)[][]).map((days) =>
          days.map((rank) => rank && rank + 4_000),
        );
        const more = Array.from({ length: 60 }, (_, at) => ({ unit: `more-${at}`, ranks: ranks.at(-1) }));
        const json = {
          ...history,
          units: [...history.units, ...more.map(({ unit }) => unit)],
          names: [...history.names, ...more.map(({ unit }) => unit)],
          groups: [...history.groups, ...more.map(() => history.groups[0])],
          ranks: [...ranks, ...more.map((one) => one.ranks)],
        };
        await route.fulfill({
          response: answer,
          json: 'detail' in history && history.detail ? { ...history, ranks } : json,
        });
      });
    }
    // Each asks for a basis of its own: what has been answered is not asked for again.
    for (const [zone, basis] of [
      ['small', 'to-date'],
      ['large', 'year'],
    ]) {
      if (zone === 'large') await larger();
      for (const [size, type] of [
        [DESK, ''],
        [PHONE, ''],
        [PHONE, '&type=development'],
      ] as const) {
        const path = `/trends?basis=${basis}${type}`;
        await page.setViewportSize(size);
        await open(path);
        await inBoth(guest, async (locale) => {
          const message = `${zone} ${path} ${size.width} ${locale}`;
          await expect.poll(() => told.textContent(), SOON).toMatch(zone === 'large' ? /4,?0\d\d/ : /\s1\D/);
          await nothingCut(message);
          const before = await told.textContent();
          const picture = page.locator('.panels svg').first();
          await picture.scrollIntoViewIfNeeded();
          // The last day has the longest name. Until all is drawn the picture may still move away from the pointer.
          const pointed = async () => {
            const box = await picture.boundingBox();
            if (box) await page.mouse.move(box.x + box.width - 2, box.y + 10);
            return told.textContent();
          };
          await expect.poll(pointed, { message, ...SOON }).not.toBe(before);
          await nothingCut(`${message}, a day`);
          await page.mouse.move(0, 0);
        });
      }
    }
    await page.unroute('**/api/history/**');
  });

  it('the map of many units as a whole has a scale of its own, by what its columns lose on average', async () => {
    const { page } = guest;
    await page.setViewportSize(DESK);
    await page.route('**/api/gaps/**', async (route) => {
      const answer = await route.fetch();
      const gaps = (await answer.json()) as { units: { lost: (number | null)[] }[] };
      const mild = { ...gaps.units[0], lost: gaps.units[0]?.lost.map((lost) => lost && 0.2) };
      const more = Array.from({ length: 900 }, (_, at) => ({ ...mild, unit: `more-${at}` }));
      await route.fulfill({ response: answer, json: { ...gaps, units: [...gaps.units, ...more] } });
    });
    // As of a time that nothing else here asks for: what has been answered is not asked for again.
    await open('/gaps?basis=year&asOf=2026-10-10');
    const scales = page.locator('main .ink-legend');
    await expect.poll(() => scales.count(), SOON).toBe(2);
    const [whole, part] = await scales.allTextContents();
    expect(whole).not.toBe(part);
    await page.unroute('**/api/gaps/**');
  });

  it('documents are a press from the head of the meeting, a format a column', async () => {
    const { page } = guest;
    await page.setViewportSize(DESK);
    await open('/meeting');
    await page.locator('main header a[href$="#materials"]').click();
    await expect.poll(() => page.evaluate(`document.activeElement?.id`)).toBe('materials');
    const columns = page.locator('#materials .documents').first().locator('.formats');
    const places = (): Promise<Record<string, number[]>> =>
      columns.locator('button').evaluateAll((all) => {
        const lefts: Record<string, number[]> = {};
        for (const one of all) {
          const word = one.textContent?.trim() ?? '';
          const known = lefts[word] ?? [];
          const left = Math.round(one.getBoundingClientRect().left);
          lefts[word] = known.includes(left) ? known : [...known, left];
        }
        return lefts;
      });
    await expect
      .poll(async () => Object.values(await places()).map((lefts) => lefts.length))
      .toEqual([1, 1, 1, 1, 1]);
  });

  it('types and their figures stand on one line each in a peek', async () => {
    const { page } = guest;
    await page.setViewportSize(DESK);
    await open('/ranking');
    await page.locator('.ranking .body .row').first().waitFor(SOON);
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.locator('.peek .types dt').first().waitFor(SOON);
    await inBoth(guest, async (locale) => {
      const apart = (): Promise<number[]> =>
        page.locator('.peek .types > div').evaluateAll((all) =>
          all
            .map(({ firstElementChild: name, lastElementChild: figure }) => {
              const [left, right] = [name, figure].map((one) => one?.getBoundingClientRect());
              return Math.abs((left?.bottom ?? 0) - (right?.bottom ?? 99));
            })
            .filter((gap) => gap > 6),
        );
      await expect.poll(apart, { message: locale }).toEqual([]);
    });
    await page.keyboard.press('Escape');
  });

  it('the field of the finder stays where it is, whatever is found', async () => {
    const { page } = guest;
    await page.setViewportSize(DESK);
    await open('/overview');
    await speak(guest, 'zh-CN');
    await page.keyboard.press('Control+k');
    const field = page.locator('.finder input');
    await field.waitFor();
    const top = (): Promise<number> => field.evaluate((one) => one.getBoundingClientRect().top);
    const before = await top();
    await field.fill('dsglq');
    await expect.poll(() => page.locator('.finder .option').count()).toBe(3);
    expect(await top()).toBe(before);
    await field.fill('〇');
    await expect.poll(() => page.locator('.finder .option').count()).toBe(0);
    expect(await top()).toBe(before);
    await page.keyboard.press('Escape');
  });
});
