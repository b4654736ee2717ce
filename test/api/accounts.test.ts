import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { Rights } from '#api/access/principal.ts';
import { type Browser, browserAt, enrol, PASSWORD } from '#test/support/people.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

let app: StubApp;
beforeEach(async () => {
  app = await startStubApp({ trustProxy: 1 });
});
afterEach(() => app.stop());

const asOrganisation = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const response = await fetch(`${app.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${app.tokens.organisation}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
};

const audit = async (query = ''): Promise<AuditEntry[]> =>
  (await asOrganisation<{ entries: AuditEntry[] }>('GET', `/audit${query}`)).entries;

const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;
const signIn = (browser: Browser, login: string, password = PASSWORD) =>
  browser.send('POST', '/sessions', { login, password });

const LEADER: Rights = { roles: ['leader'] };
const ORGANISATION: Rights = { roles: ['organisation'] };
const rest = { name: 'Wang', disabled: false };

describe('given a house without people', () => {
  it('when the set-up link is spent, then the first account is made, and the link and every other are burnt', async () => {
    const asked = {
      kind: 'link',
      purpose: 'set-up',
      rights: ORGANISATION,
      label: 'administrator',
      expiresAt: null,
    } as const;
    const [first, second] = [await app.access.issue(asked), await app.access.issue(asked)];
    const browser = browserAt(app);
    for (let look = 0; look < 3; look++)
      expect(await (await browser.send('POST', '/links', { token: first.secret })).json()).toMatchObject({
        purpose: 'set-up',
      });
    const account = { login: 'wang', name: '王', password: PASSWORD };
    expect(await status(browser.send('POST', '/accounts', { token: first.secret, ...account }))).toBe(201);
    expect(await (await browser.send('GET', '/session')).json()).toMatchObject({
      principal: { roles: ['organisation'], label: '王' },
      account: { login: 'wang', hasPassword: true },
    });
    for (const { secret } of [first, second])
      for (const path of ['/links', '/accounts', '/sessions'])
        expect(
          await status(
            browserAt(app).send('POST', path, {
              token: secret,
              ...(path === '/accounts' && { ...account, login: 'li' }),
            }),
          ),
        ).toBe(401);
  });
});

describe('given an invitation', () => {
  const invite = async (rights: Rights) =>
    asOrganisation<{ token: string; link: string; credential: { id: string } }>('POST', '/invitations', {
      label: '三区',
      rights,
    });
  const unit: Rights = { roles: ['unit'], unit: 'farm-3', position: 'head' };

  it('when two spend it at once, then one gets in', async () => {
    const { token } = await invite(unit);
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        status(
          browserAt(app).send('POST', '/accounts', {
            token,
            login: `head-${name}`,
            name,
            password: PASSWORD,
          }),
        ),
      ),
    );
    expect(answers.sort()).toEqual([201, 401, 401]);
    expect(app.access.accounts()).toHaveLength(1);
  });

  it('when it is revoked or too old, then it is void', async () => {
    const revoked = await invite(unit);
    await asOrganisation('DELETE', `/tokens/${revoked.credential.id}`);
    const old = await invite(unit);
    expect(await status(browserAt(app).send('POST', '/links', { token: revoked.token }))).toBe(401);
    app.now.at += 15 * 86_400_000;
    expect(await status(browserAt(app).send('POST', '/links', { token: old.token }))).toBe(401);
  });

  it('when the sign-in name is taken, in whatever case or width, then 409 and the link is good still', async () => {
    await enrol(app, 'Zhang', LEADER);
    const { token } = await invite(unit);
    for (const login of ['zhang', 'ZHANG', 'ｚｈａｎｇ'])
      expect(
        await status(
          browserAt(app).send('POST', '/accounts', { token, login, name: 'x', password: PASSWORD }),
        ),
      ).toBe(409);
    expect(await status(browserAt(app).send('POST', '/links', { token }))).toBe(200);
  });

  it.each([
    ['short', 'password'],
    ['aaaaaaaaaaaa', 'password'],
    ['my-name-is-newcomer', 'password'],
  ])('when the password is %s, then 422 names it, and the link is good still', async (password, field) => {
    const { token } = await invite(unit);
    const answer = await browserAt(app).send('POST', '/accounts', {
      token,
      login: 'newcomer',
      name: 'x',
      password,
    });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: { field: string }[] }).errors[0]?.field).toBe(field);
    expect(await status(browserAt(app).send('POST', '/links', { token }))).toBe(200);
  });

  it.each([
    [{ roles: ['unit'] }],
    [{ roles: ['leader'], unit: 'farm-1' }],
    [{ roles: ['reviewer'] }],
    [{ roles: ['reviewer'], reviews: { criteria: [], kinds: [] } }],
    [{ roles: ['leader', 'leader'] }],
    [{ roles: [] }],
    [{ roles: ['leader'], position: 'head' }],
  ])('when the rights are %o, then 422', async (rights) => {
    const answer = await fetch(`${app.url}/api/invitations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.tokens.organisation}`, 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'x', rights }),
    });
    expect(answer.status).toBe(422);
  });
});

describe('given a person with a password', () => {
  it('when name and password are right, then they are in; else 401, and both failures look alike', async () => {
    await enrol(app, 'wang', LEADER);
    expect(await status(signIn(browserAt(app), 'WANG'))).toBe(201);
    const wrong = await signIn(browserAt(app), 'wang', 'wrong-password-1');
    const nobody = await signIn(browserAt(app), 'nobody', 'wrong-password-1');
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    const detail = async (answer: Response) => ((await answer.json()) as { detail: string }).detail;
    expect(await detail(wrong)).toBe(await detail(nobody));
  });

  it('when it is guessed, then the account closes to that address for a while, and to others not', async () => {
    const { browser } = await enrol(app, 'wang', LEADER);
    await enrol(app, 'li', LEADER);
    const guesser = browserAt(app, '203.0.113.9');
    const statuses: number[] = [];
    for (let turn = 0; turn < 12; turn++)
      statuses.push(await status(signIn(guesser, 'wang', `wrong-pass-${turn}`)));
    expect(statuses.slice(0, 11)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
    expect(await status(signIn(guesser, 'wang'))).toBe(429);
    expect(await status(signIn(guesser, 'li'))).toBe(201);
    expect(await status(signIn(browserAt(app, '203.0.113.10'), 'wang'))).toBe(201);
    expect(await status(browser.send('GET', '/units'))).toBe(200);
    app.now.at += 16 * 60_000;
    expect(await status(signIn(guesser, 'wang'))).toBe(201);
  });

  it('when it is guessed from many addresses, then the account closes to all', async () => {
    await enrol(app, 'wang', LEADER);
    const statuses: number[] = [];
    for (let turn = 0; turn < 70; turn++)
      statuses.push(await status(signIn(browserAt(app, `203.0.113.${turn}`), 'wang', 'wrong-password')));
    expect(statuses.at(-1)).toBe(429);
    expect(await status(signIn(browserAt(app, '198.51.100.1'), 'wang'))).toBe(429);
  });

  it('when it is changed, then the other sessions end, and this one goes on', async () => {
    const { browser } = await enrol(app, 'wang', LEADER);
    const other = browserAt(app);
    await signIn(other, 'wang');
    const asked = { current: PASSWORD, password: 'another-field-8-wheat' };
    expect(await status(browser.send('PUT', '/account/password', { ...asked, current: 'wrong' }))).toBe(422);
    expect(await status(browser.send('PUT', '/account/password', asked))).toBe(204);
    expect(await status(browser.send('GET', '/units'))).toBe(200);
    expect(await status(other.send('GET', '/units'))).toBe(401);
    expect(await status(signIn(other, 'wang'))).toBe(401);
    expect(await status(signIn(other, 'wang', asked.password))).toBe(201);
  });

  it('when the department gives a reset link, then it sets a new password once and ends what was open', async () => {
    const { browser, id } = await enrol(app, 'wang', LEADER);
    const { link } = await asOrganisation<{ link: string }>('POST', `/accounts/${id}/reset`);
    const token = link.split('#token=')[1];
    const fresh = browserAt(app);
    expect(await (await fresh.send('POST', '/links', { token })).json()).toMatchObject({
      purpose: 'reset',
      login: 'wang',
    });
    const spend = { token, password: 'barley-and-rye-55' };
    expect(await status(browserAt(app).send('POST', '/sessions', { token }))).toBe(401);
    expect(await status(fresh.send('POST', '/passwords', spend))).toBe(201);
    expect(await status(browser.send('GET', '/units'))).toBe(401);
    expect(await status(fresh.send('GET', '/units'))).toBe(200);
    expect(await status(browserAt(app).send('POST', '/passwords', spend))).toBe(401);
    expect(await status(signIn(browserAt(app), 'wang'))).toBe(401);
  });

  it('when they do nothing for long, then they are out, and the whole time is bounded, too', async () => {
    await app.stop();
    app = await startStubApp({ lifetimes: { hours: 12, idleMinutes: 30 } });
    const { browser } = await enrol(app, 'wang', LEADER);
    for (let turn = 0; turn < 5; turn++) {
      app.now.at += 29 * 60_000;
      expect(await status(browser.send('GET', '/units'))).toBe(200);
    }
    app.now.at += 31 * 60_000;
    expect(await status(browser.send('GET', '/units'))).toBe(401);
    await signIn(browser, 'wang');
    for (let turn = 0; turn < 25; turn++) {
      app.now.at += 29 * 60_000;
      await browser.send('GET', '/units');
    }
    expect(await status(browser.send('GET', '/units'))).toBe(401);
  });
});

describe('given a person who is signed in', () => {
  it('when they are disabled, then the very next request is refused, and enabling revives no session', async () => {
    const { browser, id } = await enrol(app, 'wang', LEADER);
    expect(await status(browser.send('GET', '/gaps/2026'))).toBe(500);
    await asOrganisation('PUT', `/accounts/${id}`, { ...rest, rights: LEADER, disabled: true });
    expect(await status(browser.send('GET', '/gaps/2026'))).toBe(401);
    expect(await status(signIn(browserAt(app), 'wang'))).toBe(401);
    await asOrganisation('PUT', `/accounts/${id}`, { ...rest, rights: LEADER });
    expect(await status(browser.send('GET', '/gaps/2026'))).toBe(401);
    expect(await status(signIn(browserAt(app), 'wang'))).toBe(201);
  });

  it('when their roles change, then the very next request is judged by the new ones', async () => {
    const { browser, id } = await enrol(app, 'wang', LEADER);
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
    const { browser, id } = await enrol(app, 'wang', LEADER);
    const { browser: li } = await enrol(app, 'li', LEADER);
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
    const { browser, id } = await enrol(app, 'wang', ORGANISATION);
    const path = `/accounts/${id}`;
    expect(await status(browser.send('PUT', path, { ...rest, rights: LEADER }))).toBe(409);
    expect(await status(browser.send('PUT', path, { ...rest, rights: ORGANISATION, disabled: true }))).toBe(
      409,
    );
    expect(await status(browser.send('PUT', path, { ...rest, rights: ORGANISATION }))).toBe(200);
  });

  it('when they hold several roles, then rights add up', async () => {
    const both: Rights = { roles: ['unit', 'leader'], unit: 'farm-1', position: 'head' };
    const { browser } = await enrol(app, 'wang', both);
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
    const { browser: reporter } = await enrol(app, 'zhao', {
      roles: ['unit'],
      unit: 'farm-1',
      position: 'reporter',
    });
    const { browser: head } = await enrol(app, 'qian', { roles: ['unit'], unit: 'farm-1', position: 'head' });
    for (const who of [reporter, head])
      expect(await status(who.send('POST', '/events', event('activity.recorded')))).toBe(202);
    expect(await status(reporter.send('POST', '/events', event('selfinspection.submitted')))).toBe(403);
    expect(await status(head.send('POST', '/events', event('selfinspection.submitted')))).toBe(202);
  });

  it('when they send, then the event says who did: the account, or the token of a program', async () => {
    const { browser, id } = await enrol(app, 'zhao', { roles: ['unit'], unit: 'farm-1', position: 'head' });
    await browser.send('POST', '/events', event('activity.recorded'));
    expect(app.submitted.at(-1)).toMatchObject({ actor: id });
    expect((await audit('?action=events'))[0]).toMatchObject({
      who: { id },
      details: { appended: 1, ids: ['activity.recorded'] },
    });
    await fetch(`${app.url}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.tokens.unit}`, 'content-type': 'application/json' },
      body: JSON.stringify(event('activity.recorded')),
    });
    const token = app.access.list().find(({ kind, rights }) => kind === 'bearer' && rights.unit === 'farm-1');
    expect(app.submitted.at(-1)).toMatchObject({ actor: token?.id });
    // What programs send is in the stream, and not in the audit log besides.
    expect(await audit('?action=events')).toHaveLength(1);
  });
});

describe('given the audit log', () => {
  it('then it tells who signed in, who was refused and by what name, from where, and holds no secret', async () => {
    const { id, token } = await enrol(app, 'wang', LEADER, '203.0.113.5');
    const guest = browserAt(app, '203.0.113.66');
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
      app.now.at += 60_000;
      await app.access.audit.record({ id: 'p-1', label: '王，=1+1' }, 'year.sealed', { year: 2020 + turn });
    }
    expect(await audit('?action=year')).toHaveLength(5);
    expect(await audit('?action=yea')).toHaveLength(0);
    expect(await audit('?q=2023')).toHaveLength(1);
    expect(await audit('?who=p-1&limit=2')).toHaveLength(2);
    expect(await audit(`?who=p-1&since=${new Date(app.now.at - 60_000).toISOString()}`)).toHaveLength(2);
    expect(await audit(`?who=p-1&until=${new Date(app.now.at - 60_000).toISOString()}`)).toHaveLength(3);
    type Page = { entries: AuditEntry[]; nextCursor: string | null };
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await asOrganisation<Page>('GET', `/audit?who=p-1&limit=2${cursor}`);
      seen.push(...page.entries.map(({ details }) => details.year));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor);
    expect(seen).toEqual([2024, 2023, 2022, 2021, 2020]);
    const file = await fetch(`${app.url}/api/audit.csv?who=p-1`, {
      headers: { authorization: `Bearer ${app.tokens.organisation}` },
    });
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]?.replace('\ufeff', '')).toBe('at,who,id,roles,unit,action,from,details');
    expect((await audit('?action=audit.exported'))[0]?.details).toMatchObject({ who: 'p-1' });
  });

  it('when attempts pour in, then the log keeps the first and is not filled with them', async () => {
    for (let turn = 0; turn < 80; turn++)
      await browserAt(app, '203.0.113.1').send('POST', '/sessions', { token: 'x' });
    expect((await audit('?action=attempt')).length).toBeLessThanOrEqual(51);
  });
});
