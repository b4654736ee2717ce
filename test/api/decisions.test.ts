import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { Effect, IncidentList } from '#schemas/results/inbox.ts';
import type { RegisterEffect } from '#schemas/results/register.ts';
import type { ActivityRow, RankingRow } from '#schemas/results/results.ts';
import { fromOrganisation, recorded } from '#test/support/events.ts';
import { type InboxZone, idsOf, startInboxZone } from '#test/support/inboxZone.ts';

describe('given reports and appeals that wait for a decision', () => {
  let zone: InboxZone;
  beforeAll(async () => {
    zone = await startInboxZone(120);
  });
  afterAll(() => zone?.product.stop());

  it('when a reviewer asks, then only what they may decide is there, and the rest is refused', async () => {
    const items = await zone.all('kind=verification', zone.reviewer);
    expect(new Set(items.map(({ body }) => body.kind))).toEqual(new Set(['research', 'lecture']));
    const { counts } = await zone.read('kind=verification', zone.reviewer);
    expect(counts).toMatchObject({
      verification: items.length,
      appeals: null,
      quarantine: null,
      vetoes: null,
    });
    expect((await zone.product.call('/inbox?year=2026&kind=appeals', { token: zone.reviewer })).status).toBe(
      403,
    );
    const [meeting] = await zone.all('kind=verification&requirement=unity.meeting');
    const { unit = '', activity = '', version = '' } = meeting ?? {};
    const { receipts } = await zone.decide(
      [{ unit, activity, version, decision: 'verified', reason: '属实' }],
      zone.reviewer,
    );
    expect(receipts[0]).toMatchObject({ status: 'refused', why: 'forbidden' });
    const appealed = zone.reports.find((one) => one.appealed && one.kind !== 'meeting');
    const granted = {
      unit: appealed?.unit,
      activity: appealed?.activity,
      decision: 'granted',
      reason: '同意',
    };
    expect((await zone.post('/reviews', granted, zone.reviewer)).status).toBe(403);
    for (const token of [zone.product.tokens.leader, await zone.product.tokens.unit('farm-1')])
      expect((await zone.product.call('/inbox?year=2026', { token })).status).toBe(403);
  });

  it('when somebody reported it for a unit themselves, then the list marks it, and they may not decide', async () => {
    const rights = { roles: ['organisation' as const, 'unit' as const], unit: 'mill-3' };
    const both = await zone.issue('两头', rights);
    const own = (await zone.all('kind=verification&unit=mill-3', both))[0];
    expect(own?.own).toBe(true);
    const asked = { unit: own?.unit, activity: own?.activity, decision: 'verified', reason: '属实' };
    expect((await zone.post('/reviews', asked, both)).status).toBe(403);
    // The account that sent the event, under a unit's rights or not, is its author.
    const { principal } = await zone.product.json<{ principal: { id: string } }>('/session', {
      token: zone.second,
    });
    await zone.product.system.intake.submit([recorded('mill-2', 'typed', { title: '代报' })], {
      role: 'unit',
      unit: 'mill-2',
      actor: principal.id,
    });
    await zone.product.system.projection.caughtUp();
    const typed = (await zone.all('kind=verification&unit=mill-2', zone.second)).find(
      ({ activity }) => activity === 'typed',
    );
    expect(typed?.own).toBe(true);
    const { receipts } = await zone.decide(
      [{ unit: 'mill-2', activity: 'typed', decision: 'verified', reason: '属实' }],
      zone.second,
    );
    expect(receipts[0]).toMatchObject({ status: 'refused', why: 'forbidden' });
    expect(
      (await zone.all('kind=verification&unit=mill-2')).find(({ activity }) => activity === 'typed')?.own,
    ).toBe(false);
  });

  it('when a program reported it by its token, then that token may not decide on it, and another may', async () => {
    const program = await zone.issue('业务系统', { roles: ['organisation'] });
    const body = { kind: 'research', occurredOn: '2026-05-09', title: '系统代报', year: 2026 };
    await zone.product.send(
      [fromOrganisation('mill-2', 'activity.recorded', { activity: 'by-program', ...body })],
      program,
    );
    const request = { unit: 'mill-2', activity: 'by-program', decision: 'verified', reason: '属实' };
    const [own] = (await zone.decide([request], program)).receipts;
    expect(own).toMatchObject({ status: 'refused', why: 'forbidden' });
    expect((await zone.decide([request], zone.second)).receipts[0]?.status).toBe('appended');
  });

  it('when two decide the same item at once, then one does, and the other is told who decided what', async () => {
    const [item] = await zone.all('kind=verification&requirement=learning.research');
    const { unit = '', activity = '', version = '' } = item ?? {};
    const asked = { unit, activity, version };
    const answers = await Promise.all([
      zone.post('/reviews', { ...asked, decision: 'verified', reason: '属实' }),
      zone.post('/reviews', { ...asked, decision: 'rejected', reason: '材料不全' }, zone.second),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const lost = await answers.find(({ status }) => status === 409)?.json();
    expect(lost.decided).toMatchObject({ by: answers[0].status === 202 ? 'test organisation' : '组织部 李' });
    const late = await zone.post(
      '/reviews',
      { ...asked, decision: 'rejected', reason: '另一理由' },
      zone.second,
    );
    expect(late.status).toBe(409);
    const { activities } = await zone.product.json<{ activities: ActivityRow[] }>(
      `/units/${unit}/activities?year=2026`,
    );
    const row = activities.find((one) => one.activity === activity);
    expect(row?.history.filter(({ type }) => /verified|rejected/.test(type))).toHaveLength(1);
  });

  it('when a batch is cut off in the middle, then the same again decides the rest, and nothing twice', async () => {
    const items = (await zone.all('kind=verification&group=farm')).filter(({ own }) => !own).slice(0, 40);
    const decisions = items.map(({ unit, activity, version }) => ({
      unit,
      activity,
      version,
      decision: 'verified',
      reason: '属实',
    }));
    const first = await zone.decide(decisions.slice(0, 15));
    expect(new Set(first.receipts.map(({ status }) => status))).toEqual(new Set(['appended']));
    const again = await zone.decide(decisions);
    expect(again.receipts.map(({ status }) => status)).toEqual(
      decisions.map((_, index) => (index < 15 ? 'already' : 'appended')),
    );
    const left = idsOf(await zone.all('kind=verification&group=farm'));
    for (const id of idsOf(items)) expect(left).not.toContain(id);
    const { entries } = await zone.product.json<{ entries: AuditEntry[] }>(
      '/audit?action=activity.verified&limit=1000',
    );
    const told = entries.map(({ details }) => `${details.unit}/${details.activity}`);
    for (const id of idsOf(items)) expect(told.filter((one) => one === id)).toHaveLength(1);
  });

  it('when an appeal is granted, then what was shown before is what everybody’s rank becomes', async () => {
    const [item] = await zone.all('kind=appeals');
    const { unit = '', activity = '', version = '' } = item ?? {};
    const effect = await zone.product.json<Effect>('/effects', {
      method: 'POST',
      body: { of: 'appeal', unit, activity },
    });
    const ranks = async () =>
      new Map(
        (
          await zone.product.json<{ rows: { unit: string; rank: number }[] }>('/rankings/2026?basis=year')
        ).rows.map((row) => [row.unit, row.rank]),
      );
    const before = await ranks();
    const { receipts } = await zone.decide([
      { unit, activity, version, decision: 'granted', reason: '材料已补齐' },
    ]);
    expect(receipts[0]?.status).toBe('appended');
    const after = await ranks();
    const whole = effect.bases.find(({ basis }) => basis === 'year');
    const moved = [...after]
      .filter(([id, rank]) => before.get(id) !== rank)
      .map(([id, rank]) => [id, before.get(id), rank]);
    expect(whole?.moves.map((move) => [move.unit, move.before, move.after]).sort()).toEqual(moved.sort());
    const standingNow = await zone.product.json<{ row: { total: number } }>(
      `/units/${unit}/standing?year=2026&basis=year`,
    );
    expect(standingNow.row.total).toBe(whole?.after.total);
    const twice = await zone.decide([{ unit, activity, decision: 'dismissed', reason: '不同意' }]);
    expect(twice.receipts[0]).toMatchObject({ status: 'conflict', decided: { outcome: 'granted' } });
  });

  it('when all that the filters find is rejected, then what was shown before is what everybody becomes', async () => {
    const filter = 'kind=verification&group=mill';
    const body = { kind: 'verification', decision: 'rejected', year: 2026, group: 'mill' };
    const effect = await zone.product.json<RegisterEffect>('/effects/decisions', { method: 'POST', body });
    const rowsOf = async (basis: string) => {
      const { rows } = await zone.product.json<{ rows: RankingRow[] }>(`/rankings/2026?basis=${basis}`);
      return new Map(rows.map(({ unit, total, rank, groupRank }) => [unit, { total, rank, groupRank }]));
    };
    const bases = ['to-date', 'year'] as const;
    const before = await Promise.all(bases.map(rowsOf));
    const open = (await zone.all(filter)).filter(({ own }) => !own);
    const { receipts } = await zone.decide(
      open.map(({ unit, activity, version }) => ({
        unit,
        activity,
        version,
        decision: 'rejected',
        reason: '材料不全',
      })),
    );
    expect(new Set(receipts.map(({ status }) => status))).toEqual(new Set(['appended']));
    const after = await Promise.all(bases.map(rowsOf));
    const touched = new Set(open.map(({ unit }) => unit));
    for (const [index, basis] of bases.entries()) {
      const [was, is] = [before[index], after[index]];
      const told = effect.bases.find((one) => one.basis === basis);
      expect(new Set(told?.units.map(({ unit }) => unit))).toEqual(touched);
      for (const one of [...(told?.units ?? []), ...(told?.moves ?? [])])
        expect([one.unit, one.before, one.after]).toEqual([one.unit, was?.get(one.unit), is?.get(one.unit)]);
      const others = [...(is ?? [])].filter(
        ([unit, row]) => !touched.has(unit) && row.rank !== was?.get(unit)?.rank,
      );
      for (const [unit] of others) expect(told?.moves.map((one) => one.unit)).toContain(unit);
      // Something was lost: else equal numbers would prove little.
      expect([...touched].some((unit) => was?.get(unit)?.total !== is?.get(unit)?.total)).toBe(true);
    }
    const confined = { ...body, requirement: 'unity.meeting' };
    const theirs = await zone.product.json<RegisterEffect>('/effects/decisions', {
      method: 'POST',
      body: confined,
      token: zone.reviewer,
    });
    expect(theirs.bases.map(({ units }) => units)).toEqual([[], []]);
    for (const token of [zone.product.tokens.leader, await zone.product.tokens.unit('farm-1')])
      expect((await zone.post('/effects/decisions', body, token)).status).toBe(403);
  });

  const incident = (activity: string, kind: string) => ({
    unit: 'mill-1',
    year: 2026,
    activity,
    body: { kind, occurredOn: '2026-05-05', title: '违反规定', evidence: ['纪〔2026〕5 号'] },
  });

  it('when a veto is recorded, then it waits, counts nowhere, and only another account confirms it; then it is withdrawn', async () => {
    const total = async () =>
      (
        await zone.product.json<{ row: { total: number; vetoes: string[] } }>(
          '/units/mill-1/standing?year=2026&basis=year',
        )
      ).row;
    const before = await total();
    const asked = incident('v-1', 'violation');
    const effect = await zone.product.json<Effect>('/effects', {
      method: 'POST',
      body: { of: 'incident', unit: 'mill-1', year: 2026, kind: 'violation', occurredOn: '2026-05-05' },
    });
    expect(effect.bases[0]?.after.vetoes).toEqual(['integrity.violation']);
    expect(await zone.product.json('/incidents', { method: 'POST', body: asked })).toMatchObject({
      status: 'waiting',
    });
    expect(await zone.product.json('/incidents', { method: 'POST', body: asked })).toMatchObject({
      status: 'already',
    });
    expect(await total()).toEqual(before);
    const pair = { unit: 'mill-1', activity: 'v-1' };
    expect((await zone.post('/incidents/confirmation', pair)).status).toBe(403);
    const list = await zone.product.json<IncidentList>('/incidents?year=2026', { token: zone.second });
    expect(list.waiting).toMatchObject([
      { activity: 'v-1', own: false, recordedBy: { label: 'test organisation' } },
    ]);
    expect((await zone.read('kind=verification')).counts.vetoes).toBe(1);
    expect((await zone.post('/incidents/confirmation', pair, zone.second)).status).toBe(202);
    const vetoed = await total();
    expect(vetoed.vetoes).toEqual(['integrity.violation']);
    expect(vetoed.total).toBe(effect.bases.find(({ basis }) => basis === 'year')?.after.total);
    expect((await zone.post('/incidents/confirmation', pair, zone.second)).status).toBe(409);
    expect((await zone.post('/incidents/withdrawal', { ...pair, reason: '认定有误' })).status).toBe(202);
    expect(await total()).toEqual(before);
    const actions = (await zone.product.json<{ entries: AuditEntry[] }>('/audit?limit=50')).entries.map(
      ({ action }) => action,
    );
    for (const action of ['veto.proposed', 'veto.confirmed', 'incident.withdrawn'])
      expect(actions).toContain(action);
  });

  it('when a veto comes by another door while a second person is asked for, then no door takes it', async () => {
    const event = fromOrganisation('mill-2', 'activity.recorded', {
      activity: 'v-2',
      year: 2026,
      kind: 'violation',
      occurredOn: '2026-05-05',
      title: '违规',
    });
    const answer = await zone.post('/events', event, zone.product.tokens.organisation);
    expect(answer.status).not.toBe(202);
    const csv = 'unit,kind,occurredOn,title\nmill-2,violation,2026-05-05,违规\n';
    const imported = await zone.product.json<{ counts: { new: number; refused: number } }>(
      '/imports?kind=incidents&dryRun=false',
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: csv,
      },
    );
    expect(imported.counts.new).toBe(0);
    const deduction = incident('t-1', 'talk');
    expect(await zone.product.json('/incidents', { method: 'POST', body: deduction })).toMatchObject({
      status: 'recorded',
    });
    expect((await zone.post('/incidents', incident('x-1', 'research'))).status).toBe(422);
  });
});
