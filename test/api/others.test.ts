import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Peers } from '#schemas/results/peers.ts';
import type { HiddenRow, Ranking, RankingRow } from '#schemas/results/results.ts';
import { fromOrganisation, planFor, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** For a unit no parameter tells more of another than its plan allows. */

let product: Product;
let token: string;
const YEAR = 2025;
const OWN = 'u-1';
/** Scores by unit; u-2 is vetoed, u-7 stands below the cap by itself. */
const SCORES = { 'u-1': 80, 'u-2': 95, 'u-3': 90, 'u-4': 85, 'u-5': 75, 'u-6': 70, 'u-7': 40 };
const UNITS = Object.keys(SCORES);
const criterion = (id: string, weight: number) => ({ id, name: { zh: id, en: id }, weight });
const requirement = (id: string) => ({
  id,
  criterion: id,
  name: { zh: id, en: id },
  clause: '一',
  basis: 'default',
  points: 10,
  kind: id,
  measure: { type: 'appraisal', whenNone: 'zero' },
});
const planOf = (version: number, others?: string) => ({
  ...planFor(YEAR, version),
  ...(others && { others }),
  criteria: [criterion('learning', 20), criterion('unity', 30)],
  requirements: [requirement('learning'), requirement('unity')],
});
const adopt = (version: number, others?: string) =>
  product.json(`/plans/${YEAR}`, { method: 'PUT', body: planOf(version, others) });

beforeAll(async () => {
  product = await startProduct();
  await adopt(1);
  await product.send(UNITS.map((unit, at) => registered(unit, { group: at % 2 ? 'school' : 'farm' })));
  for (const [unit, score] of Object.entries(SCORES)) {
    const deed = (kind: string, points: number) =>
      recorded(unit, kind, { year: YEAR, occurredOn: `${YEAR}-03-01`, kind, score: points });
    await product.send([deed('learning', score), deed('unity', score)], await product.tokens.unit(unit));
  }
  const incident = {
    activity: 'v',
    year: YEAR,
    occurredOn: `${YEAR}-04-01`,
    kind: 'violation',
    title: '违纪',
  };
  await product.send([fromOrganisation('u-2', 'activity.recorded', incident)]);
  token = await product.tokens.unit(OWN);
});
afterAll(async () => {
  expect(product.errors).toEqual([]);
  await product.stop();
});

const rankingOf = async (query: string, as = token) =>
  (await product.json<Ranking>(`/rankings/${YEAR}?${query}`, { token: as })).rows;
const isOwn = (row: RankingRow | HiddenRow): row is RankingRow => 'unit' in row;
const othersIn = async (query: string) => (await rankingOf(query)).filter((row) => !isOwn(row));

const parameters = fc.record(
  {
    top: fc.integer({ min: 1, max: 9 }).map(String),
    compareTo: fc.constantFrom(`${YEAR}`, '2024', '2025-06-30T16:00:00Z'),
    group: fc.constantFrom('farm'),
    weights: fc
      .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 100 }))
      .map(([one, two]) => `learning:${one},unity:${two}`),
  },
  { requiredKeys: [] },
);

