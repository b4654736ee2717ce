import { describe, expect, it } from 'vitest';
import type { Courses } from '#schemas/results/history.ts';
import { chromiumPath, go, inBoth } from './browser.ts';
import { sampled } from './sampled.ts';

/** Once a year is sealed, whatever shows it as it is now says that the seal stands, and what that means for what comes in. */
describe.skipIf(!chromiumPath)('a sealed year, on the sample', () => {
  const house = sampled('2026-10-20', { writes: true });
  const SEALED = /2025 年已封存（第 1 次）|2025 is sealed \(no\. 1\)/;

  it('says so on every page of it, to units, too, and not where the seal’s own time or another year is looked at', async () => {
    await house.product.json('/freezes/2025', { method: 'POST' });
    for (const [who, paths] of [
      [
        'organisation',
        [
          '/ranking',
          '/overview',
          '/units/farm-03',
          '/meeting',
          '/inbox',
          '/units/farm-03/desk',
          '/units/farm-03/desk/history',
        ],
      ],
      [{ unit: 'farm-03' }, ['/desk', '/desk/history', '/ranking']],
    ] as const) {
      const guest = await house.enter({}, who);
      const told = async () => ((await guest.page.locator('#app').textContent()) ?? '').replace(/\s+/g, ' ');
      for (const path of paths) {
        await go(guest, `${path}?year=2025`);
        await inBoth(guest, async () => expect.poll(told, { message: path }).toMatch(SEALED));
      }
      for (const path of ['/ranking', `/ranking?year=2025&asOf=2026-02-01`]) {
        await go(guest, path);
        await guest.page.locator('main tbody tr').first().waitFor();
        expect(await told(), path).not.toMatch(SEALED);
      }
      await guest.close();
    }
  });

  it('has figures that add up: what is on record is the seal’s, what came late, and the department’s own orders', async () => {
    const { product } = house;
    await product.json('/publications/2025', { method: 'POST', body: { until: '2026-10-28' } });
    const guest = await house.enter({ locale: 'en' }, 'organisation');
    await go(guest, '/freeze?year=2025');
    const told = async () => ((await guest.page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');
    await expect.poll(told).toContain('2 of the events on record since the seal are');
    await expect.poll(told).toContain('Nothing has come in since.');
    await guest.close();
  });

  it('offers to publish what is of now, and not what a seal is to follow', async () => {
    const guest = await house.arrive({}, 'organisation');
    const panel = guest.page.locator('section', { has: guest.page.locator('#publication-title') });
    const told = async () => ((await panel.textContent()) ?? '').replace(/\s+/g, ' ');
    await go(guest, '/freeze?year=2025');
    await inBoth(guest, async () => {
      await expect.poll(told).toMatch(/本年已经封存（第 1 次）|sealed already \(no\. 1\)/);
      expect(await told()).not.toMatch(/封存之前|暂定|Before a year is sealed|provisional/);
    });
    await panel.getByRole('button', { name: /延长公示|Extend/ }).click();
    await expect.poll(() => guest.page.locator('dialog h2').textContent()).toMatch(/已经封存|after its seal/);
    await guest.page.keyboard.press('Escape');
    // Who reads it is told the same: what lies open is of now.
    const note = async () =>
      ((await guest.page.locator('.publication').textContent()) ?? '').replace(/\s+/g, ' ');
    await go(guest, '/ranking?year=2025');
    await inBoth(guest, async () => {
      await expect.poll(note).toMatch(/2025 年的当前结果正在公示|The result of 2025 as it is now lies open/);
      expect(await note()).not.toMatch(/暂定|provisional/);
    });
    await go(guest, '/freeze?year=2026');
    await expect.poll(told).toMatch(/封存之前|Before a year is sealed/);
    await guest.close();
  });

  it('counts in the strip of a month what happened in it: what came after the year stands behind the last', async () => {
    for (const [locale, head] of [
      ['zh-CN', '其后'],
      ['en', 'later'],
    ] as const) {
      const guest = await house.enter({ locale });
      const { marks } = await house.product.json<Courses>('/courses/2025?basis=year');
      const late = marks.filter(({ kind }) => kind === 'late');
      const [within, after] = [false, true].map((later) =>
        late.filter(({ on }) => on > '2025-12-31' === later).reduce((sum, { count }) => sum + count, 0),
      );
      await go(guest, '/overview?year=2025');
      const strip = guest.page.locator('table.strip');
      await expect.poll(() => strip.locator('thead th').last().textContent()).toBe(head);
      // A sign that stands alone has no number beside it.
      const counted = await strip
        .locator('tbody tr', { has: guest.page.locator('svg.late') })
        .locator('td')
        .evaluateAll((cells) =>
          cells.map((cell) =>
            cell.querySelector('svg') ? Number(cell.querySelector('span')?.textContent ?? 1) : 0,
          ),
        );
      expect(counted.pop()).toBe(after);
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(within);
      // A line of months has no such place: its caption says where the sign stands.
      for (const path of ['/trends', '/units/farm-03']) {
        await go(guest, `${path}?year=2025&basis=year`);
        await expect
          .poll(() => guest.page.locator('main').textContent(), { message: path })
          .toMatch(/2025\s年以后的标在最后一个月末|What\scame\safter\s2025\sstands/);
      }
      await guest.close();
    }
  });

  it('says so before the last month of a year, too, in the window in which it was sealed and in every other', async () => {
    const sealing = await house.arrive({ locale: 'en' }, 'organisation');
    await go(sealing, '/freeze');
    await sealing.page.getByRole('button', { name: 'Seal 2026' }).click();
    await sealing.page.locator('dialog').getByRole('button', { name: /Seal/ }).click();
    await sealing.page.getByText('Seal 1 is made.').waitFor();
    const unit = await house.arrive({ locale: 'en' }, { unit: 'farm-03' });
    for (const guest of [sealing, unit]) {
      await go(guest, '/ranking');
      await expect
        .poll(() => guest.page.locator('.filters').textContent())
        .toMatch(/2026\sis sealed \(no\. 1\)/);
      await guest.close();
    }
  });
});
