import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';

describe('given a reviewer who is bound to a criterion, on the sample', () => {
  let product: Product;
  let unit: string;
  let rows: ActivityRow[];
  const issue = async (reviews: { criteria: string[]; kinds: string[] }) =>
    (
      await product.access.issue({
        kind: 'bearer',
        rights: { roles: ['reviewer'], reviews },
        label: '宣传部',
        expiresAt: null,
      })
    ).secret;

  beforeAll(async () => {
    product = await startProduct({ sample: { seed: 3, today: '2026-03-01' } });
    const { units } = await product.json<{ units: { unit: string }[] }>('/units?limit=1');
    unit = units[0]?.unit ?? '';
    rows = (await product.json<{ activities: ActivityRow[] }>(`/units/${unit}/activities?year=2025`))
      .activities;
  });
  afterAll(() => product?.stop());

  const ofKind = (kind: string): string =>
    rows.find((row) => row.kind === kind && row.state === 'reported')?.activity ?? '';
  const decide = (token: string, activity: string, more: object = {}) =>
    product.call('/reviews', {
      method: 'POST',
      token,
      body: { unit, activity, decision: 'rejected', reason: '材料不全', ...more },
    });

  it('when an activity of the criterion is rejected, then it is, signed with who decided', async () => {
    const token = await issue({ criteria: ['learning'], kinds: [] });
    const activity = ofKind('research');
    expect(activity).not.toBe('');
    const answer = await decide(token, activity);
    expect([answer.status, await answer.text()]).toMatchObject([202, expect.stringContaining('appended')]);
    const now = await product.json<{ activities: ActivityRow[] }>(`/units/${unit}/activities?year=2025`);
    const row = now.activities.find((one) => one.activity === activity);
    expect(row?.state).toBe('rejected');
    const position = row?.history.at(-1)?.position ?? '';
    type Events = { events: { position: string; source: string; actor?: string }[] };
    let cursor: string | null = '';
    let stored: Events['events'][number] | undefined;
    while (cursor !== null && !stored) {
      const page: Events & { nextCursor: string | null } = await product.json(
        `/events?limit=10000${cursor && `&after=${cursor}`}`,
      );
      stored = page.events.find((event) => event.position === position);
      cursor = page.events.length === 10_000 ? page.nextCursor : null;
    }
    const { principal } = await product.json<{ principal: { id: string } }>('/session', { token });
    expect(stored).toMatchObject({ source: '/organisation', actor: principal.id });
    const { entries } = await product.json<{ entries: AuditEntry[] }>('/audit?action=activity.rejected');
    expect(entries[0]).toMatchObject({ who: { id: principal.id }, details: { unit, activity } });
  });

  it('when it is of another criterion, then 403; a single kind opens it', async () => {
    const activity = ofKind('life-meeting') || ofKind('heart-talk');
    expect(activity).not.toBe('');
    const { kind = '' } = rows.find((row) => row.activity === activity) ?? {};
    expect((await decide(await issue({ criteria: ['learning'], kinds: [] }), activity)).status).toBe(403);
    expect(
      (await decide(await issue({ criteria: [], kinds: [kind] }), activity, { decision: 'verified' })).status,
    ).toBe(202);
  });

  it('when there is no such activity, then 404; leaders and units may not decide at all', async () => {
    expect((await decide(await issue({ criteria: ['learning'], kinds: [] }), 'none')).status).toBe(404);
    expect((await decide(product.tokens.leader, ofKind('research'))).status).toBe(403);
    expect((await decide(await product.tokens.unit(unit), ofKind('research'))).status).toBe(403);
  });

  it('when somebody of the unit itself decides, then 403, whatever else they are', async () => {
    const { secret } = await product.access.issue({
      kind: 'bearer',
      rights: { roles: ['unit', 'organisation'], unit },
      label: 'both',
      expiresAt: null,
    });
    expect((await decide(secret, ofKind('research'))).status).toBe(403);
  });

  it('then a reviewer reads as a leader does, and writes nowhere else', async () => {
    const token = await issue({ criteria: ['learning'], kinds: [] });
    for (const path of ['/rankings/2025', '/gaps/2025', `/units/${unit}/standing?year=2025`])
      expect((await product.call(path, { token })).status).toBe(200);
    for (const path of ['/audit', '/accounts', '/tokens', '/sessions'])
      expect((await product.call(path, { token })).status).toBe(403);
    const event = {
      specversion: '1.0',
      id: 'x',
      source: '/organisation',
      type: 'activity.verified',
      data: {},
    };
    expect((await product.call('/events', { method: 'POST', token, body: event })).status).toBe(403);
  });
});
