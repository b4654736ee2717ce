import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { totalDecimals } from '#schemas/presentation/numbers.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { fromOrganisation } from '#test/support/events.ts';
import { chromiumPath, type Device, go, inBoth, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** Names that no column has room for. */
const LONG = [
  'Heilongjiang Beidahuang Agricultural Machinery and Water Conservancy Engineering Company Limited',
  '北方垦区现代农业综合开发投资建设集团有限责任公司黑龙江分公司第二项目部',
];
const DEVICES: Device[] = [
  { locale: 'zh-CN', width: 1920 },
  { locale: 'en', width: 390, height: 844 },
];

describe.skipIf(!chromiumPath)('a name that is longer than its place, on the sample', () => {
  const house = sampled('2026-10-20', { writes: true });

  async function longNamed(): Promise<{ unit: string; name: string }[]> {
    const { rows } = await house.product.json<{ rows: { unit: string }[] }>('/rankings/2026?basis=to-date');
    const units = LONG.map((name, place) => ({ unit: rows[place * 3]?.unit ?? '', name }));
    await house.product.send(units.map(({ unit, name }) => fromOrganisation(unit, 'unit.changed', { name })));
    return units;
  }

  /** Whether all of it is seen: nothing is cut, and nothing lies over its last letter. */
  const isWhole = (name: Locator): Promise<boolean> =>
    name.evaluate((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      const last = [...range.getClientRects()].at(-1);
      if (!last) return false;
      const cuts = getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1;
      const hit = document.elementFromPoint(last.right - 2, (last.top + last.bottom) / 2);
      return !cuts && last.right <= innerWidth && one.contains(hit);
    });

  it.each(DEVICES)(
    'is read whole by pointer and keyboard, in the ranking and in trends (%o)',
    async (device) => {
      const units = await longNamed();
      const guest = await house.arrive(device);
      const { page } = guest;
      await go(guest, '/ranking');
      for (const { unit, name } of units) {
        const row = page.locator(`main tr[data-peek="${unit}"]`);
        const link = row.locator('a.name', { hasText: name });
        await link.waitFor();
        expect(await isWhole(link)).toBe(false);
        await link.focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Shift+Tab');
        await expect.poll(() => isWhole(link), { message: `focus, ${unit}` }).toBe(true);
        await page.locator('main h1').focus();
        await link.hover({ force: true });
        await expect.poll(() => isWhole(link), { message: `pointer, ${unit}` }).toBe(true);
        await page.mouse.move(0, 0);
        await expect.poll(() => isWhole(link)).toBe(false);
      }
      await go(guest, '/trends');
      for (const { name } of units) {
        const link = page.locator('main .panels a.name', { hasText: name });
        await link.scrollIntoViewIfNeeded();
        await expect.poll(() => isWhole(link), { message: name }).toBe(true);
      }
      await guest.close();
    },
  );

  /** Of a saved drawing: names that are cut, run out of it, or lie on a point or on one another. */
  const faultsOf = (drawing: string): string[] => {
    const host = document.createElement('div');
    host.style.position = 'absolute';
    host.innerHTML = drawing;
    document.body.append(host);
    const frame = host.getBoundingClientRect();
    const inner = (of: Element, by: number) => {
      const { left, right, top, bottom } = of.getBoundingClientRect();
      return { left: left + 1, right: right - 1, top: top + by, bottom: bottom - by };
    };
    const names = [...host.querySelectorAll('text')].map((of) => ({
      text: of.textContent ?? '',
      ...inner(of, 4),
    }));
    const points = [...host.querySelectorAll('path')]
      .filter((of) =>
        [of.getBoundingClientRect()].every(
          ({ width, height }) => width > 4 && width < 14 && height > 4 && height < 14,
        ),
      )
      .map((of) => ({ text: 'a point', ...inner(of, 1) }));
    const faults = names.flatMap((one, at) => [
      ...(one.text.includes('…') ? [`${one.text} is cut`] : []),
      ...(one.left < frame.left || one.right > frame.right ? [`${one.text} runs out`] : []),
      ...[...names.slice(at + 1), ...points]
        .filter(
          (on) => one.left < on.right && on.left < one.right && one.top < on.bottom && on.top < one.bottom,
        )
        .map((on) => `${one.text} lies on ${on.text}`),
    ]);
    host.remove();
    return names.length > 20 && points.length > 20 ? faults : ['too little is drawn'];
  };

  const drawingOf = async ({ page }: Visit): Promise<string> => {
    await page.locator('.panel canvas').last().waitFor();
    const download = page.waitForEvent('download');
    await page.getByText('存为矢量图', { exact: true }).last().click();
    return readFile(await (await download).path(), 'utf8');
  };

  it('is whole on charts of a phone, and lies on nothing', async () => {
    const guest = await house.arrive({ locale: 'zh-CN', width: 390, height: 844 });
    for (const path of ['/self-inspection?year=2025', '/meeting/year-on-year']) {
      await go(guest, path);
      const faults = await guest.page.evaluate(faultsOf, await drawingOf(guest));
      // A line of a name that is longer than what a phone has room for.
      const isLong = (fault: string) =>
        fault.endsWith('is cut') && LONG.some((name) => name.includes(fault.split('…')[0] ?? name));
      expect(
        faults.filter((fault) => !isLong(fault)),
        path,
      ).toEqual([]);
    }
    await guest.close();
  });

  it('loses no letter in a ranking to what was deducted beside it', async () => {
    const guest = await house.enter({ locale: 'en' });
    const { page } = guest;
    await go(guest, '/ranking?year=2025');
    const cells = page.locator('.ranking td.unit:has(.mark.muted)');
    await cells.first().waitFor();
    /** Names with less room than they take, while the mark still has some. */
    const cut = (): Promise<string[]> =>
      cells.evaluateAll((all) =>
        all.flatMap((cell) => {
          const [name, mark] = ['.name', '.mark.muted'].map((what) => cell.querySelector(what));
          if (!name || !mark) return [];
          const range = document.createRange();
          range.selectNodeContents(name);
          const lacks = range.getBoundingClientRect().width - name.getBoundingClientRect().width;
          return lacks > 0.001 && mark.getBoundingClientRect().width > 0
            ? [`${name.textContent}: ${lacks}`]
            : [];
        }),
      );
    const shrunk = (): Promise<number> =>
      cells
        .locator('.mark.muted')
        .evaluateAll((all) => all.filter((mark) => mark.scrollWidth > mark.clientWidth).length);
    const seen: number[] = [];
    for (const width of [1_440, 1_280, 1_100]) {
      await page.setViewportSize({ width, height: 900 });
      await inBoth(guest, async () => {
        await expect.poll(cut, { message: `${width}` }).toEqual([]);
        seen.push(await shrunk());
      });
    }
    // Some marks have given way, or nothing was asked.
    expect(Math.max(...seen)).toBeGreaterThan(0);
    await guest.close();
  });

  /** Weights under which totals of enterprises need a third decimal to be told apart. */
  async function fineWeights(): Promise<string> {
    const askedRows = async (weights = '') => {
      const { rows } = await house.product.json<{ rows: RankingRow[] }>(
        `/rankings/2026?basis=to-date${weights && `&weights=${weights}`}`,
      );
      return rows.filter(({ group }) => group === 'enterprise');
    };
    const rows = (await askedRows()).filter(({ vetoes }) => vetoes.length === 0);
    for (let step = 0; step < 5_000; step += 1) {
      const weights = {
        learning: 5 + (step % 17),
        unity: 10,
        innovation: 7 + (step % 29),
        integrity: 20 + (step % 53),
        development: 20,
      };
      const all = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
      const totals = rows
        .map(({ criteria }) =>
          Object.entries(weights).reduce((sum, [id, weight]) => sum + weight * (criteria[id] ?? 0), 0),
        )
        .sort((one, other) => one - other);
      // Two that are so near have the same two decimals more often than not; the server tells.
      const isNear = totals.some(
        (total, at) => at > 0 && Math.abs(total - (totals[at - 1] ?? 0) - 0.002 * all) < 0.001 * all,
      );
      const text = Object.entries(weights)
        .map(([id, weight]) => `${id}:${weight}`)
        .join(',');
      if (isNear && totalDecimals(await askedRows(text)) > 2) return text;
    }
    throw new Error('two decimals tell all totals apart, whatever the weights');
  }

  it('is whole in a ranking beside a veto, which tells what it hides in as much room as there is', async () => {
    const vetoed = ['ent-03', 'ent-06', 'ent-09'];
    const report = { year: 2026, occurredOn: '2026-10-09', title: '班子成员问题' };
    await house.product.send(
      vetoed.flatMap((unit) =>
        ['violation', 'admonition-talk'].map((kind) =>
          fromOrganisation(unit, 'activity.recorded', { ...report, kind, activity: `whole-${kind}-${unit}` }),
        ),
      ),
    );
    const fine = `&weights=${await fineWeights()}`;
    for (const [width, height, query] of [
      [1_440, 900, ''],
      [1_280, 900, ''],
      [390, 844, ''],
      [390, 844, fine],
    ] as const) {
      const guest = await house.arrive({ width, height });
      const { page } = guest;
      await go(guest, `/ranking?group=enterprise${query}`);
      const names = page.locator('.ranking td.unit:has(.mark.alarm) .name');
      const cut = (): Promise<string[]> =>
        names.evaluateAll((all) =>
          all.flatMap((name) => {
            const range = document.createRange();
            range.selectNodeContents(name);
            const lacks = range.getBoundingClientRect().width - name.getBoundingClientRect().width;
            return lacks > 0.001 ? [`${name.textContent}: ${lacks}`] : [];
          }),
        );
      await expect.poll(() => names.count(), { message: `${width}` }).toBe(vetoed.length);
      const total = page.locator('.ranking .body td.total').first();
      await expect.poll(() => total.textContent()).toMatch(query === fine ? /\.\d{3}/ : /\.\d{2}\s*$/);
      await inBoth(guest, (locale) => expect.poll(cut, { message: `${width} ${locale}` }).toEqual([]));
      await guest.close();
    }
  });

  it('is whole in the heads that sort what units differ in, on a phone', async () => {
    const units = await longNamed();
    const guest = await house.arrive({ locale: 'zh-CN', width: 390, height: 844 });
    // Beside the last two there are many differences: a list that is long is sorted on a phone, too.
    const { rows } = await house.product.json<{ rows: { unit: string }[] }>('/rankings/2026?basis=to-date');
    const compared = [...units, ...rows.slice(-2)].map(({ unit }) => unit);
    await go(guest, `/compare?units=${compared.join()}`);
    const heads = guest.page.locator('.differences .sorted thead button');
    await expect.poll(() => heads.count()).toBeGreaterThan(3);
    await expect
      .poll(() =>
        heads.evaluateAll((all) =>
          all.map((one) =>
            Math.max(0, one.scrollWidth - one.clientWidth, one.getBoundingClientRect().right - innerWidth),
          ),
        ),
      )
      .toEqual(Array(await heads.count()).fill(0));
    await guest.close();
  });

  /** How near to each other the upright names of a saved drawing stand. */
  const nearest = (drawing: string): number => {
    const host = document.createElement('div');
    host.innerHTML = drawing;
    document.body.append(host);
    const middles = [...host.querySelectorAll('text')]
      .map((of) => of.getBoundingClientRect())
      .filter(({ width, height }) => height > 1.5 * width)
      .map(({ left, right }) => (left + right) / 2)
      .sort((a, b) => a - b);
    host.remove();
    return Math.min(...middles.slice(1).map((middle, at) => middle - (middles[at] ?? 0)));
  };

  it('lies on no other on the map of gaps of a tablet, whose pager leads to all', async () => {
    const guest = await house.arrive({ locale: 'zh-CN', width: 768, height: 1024 });
    await go(guest, '/gaps');
    await guest.page.locator('main .pager').waitFor();
    expect(await guest.page.evaluate(nearest, await drawingOf(guest))).toBeGreaterThanOrEqual(12);
    await guest.close();
  });

  it('makes no comparison of units wider than a tablet', async () => {
    const units = await longNamed();
    const guest = await house.arrive({ locale: 'en', width: 768, height: 1024 });
    const { page } = guest;
    await go(guest, `/compare?units=${units.map(({ unit }) => unit).join(',')}`);
    await page
      .locator('main thead th', { hasText: units[0]?.name ?? '' })
      .first()
      .waitFor();
    for (const width of [721, 768, 1024]) {
      await page.setViewportSize({ width, height: 1024 });
      const beyond = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(beyond, { message: `${width} px` }).toBeLessThanOrEqual(0);
    }
    await guest.close();
  });
});