describe('given a unit that asks for the ranking', () => {
  it('then no parameter changes another row, and weights are refused with the reason', async () => {
    for (const view of ['basis=year', `basis=to-date&on=${YEAR}-06-30`]) {
      const plain = (await othersIn(view)).map((row) => JSON.stringify(row));
      await fc.assert(
        fc.asyncProperty(parameters, async (asked) => {
          const response = await product.call(`/rankings/${YEAR}?${view}&${new URLSearchParams(asked)}`, {
            token,
          });
          if (asked.weights !== undefined) {
            expect(response.status).toBe(403);
            expect(((await response.json()) as { detail: string }).detail).toContain('weights');
            return;
          }
          const { rows } = (await response.json()) as Ranking;
          for (const row of rows) {
            if (isOwn(row)) expect(row.unit).toBe(OWN);
            else expect(plain).toContain(JSON.stringify(row));
          }
        }),
        { numRuns: 60 },
      );
    }
  });

  it('then a row at a veto’s cap cannot be told from others below it', async () => {
    const all = (await rankingOf('basis=year', product.tokens.leader)) as RankingRow[];
    expect(all.map(({ unit, total }) => [unit, total])).toContainEqual(['u-2', 59]);
    const hidden = await othersIn('basis=year');
    expect(hidden.map(({ rank, total }) => [rank, total])).toEqual([
      [1, 90],
      [2, 85],
      [4, 75],
      [5, 70],
      [6, null],
      [7, null],
    ]);
    expect(JSON.stringify(hidden)).not.toContain('59');
  });

  it('then medians and bests are told of five units or more', async () => {
    const peers = await product.json<Peers>(`/units/${OWN}/peers?year=${YEAR}`, { token });
    expect([peers.total.groupMedian, peers.total.groupBest]).toEqual([null, null]);
    expect([peers.total.zoneBest, peers.criteria[0]?.zoneBest]).toEqual([90, 95]);
    const told = await product.json<Peers>(`/units/${OWN}/peers?year=${YEAR}`, {
      token: product.tokens.leader,
    });
    expect(told.total.groupBest).toBe(90);
  });
});

describe('given a plan that shows less', () => {
  it.each([
    ['rank-only', 2, [1, 2, 3, 4, 5, 6, 7]],
    ['none', 3, [3]],
    ['rank-and-total', 4, [1, 2, 3, 4, 5, 6, 7]],
  ])('when others is %s, then a unit sees that much, everywhere', async (others, version, ranks) => {
    await adopt(version, others);
    const rows = await rankingOf('basis=year');
    expect(rows.map(({ rank }) => rank)).toEqual(ranks);
    expect(rows.find(isOwn)).toMatchObject({ unit: OWN, total: 80, rank: 3, of: 7 });
    const totals = rows.filter((row) => !isOwn(row) && row.total !== null);
    expect(totals).toHaveLength(others === 'rank-and-total' ? 4 : 0);
    const { total } = await product.json<Peers>(`/units/${OWN}/peers?year=${YEAR}`, { token });
    expect(total.zoneBest).toBe(others === 'rank-and-total' ? 90 : null);

    await product.json(`/freezes/${YEAR}`, { method: 'POST', body: {} });
    const { result } = await product.json<{ result: Ranking['rows'] }>(`/freezes/${YEAR}`, { token });
    expect(result.map(({ rank, total: shown }) => [rank, shown])).toEqual(
      rows.map(({ rank, total: shown }) => [rank, shown]),
    );
    expect(result.filter(isOwn).map(({ unit }) => unit)).toEqual([OWN]);
    expect(await rankingOf('basis=year', product.tokens.leader)).toHaveLength(7);
  });

  it('when a later plan closes what an earlier one showed, then no earlier time opens it again', async () => {
    await adopt(5, 'rank-and-total');
    const open = await rankingOf('basis=year');
    expect(open).toHaveLength(7);
    const before = new Date().toISOString();
    await adopt(6, 'none');
    const asked = `asOf=${before}`;
    expect((await rankingOf(`basis=year&${asked}`)).map(({ rank }) => rank)).toEqual([3]);
    const peersThen = await product.json<Peers>(`/units/${OWN}/peers?year=${YEAR}&${asked}`, { token });
    expect(peersThen.total).toMatchObject({ own: 80, zoneBest: null, zoneMedian: null });
    expect(await rankingOf(`basis=year&${asked}`, product.tokens.leader)).toHaveLength(7);

    const whileClosed = new Date().toISOString();
    await adopt(7, 'rank-and-total');
    expect(await rankingOf(`basis=year&asOf=${whileClosed}`)).toHaveLength(1);
    expect(await rankingOf(`basis=year&${asked}`)).toEqual(open);
  });

  it('when others is none of these, then the plan is refused', async () => {
    const response = await product.call(`/plans/${YEAR}`, { method: 'PUT', body: planOf(9, 'all') });
    expect(response.status).toBe(422);
  });
});
