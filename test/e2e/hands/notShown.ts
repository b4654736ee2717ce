import { describe, expect, it } from 'vitest';
import { owedOf } from '#schemas/owed.ts';
import type { Plan } from '#schemas/plan.ts';
import { gapsOf } from '#schemas/presentation/answers/unit.ts';
import { exactSum, partsDiffer } from '#schemas/presentation/numbers.ts';
import type { Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import { chromiumPath, go } from '../browser.ts';
import type { Sampled } from '../sampled.ts';

const SOON = { timeout: 20_000 };

/** What a page says where there is nothing to show, what it says of its sums, and what a phone cannot show as a desk does. */
export function notShown(house: Sampled): void {
  const { arrive, enter } = house;

  describe.skipIf(!chromiumPath)('given what cannot be shown', () => {
    it('then an empty year is no error, and the department is not sent to the department', async () => {
      const guest = await enter({}, 'organisation');
      for (const page of [
        'overview',
        'ranking',
        'gaps',
        'calendar',
        'self-inspection',
        'compare',
        'meeting/teaching',
      ]) {
        await go(guest, `/${page}?year=2020`);
        await guest.page
          .getByText('2020 年还没有采用考核方案')
          .or(guest.page.getByText('没有 2020 年的考核方案'))
          .first()
          .waitFor();
        expect(await guest.page.locator('main [role=alert]').count(), page).toBe(0);
        expect(await guest.page.locator('main').getByText('重试').count(), page).toBe(0);
        expect(await guest.page.locator('main').textContent(), page).not.toContain('组织部');
      }
      await guest.close();
    });

    it('then a sign-in link that could not be looked up is not said to be used, and is looked up again', async () => {
      const { link } = await house.product.json<{ link: string }>('/invitations', {
        method: 'POST',
        body: { rights: { roles: ['leader'] }, label: '周' },
      });
      for (const [answer, locale] of [
        [undefined, 'zh-CN'],
        [503, 'en'],
        [500, 'zh-CN'],
      ] as const) {
        const guest = await arrive({ locale, width: 390, height: 844 });
        const { page } = guest;
        await page.route('**/api/links', (asked) =>
          answer ? asked.fulfill({ status: answer }) : asked.abort(),
        );
        await page.goto(new URL(link).pathname + new URL(link).hash);
        await page
          .getByRole('alert')
          .filter({ hasText: /没有用掉|was not used/ })
          .waitFor();
        await expect.poll(() => page.getByText(/已失效|has expired/).count()).toBe(0);
        await expect.poll(() => page.locator('main form').count()).toBe(0);
        await page.unroute('**/api/links');
        await page.getByRole('button', { name: /重试|Try again/ }).click();
        await page.getByRole('heading', { name: /建立您的账号|Make your account/ }).waitFor();
        await expect.poll(() => page.getByRole('alert').count()).toBe(0);
        await guest.close();
      }
    });

    it('then a year with none before it says so alone, with a way to one that has', async () => {
      const guest = await enter();
      await go(guest, '/meeting/year-on-year?year=2025');
      const { page } = guest;
      await page.getByText('2024 年没有考核方案').waitFor();
      await expect.poll(() => page.locator('main').textContent()).not.toContain('正式结果');
      await page.locator('main').getByRole('link', { name: '看 2026 年' }).click();
      await page.locator('tbody tr').first().waitFor();
      await guest.close();
    });

    it('then a unit that is not ranked is told why, with a way to where there is something to see', async () => {
      const guest = await enter({}, 'organisation');
      const { units } = await house.product.json<{
        units: { unit: string; name: string; closedOn: string | null }[];
      }>('/units');
      const closed = units.find(({ closedOn }) => closedOn?.startsWith('2026'));
      const said = guest.page.locator('main .problem');
      await go(guest, `/units/${closed?.unit}?year=2026`);
      await said.getByText(`${closed?.name}已于 2026 年`).waitFor();
      await said.getByRole('link', { name: '看 2025 年' }).waitFor();
      await go(guest, '/units/farm-03?year=2020');
      await said.getByText('2020 年还没有采用考核方案').waitFor();
      await go(guest, '/units/nobody?year=2026');
      await said.getByText('没有编号为 nobody 的单位').waitFor();
      await guest.close();
    });

    it('then a page that is refused offers the way home, and no second try', async () => {
      const guest = await enter({}, { unit: 'farm-01' });
      await go(guest, '/overview');
      const said = guest.page.getByRole('alert');
      await said.waitFor();
      await expect.poll(() => said.getByRole('button').count()).toBe(0);
      await expect.poll(() => said.getByRole('link').count()).toBe(1);
      await guest.close();
    });

    it('then a page that was never read says so without a network', async () => {
      const guest = await arrive();
      await go(guest, '/ranking');
      await guest.page.locator('.ranking .body .name').first().waitFor();
      await guest.context.setOffline(true);
      await guest.page.locator('header nav a[href^="/gaps"]').click();
      await guest.page.locator('.notice').getByText('还没有读取过').waitFor();
      await guest.close();
    });

    it('then units are found by name on a phone', async () => {
      const guest = await enter({ width: 390, height: 844 });
      await go(guest, '/calendar');
      const { rows } = await house.product.json<{ rows: { name: string }[] }>('/rankings/2026?basis=to-date');
      await guest.page
        .getByRole('combobox', { name: '查找单位' })
        .first()
        .fill(rows[5]?.name ?? '');
      await guest.page
        .getByRole('option', { name: rows[5]?.name ?? '' })
        .first()
        .waitFor();
      await guest.page.keyboard.press('Enter');
      await expect.poll(() => guest.page.locator('h1').textContent(), SOON).toContain(rows[5]?.name);
      await guest.close();
    });
  });

  describe.skipIf(!chromiumPath)('given a page about one unit', () => {
    const UNIT = 'farm-03';
    const nameOf = async (): Promise<string> => {
      const { row } = await house.product.json<Standing>(`/units/${UNIT}/standing?year=2026&basis=year`);
      return row.name;
    };

    it('then the window is named after the unit', async () => {
      const guest = await enter({}, 'organisation');
      const name = await nameOf();
      for (const path of ['', '/desk', '/desk/report', '/desk/history', '/incidents/unity.admonition']) {
        await go(guest, `/units/${UNIT}${path}`);
        await expect.poll(() => guest.page.title(), { message: path, ...SOON }).toContain(name);
        const parts = (await guest.page.title()).split(' · ');
        expect(new Set(parts).size, parts.join(' · ')).toBe(parts.length);
      }
      await guest.close();
    });

    it('then a sum that its rounded rows do not add up to is explained, and no other', async () => {
      const guest = await enter({}, 'organisation');
      const told = new Set<boolean>();
      const { rows } = await house.product.json<Ranking>('/rankings/2026?basis=to-date');
      for (const { unit } of (rows as RankingRow[]).slice(0, 8)) {
        const standing = await house.product.json<Standing>(
          `/units/${unit}/standing?year=2026&basis=to-date`,
        );
        const lost = gapsOf(standing).flatMap((gap) => gap.lost ?? []);
        const differs = partsDiffer(lost, exactSum(lost));
        await go(guest, `/units/${unit}`);
        await expect.poll(() => guest.page.locator('h1').textContent(), SOON).toContain(standing.row.name);
        const note = guest.page.locator('#gaps .rounded');
        await expect.poll(() => note.count(), { message: unit, ...SOON }).toBe(differs ? 1 : 0);
        told.add(differs);
      }
      expect(told.size).toBe(2);
      await guest.close();
    });

    it('then a desk explains it for what can be done and for what is over', async () => {
      const guest = await enter({}, 'organisation');
      const { plan } = await house.product.json<{ plan: Plan }>('/plans/2026');
      const { rows } = await house.product.json<Ranking>('/rankings/2026?basis=to-date');
      let notes = 0;
      for (const { unit } of (rows as RankingRow[]).slice(-6)) {
        const standing = await house.product.json<Standing>(`/units/${unit}/standing?year=2026&basis=year`);
        const { open, missed } = owedOf(standing, plan);
        const expected = [open, missed].filter((items) => {
          const worths = items.flatMap((item) => (item.of === 'requirement' ? (item.worth ?? []) : []));
          return partsDiffer(worths, exactSum(worths));
        }).length;
        await go(guest, `/units/${unit}/desk`);
        await expect.poll(() => guest.page.locator('h1').textContent(), SOON).toContain(standing.row.name);
        await guest.page.locator('main table').first().waitFor();
        await expect
          .poll(() => guest.page.locator('main .rounded').count(), { message: unit, ...SOON })
          .toBe(expected);
        notes += expected;
      }
      expect(notes).toBeGreaterThan(0);
      await guest.close();
    });
  });

  describe.skipIf(!chromiumPath)('given the targets on a phone', () => {
    it('then no name of a unit is cut', async () => {
      const guest = await enter({ width: 390, height: 844 });
      await go(guest, '/targets');
      await guest.page.locator('tbody th.unit').first().waitFor();
      const cut = await guest.page.evaluate<string[]>(
        `[...document.querySelectorAll('th.unit, th.unit *')]
          .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
          .map((part) => part.textContent)`,
      );
      expect(cut).toEqual([]);
      await guest.close();
    });
  });

  describe.skipIf(!chromiumPath)('given the gaps on a phone', () => {
    it('then there is a list of requirements that opens to units, and no map', async () => {
      const guest = await enter({ width: 390, height: 844 });
      await go(guest, '/gaps');
      await guest.page.locator('tbody button[aria-expanded]').first().click();
      await guest.page.locator('tbody .units a').first().waitFor();
      await expect.poll(() => guest.page.locator('canvas').count()).toBe(0);
      await guest.close();
    });
  });
}
