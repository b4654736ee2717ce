import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseClaimRules } from '#api/access/claims.ts';
import { createSingleSignOn } from '#api/access/singleSignOn.ts';
import { readConfig } from '#api/config.ts';
import { freePort, type Known, startProvider, walkThrough } from '#test/support/provider.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

const ROLES =
  'zuzhibu=organisation; lingdao=leader; jijian=reviewer:integrity+learning; farm-03=unit:farm-03; farm-03-head=unit:farm-03:head';

const people: Known[] = [
  { sub: 'wang', name: '王', groups: ['zuzhibu'] },
  { sub: 'li', name: '李', groups: ['farm-03-head', 'jijian', 'canteen'] },
  { sub: 'zhao', name: '赵', groups: ['canteen'] },
  { sub: 'admin', name: 'another admin', groups: ['lingdao'] },
];

describe('given a real provider of single sign-on', () => {
  let app: StubApp;
  let provider: Awaited<ReturnType<typeof startProvider>>;

  beforeAll(async () => {
    const port = await freePort();
    const home = `http://127.0.0.1:${port}`;
    provider = await startProvider(`${home}/api/oidc/callback`, people);
    const { oidc } = readConfig({ ...provider.settings, OIDC_ROLES: ROLES });
    if (!oidc) throw new Error('no settings');
    app = await startStubApp({ singleSignOn: createSingleSignOn(oidc, () => home) }, port);
  });
  afterAll(async () => {
    await app.stop();
    await provider.stop();
  });

  const enter = (login: string, next = '') =>
    walkThrough(`${app.url}/api/oidc/sign-in${next}`, login, app.url);
  const session = async (jar: Map<string, string>) =>
    (await fetch(`${app.url}/api/session`, { headers: { cookie: cookieOf(jar) } })).json();
  const cookieOf = (jar: Map<string, string>) =>
    [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

  it('when somebody of a known group comes, then they are in, with the rights of the group', async () => {
    const { landed, jar } = await enter('wang', '?next=/ranking');
    expect(landed).toBe('/ranking');
    expect(await session(jar)).toMatchObject({
      principal: { label: '王', roles: ['organisation'] },
      account: { login: 'wang', hasPassword: false },
      singleSignOn: '单点登录',
    });
    expect([...jar.keys()]).toEqual(['wuxing_session']);
  });

  it('when somebody is of several groups, then rights add up', async () => {
    const { jar } = await enter('li');
    expect(await session(jar)).toMatchObject({
      principal: {
        roles: ['unit', 'reviewer'],
        unit: 'farm-03',
        position: 'head',
        reviews: { criteria: ['integrity', 'learning'], kinds: [] },
      },
    });
  });

  it('when they come again, then it is the same account, and what the provider says now counts', async () => {
    const first = (await session((await enter('li')).jar)) as { principal: { id: string } };
    const person = people.find(({ sub }) => sub === 'li');
    person?.groups.splice(0, 9, 'lingdao');
    const again = (await session((await enter('li')).jar)) as { principal: { id: string; roles: string[] } };
    expect(again.principal.id).toBe(first.principal.id);
    expect(again.principal.roles).toEqual(['leader']);
  });

  it('when no group gives a role, then they are told so, and no account is made', async () => {
    const before = app.access.accounts().length;
    expect((await enter('zhao')).landed).toBe('/sign-in?sso=no-role');
    expect(app.access.accounts()).toHaveLength(before);
  });

  it('when a local account has the name already, then the newcomer gets one of their own', async () => {
    const local = await app.access.addAccount({
      login: 'admin',
      name: 'admin',
      rights: { roles: ['organisation'] },
      password: null,
      identity: null,
    });
    const { jar } = await enter('admin');
    const { principal, account } = (await session(jar)) as {
      principal: { id: string; roles: string[] };
      account: { login: string };
    };
    expect(principal.id).not.toBe(local?.id);
    expect([principal.roles, account.login]).toEqual([['leader'], 'admin-2']);
  });

  it('when the account is disabled, then the provider’s word does not help', async () => {
    const { jar } = await enter('wang');
    const { principal } = (await session(jar)) as { principal: { id: string } };
    await app.access.changeAccount(principal.id, { disabledAt: app.now.at });
    expect(await session(jar)).toMatchObject({ principal: null });
    expect((await enter('wang')).landed).toBe('/sign-in?sso=disabled');
    await app.access.changeAccount(principal.id, { disabledAt: null });
  });

  it('when another browser brings the answer, or nobody asked, then it is refused', async () => {
    for (const query of ['code=x&state=y', 'error=access_denied', ''])
      expect((await walkThrough(`${app.url}/api/oidc/callback?${query}`, '', app.url)).landed).toBe(
        '/sign-in?sso=failed',
      );
    const begun = await fetch(`${app.url}/api/oidc/sign-in`, { redirect: 'manual' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state');
    const stolen = await fetch(`${app.url}/api/oidc/callback?code=x&state=${state}`, { redirect: 'manual' });
    expect(stolen.headers.get('location')).toBe('/sign-in?sso=failed');
    expect(stolen.headers.getSetCookie().join()).not.toContain('wuxing_session=wx');
  });

  it.each(['//evil.example', 'https://evil.example', '/\\\\evil.example', 'javascript:alert(1)'])(
    'when the way on is %s, then it leads home',
    async (next) => {
      expect((await enter('wang', `?next=${encodeURIComponent(next)}`)).landed).toBe('/');
    },
  );
});

describe('given the settings of single sign-on', () => {
  const whole = {
    OIDC_ISSUER: 'https://sso.example.cn',
    OIDC_CLIENT_ID: 'wuxing',
    OIDC_CLIENT_SECRET: 's',
    OIDC_ROLES: 'a=leader',
  };

  it.each(Object.keys(whole))('when %s is missing, then all of them are asked for', (name) => {
    expect(() => readConfig({ ...whole, [name]: undefined })).toThrow(/go together/);
  });

  it('when the provider would be spoken to in the clear, then it is refused but on this machine', () => {
    expect(() => readConfig({ ...whole, OIDC_ISSUER: 'http://sso.example.cn' })).toThrow(/https/);
    expect(readConfig({ ...whole, OIDC_ISSUER: 'http://127.0.0.1:9' }).oidc?.issuer).toBe(
      'http://127.0.0.1:9',
    );
  });

  it.each(['', 'a', 'a=king', 'a=unit', 'a=reviewer', 'a=unit:zone', 'a=unit:f:boss', '=leader'])(
    'when the rules are "%s", then they are none',
    (text) => expect(parseClaimRules(text)).toBeUndefined(),
  );
});
