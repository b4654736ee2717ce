import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxesOf, overlapsIn, pagesOf, popplerUnavailable, textOf } from '#test/support/office.ts';
import { chromiumPath, go, speak, type Visit } from './browser.ts';
import { departmentPagesOf } from './everyPage.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';
/** Where the papers go, to be looked at; ignored by git. */
const PAPERS = 'test-output/papers';

/** Pages that fill several sheets, with what is dotted on screen: clauses, filters, figures that open. */
const PRINTED = [
  '/ranking',
  '/ranking?show=numbers',
  '/calendar',
  '/units/farm-03',
  '/meeting',
  '/meeting/slides',
  '/targets',
];

/** In the page: what is drawn although paper cannot open it, or nothing is behind it. */
const ODD = `(() => {
  const shown = [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility());
  const dotted = (one) => {
    const style = getComputedStyle(one);
    const line = style.textDecorationLine !== 'none' && /dotted|dashed/.test(style.textDecorationStyle);
    return line || (style.borderBottomStyle === 'dotted' && style.borderBottomWidth !== '0px');
  };
  return [
    ...shown.filter(dotted).map((one) => 'dotted: ' + one.textContent),
    ...shown.filter((one) => one.matches('.skeleton .row, .skeleton i')).map(() => 'a grey row'),
  ];
})()`;

/** A type, how many of its requirements are short, and its score, with nothing but the sheet's foot below. */
const HEAD = /^\s*(\S+型|Learning|Unity|Innovation|Integrity|Development)\s.*\d\.\d\d$/;
const endsWithHead = (sheet: string): boolean => HEAD.test(sheet.trimEnd().split(/\n+/).at(-2) ?? '');

