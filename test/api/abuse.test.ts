import { request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Route } from '#api/http/route.ts';
import { type RouteDeps, routeTable } from '#api/routes/table.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { adopted, amended, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

/** What somebody with a valid token may try beyond what it allows; what files may be used for is in evidenceAbuse. */

const declared = routeTable({ access: {} } as RouteDeps);
const PATHS: Record<string, string> = {
  ':year': '2026',
  ':unit': 'farm-1',
  ':id': 'none',
  ':digest': '0'.repeat(64),
};
const pathOf = ({ path }: Route): string => `/api${path.replace(/:[a-z]+/gi, (name) => PATHS[name] ?? 'x')}`;
const ORGANISATION_ONLY = declared.filter(({ roles }) => roles.length === 1 && roles[0] === 'organisation');
const WRITES = declared.filter(({ method, roles }) => method !== 'get' && roles !== 'public');

describe('given every route of the table, written otherwise', () => {
  let app: StubApp;
  beforeAll(async () => {
    app = await startStubApp();
  });
  afterAll(() => app.stop());

  /** As it is: no client of ours tidies the path. */
  const raw = (
    method: string,
    path: string,
    token: string,
    headers: Record<string, string> = {},
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(app.url);
      const asked = send({
        hostname,
        port,
        method,
        path,
        headers: { authorization: `Bearer ${token}`, ...headers },
      });
      asked.on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });

  const SPELLINGS: Record<string, (path: string) => string> = {
    'a slash more': (path) => path.replace('/api/', '/api//'),
    'a slash before': (path) => `/${path}`,
    'a slash behind': (path) => `${path}/`,
    capitals: (path) => path.toUpperCase(),
    'a capital': (path) => path.replace(/\/api\/(.)/, (_, first: string) => `/api/${first.toUpperCase()}`),
    'an escaped slash': (path) => path.replace(/\/([^/]*)$/, '%2F$1'),
    'an escaped letter': (path) =>
      path.replace(/\/api\/(.)/, (_, one: string) => `/api/%${one.charCodeAt(0).toString(16)}`),
    'a step up': (path) => path.replace('/api/', '/api/units/../'),
    'an escaped step up': (path) => path.replace('/api/', '/api/units/%2e%2e/'),
    'a semicolon': (path) => `${path};.json`,
    'an escaped end': (path) => `${path}%00`,
    'a back slash': (path) => path.replace('/api/', '/api\\'),
  };

  it.each(Object.entries(SPELLINGS))(
    'when a route of the department is spelt with %s, then no other role gets in',
    async (_, spell) => {
      expect(ORGANISATION_ONLY.length).toBeGreaterThan(10);
      for (const route of ORGANISATION_ONLY)
        for (const role of ['unit', 'reviewer', 'leader'] as const) {
          const status = await raw(route.method.toUpperCase(), spell(pathOf(route)), app.tokens[role]);
          expect([spell(pathOf(route)), role, status >= 400 && status < 500]).toEqual([
            spell(pathOf(route)),
            role,
            true,
          ]);
        }
      expect(app.submitted).toEqual([]);
      expect(app.errors).toEqual([]);
    },
  );

  it.each(Object.entries(SPELLINGS))(
    'when a unit spells the address of another with %s, then it is not let in',
    async (_, spell) => {
      for (const route of declared.filter(({ path }) => path.includes(':unit'))) {
        const status = await raw(route.method.toUpperCase(), spell(pathOf(route)), app.tokens.otherUnit);
        expect([spell(pathOf(route)), status >= 400 && status < 500]).toEqual([spell(pathOf(route)), true]);
      }
    },
  );

  const METHODS: [string, Record<string, string>, string][] = [
    ['X-HTTP-Method-Override', { 'x-http-method-override': 'METHOD' }, ''],
    ['X-HTTP-Method', { 'x-http-method': 'METHOD' }, ''],
    ['X-Method-Override', { 'x-method-override': 'METHOD' }, ''],
    ['_method', {}, '?_method=METHOD'],
  ];
  it.each(METHODS)(
    'when a read claims by %s to be a write, then it stays a read',
    async (_, headers, query) => {
      for (const { method, path } of WRITES) {
        const named = Object.fromEntries(
          Object.entries(headers).map(([name]) => [name, method.toUpperCase()]),
        );
        const address = pathOf({ path } as Route) + query.replace('METHOD', method);
        await raw('GET', address, app.tokens.organisation, named);
      }
      expect(app.submitted).toEqual([]);
    },
  );

  it('then each route says who may call it, by roles that there are, and none by nobody', () => {
    const roles = new Set(['unit', 'reviewer', 'leader', 'organisation']);
    for (const { method, path, roles: allowed } of declared) {
      expect([method, path, allowed === 'public' || allowed.length > 0]).toEqual([method, path, true]);
      if (allowed !== 'public') for (const one of allowed) expect(roles.has(one)).toBe(true);
    }
    // @ts-expect-error A route without roles does not compile.
    const unruled: Parameters<typeof import('#api/http/route.ts').route>[0] = {
      method: 'get',
      path: '/x',
      tag: 'x',
      summary: 'x',
      answers: {},
      handler: () => ({}),
    };
    expect(unruled).toBeDefined();
  });

  it('then whatever names a unit in its path is the unit’s own', () => {
    for (const route of declared.filter(({ path }) => path.includes(':unit')))
      expect([route.path, 'ownUnit' in route && route.ownUnit]).toEqual([route.path, true]);
  });
});

