import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInspectionDrafts } from '#api/drafts/inspectionDrafts.ts';
import { adopted, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

describe('given a unit that writes its self-inspection', () => {
  let product: Product;
  let [own, other] = ['', ''];
  beforeAll(async () => {
    product = await startProduct();
    await product.send([registered('farm-01'), registered('farm-02'), adopted(2026)]);
    [own, other] = [await product.tokens.unit('farm-01'), await product.tokens.unit('farm-02')];
  });
  afterAll(() => product?.stop());

  const PATH = '/units/farm-01/self-inspections/2026/draft';
  const criteria = { learning: { selfScore: 88.5, shortcomings: '专题调研少一次', remedies: '四季度补上' } };
  const put = (body: object, token = own) => product.call(PATH, { method: 'PUT', token, body });
  type Answer = { draft: { savedAt: string } | null };

  test('when it is saved, then it is there after a restart, and whoever saves over another’s is told', async () => {
    expect(await product.json(PATH, { token: own })).toEqual({ draft: null });
    const first = (await (await put({ criteria, after: null })).json()) as Answer;
    const kept = createInspectionDrafts(`${product.dataDir}/drafts`, Date.now);
    expect(await kept.read('farm-01', 2026)).toMatchObject({ criteria });
    const late = await put({ criteria: {}, after: null });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ by: 'test unit' });
    expect((await put({ criteria: {}, after: first.draft?.savedAt ?? null })).status).toBe(200);
    await product.call(PATH, { method: 'DELETE', token: own });
    expect(await product.json(PATH, { token: own })).toEqual({ draft: null });
  });

  test('when anybody else asks, the department too, then it stays the unit’s own affair', async () => {
    await put({ criteria, after: null });
    for (const token of [other, product.tokens.leader, product.tokens.organisation]) {
      expect((await product.call(PATH, { token })).status).toBe(403);
      expect((await put({ criteria: {}, after: null }, token)).status).toBe(403);
      expect((await product.call(PATH, { method: 'DELETE', token })).status).toBe(403);
    }
    const { secret } = await product.access.issue({
      kind: 'bearer',
      rights: { roles: ['unit', 'leader'], unit: 'farm-02' },
      label: 'a leader of another unit',
      expiresAt: null,
    });
    expect((await product.call(PATH, { token: secret })).status).toBe(403);
  });

  test.each([
    ['a score above 100', { learning: { selfScore: 101, shortcomings: '', remedies: '' } }],
    [
      'a field too many',
      { learning: { selfScore: 1, shortcomings: '', remedies: '', role: 'organisation' } },
    ],
    ['a megabyte', { learning: { selfScore: 1, shortcomings: 'x'.repeat(1e6), remedies: '' } }],
  ])('when %s comes, then 422', async (_, bad) => {
    expect((await put({ criteria: bad, after: null })).status).toBe(422);
  });

  test('when it is submitted, then what stands is what was written, and the later one replaces it', async () => {
    const submit = (selfScore: number) =>
      product.send(
        [
          {
            specversion: '1.0',
            id: `inspection-${selfScore}`,
            source: '/units/farm-01',
            subject: 'farm-01',
            type: 'selfinspection.submitted',
            data: {
              unit: 'farm-01',
              year: 2026,
              criteria: { learning: { selfScore, shortcomings: '', remedies: '' } },
            },
          },
        ],
        own,
      );
    await submit(70);
    await submit(75.25);
    const { selfInspection } = await product.json<{
      selfInspection: { criteria: { learning: { selfScore: number } } };
    }>('/units/farm-01/standing?year=2026');
    expect(selfInspection.criteria.learning.selfScore).toBe(75.25);
  });
});
