import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityBody } from '#schemas/events.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { askedOf, onlyAsked, reportableKinds } from '#schemas/reportFields.ts';
import type { Preview } from '#schemas/results/preview.ts';
import type { ReportEffects } from '#schemas/results/reportEffects.ts';
import type { ReportHints } from '#schemas/results/reportHints.ts';
import type { ActivityRow, Ranking, RankingRow } from '#schemas/results/results.ts';
import { fromOrganisation, fromUnit, recorded } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** What a unit's desk asks: what a report would bring, and what became of those that were sent. */

const NOW = Date.parse('2026-11-22T02:00:00Z');
const UNIT = 'farm-03';
const OTHER = 'farm-04';

let product: Product;
let token: string;
let other: string;
beforeAll(async () => {
  product = await startProduct({ sample: { seed: 5, today: '2026-11-22' }, clock: () => NOW });
  token = await product.tokens.unit(UNIT);
  other = await product.tokens.unit(OTHER);
});
afterAll(() => product?.stop());

const previewed = (body: ActivityBody, more: object = {}, by = token, unit = UNIT): Promise<Response> =>
  product.call(`/units/${unit}/preview`, { method: 'POST', body: { year: 2026, body, ...more }, token: by });
const preview = async (body: ActivityBody, more: object = {}, by = token): Promise<Preview> => {
  const response = await previewed(body, more, by);
  expect(response.status).toBe(200);
  return (await response.json()) as Preview;
};
const ranksOf = async (basis: string) => {
  const { rows } = await product.json<Ranking>(`/rankings/2026?basis=${basis}`);
  const row = rows.find((one) => 'unit' in one && one.unit === UNIT) as RankingRow;
  return { total: row.total, rank: row.rank };
};
const told = ({ bases }: Preview) =>
  bases.map(({ total, rank }) => ({ total: total.after, rank: rank.after }));
