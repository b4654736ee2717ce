import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityRow, Standing } from '#schemas/results/results.ts';
import { planFor, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** The list behind a number, asked with what the number was asked with, holds what the number was made from. */

const at = (day: string): number => Date.parse(`${day}T04:00:00Z`);
let now = at('2026-01-05');
let product: Product;
const plan = { ...planFor(2026), requirements: planFor(2026).requirements as object[] };
/** When it was done, and when that was recorded. */
const DEEDS = [
  ['2026-01-10', '2026-01-12'],
  ['2026-02-10', '2026-05-20'],
  ['2026-04-10', '2026-04-11'],
  ['2026-07-10', '2026-07-11'],
  ['2026-08-10', '2026-08-11'],
] as const;

beforeAll(async () => {
  product = await startProduct({ clock: () => now });
  const measure = { type: 'count', per: 'quarter', atLeast: 5 };
  await product.json('/plans/2026', {
    method: 'PUT',
    body: { ...plan, requirements: plan.requirements.map((one) => ({ ...one, measure })) },
  });
  await product.send([registered('u-1')]);
  const token = await product.tokens.unit('u-1');
  const inOrder = [...DEEDS].sort(([, a], [, b]) => (a < b ? -1 : 1));
  for (const [occurredOn, known] of inOrder) {
    now = at(known);
    await product.send([recorded('u-1', occurredOn, { occurredOn })], token);
  }
  now = at('2026-09-15');
});
afterAll(async () => {
  expect(product.errors).toEqual([]);
  await product.stop();
});

const VIEWS = ['2026-03-31', '2026-04-30', '2026-06-30', '2026-09-30'].flatMap((known) => [
  ...['2026-03-31', '2026-06-30', '2026-07-31'].map(
    (on) => `basis=to-date&on=${on}&asOf=${known}T15:59:59.999Z`,
  ),
  `basis=to-date&asOf=${known}T15:59:59.999Z`,
  `basis=year&asOf=${known}T15:59:59.999Z`,
]);

describe('given a number as known at a time, up to a day', () => {
  it.each([...VIEWS, 'basis=to-date', 'basis=year', 'basis=to-date&on=2026-02-28'])(
    'then the list behind it is the same (%s)',
    async (view) => {
      const { requirements } = await product.json<Standing>(`/units/u-1/standing?year=2026&${view}`);
      const counted = (requirements[0]?.windows ?? []).reduce((sum, { actual }) => sum + actual, 0);
      const { activities } = await product.json<{ activities: ActivityRow[] }>(
        `/units/u-1/activities?year=2026&requirement=learning.research&${view}`,
      );
      expect(activities.map(({ occurredOn }) => occurredOn)).toHaveLength(counted);
      const asOf = /asOf=([^&]+)/.exec(view)?.[1] ?? '9999';
      for (const { history } of activities)
        for (const { recordedtime } of history) expect(recordedtime <= asOf).toBe(true);
    },
  );
});
