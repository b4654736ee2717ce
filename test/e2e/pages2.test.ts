import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { pairDecimals, pointsText, totalDecimals } from '#schemas/presentation/numbers.ts';
import type { Agenda } from '#schemas/results/agenda.ts';
import type { History } from '#schemas/results/history.ts';
import type { Movements } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { RequirementPage } from '#schemas/results/practice.ts';
import type { Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import type { SelfInspections } from '#schemas/results/selfInspections.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { clean, fits, LOOKS } from './clean.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';
const YEAR = 2026;
const TO_DATE = 'basis=to-date';

describe.skipIf(!chromiumPath)('the pages about the whole zone, on the sample', () => {
  const house = sampled(DAY);
  const { enter } = house;
  let rows: RankingRow[];
  let overview: Overview;

  const rankingOf = async (query: string): Promise<RankingRow[]> =>
    (
      await house.product.json<Omit<Ranking, 'rows'> & { rows: RankingRow[] }>(
        `/rankings/${YEAR}?${TO_DATE}&${query}`,
      )
    ).rows;

  beforeAll(async () => {
    rows = await rankingOf('');
    overview = await house.product.json(`/overview/${YEAR}?${TO_DATE}`);
  });

  const score = (value: number | null | undefined): string => pointsText(value ?? 0);
  const settled = async (guest: Visit, path: string, mark: string): Promise<void> => {
    await go(guest, path);
    await guest.page.locator(mark).first().waitFor();
  };
  const texts = ({ page }: Visit, selector: string): Promise<string[]> =>
    page
      .locator(selector)
      .evaluateAll((found) => found.map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? ''));
  it('brings whoever sees all to the state of the zone', async () => {
    const guest = await enter();
    await go(guest, '/');
    await guest.page.waitForURL('**/overview**');
    expect(new URL(guest.page.url()).pathname).toBe('/overview');
    await guest.close();
  });

  it('sums the zone up as the api does', async () => {
    const guest = await enter();
    await settled(guest, '/overview?compareTo=none', '.parts');
    const { course, dueSoon, misses, vetoed } = overview;
    expect(await texts(guest, '.parts b')).toEqual([course.onCourse, course.few, course.many].map(String));
    const page = (await guest.page.locator('main').textContent()) ?? '';
    for (const unit of course.furthestBehind.slice(0, 5)) expect(page).toContain(unit.name);
    for (const miss of misses.slice(0, 6)) {
      expect(page).toContain(`${miss.short} / ${miss.counted}`);
    }
    await inBoth(guest, async (locale) => {
      for (const { name } of misses.slice(0, 6))
        await guest.page
          .locator('main')
          .getByText(locale === 'en' ? name.en : name.zh)
          .first()
          .waitFor();
    });
    for (const item of dueSoon.slice(0, 8)) expect(page).toContain(`${item.owing} / ${item.asked}`);
    for (const unit of vetoed) expect(page).toContain(score(unit.totalWithoutVeto));
    // Nothing is compared before somebody asks for it; in the year's first month there is nothing to compare with.
    const compare = guest.page.getByRole('link', { name: /30 (天前|days before)/ });
    if ((await compare.count()) > 0) {
      await compare.click();
      const since = `${overview.since}T23:59:59.999+08:00`;
      const { rose, fell }: Movements = await house.product.json(
        `/movements/${YEAR}?${TO_DATE}&from=${encodeURIComponent(since)}&top=10`,
      );
      for (const { before, after } of [...rose.movers.slice(0, 4), ...fell.movers.slice(0, 4)])
        await guest.page.getByText(`${before.rank} → ${after.rank}`).first().waitFor();
    }
    await clean(guest, 'overview');
    await guest.close();
  });

  it('looks at one type by a press, opens its numbers, and widens by Esc', async () => {
    const ofType: Overview = await house.product.json(`/overview/${YEAR}?${TO_DATE}&criterion=unity`);
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/overview', '.spark');
    await page.locator('button.type').nth(1).click();
    await page.waitForURL(/type=unity/);
    const { onCourse, few, many } = ofType.course;
    await expect.poll(() => texts(guest, '.parts b')).toEqual([onCourse, few, many].map(String));
    await clean(guest, 'overview-type');
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).search).not.toContain('type');
    await page.locator('.parts a').nth(1).click();
    await page.waitForURL(/ranking.*course=few/);
    await expect.poll(() => page.locator('.ranking tbody tr').count()).toBe(overview.course.few);
    await guest.close();
  });

  it('draws each unit’s year, in its row and in a panel that the arrow keys and Enter reach', async () => {
    const { units, ranks }: History = await house.product.json(`/history/${YEAR}?${TO_DATE}`);
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/ranking', '.over-year .spark');
    const [first] = ranks.map((own) => own.filter((rank) => rank !== null));
    const told = await page.locator('.over-year .spark').first().getAttribute('aria-label');
    expect(told?.match(/\d+/g)?.at(-1)).toBe(String(first?.at(-1)));
    await settled(guest, '/trends', '.panels svg');
    await expect.poll(() => page.locator('.panels li').count()).toBe(Math.min(60, units.length));
    await page.locator('.panels svg').first().hover();
    await clean(guest, 'trends');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^(Save picture|存为图片)/ }).click(),
    ]);
    const picture = readFileSync(await saved.path());
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    // Six panels a line, and twice as many pixels.
    expect(picture.readUInt32BE(16)).toBeGreaterThan(2_000);
    const asTable = page.getByRole('button', { name: /^(Show as table|查看数据表)/ });
    await asTable.click();
    await expect.poll(() => page.locator('main table tbody tr').count()).toBeGreaterThan(units.length);
    await asTable.click();
    await page.locator('.panels a').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/units/${units[1]}**`);
    await guest.close();
  });

  it('shows what is due, and opens an obligation to the units that owe it', async () => {
    const agenda: Agenda = await house.product.json(`/calendar/${YEAR}?${TO_DATE}`);
    const ahead = agenda.obligations.filter(({ over }) => !over);
    const expected = ahead.length > 0 ? ahead : agenda.obligations;
    const guest = await enter();
    await settled(guest, '/calendar', 'canvas');
    await expect.poll(() => guest.page.locator('.month tbody tr').count()).toBe(expected.length);
    const owed = expected.find(({ owing }) => owing > 0);
    await guest.page.locator('.month .state button').first().click();
    await guest.page.locator('.units li').first().waitFor();
    await expect.poll(() => guest.page.locator('.units li').count()).toBe(owed?.owing);
    expect(new URL(guest.page.url()).searchParams.get('open')).toContain(owed?.id);
    await clean(guest, 'calendar');
    await guest.close();
  });

  it('sets units side by side as the api knows them', async () => {
    const [a, b] = [rows[0] as RankingRow, rows.at(-1) as RankingRow];
    const [one, other] = await Promise.all(
      [a, b].map(({ unit }) =>
        house.product.json<Standing>(`/units/${unit}/standing?year=${YEAR}&${TO_DATE}`),
      ),
    );
    const guest = await enter();
    await settled(guest, `/compare?units=${a.unit},${b.unit}`, '.differences');
    expect(await texts(guest, '.figures b')).toEqual([score(a.total), score(b.total)]);
    const spreads = (one?.requirements ?? []).flatMap((row, index) => {
      const [x, y] = [row.lost, other?.requirements[index]?.lost ?? null];
      return x === null || y === null || x === y ? [] : [Math.abs(x - y)];
    });
    expect(await texts(guest, '.differences .spread')).toEqual(
      spreads
        .sort((x, y) => y - x)
        .slice(0, 10)
        .map(score),
    );
    await clean(guest, 'compare');
    await guest.close();
  });

  it('leaves out a unit that is closed by its name, as it is called anywhere else', async () => {
    const { units } = await house.product.json<{ units: { unit: string; name: string }[] }>('/units');
    const closed = units.find(({ unit }) => !rows.some((row) => row.unit === unit));
    const guest = await enter();
    await settled(guest, `/compare?units=${rows[0]?.unit},${closed?.unit}`, '.cards li');
    await expect
      .poll(() => texts(guest, 'main p.alarm'))
      .toEqual([
        expect.stringMatching(new RegExp(`^${closed?.name}已于 .*撤销，不参加 ${YEAR} 年的排名。已略去。$`)),
      ]);
    await guest.close();
  });

  it('spreads a requirement and a type over the units', async () => {
    const id = overview.misses[0]?.id ?? '';
    const answer: RequirementPage = await house.product.json(
      `/requirements/${YEAR}/${id}?${TO_DATE}&limit=10000`,
    );
    const guest = await enter();
    await settled(guest, `/requirements/${id}`, 'canvas');
    const sentence = (await guest.page.locator('.answer').textContent()) ?? '';
    for (const figure of [answer.counted, answer.full, answer.counted - answer.full])
      expect(sentence).toContain(figure === 0 ? '没有单位' : String(figure));
    const worst = Math.max(...answer.units.map(({ lost }) => lost ?? 0));
    expect((await texts(guest, 'tbody .lost .alarm'))[0]).toBe(`−${score(worst)}`);
    // Points within the type and points of the total are two figures, each named, here as in the plan.
    const facts = (await guest.page.locator('.facts').textContent()) ?? '';
    const [, worth = ''] = /占总分\s([\d.]+)\s分/.exec(facts) ?? [];
    expect(facts).toMatch(/在\S+型的\s\d+\s分中占\s[\d.]+\s分/);
    await clean(guest, 'requirement');
    await settled(guest, '/plan', '.worth');
    const worths = (await texts(guest, '.worth')).map((text) => text.replaceAll('\u00a0', ' '));
    expect(worths).toContain(`占总分 ${worth} 分`);

    const best = Math.max(...rows.map(({ criteria }) => criteria.unity ?? 0));
    await settled(guest, '/criteria/unity', 'canvas');
    await expect.poll(() => guest.page.locator('.answer').textContent()).toContain(score(best));
    await clean(guest, 'criterion');
    await guest.close();
  });

  it('puts the largest overclaim first', async () => {
    const last = YEAR - 1;
    const answer: SelfInspections = await house.product.json(`/self-inspections/${last}?basis=year`);
    const guest = await enter();
    await settled(guest, `/self-inspection?year=${last}`, 'canvas');
    const [first] = answer.claims;
    const row = guest.page.locator('table tbody tr').first();
    await expect.poll(() => row.locator('.name').textContent()).toContain(first?.name);
    // Written with as many decimals as it takes until every row's difference is that of its ends as they are written.
    const ends = answer.claims.map(({ selfScore, evidenced }) => [evidenced, selfScore] as const);
    const told = (value: number | null | undefined): string => pointsText(value ?? 0, pairDecimals(ends));
    await expect
      .poll(async () => (await row.locator('.self').textContent())?.trim())
      .toBe(told(first?.selfScore));
    expect((await row.locator('.difference').textContent())?.trim()).toContain(`+${told(first?.difference)}`);
    await clean(guest, 'self-inspection');
    await guest.close();
  });

  it('ranks anew under other weights as the api does, in the address, and back', async () => {
    const guest = await enter({ locale: 'en' });
    const { page } = guest;
    await settled(guest, '/ranking', 'tbody tr');
    const shown = async (): Promise<string[][]> =>
      page
        .locator('tbody tr')
        .evaluateAll((found) =>
          found
            .slice(0, 15)
            .map((row) =>
              ['.rank', '.name', '.total'].map(
                (part) => row.querySelector(part)?.lastChild?.textContent?.trim() ?? '',
              ),
            ),
        );
    const expected = (from: RankingRow[]): string[][] => {
      const decimals = totalDecimals(from);
      return from.slice(0, 15).map((row) => [String(row.rank), row.name, pointsText(row.total, decimals)]);
    };

    await page.getByRole('button', { name: 'Try other weights' }).click();
    await page.getByRole('button', { name: 'Double the weight of Integrity' }).click();
    const doubled = await rankingOf('weights=integrity:40');
    await expect.poll(shown).toEqual(expected(doubled));
    expect(new URL(page.url()).searchParams.get('weights')).toContain('integrity:40');
    const lead = doubled.filter(({ rank }) => (rank ?? 9) <= 3).map((row) => row.name);
    await expect
      .poll(() => page.locator('.what-if .answer').textContent())
      .toContain(new Intl.ListFormat('en-GB').format(lead));
    await page.locator('.what-if canvas').waitFor();
    await clean(guest, 'what-if-en');

    const slider = page.getByRole('slider', { name: 'Weight of Learning' });
    await slider.focus();
    for (let step = 0; step < 5; step += 1) await slider.press('ArrowRight');
    await expect.poll(shown).toEqual(expected(await rankingOf('weights=learning:25,integrity:40')));
    await page.reload();
    await page.locator('.what-if').waitFor();
    await expect.poll(shown).toEqual(expected(await rankingOf('weights=learning:25,integrity:40')));
    await page.getByRole('button', { name: 'Back to the plan’s weights' }).click();
    await expect.poll(shown).toEqual(expected(rows));
    await guest.close();
  });

  it('compares with the day of the filters: who fell most and why', async () => {
    const from = `${YEAR}-06-30`;
    const { fell }: Movements = await house.product.json(
      `/movements/${YEAR}?${TO_DATE}&from=${encodeURIComponent(`${from}T23:59:59.999+08:00`)}&top=10`,
    );
    const guest = await enter();
    await settled(guest, `/overview?compareTo=${from}`, '.places');
    const page = (): Promise<string | null> => guest.page.locator('main').textContent();
    for (const mover of fell.movers.slice(0, 4))
      await expect.poll(page).toContain(`${mover.before.rank} → ${mover.after.rank}`);
    await guest.close();
  });

  it('adds units by name with the keyboard, and undoes it by going back', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/compare', 'h1');
    const picker = page.getByRole('combobox', { name: '添加单位' });
    for (const row of rows.slice(0, 2)) {
      await picker.fill(row.name);
      await picker.press('Enter');
    }
    await page.locator('.differences').waitFor();
    expect(new URL(page.url()).searchParams.get('units')).toBe(`${rows[0]?.unit},${rows[1]?.unit}`);
    await page.goBack();
    await expect.poll(() => page.locator('.cards li').count()).toBe(1);
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('gives a unit its own calendar and its file, and nobody else’s', async () => {
    const own = rows[3] as RankingRow;
    const guest = await enter({}, { unit: own.unit });
    const { page } = guest;
    await settled(guest, `/calendar?unit=${rows[0]?.unit}`, 'canvas');
    await expect.poll(() => page.locator('main').textContent()).not.toContain(rows[0]?.name);
    const href = await page.locator('a[download]').getAttribute('href');
    const file = await page.request.get(href ?? '');
    expect(file.status()).toBe(200);
    expect(file.headers()['content-type']).toContain('text/calendar');
    expect(await axeFindings(page)).toEqual([]);
    expect(guest.complaints).toEqual([]);
    await go(guest, '/overview');
    await page.getByRole('alert').waitFor();
    await guest.close();
  });

  it('fits a phone, a desk and a wide screen, in light and in dark, without sideways scrolling', async () => {
    const guest = await enter();
    const units = rows.slice(0, 4).map(({ unit }) => unit);
    for (const [page, path, mark] of [
      ['overview', '/overview', '.places'],
      ['calendar', '/calendar?month=all', 'canvas'],
      ['compare', `/compare?units=${units}`, '.differences'],
      ['requirement', `/requirements/${overview.misses[0]?.id}`, 'canvas'],
      ['criterion', '/criteria/development', 'canvas'],
      ['self-inspection', `/self-inspection?year=${YEAR - 1}`, 'canvas'],
      ['what-if', '/ranking?weights=integrity:40', '.what-if canvas'],
    ] as const) {
      await settled(guest, path, mark);
      await fits(guest, page, [...LOOKS, [2560]]);
    }
    await guest.close();
  }, 300_000);
});