const asRanked = async () => [await ranksOf('year'), await ranksOf('to-date')];
const activity = async (id: string): Promise<ActivityRow> => {
  const { activities } = await product.json<{ activities: ActivityRow[] }>(
    `/units/${UNIT}/activities?order=latest`,
  );
  const found = activities.find((one) => one.activity === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

/** One kind for each set of measures that kinds have. */
function kindsByMeasures(): string[] {
  const measuresOf = (kind: string): string =>
    JSON.stringify(
      plan2026.requirements.filter((one) => one.kind === kind).map(({ measure: { type } }) => type),
    );
  return [...new Map(reportableKinds(plan2026).map((kind) => [measuresOf(kind), kind])).values()];
}

const research: ActivityBody = {
  kind: 'research',
  occurredOn: '2026-11-20',
  title: '冬小麦越冬管理专题调研',
};

describe('given a report that is not sent yet', () => {
  it('when one of each kind is previewed and then sent, then the ranking is what was promised', async () => {
    for (const kind of kindsByMeasures()) {
      const asked = askedOf(plan2026, kind);
      const body = onlyAsked(asked, {
        kind,
        occurredOn: '2026-11-20',
        title: `试报 ${kind}`,
        quantity: 12.5,
        due: 4,
        done: 3,
        members: ['m-01', 'm-02'],
        score: 88,
        indicator: 'grain-output',
        value: 9_000,
        ledByHead: true,
        ...(asked.forms[0] && { form: asked.forms[0] }),
      });
      const promised = told(await preview(body, {}, product.tokens.organisation));
      const { receipts } = await product.send([recorded(UNIT, `try-${kind}`, body)], token);
      expect([kind, receipts[0]?.status, ...promised]).toEqual([kind, 'appended', ...(await asRanked())]);
    }
  });

  it('when one that is there is amended, then its old body counts no more', async () => {
    const lecture = { kind: 'lecture', occurredOn: '2026-11-20', title: '讲座' };
    await product.send([recorded(UNIT, 'try-lecture', lecture)], token);
    const body = { kind: 'training', occurredOn: '2026-05-05', title: '改', form: 'self-study', quantity: 1 };
    const promised = told(await preview(body, { activity: 'try-lecture' }, product.tokens.organisation));
    await product.send([fromUnit(UNIT, 'activity.amended', { activity: 'try-lecture', ...body })], token);
    expect(promised).toEqual(await asRanked());
  });

  it('when one that is there is taken back, then it is told what that costs, and so it is', async () => {
    const proposal = { year: 2026, activity: 'try-lecture', body: null };
    const asked = await product.json<Preview>(`/units/${UNIT}/preview`, { method: 'POST', body: proposal });
    await product.send(
      [fromUnit(UNIT, 'activity.retracted', { activity: 'try-lecture', reason: '误报' })],
      token,
    );
    expect(told(asked)).toEqual(await asRanked());
    expect((await previewed(null as never)).status).toBe(422);
  });

  it('when the day lies in a window, then the window is shown as it would be, and nothing is written', async () => {
    const before = await asRanked();
    const { bases, counts } = await preview(research);
    expect(counts).toBe('at-once');
    expect(bases.map(({ basis }) => basis)).toEqual(['year', 'to-date']);
    expect(bases[0]?.requirements).toMatchObject([
      { id: 'learning.research', fits: true, window: { label: '2026-Q4', status: 'met' } },
    ]);
    expect(await asRanked()).toEqual(before);
  });

  it('when the door would refuse it, then so is the preview, with the fields at fault', async () => {
    const faulty = await previewed({ ...research, kind: 'training', occurredOn: '2026-11-23' });
    expect(faulty.status).toBe(422);
    const { errors } = (await faulty.json()) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(['data.form', 'data.quantity', 'data.occurredOn']);
    expect((await previewed({ ...research, occurredOn: '2025-11-20' })).status).toBe(422);
    expect((await previewed(research, { role: 'organisation' })).status).toBe(422);
    expect((await previewed(research, { activity: 'never-was' })).status).toBe(404);
  });

  it('when the same one was sent before, then it is named, and by what it is known', async () => {
    await product.send([recorded(UNIT, 'once', research)], token);
    const again = await preview({ ...research, title: '冬小麦越冬管理 专题调研。' });
    expect(again.same).toMatchObject([{ activity: 'once', why: 'title', state: 'reported' }]);
    const hours = {
      kind: 'training',
      occurredOn: '2026-11-19',
      title: '甲',
      form: 'self-study',
      quantity: 7,
    };
    await product.send([recorded(UNIT, 'hours', hours)], token);
    expect((await preview({ ...hours, title: '乙' })).same).toMatchObject([
      { activity: 'hours', why: 'content' },
    ]);
    // Of itself a report that is amended is no double.
    expect((await preview(hours, { activity: 'hours' })).same).toEqual([]);
  });
});

describe('given somebody else', () => {
  it('when another unit, a leader or nobody asks, then nothing is told', async () => {
    expect((await previewed(research, {}, other)).status).toBe(403);
    expect((await previewed(research, {}, token, OTHER)).status).toBe(403);
    expect((await previewed(research, {}, product.tokens.leader)).status).toBe(403);
    const response = await product.call(`/units/${UNIT}/preview`, { method: 'POST', token: null, body: {} });
    expect(response.status).toBe(401);
  });

  it('when a unit reports for another, then the door refuses it', async () => {
    const response = await product.call('/events', {
      method: 'POST',
      token: other,
      body: recorded(UNIT, 'foreign', research),
      headers: { 'content-type': 'application/cloudevents+json' },
    });
    expect(response.status).toBe(403);
    const { activities } = await product.json<{ activities: ActivityRow[] }>(`/units/${UNIT}/activities`);
    expect(activities.map((one) => one.activity)).not.toContain('foreign');
  });
});

describe('given the form of a report', () => {
  it('when it is opened, then it is offered the targets, the forms that are there, and the members named so far', async () => {
    const hints = await product.json<ReportHints>(`/units/${UNIT}/report-hints?year=2026`, { token });
    const { activities } = await product.json<{ activities: ActivityRow[] }>(
      `/units/${UNIT}/activities?year=2026`,
    );
    const standing = activities.filter(({ state }) => state === 'reported' || state === 'verified');
    for (const { kind, forms } of hints.forms)
      expect([kind, [...forms].sort()]).toEqual([
        kind,
        [...new Set(standing.flatMap((one) => (one.kind === kind && one.form ? [one.form] : [])))].sort(),
      ]);
    for (const { kind, members } of hints.members)
      expect([kind, members]).toEqual([
        kind,
        [...new Set(standing.flatMap((one) => (one.kind === kind ? (one.members ?? []) : [])))].sort(),
      ]);
    expect(hints.members.length).toBeGreaterThan(0);
    expect(hints.targets.map(({ kind }) => kind)).toContain('indicator');
    expect((await product.call(`/units/${OTHER}/report-hints?year=2026`, { token })).status).toBe(403);
  });
});

describe('given what became of a report', () => {
  it('when it is rejected and appealed, then the list is found by state, the latest first, with why and by whom', async () => {
    await product.send([
      fromOrganisation(UNIT, 'activity.rejected', { activity: 'once', reason: '材料不全' }),
    ]);
    await product.send([fromUnit(UNIT, 'appeal.lodged', { activity: 'once', reason: '材料已补' })], token);
    const list = (query: string) =>
      product.json<{ activities: ActivityRow[]; nextCursor: string | null }>(
        `/units/${UNIT}/activities?${query}`,
        { token },
      );
    expect((await list('order=latest&limit=1')).activities).toMatchObject([
      { activity: 'once', state: 'rejected' },
    ]);
    for (const state of ['rejected', 'appealed'])
      expect((await list(`state=${state}`)).activities.map((one) => one.activity)).toContain('once');
    const { history } = await activity('once');
    expect(history.map(({ type, reason }) => `${type} ${reason ?? ''}`.trim())).toEqual([
      'activity.recorded',
      'activity.rejected 材料不全',
      'appeal.lodged 材料已补',
    ]);
  });

  it('when the list is paged, then every report comes once, by what happened to it last', async () => {
    const whole = await product.json<{ activities: ActivityRow[] }>(`/units/${UNIT}/activities?order=latest`);
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { activities: ActivityRow[]; nextCursor: string | null } = await product.json(
        `/units/${UNIT}/activities?order=latest&limit=37${cursor && `&cursor=${cursor}`}`,
      );
      ids.push(...page.activities.map((one) => one.activity));
      cursor = page.nextCursor;
    }
    expect(ids).toEqual(whole.activities.map((one) => one.activity));
    expect(new Set(ids).size).toBe(ids.length);
    const last = ({ history }: ActivityRow) => Number(history.at(-1)?.position.split('-')[1]);
    expect(whole.activities.map(last)).toEqual(whole.activities.map(last).sort((a, b) => b - a));
    const wrong = await product.call(`/units/${UNIT}/activities?order=latest&cursor=WyJhIiwiYiJd`);
    expect(wrong.status).toBe(400);
  });
});

describe('given a report with a history', () => {
  const effectsOf = (by: string, unit = UNIT): Promise<Response> =>
    product.call(`/units/${unit}/report-effects?year=2026&activity=effects-1`, { token: by });

  it('when it is amended, rejected, appealed for and granted, then each step tells its fields and its points', async () => {
    const standings = [await ranksOf('year')];
    const body = {
      kind: 'training',
      occurredOn: '2026-11-02',
      title: '培训',
      form: 'self-study',
      quantity: 1,
    };
    const steps: [object, string | undefined][] = [
      [recorded(UNIT, 'effects-1', body), token],
      [
        fromUnit(UNIT, 'activity.amended', {
          activity: 'effects-1',
          ...body,
          quantity: 30,
          note: '附签到表',
        }),
        token,
      ],
      [
        fromOrganisation(UNIT, 'activity.rejected', { activity: 'effects-1', reason: '没有签到表' }),
        undefined,
      ],
      [fromUnit(UNIT, 'appeal.lodged', { activity: 'effects-1', reason: '签到表已附' }), token],
      [
        fromOrganisation(UNIT, 'appeal.decided', {
          activity: 'effects-1',
          outcome: 'granted',
          reason: '属实',
        }),
        undefined,
      ],
    ];
    for (const [event, by] of steps) {
      await product.send([event], by);
      standings.push(await ranksOf('year'));
    }
    const totals = standings.map(({ total }) => total);
    expect(new Set(totals).size).toBeGreaterThan(2);
    // What comes later moves nothing of what is told of these.
    await product.send([recorded(UNIT, 'effects-2', { ...body, quantity: 50 })], token);
    const { effects } = (await (await effectsOf(token)).json()) as ReportEffects;
    expect(effects.map(({ total }) => total)).toEqual(
      steps.map((_, index) => ({ before: totals[index], after: totals[index + 1] })),
    );
    const { rows } = await product.json<Ranking>('/rankings/2026?basis=year');
    const moved = (index: number) => ({
      before: standings[index]?.rank,
      after: standings[index + 1]?.rank,
      of: rows.length,
    });
    // Of decisions alone, and only where they move anything.
    expect(effects.map(({ rank }) => rank)).toEqual([null, null, moved(2), null, moved(4)]);
    expect(effects.map(({ changed }) => changed)).toEqual([
      null,
      { before: { quantity: 1 }, after: { quantity: 30, note: '附签到表' } },
      null,
      null,
      null,
    ]);
    const { history, ...row } = await activity('effects-1');
    expect(row).toMatchObject({ state: 'reported', counts: true, waived: false });
    expect(effects.map(({ position }) => position)).toEqual(history.map(({ position }) => position));
  });

  it('when an appeal against an incident is granted, then the incident is waived, counts no more, and the points come back', async () => {
    const incident = { activity: 'effects-3', kind: 'safety-incident', occurredOn: '2026-11-03' };
    await product.send([
      fromOrganisation(UNIT, 'activity.recorded', { ...incident, year: 2026, title: '事故' }),
    ]);
    expect(await activity('effects-3')).toMatchObject({ counts: true, waived: false });
    await product.send([fromUnit(UNIT, 'appeal.lodged', { activity: 'effects-3', reason: '不属实' })], token);
    await product.send([
      fromOrganisation(UNIT, 'appeal.decided', {
        activity: 'effects-3',
        outcome: 'granted',
        reason: '查明不属实',
      }),
    ]);
    expect(await activity('effects-3')).toMatchObject({ counts: false, waived: true });
    const { effects } = await product.json<ReportEffects>(
      `/units/${UNIT}/report-effects?year=2026&activity=effects-3`,
    );
    const [taken, , given] = effects.map(({ total }) => total);
    expect(taken?.after).toBeLessThan(taken?.before ?? 0);
    expect(given).toEqual({ before: taken?.after, after: taken?.before });
    expect(effects.at(-1)?.rank?.after).toBeLessThan(effects.at(-1)?.rank?.before ?? 0);
  });

  it('when another unit asks, or of a report that is none, then nothing is told', async () => {
    expect((await effectsOf(other)).status).toBe(403);
    expect((await effectsOf(other, OTHER)).status).toBe(404);
    expect((await effectsOf(product.tokens.leader)).status).toBe(200);
  });
});
