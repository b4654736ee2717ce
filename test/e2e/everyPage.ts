import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Opening } from '#schemas/opening.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { Ranking, RankingRow } from '#schemas/results.ts';
import { clockFrom } from '#test/support/clock.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { chromiumPath, launch, signIn, type Visit, visit } from './browser.ts';

/**
 * Every page on a day of the year: server and browser take that day for today. No page fails, none says a number
 * that its rows contradict. One file a day, since a process holds one product.
 */
export function everyPageOn(day: string): void {
  describe.skipIf(!chromiumPath)(`every page on ${day}`, () => {
    const clock = clockFrom(`${day}T10:00:00+08:00`);
    let product: Product;
    let browser: Browser;
    let opening: Opening;

    beforeAll(async () => {
      product = await startProduct({ sample: { today: day }, clock, dashboard: true });
      browser = await launch();
      opening = await product.json<Opening>('/opening');
    });
    afterAll(async () => {
      await browser?.close();
      await product?.stop();
    });

    const enter = async (locale: 'zh-CN' | 'en'): Promise<Visit> => {
      const guest = await visit(browser, product.url, { locale });
      await guest.context.clock.install({ time: clock() });
      await signIn(guest, product.tokens.leader);
      return guest;
    };
    const basisOf = (year: number): string => (year < Number(day.slice(0, 4)) ? 'year' : 'to-date');

    it('opens on the year that has something to show, with the way to the other in sight', async () => {
      const guest = await enter('zh-CN');
      await guest.page.goto('/ranking');
      await guest.page.locator('tbody tr').first().waitFor();
      expect(await guest.page.locator('.filters').textContent()).toContain(`${opening.year} 年`);
      const other = guest.page.getByRole('link', { name: `看 ${opening.current.year} 年` });
      expect(await other.count()).toBe(opening.year === opening.current.year ? 0 : 1);
      const isFirstDay = day.endsWith('-01-01');
      expect(opening.year).toBe(isFirstDay ? opening.current.year - 1 : opening.current.year);
      await guest.close();
    });

    it.each(['zh-CN', 'en'] as const)('has no page that fails, of either year, in %s', async (locale) => {
      const guest = await enter(locale);
      const failures: string[] = [];
      for (const year of [opening.current.year, opening.current.year - 1]) {
        const unit = await unitOf(product, year);
        for (const path of pagesOf(unit)) {
          await guest.page.goto(`${path}${path.includes('?') ? '&' : '?'}year=${year}`);
          await guest.page.locator('main h1, main .slide, main .stage').first().waitFor();
          // Grey rows stand where an answer is awaited.
          await expect.poll(() => guest.page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
          const alerts = await guest.page.locator('main [role=alert]').allTextContents();
          const text = (await guest.page.locator('main').textContent()) ?? '';
          const stray = text.match(/\bNaN\b|\bundefined\b|\bnull\b|\{\w+\}|\[object/g) ?? [];
          for (const what of [...alerts, ...stray]) failures.push(`${path} of ${year}: ${what.trim()}`);
        }
      }
      // The year before the sample's first has no plan to compare with; the page says so.
      expect(failures.filter((failure) => !failure.startsWith('/meeting/year-on-year'))).toEqual([]);
      expect(guest.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
      await guest.close();
    });

    it('says of the zone what its rows say', async () => {
      const guest = await enter('zh-CN');
      for (const year of [opening.current.year, opening.current.year - 1]) {
        const { course } = await product.json<Overview>(`/overview/${year}`);
        await guest.page.goto(`/overview?year=${year}`);
        await guest.page.locator('.parts li').first().waitFor();
        const parts = await guest.page.locator('.parts b').allTextContents();
        const told = parts.map((text) => Number(text.replaceAll(',', '')));
        expect(told.reduce((sum, count) => sum + count, 0)).toBe(course.units);
        const owing = guest.page
          .locator('section', { has: guest.page.locator('.parts') })
          .locator('tbody tr');
        const missed = await owing.locator('td:last-child').allTextContents();
        expect(missed.every((text) => Number(text) > 0)).toBe(true);
        // Who owes nothing is not told to be behind.
        expect(course.units - course.spotless).toBeGreaterThanOrEqual(course.few + course.many);
        if (course.due === 0)
          expect(await guest.page.locator('.answer').textContent()).toContain('没有任何要求或条件到期');
      }
      await guest.close();
    });

    it('marks as eligible without reserve whoever has met every condition, and nobody else', async () => {
      const guest = await enter('en');
      for (const year of [opening.current.year, opening.current.year - 1]) {
        const { rows, open } = await product.json<Ranking>(`/rankings/${year}?basis=${basisOf(year)}`);
        await guest.page.goto(`/ranking?year=${year}`);
        await guest.page.locator('tbody tr').first().waitFor();
        const marks = await guest.page.locator('td.eligible [aria-hidden]').allTextContents();
        const expected = rows.map((row, place) =>
          (row as RankingRow).eligible ? (open[place] ? `○ ${open[place]}` : '✓') : '',
        );
        expect(marks.map((mark) => mark.trim())).toEqual(expected.slice(0, marks.length));
        expect(marks.length).toBeGreaterThan(10);
      }
      await guest.close();
    });
  });
}

async function unitOf(product: Product, year: number): Promise<string> {
  const { rows } = await product.json<{ rows: { unit: string }[] }>(`/rankings/${year}`);
  return rows[0]?.unit ?? '';
}

const pagesOf = (unit: string): string[] => [
  '/overview',
  '/ranking',
  '/calendar',
  '/gaps',
  `/units/${unit}`,
  `/units/${unit}/requirements/learning.research`,
  `/units/${unit}/incidents/unity.admonition`,
  `/compare?units=${unit},farm-04`,
  '/requirements/learning.center-group',
  '/criteria/learning',
  '/self-inspection',
  '/freeze',
  '/meeting',
  '/meeting/slides',
  '/meeting/commendation',
  '/meeting/teaching',
  '/meeting/year-on-year',
];
