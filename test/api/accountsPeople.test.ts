import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { Rights } from '#api/access/principal.ts';
import { emptyHouse, LEADER, ORGANISATION, signIn, status } from '#test/support/accountCalls.ts';
import { browserAt, enrol, PASSWORD } from '#test/support/people.ts';

const house = emptyHouse();
const { asOrganisation, audit } = house;
const rest = { name: 'Wang', disabled: false };

describe('given a person who is signed in', () => {
  it('when they are disabled, then the very next request is refused, and enabling revives no session', async () => {
    const { browser, id } = await enrol(house.app, 'wang', LEADER);
    expect(await status(browser.send('GET', '/gaps/2026'))).toBe(500);
    await asOrganisation('PUT', `/accounts/${id}`, { ...rest, rights: LEADER, disabled: true });
    expect(await status(browser.send('GET', '/gaps/2026'))).toBe(401);
    expect(await status(signIn(browserAt(house.app), 'wang'))).toBe(401);
    await asOrganisation('PUT', `/accounts/${id}`, { ...rest, rights: LEADER });
    expect(await status(browser.send('GET', '/gaps/2026'))).toBe(401);
    expect(await status(signIn(browserAt(house.app), 'wang'))).toBe(201);
  });

  it('when their roles change, then the very next request is judged by the new ones', async () => {
    const { browser, id } = await enrol(house.app, 'wang', LEADER);
    const change = (rights: Rights) => asOrganisation('PUT', `/accounts/${id}`, { ...rest, rights });
    expect(await status(browser.send('GET', '/audit'))).toBe(403);
    await change(ORGANISATION);
    expect(await status(browser.send('GET', '/audit'))).toBe(200);
    await change({ roles: ['unit'], unit: 'farm-1', position: 'reporter' });
    expect(await status(browser.send('GET', '/audit'))).toBe(403);
    expect(await status(browser.send('GET', '/units/farm-1/activities'))).toBe(200);
    expect(await status(browser.send('GET', '/units/farm-2/activities'))).toBe(403);
    await change({ roles: ['unit'], unit: 'farm-2', position: 'reporter' });
    expect(await status(browser.send('GET', '/units/farm-1/activities'))).toBe(403);
    expect(await status(browser.send('GET', '/units/farm-2/activities'))).toBe(200);
  });

  it('when somebody ends the session, then that one is over, and others are not', async () => {
    const { browser, id } = await enrol(house.app, 'wang', LEADER);
    const { browser: li } = await enrol(house.app, 'li', LEADER);
    type Row = { id: string; owner: string; label: string };
    const { sessions } = await asOrganisation<{ sessions: Row[] }>('GET', '/sessions');
    const own = sessions.find(({ owner }) => owner === id);
    expect(own?.label).toBe('wang');
    expect(JSON.stringify(sessions)).not.toContain('wxsession');
    await asOrganisation('DELETE', `/sessions/${own?.id}`);
    expect(await status(browser.send('GET', '/units'))).toBe(401);
    expect(await status(li.send('GET', '/units'))).toBe(200);
  });

  it('when they would lock themselves out, then 409', async () => {
    const { browser, id } = await enrol(house.app, 'wang', ORGANISATION);
    const path = `/accounts/${id}`;
    expect(await status(browser.send('PUT', path, { ...rest, rights: LEADER }))).toBe(409);
    expect(await status(browser.send('PUT', path, { ...rest, rights: ORGANISATION, disabled: true }))).toBe(
      409,
    );
    expect(await status(browser.send('PUT', path, { ...rest, rights: ORGANISATION }))).toBe(200);
  });

  it('when they hold several roles, then rights add up', async () => {
    const both: Rights = { roles: ['unit', 'leader'], unit: 'farm-1', position: 'head' };
    const { browser } = await enrol(house.app, 'wang', both);
    expect(await status(browser.send('GET', '/units/farm-2/activities'))).toBe(200);
    expect(await status(browser.send('GET', '/audit'))).toBe(403);
    const event = {
      specversion: '1.0',
      id: 'e',
      source: '/units/farm-1',
      type: 'activity.recorded',
      data: { unit: 'farm-1' },
    };
    expect(await status(browser.send('POST', '/events', event))).toBe(202);
    expect(await status(browser.send('POST', '/events', { ...event, source: '/organisation' }))).toBe(403);
    expect(await status(browser.send('POST', '/events', { ...event, data: { unit: 'farm-2' } }))).toBe(403);
  });
});

