import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RouteDeps, routeTable } from '#api/routes/table.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

const declared = routeTable({ access: {} } as RouteDeps);

/** An application of its own for each: counts of failing attempts are by address, and all tests share one. */
async function withApp<T>(
  work: (app: StubApp, warnings: string[]) => Promise<T>,
  overrides: Parameters<typeof startStubApp>[0] = {},
): Promise<T> {
  const warnings: string[] = [];
  const app = await startStubApp({
    log: { info() {}, warn: (_fields, message) => void warnings.push(message ?? ''), error() {} },
    ...overrides,
  });
  try {
    return await work(app, warnings);
  } finally {
    await app.stop();
  }
}

const MANY = Array.from({ length: 120 }, (_, index) => index);

const bearing = (app: StubApp, token: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/units`, { headers: { authorization: `Bearer ${token}`, ...headers } });

const signIn = (app: StubApp, token: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });

const statuses = async (answers: Promise<Response>[]): Promise<number[]> =>
  (await Promise.all(answers)).map(({ status }) => status);

describe('failing attempts are counted, and nobody is locked out by those of others', () => {
  const ways = { 'a bearer token': bearing, 'signing in': signIn };

  it.each(Object.entries(ways))(
    'when %s is guessed, then it is limited, and a valid one passes',
    (_, attempt) =>
      withApp(async (app) => {
        const failed = await statuses(MANY.map(() => attempt(app, 'wx_guess')));
        expect(new Set(failed)).toEqual(new Set([401, 429]));
        const refused = await attempt(app, 'wx_guess');
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
        for (const other of Object.values(ways)) expect((await other(app, app.tokens.leader)).ok).toBe(true);
        app.now.at += 16 * 60_000;
        expect((await attempt(app, 'wx_guess')).status).toBe(401);
      }),
  );

  it('when a valid token is used often, then it is never counted', () =>
    withApp(async (app) => {
      expect(new Set(await statuses(MANY.map(() => bearing(app, app.tokens.leader))))).toEqual(
        new Set([200]),
      );
      expect((await bearing(app, 'wx_guess')).status).toBe(401);
    }));

  it('when people come through a proxy that is trusted, then each address has its own count', () =>
    withApp(
      async (app) => {
        const from = (address: string) => ({ 'x-forwarded-for': address });
        await statuses(MANY.map(() => bearing(app, 'wx_guess', from('203.0.113.7'))));
        expect((await bearing(app, 'wx_guess', from('203.0.113.7'))).status).toBe(429);
        expect((await bearing(app, 'wx_guess', from('203.0.113.8'))).status).toBe(401);
      },
      { trustProxy: 1 },
    ));

  it('when a header is forged and no proxy is trusted, then it buys no new count, and the log says so once', () =>
    withApp(async (app, warnings) => {
      const forged = MANY.map((n) => bearing(app, 'wx_guess', { 'x-forwarded-for': `203.0.113.${n}` }));
      expect(await statuses(forged)).toContain(429);
      expect(warnings.filter((line) => line.includes('TRUST_PROXY'))).toHaveLength(1);
    }));
});

describe('what a request got wrong is told in words of requests', () => {
  let app: StubApp;
  beforeAll(async () => {
    app = await startStubApp();
  });
  afterAll(() => app.stop());

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(app.url + path, {
      ...init,
      headers: { authorization: `Bearer ${app.tokens.organisation}`, 'content-type': 'application/json' },
    });
  const pathOf = (path: string): string => `/api${path.replace(':year', '2026').replace(/:[a-z]+/gi, 'a')}`;

  it('then no query of any route is told of fields or events', async () => {
    for (const { method, path, query } of declared) {
      // What a provider sends back is the provider's to name.
      if (!query || method !== 'get' || path === '/oidc/callback') continue;
      const answer = await ask(`${pathOf(path)}?nonsense=1`);
      const { errors } = (await answer.json()) as { errors: { field: string; message: string }[] };
      expect([path, answer.status]).toEqual([path, 400]);
      const told = errors.map(({ field, message }) => `${field} ${message}`).join();
      expect(told).toContain('nonsense is no parameter of this call');
      expect(told).not.toMatch(/type of event|field|Invalid input/);
    }
  });

  it.each([
    ['/api/events?limit=5&limit=6', 'limit must be given once'],
    ['/api/units/farm-1/standing', 'year must be given'],
  ])('when %s is asked, then it says: %s', async (path, said) => {
    const { errors } = (await (await ask(path)).json()) as { errors: { field: string; message: string }[] };
    expect(errors.map(({ field, message }) => `${field} ${message}`)).toContain(said);
  });

  it('when a body has a field too many, then it is named', async () => {
    const answer = await ask('/api/tokens', {
      method: 'POST',
      body: JSON.stringify({ role: 'leader', label: 'x', recordedtime: 'now' }),
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('recordedtime: is no field that is taken here');
  });

  it('when a path has not the method, then 405 with those that it has, for each path of the product', async () => {
    const methods = new Map<string, Set<string>>();
    for (const { path, method } of declared)
      methods.set(path, (methods.get(path) ?? new Set()).add(method.toUpperCase()));
    for (const path of ['/openapi.json', '/docs']) methods.set(path, new Set(['GET']));
    for (const [path, known] of methods)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((name) => !known.has(name))) {
        const answer = await ask(pathOf(path), { method });
        expect([method, path, answer.status]).toEqual([method, path, 405]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        const allowed = (answer.headers.get('allow') ?? '').split(', ');
        expect(new Set(allowed)).toEqual(known.has('GET') ? new Set([...known, 'HEAD']) : known);
      }
    for (const path of ['/healthz', '/readyz', '/metrics'])
      expect((await ask(path, { method: 'POST' })).status).toBe(405);
  });
});
