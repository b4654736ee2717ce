import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Plan } from '#schemas/plan.ts';
import { chromiumPath, go, push, type Visit } from './browser.ts';
import { linesOf } from './pageWords.ts';
import { sampled } from './sampled.ts';

/** Without who asks, and which years there are, no page begins. */
const BEFORE_ANY_PAGE = /^\/api\/(?:session$|sessions|opening|live)/;

const PAINTED = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

const UNIT = 'sch-01';
/** Pages that name what their address has only the id of. */
const PAGES = [
  `/units/${UNIT}`,
  `/units/${UNIT}/requirements/learning.research`,
  `/units/${UNIT}/incidents/unity.admonition`,
  `/units/${UNIT}/desk`,
  `/units/${UNIT}/desk/report`,
  `/units/${UNIT}/desk/history`,
  '/requirements/learning.center-group',
  '/criteria/learning',
  `/calendar?unit=${UNIT}`,
  `/compare?units=${UNIT},farm-04`,
  '/gaps?group=school',
  '/access',
  '/access/audit',
];

type HeldUp = {
  /** What the page has asked for and waits for, in its order. */
  awaited: Route[];
  letThrough: (route: Route) => Promise<void>;
  /** From then on nothing waits. */
  end: () => Promise<void>;
};

async function holdUp({ page }: Visit): Promise<HeldUp> {
  const awaited: Route[] = [];
  await page.route('**/api/**', async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (request.method() !== 'GET' || BEFORE_ANY_PAGE.test(pathname)) await route.continue();
    else awaited.push(route);
  });
  const letThrough = async (route: Route): Promise<void> => {
    await route.continue();
    // None where the page has given the question up meanwhile.
    const response = await route.request().response();
    await response?.finished();
  };
  const end = async (): Promise<void> => {
    // What waits still goes on by itself then.
    await page.unroute('**/api/**');
    awaited.length = 0;
  };
  return { awaited, letThrough, end };
}

describe.skipIf(!chromiumPath)('a page whose answers come one after another, the last asked first', () => {
  const on = sampled('2026-10-20');

  it('shows no id where a name will stand, neither itself nor as the title of its window', async () => {
    const guest = await on.arrive({ locale: 'zh-CN' }, 'organisation');
    const { page } = guest;
    const { units } = await on.product.json<{ units: { unit: string }[] }>('/units');
    const { plan } = await on.product.json<{ plan: Plan }>('/plans/2026');
    const ids = new Set([
      ...units.map(({ unit }) => unit),
      ...[...plan.requirements, ...plan.criteria, ...plan.conditions].map(({ id }) => id),
      'school',
    ]);
    const { awaited, letThrough } = await holdUp(guest);
    const said: string[] = [];
    const listen = async (when: string): Promise<void> => {
      await page.evaluate(PAINTED);
      for (const line of [...(await linesOf(page)), await page.title()])
        if (line.split(/[^\w.-]+/).some((word) => ids.has(word))) said.push(`${when}: ${line}`);
    };
    for (const path of PAGES) {
      awaited.length = 0;
      await page.goto(path);
      await page.locator('main').waitFor();
      await expect.poll(() => awaited.length).toBeGreaterThan(0);
      await listen(`${path} at first`);
      for (let route = awaited.pop(); route; route = awaited.pop()) {
        await letThrough(route);
        await listen(`${path} after ${new URL(route.request().url()).pathname}`);
      }
      await expect.poll(() => page.title()).not.toContain('…');
    }
    expect(said).toEqual([]);
  });

  it('says nothing that is made of answers to two questions', async () => {
    const guest = await on.arrive({ locale: 'zh-CN' }, 'organisation');
    const { page } = guest;
    const sentences = async (): Promise<string[]> => {
      await page.evaluate(PAINTED);
      return (await linesOf(page)).filter((line) => line.includes('。'));
    };
    const settled = async (): Promise<string[]> => {
      await expect.poll(() => page.locator('main[aria-busy=false]').count()).toBe(1);
      await expect.poll(() => page.locator('main .skeleton').count()).toBe(0);
      return sentences();
    };
    const said: string[] = [];
    for (const path of [
      '/overview',
      `/units/${UNIT}`,
      '/criteria/learning',
      `/compare?units=${UNIT},farm-04`,
      '/trends',
    ])
      for (const change of ['basis=year', 'asOf=2026-06-30']) {
        await go(guest, path);
        const before = await settled();
        const { awaited, letThrough, end } = await holdUp(guest);
        await push(guest, `${path}${path.includes('?') ? '&' : '?'}${change}`);
        await expect.poll(() => awaited.length).toBeGreaterThan(0);
        const meanwhile = [await sentences()];
        for (let route = awaited.pop(); route; route = awaited.pop()) {
          await letThrough(route);
          meanwhile.push(await sentences());
        }
        await end();
        // A sentence that stands may get another behind it.
        const own = [...before, ...(await settled())];
        said.push(
          ...meanwhile
            .flat()
            .filter((line) => !own.some((whole) => whole.startsWith(line)))
            .map((line) => `${path} ${change}: ${line}`),
        );
      }
    expect(said).toEqual([]);
  });

  it('takes along what is pressed and typed while a step is on its way, and Back undoes it', async () => {
    const guest = await on.arrive({ locale: 'zh-CN' });
    const { page } = guest;
    const asked = (): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);
    await go(guest, '/ranking');
    const field = page.locator('.toolbar').getByRole('searchbox');
    await field.waitFor();
    const { awaited, end } = await holdUp(guest);
    await push(guest, '/ranking?year=2025');
    await expect.poll(() => awaited.length).toBe(1);
    await page.getByRole('button', { name: '按类别分列' }).click();
    await field.fill('农场');
    await end();
    await expect.poll(asked).toEqual({ year: '2025', by: 'group', q: '农场' });
    await page.goBack();
    await expect.poll(asked).toEqual({});
  });

  it('does not call a step to another page back for a letter typed meanwhile', async () => {
    const guest = await on.arrive({ locale: 'zh-CN' });
    const { page } = guest;
    await go(guest, '/ranking');
    const field = page.locator('.toolbar').getByRole('searchbox');
    await field.waitFor();
    const { awaited, end } = await holdUp(guest);
    await push(guest, '/gaps?year=2025');
    await expect.poll(() => awaited.length).toBe(1);
    await field.fill('农');
    await end();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/gaps');
  });
});