describe.skipIf(!chromiumPath)('a page on paper', () => {
  const house = sampled(DAY);
  let guest: Visit;

  beforeAll(async () => {
    guest = await house.enter();
    mkdirSync(PAPERS, { recursive: true });
  });

  const settled = (): Promise<void> =>
    expect.poll(() => guest.page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);

  const FEET = {
    'zh-CN': {
      whose: '五型领导班子 · 2026年度“五型”领导班子创建活动考核方案',
      numbered: (page: number, pages: number) => `第 ${page} 页，共 ${pages} 页`,
    },
    en: {
      whose: 'Five-type leadership teams: evaluation plan for 2026',
      numbered: (page: number, pages: number) => `Page ${page} of ${pages}`,
    },
  } as const;

  it.skipIf(popplerUnavailable())(
    'says on every sheet whose it is, and which of how many, and no column touches the next',
    async () => {
      for (const path of PRINTED) {
        await go(guest, path);
        await guest.page.locator('main tbody tr, main .sheet.on h1').first().waitFor();
        await settled();
        for (const locale of ['zh-CN', 'en'] as const) {
          await speak(guest, locale);
          const pdf = await guest.page.pdf({ preferCSSPageSize: true });
          writeFileSync(`${PAPERS}/${path.replaceAll(/[/?=]/g, '-').slice(1)}.${locale}.pdf`, pdf);
          const pages = await pagesOf(pdf);
          const sheets = (await textOf(pdf)).split('\f').slice(0, pages);
          expect(await overlapsIn(pdf), `${path} ${locale}`).toEqual([]);
          const { whose, numbered } = FEET[locale];
          for (const [index, sheet] of sheets.entries()) {
            expect(sheet, `${path} ${index + 1}`).toContain(whose);
            expect(sheet, `${path} ${index + 1}`).toContain(numbered(index + 1, pages));
          }
        }
      }
    },
  );

  it.skipIf(popplerUnavailable())(
    'begins with its evidence on the first sheet, and ends with more than a caption',
    async () => {
      const sheetsOf = async (path: string): Promise<string[]> => {
        await go(guest, path);
        await guest.page
          .locator('main canvas, main .panels li, .ranking .body .row')
          .first()
          .waitFor({ state: 'attached' });
        await settled();
        const pdf = await guest.page.pdf({ preferCSSPageSize: true });
        writeFileSync(`${PAPERS}/whole-${path.replaceAll('/', '-').slice(1)}.pdf`, pdf);
        return (await textOf(pdf)).split('\f').slice(0, await pagesOf(pdf));
      };
      for (const locale of ['zh-CN', 'en'] as const) {
        await go(guest, '/gaps');
        await speak(guest, locale);
        const gaps = await sheetsOf('/gaps');
        expect(gaps.length, locale).toBe(3);
        expect(gaps[0]?.match(/\d+ \/ \d+/g)?.length, locale).toBeGreaterThan(5);
        const trends = await sheetsOf('/trends');
        expect(trends.at(-1)?.match(/rank \d+|第 ?\d+ ?(?:→|名)/g)?.length, locale).toBeGreaterThan(3);
        expect((await sheetsOf('/ranking')).at(-1)?.match(/\d+\.\d\d/g)?.length, locale).toBeGreaterThan(3);
        for (const unit of ['farm-03', 'farm-04', 'com-03']) {
          const sheets = await sheetsOf(`/units/${unit}`);
          expect(sheets.length, `${unit} ${locale}`).toBeLessThanOrEqual(7);
          expect(sheets.filter(endsWithHead), `${unit} ${locale}`).toEqual([]);
        }
      }
      await speak(guest, 'zh-CN');
    },
  );

  it.skipIf(popplerUnavailable())(
    'has no name on the map of gaps below 7.5 points, in either language',
    async () => {
      await go(guest, '/gaps');
      for (const locale of ['zh-CN', 'en'] as const) {
        await speak(guest, locale);
        await settled();
        await guest.page.locator('main canvas').first().waitFor({ state: 'attached' });
        const sheets = await boxesOf(await guest.page.pdf({ preferCSSPageSize: true }));
        // Names above the map stand upright, each sign a word of its own, and are as high as they are large.
        const signs = sheets.slice(1).flatMap(({ words }) => words.filter(({ text }) => text === '区'));
        expect(signs.length, locale).toBeGreaterThan(15);
        for (const { top, bottom } of signs) expect(bottom - top, locale).toBeGreaterThanOrEqual(7.45);
      }
      await speak(guest, 'zh-CN');
    },
  );

  it.skipIf(popplerUnavailable())(
    'has no sheet without a word, on the department’s pages either',
    async () => {
      const department = await house.arrive({}, 'organisation');
      for (const path of departmentPagesOf('farm-03')) {
        await go(department, path);
        await department.page.locator('main h1').first().waitFor();
        await expect.poll(() => department.page.locator('main .skeleton').count()).toBe(0);
        const pdf = await department.page.pdf({ preferCSSPageSize: true });
        const sheets = (await textOf(pdf)).split('\f').slice(0, await pagesOf(pdf));
        // The foot has a line of its own.
        const empty = sheets.filter((sheet) => sheet.trim().split('\n').length < 2);
        expect(empty, path).toEqual([]);
      }
      await department.close();
    },
  );

  it('shows what is there, and nothing that only a screen can open', async () => {
    const { page } = guest;
    await go(guest, '/calendar');
    await page.locator('main tbody tr').first().waitFor();
    expect(await page.evaluate<string[]>(ODD)).not.toEqual([]);
    for (const path of [...PRINTED, '/overview', '/gaps', '/plan']) {
      await page.emulateMedia({ media: 'screen' });
      await go(guest, path);
      await page.locator('main .section-head, main tbody tr, main h2, main .sheet.on h1').first().waitFor();
      await settled();
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate<string[]>(ODD), path).toEqual([]);
    }
    await page.emulateMedia({ media: 'screen' });
  });

  it('says of what has not come yet that it is awaited, without grey rows', async () => {
    const { page } = guest;
    await go(guest, '/overview');
    await speak(guest, 'zh-CN');
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/gaps/**', async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await go(guest, '/gaps?year=2025');
    await page.locator('main .skeleton .row').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate<string[]>(ODD)).toEqual([]);
    await expect.poll(() => page.locator('main .skeleton').first().textContent()).toContain('正在读取');
    expect((await page.locator('main .skeleton .unseen').first().boundingBox())?.height).toBeGreaterThan(8);
    await page.emulateMedia({ media: 'screen' });
    answer();
    await page.unroute('**/api/gaps/**');
  });
});
