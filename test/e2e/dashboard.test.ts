import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { pointsText } from '#schemas/presentation/numbers.ts';
import type { GapMatrix, Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { clean, fits, LOOKS } from './clean.ts';
import { scriptBeforeChart } from './firstScript.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';
const YEAR = 2026;
const COMPARE = `compareTo=${YEAR - 1}`;

describe.skipIf(!chromiumPath)('the dashboard on the sample', () => {
  const house = sampled(DAY, { writes: true });
  const { enter } = house;
  let ranking: Omit<Ranking, 'rows'> & { rows: RankingRow[] };
  let gaps: GapMatrix;

  beforeAll(async () => {
    ranking = await house.product.json(`/rankings/${YEAR}?basis=to-date&${COMPARE}`);
    gaps = await house.product.json(`/gaps/${YEAR}?basis=to-date`);
  });

  const score = (value: number | null | undefined): string => pointsText(value ?? 0);
  /** Waits for figures, not for time: the page's first rows, and charts that have drawn. */
  const settled = async (guest: Visit, path: string, mark: string): Promise<void> => {
    await go(guest, path);
    await guest.page.locator(mark).first().waitFor();
  };

  it.each(['zh-CN', 'en'] as const)(
    'loads at most 400 KiB of packed script before the first chart, in %s',
    async (locale) => {
      const guest = await house.arrive({ locale });
      const unit = ranking.rows.at(-1)?.unit ?? '';
      const script = await scriptBeforeChart(guest.page, `/units/${unit}?year=${YEAR}`);
      expect(script).toBeGreaterThan(100);
      expect(script).toBeLessThanOrEqual(400);
      await guest.close();
    },
  );

  it('says all of the pages that are looked at most with the first messages', async () => {
    // Words are the same ones in both languages, and do not differ with who reads them.
    const unit = ranking.rows[0]?.unit ?? '';
    const pages = [`/units/${unit}`, '/overview', '/ranking', '/gaps'];
    for (const [who, locale, asked] of [
      ['leader', 'zh-CN', pages],
      ['organisation', 'en', pages],
      [{ unit }, 'zh-CN', [`/units/${unit}`, '/ranking']],
    ] as const) {
      const guest = await house.arrive({ locale }, who);
      const later: string[] = [];
      guest.page.on('request', (request) => {
        if (/\/later\./.test(request.url())) later.push(new URL(guest.page.url()).pathname);
      });
      for (const page of asked) {
        await go(guest, page);
        await guest.page.locator('main tbody tr').first().waitFor();
      }
      expect(later).toEqual([]);
      await guest.close();
    }
  });

  it.each([
    ['zh-CN', '以这些权重起草新版方案'],
    ['en', 'Draft a new version with these weights'],
  ] as const)(
    'says what is not among the first messages as soon as it has come, in %s',
    async (locale, said) => {
      const guest = await house.arrive({ locale }, 'organisation');
      await guest.page.goto(
        '/ranking?weights=learning:35,unity:20,innovation:20,integrity:20,development:20',
      );
      await guest.page.getByRole('link', { name: said }).waitFor();
      await guest.close();
    },
  );

  it('ranks the units as the api does, bands and movement included', async () => {
    const guest = await enter();
    await settled(guest, `/ranking?${COMPARE}`, 'tbody tr');
    const shown = await guest.page.locator('tbody tr').evaluateAll((rows) =>
      rows.slice(0, 10).map((row) => ({
        rank: row.querySelector('.rank')?.textContent?.trim(),
        name: row.querySelector('.name')?.textContent?.trim(),
        total: row.querySelector('.total')?.lastChild?.textContent?.trim(),
        band: row.querySelector('.band .number')?.textContent?.trim(),
      })),
    );
    const band = ([low, high]: [number, number]): string => (low === high ? `${low}` : `${low}–${high}`);
    expect(shown).toEqual(
      ranking.rows.slice(0, 10).map((row) => ({
        rank: String(row.rank),
        name: row.name,
        total: score(row.total),
        band: row.band && band(row.band),
      })),
    );
    await clean(guest, 'ranking');
    await guest.close();
  });

  it('shows what a unit lacks as the api does, and opens a number down to its events', async () => {
    const guest = await enter();
    const unit = ranking.rows.at(-1)?.unit ?? '';
    const standing: Standing = await house.product.json(`/units/${unit}/standing?year=${YEAR}&basis=to-date`);
    await settled(guest, `/units/${unit}`, 'canvas');
    const gapsOfPage = guest.page.locator('#gaps');
    const more = gapsOfPage.locator('.below button[aria-expanded="false"]');
    if ((await more.count()) > 0) await more.click();
    const lost = await gapsOfPage.locator('td.lost').allTextContents();
    const byId = new Map(standing.requirements.map((row) => [row.id, row]));
    expect(lost.map((text) => text.trim())).toEqual(
      standing.gaps
        .map((id) => `−${score(byId.get(id)?.lost)}`)
        .map((text) => (text === '−0.00' ? '0.00' : text)),
    );
    await clean(guest, 'unit');

    const withActivities = standing.requirements.find(({ attainment }) => (attainment ?? 0) > 0);
    const activities: { activities: unknown[] } = await house.product.json(
      `/units/${unit}/activities?year=${YEAR}&requirement=${withActivities?.id}`,
    );
    await guest.page.locator('#all .all').click();
    // An opening quote stands as far from its square as any other sign, in a box of its own as in a line.
    const quotesAfterSquares = () => {
      const gaps: number[] = [];
      for (const square of document.querySelectorAll('main .type-swatch')) {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        texts.currentNode = square;
        const text = texts.nextNode();
        const at = text?.textContent?.search(/\S/) ?? -1;
        if (!text || at < 0 || text.textContent?.[at] !== '“') continue;
        const sign = document.createRange();
        sign.setStart(text, at);
        sign.setEnd(text, at + 1);
        const half = Number.parseFloat(getComputedStyle(text.parentElement as Element).fontSize) / 2;
        gaps.push(sign.getBoundingClientRect().right - half - square.getBoundingClientRect().right);
      }
      return gaps;
    };
    const quotes = await guest.page.evaluate(quotesAfterSquares);
    expect(quotes.length).toBeGreaterThan(0);
    for (const gap of quotes) expect(gap).toBeCloseTo(6, 0);
    await guest.page.locator(`#all a[href*="/requirements/${withActivities?.id}"]`).click();
    await guest.page.locator('.entry').first().waitFor();
    await expect.poll(() => guest.page.locator('.entry').count()).toBe(activities.activities.length);
    await guest.page.reload();
    await guest.page.locator('.entry').first().waitFor();
    await clean(guest, 'activities');
    await guest.page.goBack();
    await guest.page.waitForURL(`**/units/${unit}?**`);
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('names the obligation that most units miss, as the api counts it', async () => {
    const guest = await enter();
    await settled(guest, '/gaps', 'canvas');
    const worst = [...gaps.requirements]
      .filter(({ counted }) => counted > 0)
      .sort((a, b) => b.short / b.counted - a.short / a.counted || (a.mean ?? 1) - (b.mean ?? 1))[0];
    await inBoth(guest, async (locale) => {
      const answer = await guest.page.locator('.answer').textContent();
      expect(answer).toContain(locale === 'en' ? worst?.name.en : worst?.name.zh);
      expect(answer).toContain(String(worst?.short));
    });
    const first = guest.page.locator('table tbody tr').first();
    expect((await first.locator('td.short').textContent())?.trim()).toBe(
      `${worst?.short} / ${worst?.counted}`,
    );
    await clean(guest, 'gaps');
    await guest.close();
  });

  it('saves a chart as a picture and as a drawing that names what it shows', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/gaps', 'canvas');
    const saved = async (button: string): Promise<Buffer> => {
      const download = page.waitForEvent('download');
      await page
        .getByRole('button', { name: new RegExp(`^${button}：`) })
        .first()
        .click();
      return readFile(await (await download).path());
    };
    const picture = await saved('存为图片');
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    const drawing = (await saved('存为矢量图')).toString();
    expect(drawing).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect(drawing).toContain(ranking.rows.find(({ unit }) => unit === gaps.units[0]?.unit)?.name ?? '?');
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('keeps every filter in the address: back undoes, and the address alone gives the same page', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/ranking', 'tbody tr');
    await page.locator('.filters').getByRole('button', { name: '类别' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '学校' }).click();
    await page.waitForURL('**/ranking?group=school');
    const schools = ranking.rows.filter(({ group }) => group === 'school').length;
    await expect.poll(() => page.locator('tbody tr').count()).toBe(schools);
    await page.reload();
    await page.locator('tbody tr').first().waitFor();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(schools);
    await page.goBack();
    await expect.poll(() => page.locator('tbody tr').count()).toBeGreaterThan(schools);
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('copies the address of the view, on pages with filters and without', async () => {
    const guest = await enter();
    const { page } = guest;
    await guest.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const path of ['/ranking?group=agriculture&find=a', '/news']) {
      await go(guest, path);
      await page.locator('main h1').waitFor();
      await page.waitForURL(`**${path}`);
      const button = page.getByRole('button', { name: '复制链接' });
      await button.focus();
      await page.keyboard.press('Enter');
      await page.locator('.notice', { hasText: '已复制本页地址' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${house.product.url}${path}`);
      // It speaks of this page: the next one does not begin with it.
      await page.locator('header nav a[href^="/plan"]').first().click();
      await page.waitForURL('**/plan*');
      await page.locator('.notice.shown').waitFor({ state: 'detached' });
      await page.goBack();
      await page.waitForURL(`**${path}`);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await guest.picture(`copy-link${path.slice(0, 5).replace('/', '-')}-${width}`);
        expect(await axeFindings(page)).toEqual([]);
        const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate(wide)).toBeLessThanOrEqual(0);
      }
    }
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('lets a unit see itself first, and of the others rank and total alone', async () => {
    const own = ranking.rows[3] as RankingRow;
    const guest = await enter({}, { unit: own.unit });
    await go(guest, '/');
    await guest.page.waitForURL('**/desk');
    await settled(guest, '/ranking', 'tbody tr');
    const text = (await guest.page.locator('tbody').textContent()) ?? '';
    expect(text).toContain(own.name);
    for (const { name, unit } of ranking.rows) if (unit !== own.unit) expect(text).not.toContain(name);
    await expect.poll(() => guest.page.getByRole('link', { name: '差距' }).count()).toBe(0);
    // A trial that somebody sent it is left out, and that is said.
    await expect.poll(() => guest.page.getByText('这里是正式排名').count()).toBe(0);
    await settled(guest, '/ranking?weights=learning:90', 'tbody tr');
    await guest.page.getByText('这里是正式排名').waitFor();
    await expect.poll(() => guest.page.getByText('试算 · 非正式结果').count()).toBe(0);
    expect(await axeFindings(guest.page)).toEqual([]);
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('shows an event that has just come in without a reload, and hostile titles as text', async () => {
    const guest = await enter({}, 'organisation');
    const { page } = guest;
    const unit = ranking.rows[0]?.unit ?? '';
    await settled(guest, '/ranking', 'tbody tr');
    await page.evaluate("document.querySelector('h1').dataset.sameDocument = 'yes'");
    const title = '<img src=x onerror="document.title=1">';
    await house.product.send([
      {
        specversion: '1.0',
        id: `e2e-${unit}`,
        source: '/organisation',
        subject: unit,
        type: 'unit.changed',
        data: { unit, name: title },
      },
    ]);
    await page.locator('tbody .name', { hasText: title }).waitFor();
    await expect.poll(() => page.locator('h1[data-same-document]').count()).toBe(1);
    await expect.poll(() => page.locator('img[src="x"]').count()).toBe(0);
    await settled(guest, '/gaps', 'canvas');
    expect(await page.title()).not.toBe('1');
    await guest.close();
  });

  it('shows a hostile name as text, in lists and in charts', async () => {
    const [first, second] = ranking.rows;
    const unit = first?.unit ?? '';
    const title = '<img src=x onerror="document.title=1">{a|b}';
    await house.product.send([
      {
        specversion: '1.0',
        id: `zone-${unit}`,
        source: '/organisation',
        subject: unit,
        type: 'unit.changed',
        data: { unit, name: title },
      },
    ]);
    const guest = await house.arrive();
    for (const path of [
      `/compare?units=${unit},${second?.unit}`,
      '/ranking?weights=learning:40',
      '/criteria/learning',
    ]) {
      await settled(guest, path, 'canvas');
      await guest.page.getByText(title).first().waitFor();
      await guest.page.locator('canvas').first().hover();
    }
    await expect.poll(() => guest.page.locator('img[src="x"]').count()).toBe(0);
    expect(await guest.page.title()).not.toBe('1');
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('fits a phone, a desk and a wide screen, in light and in dark, without sideways scrolling', async () => {
    const guest = await enter();
    const unit = ranking.rows[5]?.unit ?? '';
    for (const [page, path, mark] of [
      ['ranking', '/ranking', 'tbody tr'],
      ['unit', `/units/${unit}`, 'canvas'],
      ['gaps', '/gaps', 'tbody tr'],
    ] as const) {
      await settled(guest, path, mark);
      await fits(guest, page, [...LOOKS, [2560]]);
    }
    await guest.close();
  });
});
