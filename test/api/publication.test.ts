import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import type { PublicationAnswer } from '#schemas/results/publication.ts';
import { registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** The provisional result laid open to all units before a year is sealed. */

let now = Date.parse('2026-12-20T02:00:00Z');
let product: Product;
let unit: string;
beforeAll(async () => {
  product = await startProduct({ clock: () => now });
  await product.send([registered('farm-01', {}, { id: 'u' })]);
  await product.json('/plans/2026', { method: 'PUT', body: plan2026 });
  unit = await product.tokens.unit('farm-01');
});
afterAll(() => product?.stop());

const publish = (until: string, token?: string): Promise<Response> =>
  product.call('/publications/2026', {
    method: 'POST',
    body: { until },
    ...(token === undefined ? {} : { token }),
  });
const asked = (token = unit): Promise<PublicationAnswer> => product.json('/publications/2026', { token });

describe('given a year that is not sealed', () => {
  it('when nothing was published, then a unit is told so; it cannot publish itself, nor can anybody for a day that is over', async () => {
    expect((await asked()).publication).toBeNull();
    expect((await publish('2026-12-27', unit)).status).toBe(403);
    expect((await publish('2026-12-19')).status).toBe(422);
  });

  it('when it is published, then units count the days; it is extended and never shortened', async () => {
    expect((await publish('2026-12-27')).status).toBe(201);
    expect((await asked()).publication).toEqual({
      from: '2026-12-20',
      until: '2026-12-27',
      state: 'open',
      daysLeft: 8,
    });
    const shorter = await publish('2026-12-24');
    expect([shorter.status, ((await shorter.json()) as { detail: string }).detail]).toEqual([
      409,
      'The result lies open until 2026-12-27; that cannot be shortened.',
    ]);
    expect((await publish('2026-12-30')).status).toBe(201);
    expect((await asked()).publication).toMatchObject({ from: '2026-12-20', until: '2026-12-30' });
  });

  it('when the last day is over in the plan’s zone, then it is over; other years know nothing of it', async () => {
    now = Date.parse('2026-12-30T15:59:59Z');
    expect((await asked()).publication).toMatchObject({ state: 'open', daysLeft: 1 });
    now = Date.parse('2026-12-30T16:00:01Z');
    expect((await asked()).publication).toMatchObject({ state: 'over', daysLeft: 0 });
    const other = await product.json<PublicationAnswer>('/publications/2025', { token: unit });
    expect(other.publication).toBeNull();
  });

  it('when the audit is read, then it tells who published and until when', async () => {
    const { entries } = await product.json<{ entries: { action: string; detail: object }[] }>('/audit');
    const told = entries.filter(({ action }) => action === 'result.published');
    expect(JSON.stringify(told)).toContain('2026-12-30');
    expect(told).toHaveLength(2);
  });
});

describe('given plans of other zones, or none', () => {
  it.each([
    ['America/New_York', 2024, '2026-12-30T16:30:00Z', '2026-12-30', '2026-12-29'],
    ['Pacific/Kiritimati', 2023, '2026-12-30T11:00:00Z', '2026-12-31', '2026-12-30'],
  ])(
    'when it is published in %s, then the last day is one of that zone',
    async (timezone, year, at, today, over) => {
      now = Date.parse(at);
      await product.json(`/plans/${year}`, { method: 'PUT', body: { ...plan2026, year, timezone } });
      const until = (day: string) =>
        product.call(`/publications/${year}`, { method: 'POST', body: { until: day } });
      expect((await until(over)).status).toBe(422);
      expect((await until(today)).status).toBe(201);
      const { publication } = await product.json<PublicationAnswer>(`/publications/${year}`);
      expect(publication).toEqual({ from: today, until: today, state: 'open', daysLeft: 1 });
    },
  );

  it('when no plan is adopted for a year, then there is no result to publish', async () => {
    const answer = await product.call('/publications/2031', {
      method: 'POST',
      body: { until: '2027-01-31' },
    });
    expect(answer.status).toBe(404);
    expect((await product.json<PublicationAnswer>('/publications/2031')).publication).toBeNull();
  });
});
