import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Opening } from '#schemas/opening.ts';
import { batchesOf } from '#schemas/presentation/answers/deadlines.ts';
import { unparted } from '#schemas/presentation/numbers.ts';
import type { Agenda } from '#schemas/results/agenda.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { clockFrom } from '#test/support/clock.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { chromiumPath, go, launch, signIn, speak, type Visit, visit } from './browser.ts';
import { bareDashes, type Locale, linesOf, listen, wordFaults } from './pageWords.ts';
import { runTogether } from './runTogether.ts';
import { sameNamed } from './sameNamed.ts';

const BOTH = [
  ['zh-CN', 'en'],
  ['en', 'zh-CN'],
] as const;

/**
 * Every page on a day of the year: server and browser take that day for today. No page fails, none says a number
 * that its rows contradict. One file a day, since a process holds one product at a time. `byAddress` loads every page of the
 * current year by its address; else a page is reached as by a link, which asks and shows the same and is done in a third of the time.
 * `department`: its pages, too. `earlier`: the year before is walked as well, which says the same from when it has ended.
 */
export function everyPageOn(
  day: string,
  { byAddress = false, department = false, earlier = false } = {},
): void {
  describe.skipIf(!chromiumPath)(`every page on ${day}`, () => {
    const clock = clockFrom(`${day}T10:00:00+08:00`);
    let product: Product;
    let browser: Browser;
    let opening: Opening;
    let guest: Visit;
    let heard: ReturnType<typeof listen>;

    beforeAll(async () => {
      product = await startProduct({ sample: { today: day }, clock, dashboard: true });
      browser = await launch();
      opening = await product.json<Opening>('/opening');
      guest = await visit(browser, product.url, { locale: 'zh-CN', now: clock() });
      heard = listen(guest.page);
      await signIn(guest, department ? product.tokens.organisation : product.tokens.leader);
    });
    afterAll(async () => {
      await browser?.close();
      await product?.stop();
    });

    const basisOf = (year: number): string => (year < Number(day.slice(0, 4)) ? 'year' : 'to-date');
    const paths = async (year: number): Promise<string[]> => {
      const unit = await unitOf(product, year);
      return [
        ...pagesOf(unit),
        ...(department && year === opening.current.year ? departmentPagesOf(unit) : []),
      ];
    };
    const years = (): number[] => [opening.current.year, opening.current.year - 1];

    it('opens on the year that has something to show, with the way to the other in sight', async () => {
      await go(guest, '/ranking');
      await guest.page.locator('tbody tr').first().waitFor();
      await expect
        .poll(() => guest.page.locator('.filters').textContent())
        .toContain(unparted(`${opening.year} 年`));
      const other = guest.page.getByRole('link', { name: `看 ${opening.current.year} 年` });
      await expect.poll(() => other.count()).toBe(opening.year === opening.current.year ? 0 : 1);
      const isFirstDay = day.endsWith('-01-01');
      expect(opening.year).toBe(isFirstDay ? opening.current.year - 1 : opening.current.year);
      // A whole year that has hardly begun has ranks, all the same; to date it has none.
      const lacks = guest.page.locator('.filters').getByText(/按今天的进度，.+还没有名次/);
      await expect.poll(() => lacks.count()).toBe(isFirstDay ? 1 : 0);
    });

    /** What the page that is open says that it should not; grey rows stand where an answer is awaited. */
    async function faults(locale: Locale): Promise<string[]> {
      await expect.poll(() => guest.page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
      const alerts = await guest.page.locator('main [role=alert]').allTextContents();
      await heard.settled();
      const dashes = (await bareDashes(guest.page)).map((where) => `– without a word: ${where}`);
      const words = wordFaults(await linesOf(guest.page), locale, heard);
      const alike = (await sameNamed(guest.page)).map((what) => `called alike: ${what}`);
      return [...alerts, ...dashes, ...words, ...alike, ...(await runTogether(guest.page))].map((what) =>
        what.trim(),
      );
    }

    it(`has no page that fails, of ${earlier ? 'either' : 'its'} year, in either language`, async () => {
      const failures: string[] = [];
      for (const year of earlier ? years() : years().slice(0, 1))
        for (const [index, path] of (await paths(year)).entries()) {
          const to = `${path}${path.includes('?') ? '&' : '?'}year=${year}`;
          if (byAddress && year === opening.current.year) await guest.page.goto(to);
          else await go(guest, to);
          await guest.page.locator('main h1, main .slide, main .stage').first().waitFor();
          // Each page is asked in both languages, and every second one is opened in the other.
          for (const locale of BOTH[index % 2] ?? []) {
            await speak(guest, locale);
            for (const fault of await faults(locale))
              failures.push(`${path} of ${year} in ${locale}: ${fault}`);
          }
        }
      // The year before the sample's first has no plan to compare with; the page says so.
      expect(failures.filter((failure) => !failure.startsWith('/meeting/year-on-year'))).toEqual([]);
      expect(guest.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
    });

    it('says of the zone what its rows say', async () => {
      await speak(guest, 'zh-CN');
      for (const year of years()) {
        const { course } = await product.json<Overview>(`/overview/${year}`);
        await go(guest, `/overview?year=${year}`);
        await guest.page.locator('.parts li').first().waitFor();
        const told = async (): Promise<number> => {
          const parts = await guest.page.locator('.parts b').allTextContents();
          return parts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
        };
        await expect.poll(told).toBe(course.units);
        const owing = guest.page
          .locator('section', { has: guest.page.locator('.parts') })
          .locator('table:not(.strip) tbody tr');
        const idle = async (): Promise<string[]> =>
          (await owing.locator('td:last-child').allTextContents()).filter((text) => !(Number(text) > 0));
        await expect.poll(idle).toEqual([]);
        // Who owes nothing is not told to be behind.
        expect(course.units - course.spotless).toBeGreaterThanOrEqual(course.few + course.many);
        if (course.due === 0)
          await expect
            .poll(() => guest.page.locator('.answer').textContent())
            .toContain('没有任何要求或条件到期');
      }
    });

    it('begins what is due with today while today lasts, as the calendar does', async () => {
      await speak(guest, 'zh-CN');
      const { year } = opening.current;
      const { obligations } = await product.json<Agenda>(`/calendar/${year}?basis=to-date`);
      const [first] = batchesOf(obligations.filter(({ over }) => !over));
      const { dueSoon, dueNext } = await product.json<Overview>(`/overview/${year}`);
      expect(batchesOf(dueSoon)[0]?.due ?? dueNext?.due).toBe(first?.due);
      await go(guest, `/overview?year=${year}`);
      await guest.page.locator('.parts li').first().waitFor();
      const isToday = first?.due === day;
      const means = guest.page.locator('.means', { hasText: '今天到期的还可以做' });
      await expect.poll(() => means.count()).toBe(isToday ? 1 : 0);
      const today = guest.page
        .locator('section', { hasText: '未来 30 天到期' })
        .getByText('今天到期', { exact: true });
      if (isToday) await expect.poll(() => today.count()).toBeGreaterThan(0);
    });

    it('says of how many a unit is the nth only where it has a rank', async () => {
      await speak(guest, 'zh-CN');
      for (const year of years()) {
        const { rows } = await product.json<Ranking>(`/rankings/${year}?basis=${basisOf(year)}`);
        const [first] = rows as RankingRow[];
        await go(guest, `/units/${first?.unit}?year=${year}`);
        await guest.page.locator('main h1', { hasText: first?.name ?? '' }).waitFor();
        const facts = guest.page.locator('main dl.facts');
        await expect
          .poll(() => facts.textContent())
          .toContain(first?.rank ? `${first.rank}/ ${first.of}` : '名次–');
        expect((await facts.textContent())?.replace(/\s/g, '')).not.toContain('/0');
      }
    });

    it('marks as eligible without reserve whoever has met every condition, and nobody else', async () => {
      await speak(guest, 'en');
      for (const year of years()) {
        const { rows, open } = await product.json<Ranking>(`/rankings/${year}?basis=${basisOf(year)}`);
        await go(guest, `/ranking?year=${year}`);
        await guest.page.locator('tbody tr').first().waitFor();
        const expected = rows.map((row, place) =>
          (row as RankingRow).eligible ? (open[place] ? `${open[place]} to meet` : '✓') : '–',
        );
        const marks = guest.page.locator('td.eligible [aria-hidden]');
        await expect.poll(() => marks.count()).toBeGreaterThan(10);
        const differing = async (): Promise<string[]> =>
          (await marks.allTextContents()).filter((mark, place) => mark.trim() !== expected[place]);
        await expect.poll(differing).toEqual([]);
      }
    });
  });
}

async function unitOf(product: Product, year: number): Promise<string> {
  const { rows } = await product.json<{ rows: { unit: string }[] }>(`/rankings/${year}`);
  return rows[0]?.unit ?? '';
}

export const pagesOf = (unit: string): string[] => [
  '/overview',
  '/ranking',
  '/trends',
  '/calendar',
  '/gaps',
  '/notes',
  '/units',
  '/targets',
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
  '/news',
  '/wall?seconds=600',
];

export const departmentPagesOf = (unit: string): string[] => [
  '/plan',
  '/ranking?weights=integrity:60',
  '/inbox?kind=verification',
  '/inbox?kind=appeals',
  '/inbox?kind=quarantine',
  '/inbox?kind=incidents',
  '/inbox?kind=decided',
  '/import',
  '/access',
  '/access/audit',
  '/account',
  `/units/${unit}/desk`,
  `/units/${unit}/desk/report`,
  `/units/${unit}/desk/history`,
];
