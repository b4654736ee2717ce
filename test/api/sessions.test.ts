import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rightsFor } from '#test/support/rights.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

let app: StubApp;
beforeAll(async () => {
  app = await startStubApp();
});
afterAll(() => app.stop());

const signIn = (token: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });

const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? '';

const link = async (role: 'organisation' | 'leader' = 'organisation') =>
  app.access.issue({
    kind: 'link',
    rights: rightsFor(role),
    label: 'by link',
    expiresAt: app.now.at + 3_600_000,
  });

const who = async (headers: Record<string, string>) =>
  ((await (await fetch(`${app.url}/api/session`, { headers })).json()) as { principal: object | null })
    .principal;

describe('given a sign-in link', () => {
  it('when it is used, then a cookie out of reach of scripts and other sites comes, once', async () => {
    const { secret } = await link();
    const first = await signIn(secret);
    expect(first.status).toBe(201);
    expect(first.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict/);
    expect(await who({ cookie: cookieOf(first) })).toMatchObject({
      roles: ['organisation'],
      label: 'by link',
    });
    expect((await signIn(secret)).status).toBe(401);
  });

  it('when two use it at once, then one gets in', async () => {
    const { secret } = await link();
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn(secret)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('when it is expired, then 401', async () => {
    const { secret } = await link();
    app.now.at += 3_600_001;
    expect((await signIn(secret)).status).toBe(401);
  });

  it('when it is sent as a bearer token, then 401: it serves to sign in only', async () => {
    const { secret } = await link();
    const response = await fetch(`${app.url}/api/session`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(response.status).toBe(401);
  });
});

describe('given a session', () => {
  const open = async () => {
    const made = await link();
    return { cookie: cookieOf(await signIn(made.secret)), id: made.credential.id };
  };

  it('when it is signed out, then it is over', async () => {
    const { cookie } = await open();
    const response = await fetch(`${app.url}/api/sessions`, {
      method: 'DELETE',
      headers: { cookie, 'x-requested-with': 'wuxing' },
    });
    expect(response.status).toBe(204);
    expect(await who({ cookie })).toBeNull();
  });

  it('when its hours are over, then it is too', async () => {
    const { cookie } = await open();
    app.now.at += 12 * 3_600_000;
    expect(await who({ cookie })).toBeNull();
  });

  it('when what it came from is revoked, then it dies at once', async () => {
    const { cookie, id } = await open();
    await app.access.revoke(id);
    expect(await who({ cookie })).toBeNull();
  });

  const change = async (headers: Record<string, string>) => {
    const { cookie } = await open();
    const response = await fetch(`${app.url}/api/tokens`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ role: 'leader', label: 'made with a session' }),
    });
    return response.status;
  };

  it('when the pages of this server change something, then they may', async () => {
    expect(await change({ 'sec-fetch-site': 'same-origin' })).toBe(201);
    expect(await change({ 'x-requested-with': 'wuxing' })).toBe(201);
    expect(await change({ origin: app.url })).toBe(201);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://elsewhere.example' }],
    [{}],
    [{ 'sec-fetch-site': 'cross-site', 'x-requested-with': 'wuxing' }],
  ])('when a request with %o changes something, then 403', async (headers) => {
    expect(await change(headers as Record<string, string>)).toBe(403);
  });

  it('when a foreign page signs somebody in, then 403', async () => {
    const { secret } = await link();
    expect((await signIn(secret, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});

describe('given the cookie of a session', () => {
  const HOST = '__Host-wuxing_session';
  const secured = async (headers: Record<string, string> = {}) =>
    signIn((await link()).secret, { 'x-forwarded-proto': 'https', ...headers });
  let plain: StubApp;
  beforeAll(async () => {
    plain = app;
    app = await startStubApp({ trustProxy: 1 });
  });
  afterAll(async () => {
    await app.stop();
    app = plain;
  });
  const seen = (cookie: string, proto = 'https') => who({ cookie, 'x-forwarded-proto': proto });

  it('when it comes over https, then it is bound to the host, and only such a one counts there', async () => {
    const answer = await secured();
    const cookie = cookieOf(answer);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-.*; Path=\/;.*; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(answer.headers.get('set-cookie')).not.toMatch(/Domain/i);
    expect(await seen(cookie)).not.toBeNull();
    expect(await seen(cookie.replace('__Host-', ''))).toBeNull();
  });

  it('when another cookie of the name comes along, then the valid one counts, in whatever order', async () => {
    const cookie = cookieOf(await secured());
    for (const other of [`${HOST}=wxsession_of-a-neighbour`, `${HOST}=`, `${HOST}=a=b`, 'x=1'])
      for (const both of [`${other}; ${cookie}`, `${cookie}; ${other}`, `${cookie};${other}`])
        expect(await seen(both)).toMatchObject({ label: 'by link' });
  });

  it('when somebody signs in again, then the session that came along is over', async () => {
    const first = cookieOf(await secured());
    const second = cookieOf(await secured({ cookie: first, 'sec-fetch-site': 'same-origin' }));
    expect(await seen(first)).toBeNull();
    expect(await seen(second)).not.toBeNull();
  });

  it('when a session is planted before somebody signs in, then another one is made', async () => {
    const planted = `${HOST}=wxsession_planted`;
    const answer = await secured({ cookie: planted, 'sec-fetch-site': 'same-origin' });
    expect(cookieOf(answer)).not.toBe(planted);
    expect(await seen(planted)).toBeNull();
  });

  it('when one person opens many sessions, then the oldest are over and the newest live', async () => {
    const cookies: string[] = [];
    for (let turn = 0; turn < 25; turn++) {
      app.now.at += 1_000;
      cookies.push(cookieOf(await signIn(app.tokens.leader, { 'x-forwarded-proto': 'https' })));
    }
    const alive = await Promise.all(cookies.map((cookie) => seen(cookie)));
    expect(alive.slice(0, 5).every((principal) => principal === null)).toBe(true);
    expect(alive.slice(5).every((principal) => principal !== null)).toBe(true);
  });
});

describe('given tokens', () => {
  const asOrganisation = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(app.url + path, {
      ...init,
      headers: { authorization: `Bearer ${app.tokens.organisation}`, 'content-type': 'application/json' },
    });

  it('when one is issued, used and revoked, then it is dead at once and the audit log has both', async () => {
    const body = JSON.stringify({ role: 'unit', unit: 'farm-9', label: '九区 张' });
    const made = (await (await asOrganisation('/api/tokens', { method: 'POST', body })).json()) as {
      token: string;
      credential: { id: string };
    };
    const use = () => fetch(`${app.url}/api/session`, { headers: { authorization: `Bearer ${made.token}` } });
    expect(await (await use()).json()).toMatchObject({ principal: { roles: ['unit'], unit: 'farm-9' } });
    await asOrganisation(`/api/tokens/${made.credential.id}`, { method: 'DELETE' });
    expect((await use()).status).toBe(401);

    const list = await (await asOrganisation('/api/tokens')).text();
    expect(list).toContain('九区 张');
    expect(list).not.toContain(made.token);
    const { entries } = (await (await asOrganisation('/api/audit?action=token&limit=2')).json()) as {
      entries: { action: string; details: { id: string } }[];
    };
    expect(entries.map(({ action, details }) => [action, details.id])).toEqual([
      ['token.revoked', made.credential.id],
      ['token.issued', made.credential.id],
    ]);
  });

  it.each([
    [{ role: 'unit', label: 'no unit' }],
    [{ role: 'leader', unit: 'farm-1', label: 'a unit too many' }],
    [{ role: 'king', label: 'x' }],
  ])('when %o is asked for, then 422 names the field', async (body) => {
    const response = await asOrganisation('/api/tokens', { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(422);
    expect(((await response.json()) as { errors: { field: string }[] }).errors[0]?.field).toMatch(
      /unit|role/,
    );
  });

  it('when signing in fails too often, then 429; success does not count', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 40; attempt++) statuses.push((await signIn('wx_guess')).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
