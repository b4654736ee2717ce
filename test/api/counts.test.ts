import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealedYear, SealPreview } from '#schemas/freezes.ts';
import { REPORT_TYPES } from '#schemas/reports.ts';
import type { Overview } from '#schemas/results/overview.ts';
import { clockFrom } from '#test/support/clock.ts';
import { fromOrganisation, recorded } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/**
 * A count counts what its name says: reports are reports, and what a seal is announced to hold is what it holds.
 * The sample holds copies of events that were there already, as resent batches and moved streams do.
 */

const TODAY = '2026-11-26';
const clock = clockFrom(`${TODAY}T08:00:00+08:00`);
let product: Product;

type Stored = { id: string; type: string; source: string; subject: string; data: Record<string, unknown> };

beforeAll(async () => {
  product = await startProduct({ sample: { today: TODAY }, clock });
});
afterAll(() => product?.stop());

const freshness = async () => (await product.json<Overview>('/overview/2026')).freshness;
const preview = () => product.json<SealPreview>('/freezes/2026/preview');

/** Every event of the stream once: copies of one identity are one. */
async function events(): Promise<Stored[]> {
  const all = new Map<string, Stored>();
  let after: string | null = '';
  while (after !== null) {
    const page: { events: Stored[]; nextCursor: string | null } = await product.json(
      `/events?limit=1000${after ? `&after=${after}` : ''}`,
    );
    for (const event of page.events) all.set(`${event.subject} ${event.source} ${event.id}`, event);
    after = page.nextCursor;
  }
  return [...all.values()];
}

describe('a count of reports', () => {
  it('then it counts what was reported, once, and no decision, register, plan or incident', async () => {
    const { plan } = await product.json<{
      plan: { deductions: { kind: string }[]; vetoes: { kind: string }[] };
    }>('/plans/2026');
    const incidents = new Set([...plan.deductions, ...plan.vetoes].map(({ kind }) => kind));
    const reports = (await events()).filter(
      ({ type, source, data }) =>
        (REPORT_TYPES as readonly string[]).includes(type) &&
        !(source === '/organisation' && incidents.has(String(data.kind))),
    );
    expect((await freshness()).reports).toBe(reports.length);
  });

  it('when the department records an incident, seals or commends, then no report has come in', async () => {
    const before = await freshness();
    clock.move(60_000);
    const incident = { kind: 'admonition-talk', occurredOn: '2026-11-20', title: '诫勉谈话' };
    const data = { activity: 'talk-x', year: 2026, ...incident };
    await product.send([fromOrganisation('farm-04', 'activity.recorded', data)]);
    await product.json<SealedYear>('/freezes/2026', { method: 'POST' });
    const { rows } = await product.json<{ rows: { unit: string; eligible: boolean }[] }>(
      '/rankings/2026?basis=to-date',
    );
    const unit = rows.find(({ eligible }) => eligible)?.unit;
    const order = { unit, honour: '先进班子', reason: '交流会决定' };
    await product.json('/commendations/2026', { method: 'POST', body: order });
    expect(await freshness()).toEqual(before);
  });

  it('when a unit reports, then one more has come in, just now', async () => {
    const before = await freshness();
    clock.move(60_000);
    const token = await product.tokens.unit('farm-04');
    await product.send([recorded('farm-04', 'research-x', { occurredOn: '2026-11-20' })], token);
    const after = await freshness();
    expect(after.reports).toBe(before.reports + 1);
    expect(Date.parse(after.lastReported ?? '')).toBeGreaterThan(Date.parse(before.lastReported ?? ''));
    expect(Date.parse(after.lastReported ?? '')).toBeLessThanOrEqual(clock());
  });
});

describe('what a seal is announced to hold', () => {
  it('then it is what the seal holds', async () => {
    const announced = await preview();
    clock.move(1_000);
    const { freeze } = await product.json<SealedYear>('/freezes/2026', { method: 'POST' });
    expect({ events: freeze.events, units: freeze.rows.count, plan: freeze.plan }).toEqual({
      events: announced.events,
      units: announced.units,
      plan: announced.plan,
    });
  });
});
