import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '#api/http/problem.ts';
import type { OpenApi } from '#api/openapi.ts';
import { type RouteDeps, routeTable } from '#api/routes/table.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

describe('given the OpenAPI document', () => {
  let app: StubApp;
  let document: OpenApi;
  beforeAll(async () => {
    app = await startStubApp();
    document = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as OpenApi;
  });
  afterAll(() => app.stop());

  it('then it is OpenAPI 3.1 and has every route of the table, with its roles', () => {
    expect(document.openapi).toBe('3.1.0');
    const declared = routeTable({ access: {} } as RouteDeps);
    for (const route of declared) {
      const path = `/api${route.path.replace(/:([a-z]+)/gi, '{$1}')}`;
      const operation = document.paths[path]?.[route.method];
      expect(operation, `${route.method} ${path}`).toBeDefined();
      expect(operation?.['x-roles'].length).toBe(route.roles === 'public' ? 1 : route.roles.length);
    }
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(operations).toHaveLength(declared.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(declared.length);
  });

  it('then every tag of a route is declared with a description, and every declared one has routes', () => {
    const used = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ tags }) => tags);
    expect([...new Set(used)].sort()).toEqual(document.tags.map(({ name }) => name).sort());
    for (const { name, description } of document.tags) expect(description, name).not.toBe('');
  });

  it('then every reference leads somewhere, and every path parameter is declared', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(50);
    for (const [, name = ''] of refs) expect(document.components.schemas).toHaveProperty([name]);
    for (const [path, methods] of Object.entries(document.paths))
      for (const [, name] of path.matchAll(/\{([a-z]+)\}/gi))
        for (const operation of Object.values(methods))
          expect(operation.parameters).toContainEqual(
            expect.objectContaining({ name, in: 'path', required: true }),
          );
  });

  it('then the parameters of rankings are those of the contract, and say what they are', () => {
    const { parameters = [] } = document.paths['/api/rankings/{year}']?.get ?? {};
    expect(parameters.map(({ name }) => name)).toEqual(
      ['year', 'basis', 'on', 'asOf', 'group', 'compareTo', 'weights', 'top'].sort((a, b) =>
        a === 'year' ? -1 : b === 'year' ? 1 : 0,
      ),
    );
    expect(parameters.find(({ name }) => name === 'top')?.schema).toMatchObject({
      type: 'integer',
      minimum: 1,
    });
    expect(parameters.find(({ name }) => name === 'basis')?.schema).toMatchObject({
      enum: ['year', 'to-date'],
    });
  });

  it('when it is read again with its ETag, then 304', async () => {
    const first = await fetch(`${app.url}/api/openapi.json`);
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(`${app.url}/api/openapi.json`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  it('then its page needs no script, nothing from elsewhere, and explains every problem', async () => {
    const response = await fetch(`${app.url}/api/docs`);
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    for (const kind of Object.keys(PROBLEMS)) expect(page).toContain(`id="problem-${kind}"`);
  });
});

describe('given the headers of any answer', () => {
  let app: StubApp;
  beforeAll(async () => {
    app = await startStubApp();
  });
  afterAll(() => app.stop());

  it('then scripts and style sheets come from this server alone, and nothing may frame it', async () => {
    const { headers } = await fetch(`${app.url}/api/units`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('then a read has an ETag, and is answered 304 to whoever has it, but never to another caller without it', async () => {
    const ask = (headers: Record<string, string>, method = 'GET') =>
      fetch(`${app.url}/api/units`, {
        method,
        headers: { authorization: `Bearer ${app.tokens.leader}`, ...headers },
      });
    const first = await ask({});
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/".+"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect((await ask({ 'if-none-match': `"other", ${etag}` })).status).toBe(304);
    expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200);
    const looked = await ask({}, 'HEAD');
    expect([looked.status, looked.headers.get('etag'), await looked.text()]).toEqual([200, etag, '']);
    expect((await ask({ 'if-none-match': etag }, 'HEAD')).status).toBe(304);
    expect((await fetch(`${app.url}/api/units`, { headers: { 'if-none-match': etag } })).status).toBe(401);
  });

  it.each([
    ['/api/rankings/2026?basis=weekly', 'basis'],
    ['/api/rankings/2026?top=0', 'top'],
    ['/api/rankings/2026?on=2026-02-30', 'on'],
    ['/api/rankings/2026?weights=learning', 'weights'],
    ['/api/rankings/2026?compareTo=yesterday', 'compareTo'],
    ['/api/rankings/2026?asOf=2026-01-01', 'asOf'],
    ['/api/rankings/twenty', 'year'],
    ['/api/rankings/2026?colour=red', 'colour'],
    ['/api/events?after=nowhere', 'after'],
    ['/api/watermark?atLeast=nowhere', 'atLeast'],
    ['/api/units?limit=-1', 'limit'],
  ])('when %s is asked, then 400 names %s', async (path, name) => {
    const response = await fetch(app.url + path, {
      headers: { authorization: `Bearer ${app.tokens.leader}` },
    });
    expect(response.status).toBe(400);
    const problem = (await response.json()) as { errors: { field: string; message: string }[] };
    expect(problem.errors.map(({ field, message }) => `${field} ${message}`).join()).toContain(name);
  });

  it('when a kind of import is unknown, then 400 names those that there are', async () => {
    const response = await fetch(`${app.url}/api/imports?kind=everything`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.tokens.organisation}`, 'content-type': 'application/x-ndjson' },
      body: '{}\n',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('events');
  });

  it('when a wait for a position is in vain, then 503 and where reads are', async () => {
    const response = await fetch(`${app.url}/api/watermark?atLeast=0-99&timeoutMs=10`, {
      headers: { authorization: `Bearer ${app.tokens.leader}` },
    });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ watermark: '7' });
  });

  it('when health is asked, then strangers are answered', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics'])
      expect((await fetch(app.url + path)).status).toBe(200);
  });
});
