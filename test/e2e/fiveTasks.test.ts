import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pointsText, signedText } from '#schemas/presentation/numbers.ts';
import type { Agenda } from '#schemas/results/agenda.ts';
import type { Movement, Movements } from '#schemas/results/movement.ts';
import type { GapMatrix, Ranking, RankingRow } from '#schemas/results/results.ts';
import type { SelfInspections } from '#schemas/results/selfInspections.ts';
import { chromiumPath, go, type Visit } from './browser.ts';
import { pictured } from './pictured.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';
const YEAR = 2026;
const TO_DATE = 'basis=to-date';
/** What a new user is given for each task, from the overview on. */
const CLICKS = 3;
const MINUTE = 60_000;

/** Tasks with a picture on the leading group's page, docs/leader.md. */
const PICTURED = ['fell', 'weights'];

type Walk = { guest: Visit; page: Visit['page']; click(target: Locator): Promise<void>; clicks: number };

describe.skipIf(!chromiumPath)('five tasks of the leading group, on the sample', () => {
  const house = sampled(DAY);

  const rankingOf = async (query: string): Promise<RankingRow[]> =>
    (
      await house.product.json<Omit<Ranking, 'rows'> & { rows: RankingRow[] }>(
        `/rankings/${YEAR}?${TO_DATE}&${query}`,
      )
    ).rows;
  const score = (value: number | null | undefined): string => pointsText(Math.abs(value ?? 0));
  const texts = (target: Locator): Promise<string[]> =>
    target.evaluateAll((found) => found.map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? ''));

  /** Walks a task from the overview; fails where it takes more clicks, or longer, than a new user has. */
  async function walk(
    locale: 'zh-CN' | 'en',
    name: string,
    task: (walk: Walk) => Promise<void>,
  ): Promise<number> {
    const guest = await house.enter({ locale });
    await go(guest, '/');
    await guest.page.locator('.fell, .furthest, .parts').first().waitFor();
    expect(new URL(guest.page.url()).pathname).toBe('/overview');
    const began = Date.now();
    const way: Walk = {
      guest,
      page: guest.page,
      clicks: 0,
      async click(target) {
        way.clicks += 1;
        await target.click();
      },
    };
    await task(way);
    expect(Date.now() - began).toBeLessThan(MINUTE);
    expect(way.clicks).toBeLessThanOrEqual(CLICKS);
    await guest.picture(`task-${name}-${locale}`);
    if (PICTURED.includes(name))
      await pictured(guest.page, `leader-${name}.${locale === 'en' ? 'en' : 'zh'}`);
    expect(guest.complaints).toEqual([]);
    await guest.close();
    return way.clicks;
  }

  describe.each(['zh-CN', 'en'] as const)('in %s', (locale) => {
    it('which team fell most this quarter, and why', async () => {
      const clicks = await walk(locale, 'fell', async ({ page, click }) => {
        const team = page.locator('a.fell').first();
        await team.waitFor();
        const shown = (await team.textContent())?.trim();
        await click(team);
        await page.locator('#movement tfoot').waitFor();
        const compareTo = new URL(page.url()).searchParams.get('compareTo') ?? '';
        const from = encodeURIComponent(`${compareTo}T23:59:59.999+08:00`);
        const { fell }: Movements = await house.product.json(`/movements/${YEAR}?${TO_DATE}&from=${from}`);
        const most = fell.movers[0];
        expect(shown).toBe(most?.name);
        const { requirements }: Movement = await house.product.json(
          `/units/${most?.unit}/movement?year=${YEAR}&${TO_DATE}&from=${from}`,
        );
        const effects = await texts(page.locator('#movement tbody .points'));
        expect(effects).toContain(signedText(requirements[0]?.effect ?? 0));
        await expect
          .poll(() => page.locator('#movement').evaluate((part) => part.getBoundingClientRect().top))
          .toBeLessThan(200);
      });
      expect(clicks).toBe(1);
    });

    it('what a team must still do before the year ends', async () => {
      const rows = await rankingOf('');
      const team = rows[Math.floor(rows.length / 2)] as RankingRow;
      const { obligations }: Agenda = await house.product.json(
        `/calendar/${YEAR}?${TO_DATE}&unit=${team.unit}`,
      );
      const owed = obligations.filter(({ over, owing }) => !over && owing > 0);
      const clicks = await walk(locale, 'to-do', async ({ page, click }) => {
        await click(page.getByRole('combobox').first());
        await page.keyboard.type(team.name);
        await click(page.getByRole('option', { name: team.name }).first());
        await page.locator('#to-do').waitFor();
        await expect.poll(() => page.locator('#to-do .name a').count()).toBe(5);
        await click(page.locator('#to-do .more'));
        expect(await texts(page.locator('#to-do .name a'))).toEqual(
          owed.map(({ name, id }) => (locale === 'en' ? name?.en : name?.zh) ?? id),
        );
      });
      expect(clicks).toBe(3);
    });

    it('which obligation most teams miss, and who they are', async () => {
      const { requirements }: GapMatrix = await house.product.json(`/gaps/${YEAR}?${TO_DATE}`);
      const [worst] = requirements
        .filter(({ counted }) => counted > 0)
        .sort((a, b) => b.short / b.counted - a.short / a.counted || (a.mean ?? 1) - (b.mean ?? 1));
      const clicks = await walk(locale, 'missed', async ({ page, click }) => {
        const name = (locale === 'en' ? worst?.name.en : worst?.name.zh) ?? '';
        await expect.poll(() => page.locator('.answer').textContent()).toContain(name);
        await click(page.getByRole('link', { name: `${worst?.short} / ${worst?.counted}` }).first());
        await page.locator('.units li').first().waitFor();
        await expect.poll(() => page.locator('.units li').count()).toBe(worst?.short);
      });
      expect(clicks).toBe(1);
    });

    it('would the top three stay the top three if integrity weighed double', async () => {
      const weights = 'learning:20,unity:20,innovation:20,integrity:40,development:20';
      const top = async (query: string): Promise<string[]> =>
        (await rankingOf(query)).flatMap(({ rank, name }) => (rank !== null && rank <= 3 ? [name] : []));
      const [before, after] = [await top(''), await top(`weights=${weights}`)];
      const clicks = await walk(locale, 'weights', async ({ page, click }) => {
        await click(page.locator('header nav a[href^="/ranking"]'));
        await click(page.locator('.toolbar button[aria-pressed]').first());
        await click(page.locator('.fields li').nth(3).locator('.quick button').last());
        expect(new URL(page.url()).searchParams.get('weights')).toBe(weights);
        const answer = (await page.locator('.what-if .answer').textContent()) ?? '';
        const inEnglish = new Intl.ListFormat('en-GB');
        const named = (list: string[]): string =>
          locale === 'en' ? inEnglish.format(list) : list.join('、');
        expect(answer).toContain(named(after));
        const same = before.every((name) => after.includes(name));
        expect(answer.includes(named(before))).toBe(!same || named(before) === named(after));
      });
      expect(clicks).toBe(3);
    });

    it('where a team’s self-inspection overclaimed', async () => {
      const last = YEAR - 1;
      const { claims }: SelfInspections = await house.product.json(`/self-inspections/${last}?basis=year`);
      const team = claims[0]?.name ?? '';
      const own = claims.filter(({ name }) => name === team);
      const clicks = await walk(locale, 'overclaim', async ({ page, click }) => {
        await click(page.locator('header nav a[href^="/self-inspection"]'));
        await click(page.locator(`main a[href*="year=${last}"]`).first());
        // This year's page has rows, too: who typed into it would be led to the other year's heading.
        await page.waitForURL(`**year=${last}*`);
        await page.locator('tbody .evidenced').first().waitFor();
        await click(page.getByRole('searchbox'));
        await page.keyboard.type(team);
        await expect.poll(() => texts(page.locator('tbody .evidenced'))).toHaveLength(own.length);
        const differences = page.locator('tbody .difference span:first-child');
        expect((await texts(differences)).map((text) => text.replace(/[+−]/, ''))).toEqual(
          own.map(({ difference }) => score(difference)),
        );
        const over = own.filter(({ difference }) => (difference ?? 0) > 0);
        await expect.poll(() => page.locator('tbody .difference .alarm').count()).toBe(over.length);
      });
      expect(clicks).toBe(3);
    });
  });
});
