import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '#api/http/route.ts';
import { type RouteDeps, routeTable } from '#api/routes/table.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

/** The table alone: its handlers are never called here. */
const declared = routeTable({ access: {} } as RouteDeps);

const PATHS: Record<string, string> = { ':year': '2026', ':unit': 'farm-1', ':id': 'none' };
const pathOf = (route: Route): string =>
  `/api${route.path.replace(/:[a-z]+/gi, (name) => PATHS[name] ?? 'x')}`;

describe('given every route of the table', () => {
  let app: StubApp;
  beforeAll(async () => {
    app = await startStubApp();
  });
  afterAll(() => app.stop());

  const call = async (route: Route, token?: string, path = pathOf(route)): Promise<number> => {
    const response = await fetch(app.url + path, {
      method: route.method.toUpperCase(),
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    await response.body?.cancel();
    return response.status;
  };

  const guarded = declared.filter((route) => route.roles !== 'public');

  it('when a stranger, a made-up token or an empty one calls a guarded route, then 401', async () => {
    for (const route of guarded) {
      // So many guesses at once would be refused as such.
      app.now.at += 60_000;
      for (const token of [undefined, 'wx_made-up', 'x'])
        expect([pathOf(route), await call(route, token)]).toEqual([pathOf(route), 401]);
    }
  });

  it('when a role calls, then it is let in exactly where the table says so', async () => {
    for (const route of guarded)
      for (const role of ['unit', 'reviewer', 'leader', 'organisation'] as const) {
        const status = await call(route, app.tokens[role]);
        const allowed = (route.roles as readonly string[]).includes(role);
        expect([route.method, route.path, role, status === 403]).toEqual([
          route.method,
          route.path,
          role,
          !allowed,
        ]);
        expect(status).not.toBe(401);
      }
  });

  it('when a unit asks for another unit, then 403 on every route that names a unit', async () => {
    const ofUnits = guarded.filter((route) => route.path.includes(':unit'));
    expect(ofUnits.length).toBeGreaterThan(1);
    for (const route of ofUnits) expect(await call(route, app.tokens.otherUnit)).toBe(403);
  });

  it('when a route is not in the table, then strangers get 401 and the signed-in 404', async () => {
    const unknown = { method: 'post' } as Route;
    expect(await call(unknown, undefined, '/api/anything')).toBe(401);
    expect(await call(unknown, app.tokens.organisation, '/api/anything')).toBe(404);
  });

  it('then only signing in and out, spending a link (of a letter, too), and asking who one is, are open to everybody', () => {
    const open = declared.filter((route) => route.roles === 'public');
    expect(open.map((route) => `${route.method} ${route.path}`).sort()).toEqual([
      'delete /sessions',
      'get /oidc/callback',
      'get /oidc/sign-in',
      'get /session',
      'post /accounts',
      'post /links',
      'post /news/confirmations',
      'post /news/stops',
      'post /passwords',
      'post /sessions',
    ]);
  });

  it('then the roles are those of the contract', () => {
    const who = Object.fromEntries(
      declared.map((route) => [`${route.method} ${route.path}`, [...route.roles].sort().join()]),
    );
    const everybody = 'leader,organisation,reviewer,unit';
    expect(who).toMatchObject({
      'post /events': 'organisation,unit',
      'get /events': 'leader,organisation,reviewer',
      'get /watermark': everybody,
      'get /plans/:year': everybody,
      'put /plans/:year': 'organisation',
      'get /units': everybody,
      'get /rankings/:year': everybody,
      'get /units/:unit/standing': everybody,
      'get /gaps/:year': 'leader,organisation,reviewer',
      'get /units/:unit/activities': everybody,
      'get /live': everybody,
      'get /audit': 'organisation',
    });
  });
});
