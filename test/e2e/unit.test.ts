import { beforeAll, describe, expect, it } from 'vitest';
import { pointsText, signedText } from '#schemas/presentation/numbers.ts';
import type { Movement } from '#schemas/results/movement.ts';
import type { Peers } from '#schemas/results/peers.ts';
import type { Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import type { Trend } from '#schemas/results/trend.ts';
import type { WayUp } from '#schemas/results/wayUp.ts';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { clean, fits } from './clean.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';
const YEAR = 2026;
const ASKED = `year=${YEAR}&basis=to-date`;
/** The half year, as the filters offer it. */
const SINCE = `${YEAR}-06-30`;
const FROM = encodeURIComponent(`${SINCE}T23:59:59.999+08:00`);

describe.skipIf(!chromiumPath)('the page of a unit, on the sample', () => {
  const house = sampled(DAY);
  const { arrive, enter } = house;
  let rows: RankingRow[];

  beforeAll(async () => {
    const ranking = await house.product.json<Omit<Ranking, 'rows'> & { rows: RankingRow[] }>(
      `/rankings/${YEAR}?basis=to-date&compareTo=${FROM}`,
    );
    rows = ranking.rows;
  });

  const about = <T>(unit: string, question: string, more = ''): Promise<T> =>
    house.product.json<T>(`/units/${unit}/${question}?${ASKED}${more}`);
  const score = (value: number | null | undefined): string => pointsText(value ?? 0);
  const settled = async (guest: Visit, path: string): Promise<void> => {
    await go(guest, path);
    for (const mark of ['.way-up .answer', '#trend canvas', '#movement h2', '#all summary'])
      await guest.page.locator(mark).first().waitFor();
  };
  const texts = ({ page }: Visit, selector: string): Promise<string[]> =>
    page
      .locator(selector)
      .evaluateAll((found) => found.map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? ''));
  const middle = (): RankingRow => rows[Math.floor(rows.length / 2)] as RankingRow;

  it('shows the costliest gap and what closes it on the first screen', async () => {
    const last = rows.findLast(({ rank }) => rank !== null) as RankingRow;
    const own = await enter({}, { unit: last.unit });
    const leader = await enter();
    for (const [guest, { unit }, closing] of [
      [own, last, '/desk/report?requirement='],
      [leader, middle(), '/requirements/'],
    ] as const) {
      const { requirements, gaps }: Standing = await about(unit, 'standing');
      const worst = requirements.find(({ id }) => id === gaps[0]);
      const { page } = guest;
      await settled(guest, `/units/${unit}`);
      const name = guest === own ? 'own' : 'leader';
      await inBoth(guest, async (locale) => {
        for (const size of [
          { width: 1440, height: 900 },
          { width: 390, height: 844 },
        ]) {
          await page.setViewportSize(size);
          await page.evaluate('scrollTo(0, 0)');
          const gap = page.locator('#gaps tbody tr').first();
          const told = locale === 'en' ? worst?.name.en : worst?.name.zh;
          await expect.poll(() => gap.locator('.name').textContent()).toContain(told);
          await expect.poll(() => gap.locator('.lost').textContent()).toContain(score(worst?.lost));
          await expect
            .poll(() => gap.locator('.actions a').getAttribute('href'))
            .toContain(`${closing}${worst?.id}`);
          const bottom = async (): Promise<number> => {
            const box = await gap.boundingBox();
            return (box?.y ?? Number.NaN) + (box?.height ?? Number.NaN);
          };
          // What stands above follows a new width a frame later.
          await expect.poll(bottom, { message: `${size.width} px` }).toBeLessThanOrEqual(size.height);
          await guest.picture(`unit-first-${name}-${size.width}-${locale}`);
        }
      });
    }
    await own.close();
    await leader.close();
  });

  it('keeps its sections in view, and moves the focus to the one that is chosen', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, `/units/${middle().unit}`);
    await expect.poll(() => page.locator('main .skeleton').count()).toBe(0);
    await inBoth(guest, async () => {
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 800 });
        for (const id of ['all', 'trend', 'gaps']) {
          const press = page.locator(`.parts a[href$="#${id}"]`);
          await press.click();
          // What comes in late moves the page, and a press may fall beside what it was meant for.
          await expect
            .poll(
              async () => {
                const at = await page.evaluate('document.activeElement.id');
                if (at !== id) await press.click();
                return at;
              },
              { message: id },
            )
            .toBe(id);
          const bar = await page.locator('.parts').boundingBox();
          const head = await page.locator(`#${id} h2`).first().boundingBox();
          expect(bar?.y, id).toBeGreaterThanOrEqual(0);
          expect(head?.y, id).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
          expect(head?.y, id).toBeLessThan(800);
        }
      }
    });
    await guest.close();
  });

  it('folds all requirements by type, and keeps what is open in the address', async () => {
    const { unit } = middle();
    const { requirements }: Standing = await about(unit, 'standing');
    const guest = await arrive();
    const { page } = guest;
    await settled(guest, `/units/${unit}`);
    await expect.poll(() => page.locator('main .skeleton').count()).toBe(0);
    const tables = page.locator('#all table:visible');
    await expect.poll(() => tables.count()).toBe(0);
    const short = requirements.filter(({ attainment }) => attainment !== null && attainment < 1).length;
    const told = (await texts(guest, '#all summary .alarm')).map((text) => Number(text.match(/\d+/)?.[0]));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(short);
    await page.locator('#all summary').nth(1).click();
    await page.waitForURL(/[?&]open=/);
    await expect.poll(() => tables.count()).toBe(1);
    await page.reload();
    await expect.poll(() => tables.count()).toBe(1);
    await page.locator('#all .all').click();
    await expect.poll(() => tables.count()).toBe(await page.locator('#all summary').count());
    const rowsOfAll = await page.locator('#all tbody tr').count();
    expect(rowsOfAll).toBe(requirements.length);
    await clean(guest, 'unit-all');
    await guest.close();
  });

  it('names the cheapest way to the next place, and to the best one left', async () => {
    const { unit } = middle();
    const { next, best }: WayUp = await about(unit, 'way-up');
    const guest = await enter();
    await settled(guest, `/units/${unit}`);
    const sentence = (await guest.page.locator('.way-up .answer').textContent()) ?? '';
    const gains = (way: WayUp['next']): string[] => (way?.steps ?? []).map(({ gain }) => `+${score(gain)}`);
    for (const way of [next, best])
      if (way) for (const figure of [String(way.rank), score(way.total)]) expect(sentence).toContain(figure);
    expect(await texts(guest, '.way-up tbody .gain')).toEqual(gains(next));
    if (next && best && best.rank !== next.rank) {
      await guest.page.locator('.ways button').last().click();
      await expect.poll(() => texts(guest, '.way-up tbody .gain')).toEqual(gains(best));
      expect(new URL(guest.page.url()).searchParams.get('way')).toBe('best');
    }
    await clean(guest, 'unit-way', '.way-up');
    await guest.close();
  });

  it('shows the year month by month, as table too, as known now and then', async () => {
    const { unit } = middle();
    const guest = await enter();
    await settled(guest, `/units/${unit}`);
    const ofApi = async (known: string): Promise<string[]> =>
      (await about<Trend>(unit, 'trend', `&known=${known}`)).points.map(
        ({ on, total, rank, of }) => `${on} ${score(total)} ${rank} ${of}`,
      );
    await guest.page.locator('#trend .section-head button').first().click();
    const cells = async (): Promise<string[]> =>
      guest.page.locator('#trend tbody tr').evaluateAll((found) =>
        // The last column tells what happened in the month.
        found.map((row) =>
          [...row.children]
            .slice(0, 4)
            .map((cell) => cell.textContent?.trim())
            .join(' '),
        ),
      );
    const plain = (list: string[]): string[] => list.map((row) => row.replace(/\.00\b/g, ''));
    // As the ranking’s rises and falls are, unless the reader chooses otherwise: one choice for movement and trend.
    await expect.poll(async () => plain(await cells())).toEqual(plain(await ofApi('then')));
    await guest.page.locator('#trend .known button').last().click();
    await expect.poll(async () => plain(await cells())).toEqual(plain(await ofApi('now')));
    await expect
      .poll(() => guest.page.locator('#movement .known button[aria-pressed="true"]').textContent())
      .toMatch(/按现有资料|as known now/);
    await clean(guest, 'unit-trend', '#trend');
    await guest.close();
  });

  it('opens the reason of a movement from the ranking, and it adds up', async () => {
    const moved = rows.find((row) => row.rank !== row.previousRank && row.previousRank) as RankingRow;
    const movement: Movement = await about(moved.unit, 'movement', `&from=${FROM}`);
    const guest = await enter();
    const { page } = guest;
    await go(guest, `/ranking?compareTo=${SINCE}`);
    await page.locator('tbody .row', { hasText: moved.name }).locator('.move a').click();
    await page.waitForURL(`**/units/${moved.unit}?**#movement`);
    await page.locator('#movement tfoot').waitFor();
    const more = page.locator('#movement button[aria-expanded]');
    if ((await more.count()) > 0) await more.click();
    // Each is written as points are, rounded by itself; the figures behind them add up exactly.
    const effects = await texts(guest, '#movement tbody tr:not(.subtotal) .points');
    const ofApi = [
      ...movement.requirements,
      ...movement.deductions,
      { effect: movement.vetoEffect },
      { effect: movement.rest },
    ].map(({ effect }) => effect);
    const written = ofApi.filter((effect) => effect !== 0).map((effect) => signedText(effect));
    expect(effects.filter((text) => !/^[−+]?0(\.0+)?$/.test(text)).toSorted()).toEqual(written.toSorted());
    const difference = (movement.after.total ?? 0) - (movement.before?.total ?? 0);
    const [sum = ''] = await texts(guest, '#movement tfoot .points');
    expect(sum).toBe(signedText(Number(difference.toFixed(4))));
    expect(ofApi.reduce((total, effect) => total + effect, 0)).toBeCloseTo(difference, 6);
    await clean(guest, 'unit-movement', '#movement');

    // From the number to the activities that it rests on.
    await page.locator('#movement tbody .name a').first().click();
    await page.waitForURL(`**/units/${moved.unit}/{requirements,incidents}/**`);
    await guest.close();
  });

  it('sets self-inspection and record side by side', async () => {
    const last = YEAR - 1;
    const answers = await Promise.all(
      rows
        .slice(0, 6)
        .map(({ unit }) => house.product.json<Standing>(`/units/${unit}/standing?year=${last}&basis=year`)),
    );
    const found = answers.find(({ selfInspection }) => selfInspection !== null) as Standing;
    const guest = await enter();
    await settled(guest, `/units/${found.row.unit}?year=${last}`);
    const claims = Object.entries(found.selfInspection?.criteria ?? {});
    const ofPage = await texts(guest, '.claims tbody .self');
    expect(ofPage.sort()).toEqual(claims.map(([, { selfScore }]) => score(selfScore)).sort());
    const gaps = (await texts(guest, '.claims tbody .difference')).map((text) =>
      Number(text.replace('−', '-').match(/[+-]?[\d.]+/)?.[0]),
    );
    const ofApi = claims.map(([id, { selfScore }]) => selfScore - (found.row.criteria[id] ?? 0));
    const sorted = (list: number[]): number[] =>
      list.map((one) => Number(one.toFixed(1))).sort((a, b) => a - b);
    expect(sorted(gaps)).toEqual(sorted(ofApi));
    await guest.page.locator('#self-inspection').scrollIntoViewIfNeeded();
    await clean(guest, 'unit-claims', '#self-inspection');

    await settled(guest, `/units/${found.row.unit}`);
    await expect.poll(() => guest.page.locator('#self-inspection').textContent()).toContain(String(YEAR));
    await guest.close();
  });

  it('says of a unit that began in the year that it did, and how it is judged, and of no other', async () => {
    const guest = await enter();
    const answer = guest.page.locator('.answer').first();
    await go(guest, '/units/ent-11?year=2025');
    await expect
      .poll(() => answer.textContent(), { timeout: 20_000 })
      .toMatch(/2025\s年\s7\s月\s1\s日起参加/);
    for (const path of ['/units/ent-11', '/units/ent-10?year=2025']) {
      await settled(guest, path);
      await expect.poll(() => answer.textContent()).not.toContain('起参加');
    }
  });

  it('offers a day where nothing is compared with', async () => {
    const guest = await enter();
    await settled(guest, `/units/${middle().unit}?compareTo=none`);
    await guest.page.locator('#movement .offers button').first().click();
    await guest.page.locator('#movement .answer').waitFor();
    expect(new URL(guest.page.url()).searchParams.get('compareTo')).toMatch(/^\d{4}-\d\d-\d\d$/);
    await guest.close();
  });

  it('shows a unit its own page with median and best of its group, and nobody’s name', async () => {
    const own = middle();
    const peers: Peers = await about(own.unit, 'peers');
    const guest = await enter({}, { unit: own.unit });
    await settled(guest, `/units/${own.unit}`);
    await guest.page.locator('#profile figure .section-head button').first().click();
    const lines = guest.page.locator('#profile figure tbody tr');
    await expect
      .poll(() => lines.evaluateAll((found) => found.map((row) => Number(row.children[2]?.textContent))))
      .toEqual(peers.criteria.map(({ groupMedian }) => Number(score(groupMedian))));
    const page = (await guest.page.locator('main').textContent()) ?? '';
    for (const other of rows.filter(({ unit }) => unit !== own.unit)) expect(page).not.toContain(other.name);
    await clean(guest, 'unit-own');
    await guest.close();
  });

  it('fits a phone and a desk, in light and in dark, without sideways scrolling', async () => {
    const guest = await enter();
    await settled(guest, `/units/${middle().unit}?compareTo=${SINCE}`);
    await guest.page.locator('#movement tfoot').waitFor();
    await fits(guest, 'unit');
    await guest.close();
  });
});
