import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { Plan } from '#schemas/plan.ts';
import type { PlanPreview } from '#schemas/results/planPreview.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** What adopting a plan would do, beside what it does. */

const NOW = Date.parse('2026-11-22T02:00:00Z');
const JUNE = '2026-06-30T15:59:59.999Z';

let product: Product;
let adopted: Plan;
beforeAll(async () => {
  product = await startProduct({ sample: { seed: 5, today: '2026-11-22' }, clock: () => NOW });
  adopted = (await product.json<{ plan: Plan }>('/plans/2026')).plan;
});
afterAll(() => product?.stop());

const preview = (draft: Plan, query = ''): Promise<PlanPreview> =>
  product.json(`/plans/${draft.year}/preview${query}`, { method: 'POST', body: draft });
const placesOf = async (query: string): Promise<Map<string, object>> => {
  const { rows } = await product.json<Ranking>(`/rankings/2026${query}`);
  return new Map((rows as RankingRow[]).map(({ unit, rank, total }) => [unit, { rank, total }]));
};

const draftOf = (): Plan => ({
  ...adopted,
  version: adopted.version + 1,
  criteria: adopted.criteria.map((one) => (one.id === 'learning' ? { ...one, weight: 40 } : one)),
  requirements: adopted.requirements.map((one) =>
    one.id === 'learning.research' ? { ...one, measure: { type: 'count', per: 'month', atLeast: 1 } } : one,
  ),
});

describe('given a draft of a new version', () => {
  it('when it is previewed, then what the method moves is told apart from what performance moved', async () => {
    const found = await preview(draftOf(), `?basis=to-date&since=${JUNE}`);
    expect(found).toMatchObject({ draft: { version: 2 }, adopted: { version: 1 }, since: JUNE });
    const now = await placesOf('?basis=to-date');
    const then = await placesOf(`?basis=to-date&asOf=${JUNE}&on=2026-06-30`);
    for (const { unit, adopted: place, before } of found.rows) {
      expect([unit, place]).toEqual([unit, now.get(unit)]);
      expect([unit, before]).toEqual([unit, then.get(unit) ?? null]);
    }
    expect(
      found.rows.filter(({ draft, adopted: place }) => draft?.rank !== place?.rank).length,
    ).toBeGreaterThan(5);
  });

  it('when others than the department ask, then they are refused; another year’s document, too', async () => {
    for (const token of [await product.tokens.unit('farm-03'), product.tokens.leader]) {
      const response = await product.call('/plans/2026/preview', { method: 'POST', body: draftOf(), token });
      expect(response.status).toBe(403);
    }
    const other = await product.call('/plans/2027/preview', { method: 'POST', body: draftOf() });
    expect(other.status).toBe(422);
  });

  it('when a year has no plan yet, then the ranks under the draft alone are told', async () => {
    const found = await preview({ ...draftOf(), year: 2027, version: 1 });
    expect(found.adopted).toBeNull();
    expect(found.rows.every(({ adopted: place, before }) => place === null && before === null)).toBe(true);
    expect(found.rows.length).toBeGreaterThan(0);
  });

  type Refusal = { detail: string; errors: { field: string; message: string }[]; despite?: string[] };
  const put = async (draft: object, query = ''): Promise<[number, Refusal]> => {
    const response = await product.call(`/plans/2026${query}`, { method: 'PUT', body: draft });
    return [response.status, (await response.json()) as Refusal];
  };
  const asking = (more: object) => {
    const draft = draftOf();
    return {
      ...draft,
      requirements: [...draft.requirements, { ...draft.requirements[0], id: 'odd', ...more }],
    };
  };

  it.each([
    ['points of 0', { points: 0 }, 'must be greater than 0'],
    ['a window that is none', { measure: { type: 'count', per: 'fortnight', atLeast: 1 } }, 'month'],
    ['a day that the year has not', { measure: { type: 'milestone', by: '02-30' } }, 'by'],
  ])('when it has %s, then it is refused in words, also though it is meant', async (_, more, said) => {
    const [status, { errors }] = await put(asking(more), '?despite=odd');
    expect([status, JSON.stringify(errors)]).toEqual([422, expect.stringContaining(said)]);
  });

  it.each([
    ['asks for what is punished', { kind: 'violation' }, 'asked-and-punished:odd'],
    [
      'contradicts itself',
      { kind: 'major-decisions', measure: { type: 'ratio', whenNone: 'full' } },
      'contradicts:odd',
    ],
    ['asks for a day that is over', { measure: { type: 'milestone', by: '01-05' } }, 'day-is-over:odd'],
  ])('when it %s, then it is refused in words, naming what has to be meant', async (_, more, key) => {
    const [status, { detail, errors, despite }] = await put(asking(more));
    expect([status, despite, errors[0]?.field]).toEqual([422, [key], 'requirements.odd']);
    expect(detail).toMatch(/^Nobody could meet this plan as it is\. requirements\.odd: \w/);
    expect((await product.json<{ plan: Plan }>('/plans/2026')).plan.version).toBe(1);
  });

  it('when it is adopted, then the ranking is what was promised, for the year and to date', async () => {
    const draft = draftOf();
    const bases = ['year', 'to-date'];
    const promised = [];
    for (const basis of bases) promised.push((await preview(draft, `?basis=${basis}`)).rows);
    await product.json('/plans/2026', { method: 'PUT', body: draft });
    for (const [index, basis] of bases.entries()) {
      const places = await placesOf(`?basis=${basis}`);
      expect(new Map(promised[index]?.map(({ unit, draft: place }) => [unit, place]))).toEqual(places);
    }
  });

  it('when what nobody could meet is named as meant, then it is adopted, and the audit log says so', async () => {
    const draft = { ...asking({ kind: 'violation' }), version: 3 };
    const [status] = await put(draft, `?despite=${encodeURIComponent('asked-and-punished%3Aodd')}`);
    expect(status).toBe(200);
    const { entries } = await product.json<{ entries: AuditEntry[] }>('/audit?action=plan.adopted&limit=1');
    expect(entries[0]?.details).toMatchObject({ version: 3, despite: ['asked-and-punished:odd'] });
  });
});
