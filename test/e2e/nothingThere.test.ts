import { describe, expect, it } from 'vitest';
import { chromiumPath, go, inBoth, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** What is not there is told as what it is: a year without a plan, a time without ranks, a day that is yet to come. */
describe.skipIf(!chromiumPath)('where there is nothing, on the sample', () => {
  const { enter } = sampled('2026-11-20');
  const EMPTY = 2024;
  const mainOf = async ({ page }: Visit): Promise<string> =>
    ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');
  const NO_PLAN = { 'zh-CN': `${EMPTY} 年还没有采用考核方案`, en: `No plan is in force for ${EMPTY}` };

  it('says of a year without a plan that it has none, offers to adopt one, and neither to read again nor what cannot be made', async () => {
    const guest = await enter({}, 'organisation');
    for (const path of ['/inbox', '/freeze', '/meeting/commendation', '/gaps', '/calendar', '/trends'])
      await go(guest, `${path}?year=${EMPTY}`).then(() =>
        inBoth(guest, async (locale) => {
          await expect.poll(() => mainOf(guest)).toContain(NO_PLAN[locale]);
          const said = await mainOf(guest);
          // Ranks that there are not neither follow what is reported nor can be looked at, published or listed.
          expect([path, said]).toEqual([
            path,
            expect.not.stringMatching(
              /重新读取|重试|名次仍随上报变动|现在的名次|开始公示|Word|Try again|Read again|ranks still follow|as they are now|Publish/,
            ),
          ]);
        }),
      );
    await guest.close();
  });

  it('says below an address of a unit that there is none, and nothing as if there were one', async () => {
    const guest = await enter({}, 'organisation');
    const items = ['incidents/unity.discord', 'requirements/learning.research', 'conditions/self-inspection'];
    for (const path of [...items, 'desk', 'desk/report', 'desk/history']) {
      await go(guest, `/units/nosuch/${path}`);
      await inBoth(guest, async (locale) => {
        await expect
          .poll(() => mainOf(guest), { message: path })
          .toContain(locale === 'en' ? 'There is no unit nosuch' : '没有编号为 nosuch 的单位');
        expect([path, await mainOf(guest)]).toEqual([
          path,
          expect.not.stringMatching(/还没有|意见|替nosuch|No activity|has been reported|remark|You act for/),
        ]);
      });
    }
    await guest.close();
  });

  it('leads a leader from a year without a plan to the last one that has ranks, and says each sentence once', async () => {
    const guest = await enter({ locale: 'zh-CN' });
    for (const path of ['/overview', '/ranking', '/notes', '/targets', '/plan', '/gaps', '/units/farm-12']) {
      await go(guest, `${path}?year=${EMPTY}`);
      const way = guest.page.locator('main').getByRole('link', { name: '看 2026 年' });
      await expect.poll(() => way.count(), { message: path }).toBe(1);
      await expect.poll(() => way.getAttribute('href'), { message: path }).toBe(`${path}?year=2026`);
      const sentences = (await mainOf(guest)).match(/[^。？ ]{8,}。/g) ?? [];
      expect([path, sentences]).toEqual([path, [...new Set(sentences)]]);
    }
    await guest.close();
  });

  it('says of a time without ranks that there is nothing to compare with: nobody is new, and nobody is left out of the year', async () => {
    const guest = await enter();
    const none = {
      'zh-CN': '这个时点没有可比的排名',
      en: 'There is no ranking to compare with at that time',
    };
    for (const [path, then] of [
      [`/ranking?year=2025&compareTo=${EMPTY}`, '.ranking'],
      [`/ranking?compareTo=2025-06-30`, '.ranking'],
      [`/units/farm-12?year=2025&compareTo=${EMPTY}`, '#movement'],
      [`/units/farm-12?compareTo=${EMPTY}`, '#movement'],
    ] as const) {
      await go(guest, path);
      await inBoth(guest, async (locale) => {
        await expect.poll(() => mainOf(guest)).toContain(none[locale]);
        const said = await mainOf(guest);
        expect([path, then, said]).toEqual([
          path,
          then,
          expect.not.stringMatching(
            /不参加 \d{4} 年|is not ranked in|does not take part|年全年的名次相比|against the whole year/,
          ),
        ]);
        await expect
          .poll(() =>
            guest.page.locator('main [title="当时没有名次"], main [title="had no rank then"]').count(),
          )
          .toBe(0);
      });
    }
    await guest.close();
  });

  it('offers no year without a plan to compare with, and the line of filters compares with none', async () => {
    const guest = await enter();
    const { page } = guest;
    const line = page.locator('.filters');
    const told = async () => ((await line.textContent()) ?? '').replace(/\s+/g, ' ');
    for (const [path, offered] of [
      ['/ranking', 1],
      ['/ranking?year=2025', 0],
    ] as const) {
      await go(guest, path);
      await line.getByRole('button', { name: /比较对象|Comparison/ }).click();
      const list = page.locator('.filters [popover]:popover-open');
      await expect.poll(() => list.getByRole('button').count()).toBeGreaterThan(0);
      await expect.poll(() => list.getByText(/上一年度|The whole year before/).count()).toBe(offered);
      await page.keyboard.press('Escape');
    }
    for (const path of ['/ranking', '/gaps', '/units/farm-12']) {
      await go(guest, `${path}?year=2025&compareTo=${EMPTY}`);
      await inBoth(guest, async () => {
        await expect.poll(told).toMatch(/2024 年没有方案，无从比较|nothing to compare with in 2024/);
        expect(await told()).not.toMatch(/2024 年全年相比|compared with the whole year 2024/);
      });
    }
    await guest.close();
  });

  it('tells a unit of a time without ranks the same, though it sees itself alone', async () => {
    const guest = await enter({}, { unit: 'farm-12' });
    await go(guest, `/ranking?year=2025&compareTo=${EMPTY}`);
    await inBoth(guest, async () => {
      await expect.poll(() => mainOf(guest)).toMatch(/没有可比的排名|no ranking to compare with/);
      expect(
        await guest.page.locator('main [title="当时没有名次"], main [title="had no rank then"]').count(),
      ).toBe(0);
    });
    await guest.close();
  });

  it('offers to keep or pass on no page that is none', async () => {
    for (const who of ['organisation', { unit: 'farm-12' }] as const) {
      const guest = await enter({}, who);
      await go(guest, '/nothing/here');
      await guest.page.locator('main h1', { hasText: /没有这一页|There is no such page/ }).waitFor();
      await inBoth(guest, async () =>
        expect(await mainOf(guest)).not.toMatch(/存为视图|复制链接|Save view|Copy link/),
      );
      await guest.close();
    }
  });

  it('tells a unit of a group that there is none nothing that would say that there is one, and leads back', async () => {
    const guest = await enter({}, { unit: 'farm-12' });
    for (const group of ['nosuch', 'school']) {
      await go(guest, `/ranking?group=${group}`);
      await inBoth(guest, async (locale) => {
        await expect
          .poll(() => mainOf(guest))
          .toContain(locale === 'en' ? 'Whether there is such a group' : '有没有这个类别');
        expect(await mainOf(guest)).not.toMatch(/不属于“|does not belong to/);
      });
      await guest.page
        .getByRole('button', { name: /清除|Clear the filters/ })
        .first()
        .click();
      await expect.poll(() => guest.page.url()).not.toContain('group=');
    }
    await guest.close();
  });

  it('says where the weights of an address are not tried', async () => {
    const guest = await enter();
    for (const path of ['/units/farm-12', '/overview', '/gaps', '/meeting']) {
      await go(guest, `${path}?weights=learning:90,unity:10`);
      await inBoth(guest, async () =>
        expect
          .poll(() => guest.page.locator('.filters').textContent())
          .toMatch(/试算权重只用于排名页|count in the ranking alone/),
      );
    }
    await go(guest, '/ranking?weights=learning:90,unity:10');
    await guest.page.locator('main tbody tr').first().waitFor();
    await expect
      .poll(() => guest.page.locator('.filters').textContent())
      .not.toContain('试算权重只用于排名页');
    await guest.close();
  });

  it('says of a day that is yet to come that it is, and of no other', async () => {
    const guest = await enter();
    const note = guest.page.locator('.filters').getByText(/还没到|is yet to come/);
    for (const [query, told] of [
      ['on=2026-11-21', 1],
      ['on=2026-11-20', 0],
      ['basis=year&on=2026-12-31', 0],
      ['year=2025&on=2025-12-31', 0],
      ['year=2027', 0],
    ] as const) {
      await go(guest, `/overview?${query}`);
      await inBoth(guest, () => expect.poll(() => note.count(), { message: query }).toBe(told));
    }
    await guest.close();
  });

  it('compares with no day that is yet to come', async () => {
    const guest = await enter();
    for (const path of ['/units/farm-12', '/ranking', '/overview']) {
      await go(guest, `${path}?compareTo=2026-12-20`);
      await guest.page.locator('main h1').first().waitFor();
      await inBoth(guest, async () => {
        await expect
          .poll(async () => (await guest.page.locator('body').textContent())?.replace(/\s+/g, ' ') ?? '')
          .toMatch(/9 月 30 日相比|compared with 30 Sep/i);
        await expect.poll(() => guest.page.locator('body').textContent()).not.toMatch(/12 月 20 日|20 Dec/);
      });
    }
    await guest.close();
  });
});