describe('given two units, each with its token', () => {
  let product: Product;
  let [own, other] = ['', ''];
  beforeAll(async () => {
    product = await startProduct();
    await product.send([registered('farm-01'), registered('farm-02', { name: '秘密单位' }), adopted(2026)]);
    [own, other] = [await product.tokens.unit('farm-01'), await product.tokens.unit('farm-02')];
    await product.send([recorded('farm-02', 'secret-1', { title: '秘密活动' })], other);
    await product.send([recorded('farm-01', 'mine-1')], own);
  });
  afterAll(() => product?.stop());

  const asOwn = (path: string, options: Parameters<Product['call']>[1] = {}) =>
    product.call(path, { token: own, ...options });
  const SECRETS = /秘密|secret-1/;

  test.each([
    ['title', 1_000_000, 200],
    ['title', 5_000, 200],
    ['note', 900_000, 4_000],
  ] as const)(
    'when one sends a %s of %i letters, then a short problem names the field and its limit of %i, and the next report is taken',
    async (field, length, most) => {
      const sent = (event: object) =>
        asOwn('/events', {
          method: 'POST',
          headers: { 'content-type': 'application/cloudevents+json' },
          body: JSON.stringify(event),
        });
      const refused = await sent(recorded('farm-01', 'long-1', { [field]: '长'.repeat(length) }));
      const said = await refused.text();
      expect([refused.status, said.length < 2_000]).toEqual([422, true]);
      expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(said).toContain(`data.${field}: must have at most ${most} characters`);
      expect((await sent(recorded('farm-01', `short-${field}-${length}`, {}))).status).toBe(202);
    },
  );

  test.each([
    ['by id', '/units/farm-02/standing?year=2026'],
    ['by id', '/units/farm-02/activities'],
    ['by id', '/units/farm-02/way-up?year=2026'],
    ['by id', '/units/farm-02/trend?year=2026'],
    ['by id', '/units/farm-02/attachments'],
    ['by filter', '/calendar/2026?unit=farm-02'],
    ['by filter', '/calendar/2026.ics?unit=farm-02'],
    ['by a filter given twice', '/calendar/2026?unit=farm-01&unit=farm-02'],
    ['by a filter as a list', '/calendar/2026?unit[]=farm-02'],
    ['by group', '/rankings/2026?group=farm&basis=year'],
    ['by weights', '/rankings/2026?weights=learning:1'],
    ['by the matrix', '/gaps/2026'],
    ['by the overview', '/overview/2026'],
    ['by what moved', '/movements/2026?from=2025'],
    ['by the stream', '/events'],
    ['by what was refused', '/quarantine'],
    ['by the audit log', '/audit'],
    ['by document', '/exports/unit.csv?year=2026&unit=farm-02'],
    ['by document', '/exports/ranking.csv?year=2026'],
    ['by self-inspection', '/self-inspections/2026'],
  ])('when one reads the other %s (%s), then it learns nothing of it', async (_, path) => {
    const answer = await asOwn(path);
    expect(await answer.text()).not.toMatch(SECRETS);
  });

  test.each([
    '/units/farm-02/standing?year=2026',
    '/units/farm-02/activities',
    '/calendar/2026?unit=farm-02',
  ])('when one asks %s with the tag of the other’s answer, then that is no key', async (path) => {
    const mine = await product.call(path, { token: other });
    const etag = mine.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const answer = await asOwn(path, { headers: { 'if-none-match': etag } });
    expect(answer.status).not.toBe(304);
    expect(mine.headers.get('vary')).toMatch(/Authorization.*Cookie/);
    expect(mine.headers.get('cache-control')).toMatch(/private/);
  });

  const foreign: [string, object][] = [
    ['in its own name', recorded('farm-02', 'x-1')],
    ['under a foreign unit', recorded('farm-01', 'x-2', { unit: 'farm-02' })],
    ['under a foreign subject', { ...recorded('farm-01', 'x-3'), subject: 'farm-02' }],
    ['as the department', { ...recorded('farm-02', 'x-4'), source: '/organisation' }],
    ['amending', amended('farm-02', 'secret-1')],
    ['in another case', { ...recorded('farm-01', 'x-5'), source: '/units/FARM-02' }],
  ];
  test.each(foreign)(
    'when one writes for the other %s, alone or in a batch, then all of it is refused',
    async (_, event) => {
      const one = await asOwn('/events', {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify(event),
      });
      expect([403, 422]).toContain(one.status);
      const batch = await asOwn('/events', {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: JSON.stringify([recorded('farm-01', 'beside'), event]),
      });
      const { receipts = [] } = (await batch.json()) as { receipts?: Receipt[] };
      expect(batch.status === 403 || receipts[1]?.status === 'rejected').toBe(true);
      const { activities } = await product.json<{ activities: { activity: string; title: string }[] }>(
        '/units/farm-02/activities',
      );
      expect(activities).toEqual([expect.objectContaining({ activity: 'secret-1', title: '秘密活动' })]);
    },
  );

  test('when one imports rows of the other, then those rows alone are refused', async () => {
    const rows =
      'unit,kind,occurredOn,title\nfarm-02,research,2026-03-01,别人的\nfarm-01,research,2026-03-01,自己的\n';
    const answer = await asOwn('/imports?kind=activities', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: rows,
    });
    expect(await answer.json()).toMatchObject({ counts: { new: 1, refused: 1 } });
    for (const kind of ['units', 'targets', 'incidents', 'events'])
      expect([
        kind,
        (
          await asOwn(`/imports?kind=${kind}`, {
            method: 'POST',
            headers: { 'content-type': 'text/csv' },
            body: rows,
          })
        ).status,
      ]).toEqual([kind, 403]);
  });

  test('when one looks up, undoes or stops an import of the other, then there is none', async () => {
    const rows = 'unit,kind,occurredOn,title\nfarm-02,research,2026-04-01,第二次\n';
    const done = (await (
      await product.call('/imports?kind=activities', {
        token: other,
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: rows,
      })
    ).json()) as { import: string };
    for (const method of ['GET', 'DELETE'])
      expect((await asOwn(`/imports/${done.import}`, { method })).status).toBe(404);
    expect(await (await asOwn('/imports')).text()).not.toContain(done.import);
  });

  test.each([
    ['role', { role: 'organisation' }],
    ['roles', { roles: ['organisation'] }],
    ['actor', { actor: 'somebody-else' }],
    ['recordedtime', { recordedtime: '2020-01-01T00:00:00Z' }],
    ['position', { position: '0-0' }],
  ])('when an event brings %s, then it gains nothing by it', async (name, more) => {
    const event = { ...recorded('farm-01', `extra-${name}`), ...more };
    const sent = await asOwn('/events', {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    expect([202, 422]).toContain(sent.status);
    if (sent.status === 422) return;
    const { events } = await product.json<{ events: Record<string, unknown>[] }>('/events');
    const stored = events.find(({ id }) => id === event.id);
    await expect
      .poll(async () =>
        (await product.json<{ events: { id: string }[] }>('/events')).events.some(
          ({ id }) => id === event.id,
        ),
      )
      .toBe(true);
    expect(stored?.recordedtime ?? '2026').not.toBe('2020-01-01T00:00:00Z');
    expect((await asOwn('/audit')).status).toBe(403);
  });

  test.each([
    ['data', { data: { ...recorded('farm-01', 'y-1').data, role: 'organisation' } }],
    ['data', { data: { ...recorded('farm-01', 'y-2').data, recordedtime: '2020-01-01T00:00:00Z' } }],
    [
      'data',
      {
        data: JSON.parse(
          '{"__proto__":{"role":"organisation"},"activity":"y-3","unit":"farm-01","year":2026}',
        ) as object,
      },
    ],
  ])('when the %s of an event has a field too many, then 422', async (_, more) => {
    const answer = await asOwn('/events', {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({ ...recorded('farm-01', 'y'), ...more }),
    });
    expect(answer.status).toBe(422);
  });

  test.each([
    ['an account', '/invitations', { label: 'x', rights: { roles: ['organisation'] } }],
    ['a token', '/tokens', { role: 'organisation', label: 'x' }],
    ['a plan', '/plans/2027', {}],
    ['a seal', '/freezes/2026', {}],
    ['a rebuild', '/rebuild', {}],
    ['a sample', '/sample', {}],
  ])('when a unit, a leader or a reviewer makes %s, then 403 or nothing there', async (_, path, body) => {
    const tokens = [own, product.tokens.leader];
    for (const token of tokens)
      for (const method of ['POST', 'PUT'])
        expect([403, 404, 405]).toContain((await product.call(path, { token, method, body })).status);
  });
});
