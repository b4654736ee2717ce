import { describe, expect, it } from 'vitest';
import type { Plan } from '#schemas/plan.ts';
import type { Movement } from '#schemas/results/movement.ts';
import { chromiumPath, go, inBoth } from './browser.ts';
import { pagesOf } from './everyPage.ts';
import { sampled } from './sampled.ts';

/** A plan that is adopted again in mid-year: what is looked at as of an earlier time is told by the version of that time. */

/** Stands in every name and text of the second version, and in nothing else. */
const NEW = '※新版';
const BEFORE = 'year=2026&basis=to-date&on=2026-09-15&asOf=2026-10-31&compareTo=2026-05-31';
const GONE = 'learning.platform';

const newName = { zh: NEW, en: NEW };
const marked = <T extends { name?: { zh: string; en: string } | undefined }>(item: T) => ({
  ...item,
  name: newName,
});

/** The same with every name marked, one requirement dropped, one made harder, and other weights. */
const secondOf = (plan: Plan): Plan => ({
  ...plan,
  version: plan.version + 1,
  criteria: plan.criteria.map(marked).map((one, at) => ({ ...one, weight: one.weight + at + 1 })),
  requirements: plan.requirements
    .filter(({ id }) => id !== GONE)
    .map(marked)
    .map((one) => (one.measure.type === 'count' ? { ...one, measure: { ...one.measure, atLeast: 7 } } : one)),
  conditions: plan.conditions.map(marked),
  clauses: (plan.clauses ?? []).map(({ id, text }) => ({
    id,
    text: { zh: text.zh + NEW, en: text.en + NEW },
  })),
});

describe.skipIf(!chromiumPath)('given a plan that was adopted again after the time that is looked at', () => {
  const house = sampled('2026-11-20', { writes: true });

  it('then every page tells that time by the version that was in use then', async () => {
    const { product } = house;
    const { plan } = await product.json<{ plan: Plan }>('/plans/2026');
    const asked = await product.json<{ receipts: { position: string }[] }>('/plans/2026', {
      method: 'PUT',
      body: secondOf(plan),
    });
    await product.json(`/watermark?atLeast=${asked.receipts[0]?.position}&timeoutMs=30000`);
    const guest = await house.enter({}, 'organisation');
    const { page } = guest;
    const told = async () => ((await page.locator('#app').textContent()) ?? '').replace(/\s+/g, ' ');
    const faults: string[] = [];
    for (const path of [...pagesOf('farm-03'), '/plan', `/requirements/${GONE}`]) {
      await go(guest, `${path}${path.includes('?') ? '&' : '?'}${BEFORE}`);
      await page.locator('main h1, main .slide, main .stage').first().waitFor();
      await expect.poll(() => page.locator('main .skeleton').count(), { timeout: 20_000 }).toBe(0);
      const text = await told();
      const at = text.indexOf(NEW);
      if (at >= 0) faults.push(`${path}: ${text.slice(Math.max(0, at - 30), at + 10)}`);
      const wrong = /.{0,20}(至少 7 次|没有采用|没有这项要求).{0,20}/.exec(text)?.[0];
      if (wrong) faults.push(`${path}: ${wrong}`);
    }
    expect(faults).toEqual([]);
    await go(guest, '/plan?year=2026');
    await expect.poll(told).toContain(NEW);
    // Compared across the new version: said wherever moves are told, and not where both are by one version.
    const ACROSS = /比较的时点按方案第 1 版，这里按第 2 版|by version 1 of the plan, this one by version 2/;
    for (const path of ['/ranking', '/overview', '/units/farm-03', '/meeting/slides']) {
      await go(
        guest,
        `${path}?year=2026&basis=to-date&compareTo=2026-05-31#${path === '/meeting/slides' ? 'movers' : ''}`,
      );
      await inBoth(guest, () => expect.poll(told, { message: path }).toMatch(ACROSS));
    }
    await go(guest, `/ranking?${BEFORE}`);
    await page.locator('main tbody tr').first().waitFor();
    expect(await told()).not.toMatch(ACROSS);
    // Against the time before it, what only that version asked has the name that it had, and no list.
    const gone = plan.requirements.find(({ id }) => id === GONE)?.name.zh ?? '';
    const since = `basis=to-date&from=${encodeURIComponent('2026-10-31T15:59:59.999Z')}`;
    const { rows } = await product.json<{ rows: { unit: string }[] }>('/rankings/2026?basis=to-date');
    const losesBy = async ({ unit }: { unit: string }): Promise<boolean> => {
      const { requirements } = await product.json<Movement>(`/units/${unit}/movement?year=2026&${since}`);
      return requirements.some(({ id, effect }) => id === GONE && effect !== 0);
    };
    const lost = await Promise.all(rows.map(losesBy));
    const unit = rows[lost.indexOf(true)]?.unit;
    await go(guest, `/units/${unit}?compareTo=2026-10-31#movement`);
    const effects = page.locator('#movement table').first();
    const more = page.locator('#movement button[aria-expanded=false]');
    await page.locator('#movement tfoot').waitFor();
    if (await more.count()) await more.click();
    await expect.poll(() => effects.textContent()).toContain(gone);
    await expect.poll(() => effects.textContent()).not.toContain(GONE);
    await expect.poll(() => effects.locator('a', { hasText: gone }).count()).toBe(0);
    await go(guest, '/meeting/year-on-year');
    await expect.poll(told).toContain(`取消要求：${gone}`);
    await guest.close();
  });
});