describe('given a unit’s people', () => {
  const event = (type: string) => ({
    specversion: '1.0',
    id: type,
    source: '/units/farm-1',
    type,
    data: { unit: 'farm-1' },
  });

  it('when a reporter submits the self-inspection, then 403; the head may; both report', async () => {
    const { browser: reporter } = await enrol(house.app, 'zhao', {
      roles: ['unit'],
      unit: 'farm-1',
      position: 'reporter',
    });
    const { browser: head } = await enrol(house.app, 'qian', {
      roles: ['unit'],
      unit: 'farm-1',
      position: 'head',
    });
    for (const who of [reporter, head])
      expect(await status(who.send('POST', '/events', event('activity.recorded')))).toBe(202);
    expect(await status(reporter.send('POST', '/events', event('selfinspection.submitted')))).toBe(403);
    expect(await status(head.send('POST', '/events', event('selfinspection.submitted')))).toBe(202);
  });

  it('when they send, then the event says who did: the account, or the token of a program', async () => {
    const { browser, id } = await enrol(house.app, 'zhao', {
      roles: ['unit'],
      unit: 'farm-1',
      position: 'head',
    });
    await browser.send('POST', '/events', event('activity.recorded'));
    expect(house.app.submitted.at(-1)).toMatchObject({ actor: id });
    expect((await audit('?action=events'))[0]).toMatchObject({
      who: { id },
      details: { appended: 1, ids: ['activity.recorded'] },
    });
    await fetch(`${house.app.url}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.app.tokens.unit}`, 'content-type': 'application/json' },
      body: JSON.stringify(event('activity.recorded')),
    });
    const token = house.app.access
      .list()
      .find(({ kind, rights }) => kind === 'bearer' && rights.unit === 'farm-1');
    expect(house.app.submitted.at(-1)).toMatchObject({ actor: token?.id });
    // What programs send is in the stream, and not in the audit log besides.
    expect(await audit('?action=events')).toHaveLength(1);
  });
});

describe('given the audit log', () => {
  it('then it tells who signed in, who was refused and by what name, from where, and holds no secret', async () => {
    const { id, token } = await enrol(house.app, 'wang', LEADER, '203.0.113.5');
    const guest = browserAt(house.app, '203.0.113.66');
    await signIn(guest, 'wang', 'a-wrong-password');
    await signIn(guest, 'wang');
    await guest.send('GET', '/audit');
    const entries = await audit();
    const of = (action: string) => entries.filter((entry) => entry.action === action);
    expect(of('session.opened').map(({ who, from }) => [who.id, from])).toEqual([
      [id, '203.0.113.66'],
      [id, '203.0.113.5'],
    ]);
    expect(
      of('attempt.denied').map(({ who, details, from }) => [who.id, details.why, details.tried, from]),
    ).toEqual([
      [id, 'forbidden', undefined, '203.0.113.66'],
      ['stranger', 'not-signed-in', 'wang', '203.0.113.66'],
    ]);
    expect(of('account.made')[0]?.details).toMatchObject({ login: 'wang', roles: ['leader'] });
    const text = JSON.stringify(entries);
    for (const secret of [PASSWORD, 'a-wrong-password', token, 'argon2', 'wxsession_'])
      expect(text).not.toContain(secret);
  });

  it('when it is searched and filtered, then page by page, and as a file', async () => {
    for (let turn = 0; turn < 5; turn++) {
      house.app.now.at += 60_000;
      await house.app.access.audit.record({ id: 'p-1', label: '王，=1+1' }, 'year.sealed', {
        year: 2020 + turn,
      });
    }
    expect(await audit('?action=year')).toHaveLength(5);
    expect(await audit('?action=yea')).toHaveLength(0);
    expect(await audit('?q=2023')).toHaveLength(1);
    expect(await audit('?who=p-1&limit=2')).toHaveLength(2);
    expect(await audit(`?who=p-1&since=${new Date(house.app.now.at - 60_000).toISOString()}`)).toHaveLength(
      2,
    );
    expect(await audit(`?who=p-1&until=${new Date(house.app.now.at - 60_000).toISOString()}`)).toHaveLength(
      3,
    );
    type Page = { entries: AuditEntry[]; nextCursor: string | null };
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await asOrganisation<Page>('GET', `/audit?who=p-1&limit=2${cursor}`);
      seen.push(...page.entries.map(({ details }) => details.year));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor);
    expect(seen).toEqual([2024, 2023, 2022, 2021, 2020]);
    const file = await fetch(`${house.app.url}/api/audit.csv?who=p-1`, {
      headers: { authorization: `Bearer ${house.app.tokens.organisation}` },
    });
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]?.replace('\ufeff', '')).toBe('at,who,id,roles,unit,action,from,details');
    expect((await audit('?action=audit.exported'))[0]?.details).toMatchObject({ who: 'p-1' });
  });

  it('when attempts pour in, then the log keeps the first and is not filled with them', async () => {
    for (let turn = 0; turn < 80; turn++)
      await browserAt(house.app, '203.0.113.1').send('POST', '/sessions', { token: 'x' });
    expect((await audit('?action=attempt')).length).toBeLessThanOrEqual(51);
  });
});
