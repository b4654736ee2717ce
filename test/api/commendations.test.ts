import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwardAnswer, Commendations } from '#schemas/results/commendations.ts';
import type { Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import { fromOrganisation } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** The commendation shortlist on the sample. */
let product: Product;
const VIEW = 'basis=to-date&on=2026-11-20';

beforeAll(async () => {
  product = await startProduct({ sample: { today: '2026-11-20' } });
});
afterAll(() => product?.stop());

const shortlist = (query = VIEW) => product.json<Commendations>(`/commendations/2026?${query}`);
const decide = (body: object, token?: string) =>
  product.call('/commendations/2026', { method: 'POST', body, ...(token ? { token } : {}) });
const rowsOf = async (query = VIEW): Promise<RankingRow[]> =>
  (await product.json<Ranking>(`/rankings/2026?${query}`)).rows as RankingRow[];

describe('given the sample year', () => {
  it('when candidates are asked for, then they are the first eligible units of the zone and of each group', async () => {
    const { candidates, quota, perGroup, passedOver } = await shortlist(`${VIEW}&quota=6&perGroup=1`);
    const rows = await rowsOf();
    const eligible = rows.filter((row) => row.eligible && row.rank !== null);
    const inZone = eligible.slice(0, 6).map(({ unit }) => unit);
    const ofGroups = [...new Set(rows.map(({ group }) => group))].flatMap(
      (group) => eligible.find((row) => row.group === group)?.unit ?? [],
    );
    expect(candidates.map(({ row }) => row.unit).sort()).toEqual(
      [...new Set([...inZone, ...ofGroups])].sort(),
    );
    expect(quota).toEqual({ asked: '6', places: 6, ranked: rows.length });
    expect(perGroup.groups.every(({ places }) => places === 1)).toBe(true);
    for (const { unit } of passedOver) expect(rows.find((row) => row.unit === unit)?.eligible).toBe(false);
  });

  it('when a share is asked for, then it is rounded up, and stability is that of as many places', async () => {
    const { candidates, quota } = await shortlist(`${VIEW}&quota=${encodeURIComponent('12.5%')}`);
    const rows = await rowsOf(`${VIEW}&top=${quota.places}`);
    expect(quota.places).toBe(Math.ceil(rows.length / 8));
    for (const { row } of candidates) expect(row).toEqual(rows.find(({ unit }) => unit === row.unit));
  });

  it('then each candidate has its strongest and weakest type, and deeds of its own that fit the plan', async () => {
    const { candidates } = await shortlist();
    expect(candidates.length).toBeGreaterThan(4);
    expect(candidates.some(({ strongest }) => strongest.length > 1)).toBe(true);
    for (const { row, strongest, weakest, notable } of candidates) {
      const scored = Object.entries(row.criteria).filter(([, score]) => score !== null);
      const scores = scored.map(([, score]) => score ?? 0);
      // All that share the score, and not the first of them alone.
      const at = (end: number) => scored.filter(([, score]) => score === end).map(([id]) => id);
      expect(strongest.map(({ criterion }) => criterion)).toEqual(at(Math.max(...scores)));
      expect(weakest.map(({ criterion }) => criterion)).toEqual(at(Math.min(...scores)));
      expect(new Set(strongest.map(({ score }) => score))).toEqual(new Set([Math.max(...scores)]));
      expect(notable.length).toBeGreaterThan(0);
      expect(new Set(notable.map(({ kind }) => kind)).size).toBe(notable.length);
    }
  });

  it.each(['quota=many', 'quota=101%25', 'perGroup=-1', 'colour=red'])(
    'when %s is asked, then 400 names it',
    async (query) => {
      const response = await product.call(`/commendations/2026?${query}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(query.split('=')[0]);
    },
  );

  it('when a candidate is commended, then it is recorded, seen, audited, and can be taken back', async () => {
    const unit = (await shortlist()).candidates[0]?.row.unit ?? '';
    const order = { unit, honour: '五型先进领导班子', reason: '总分第一,五型均衡' };
    const response = await decide(order);
    expect(response.status).toBe(201);
    const { award, watermark } = (await response.json()) as AwardAnswer;
    expect(award).toMatchObject({ ...order, withdrawn: null, eligible: true });
    const { awards } = await shortlist();
    expect(awards).toEqual([award]);
    expect((await product.json<{ watermark: string }>('/watermark')).watermark).toBe(watermark);

    const again = await decide(order);
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('already');

    const back = await decide({ ...order, reason: '查实有虚报', withdrawn: true });
    expect(back.status).toBe(201);
    expect((await shortlist()).awards[0]?.withdrawn).toMatchObject({ reason: '查实有虚报' });
    expect((await decide({ ...order, withdrawn: true })).status).toBe(409);
    expect((await decide(order)).status).toBe(201);
    const { awards: both } = await shortlist();
    expect(both.map(({ withdrawn }) => withdrawn !== null)).toEqual([true, false]);
    expect((await shortlist(`${VIEW}&asOf=${award.recordedtime}`)).awards).toEqual([
      { ...award, eligible: expect.any(Boolean) },
    ]);

    const { entries } = await product.json<{ entries: { action: string }[] }>('/audit?limit=3');
    expect(entries.map(({ action }) => action)).toEqual([
      'commendation.awarded',
      'commendation.withdrawn',
      'commendation.awarded',
    ]);
    const events = await product.json<{ events: object[] }>('/events?limit=10000');
    const last = (events.events as { type?: string; source?: string; subject?: string }[]).filter(
      ({ type }) => type === 'commendation.awarded',
    );
    for (const event of last) expect(event).toMatchObject({ source: '/organisation', subject: unit });
  });

  it('when a vetoed unit, one that missed a condition, or none at all is to be commended, then a sentence says why not', async () => {
    const rows = await rowsOf();
    const vetoed = rows.find(({ vetoes }) => vetoes.length > 0);
    const refused = await decide({ unit: vetoed?.unit, honour: '先进', reason: '请示' });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain(`veto ${vetoed?.vetoes[0]}`);

    for (const { unit } of rows
      .filter(({ eligible, vetoes }) => !eligible && vetoes.length === 0)
      .slice(0, 2)) {
      const standing = await product.json<Standing>(`/units/${unit}/standing?year=2026&${VIEW}`);
      const missed = standing.conditions.find(({ status }) => status === 'missed');
      const response = await decide({ unit, honour: '先进', reason: '请示' });
      expect(response.status).toBe(409);
      expect(await response.text()).toContain(`condition ${missed?.id} by ${missed?.by}`);
    }
    expect((await decide({ unit: 'nobody', honour: '先进', reason: '请示' })).status).toBe(404);
    expect((await decide({ unit: 'farm-01', honour: '', reason: '请示' })).status).toBe(422);
  });

  it('when an honoured unit is vetoed later, then its award stands and says so', async () => {
    const { awards } = await shortlist();
    const unit = awards.find(({ withdrawn }) => !withdrawn)?.unit ?? '';
    await product.send([
      fromOrganisation(unit, 'activity.recorded', {
        activity: 'late-violation',
        year: 2026,
        kind: 'violation',
        occurredOn: '2026-11-19',
        title: '班子成员违纪',
      }),
    ]);
    const after = await shortlist();
    expect(after.awards.find((award) => award.unit === unit && !award.withdrawn)?.eligible).toBe(false);
    expect(after.candidates.map(({ row }) => row.unit)).not.toContain(unit);
  });

  it('when a leader or a unit decides, then they may not; a leader may look', async () => {
    const order = { unit: 'farm-01', honour: '先进', reason: '请示' };
    expect((await decide(order, product.tokens.leader)).status).toBe(403);
    const unit = await product.tokens.unit('farm-01');
    expect((await decide(order, unit)).status).toBe(403);
    expect((await product.call('/commendations/2026', { token: unit })).status).toBe(403);
    expect((await product.call('/commendations/2026', { token: product.tokens.leader })).status).toBe(200);
  });

  it('when an award is sent through the event door, then it is refused', async () => {
    const { receipts } = await product.json<{ receipts: { status: string }[] }>('/events', {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([
        fromOrganisation('farm-01', 'commendation.awarded', { year: 2026, honour: '先进', reason: '自封' }),
      ]),
    });
    expect(receipts[0]?.status).toBe('rejected');
  });
});
