import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApi } from '#api/openapi.ts';
import { day, monthDay, timestamp } from '#schemas/dates.ts';
import { itemId, name, openId, unitId } from '#schemas/ids.ts';
import { allowed, type Call, callsOf, type Schema, valuesOf } from '#test/support/openapiValues.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/**
 * Plays a client that knows nothing but the OpenAPI document: what the document allows is never refused as malformed,
 * and nothing at all, allowed or not, makes the server fail.
 */

/** Waits as it is asked to, sends for ever, or drops what the others need. */
const ELSEWHERE = /watermark|\/live$|rebuild|\/sample$|\/sessions|\/tokens|\/accounts|\/oidc/;
/**
 * Of an inclusion and a consistency one must be asked for: parameters of a call cannot say that in OpenAPI, so its
 * description does.
 */
const ONE_OF = /\/proof$/;
/** What a page of a list gave: no client makes one up. */
const OPAQUE = new Set(['cursor']);

type Drawn = { name: string; where: string; value: string | undefined };

/** Parameters of one schema all have one value, also those that were left out. */
function alikeWherePossible(drawn: Drawn[], given: { schema: unknown }[]): Drawn[] {
  const values = new Map<string, string>();
  const schemas = given.map(({ schema }) => JSON.stringify(schema));
  drawn.forEach(({ value }, at) => {
    if (value !== undefined) values.set(schemas[at] ?? '', value);
  });
  return drawn.map((one, at) => ({ ...one, value: values.get(schemas[at] ?? '') }));
}

const addressOf = (
  call: Call,
  values: (schema: Schema, name: string) => fc.Arbitrary<string>,
  skip: ReadonlySet<string>,
) => {
  const given = call.operation.parameters.filter(({ name }) => !skip.has(name));
  const arbitraries = given.map(({ name, in: where, required, schema }) =>
    (required
      ? values(schema as Schema, name)
      : fc.option(values(schema as Schema, name), { nil: undefined, freq: 2 })
    ).map((value) => ({ name, where, value })),
  );
  // A rule between two parameters, which the document cannot say, shows where both have one value.
  return fc.tuple(fc.boolean(), ...arbitraries).map(([alike, ...drawn]) => {
    const parameters = alike ? alikeWherePossible(drawn, given) : drawn;
    let path = call.path.slice('/api'.length);
    const query = new URLSearchParams();
    for (const { name, where, value } of parameters) {
      if (where === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value ?? 'x') || 'x');
      else if (value !== undefined) query.set(name, value);
    }
    return `${path}?${query}`;
  });
};

describe('given the OpenAPI document and nothing else', () => {
  let product: Product;
  let calls: Call[];
  beforeAll(async () => {
    product = await startProduct({ sample: { seed: 3, today: '2026-03-01' } });
    const document = (await (await fetch(`${product.url}/api/openapi.json`)).json()) as OpenApi;
    calls = callsOf(document).filter(({ path }) => !ELSEWHERE.test(path));
  });
  afterAll(() => product?.stop());

  const statusOf = async (method: string, path: string, init: { body?: string; type?: string } = {}) => {
    const response = await product.call(path, {
      method: method.toUpperCase(),
      ...(init.body === undefined
        ? {}
        : { body: init.body, headers: { 'content-type': init.type ?? 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, text: text.slice(0, 400) };
  };

  it('when a read is asked as the document allows, then it is not refused as malformed, and nothing fails', async () => {
    const refused = new Map<string, string>();
    for (const call of calls.filter(({ method }) => method === 'get'))
      await fc.assert(
        fc.asyncProperty(addressOf(call, allowed, OPAQUE), async (path) => {
          const { status, text } = await statusOf('get', path);
          expect([path, status < 500 || status === 503, text]).toEqual([path, true, text]);
          if ((status === 400 || status === 422) && !ONE_OF.test(call.path))
            refused.set(call.path, `${path} ${text}`);
        }),
        { numRuns: 12 },
      );
    expect([...refused.values()]).toEqual([]);
  });

  it('when a read is asked for anything, then nothing fails', async () => {
    const anything = () =>
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '0', '-1', '%00', '..'));
    for (const call of calls.filter(({ method }) => method === 'get'))
      await fc.assert(
        fc.asyncProperty(addressOf(call, anything, new Set()), async (path) => {
          const { status, text } = await statusOf('get', path);
          expect([path, status < 500 || status === 503, text]).toEqual([path, true, text]);
        }),
        { numRuns: 12 },
      );
  });

  const HOSTILE = [
    "'; DROP TABLE units; --",
    "x') UNION ALL SELECT name, 1 FROM system.tables --",
    '{p:String}',
    "\\' OR 1=1 \\",
    'a\0b',
    '0001-01-01',
    '9999-12-31T23:59:59Z',
    '9223372036854775808',
    '0-9223372036854775807',
    '-1e309',
    '\u202e<b>=1+1',
    'x'.repeat(5_000),
  ];
  /** What a problem never tells: what the inside says of itself. */
  const INSIDE = /DB::|clickhouse|syntax error|node_modules|\bat \w+ \(/i;

  /** As it was, with another value in one parameter. */
  function addressWith(
    call: Call,
    usual: string,
    { name, in: where }: { name: string; in: string },
    value: string,
  ): string {
    const [path = '', query] = usual.split('?');
    const search = new URLSearchParams(query);
    if (where === 'query') search.set(name, value);
    const given = path.split('/');
    const parts = call.path.slice('/api'.length).split('/');
    const changed = parts.map((part, at) =>
      where === 'path' && part.includes(`{${name}}`)
        ? part.replace(`{${name}}`, encodeURIComponent(value))
        : (given[at] ?? part),
    );
    return `${changed.join('/')}?${search}`;
  }

  async function check(address: string): Promise<void> {
    const response = await product.call(address).catch((error: unknown) => {
      throw new Error(`${address.slice(0, 200)}: no answer`, { cause: error });
    });
    const text = await response.text();
    const { status, headers } = response;
    expect([address, status < 500, text.slice(0, 300)]).toEqual([address, true, text.slice(0, 300)]);
    if (status < 400) return;
    const { type, title, detail = '' } = JSON.parse(text) as Record<string, string>;
    expect([address, headers.get('content-type'), type, title, INSIDE.test(detail)]).toEqual([
      address,
      expect.stringContaining('application/problem+json'),
      expect.any(String),
      expect.any(String),
      false,
    ]);
  }

  it('when any one parameter holds SQL, a binding, NUL or an end of a range, then a problem with a code answers', async () => {
    const before = await (await product.call('/units?limit=1000')).text();
    for (const call of calls.filter(({ path }) => !/imports|events/.test(path) || path.endsWith('/events'))) {
      if (call.method !== 'get') continue;
      const [usual = call.path] = fc.sample(addressOf(call, allowed, OPAQUE), { numRuns: 1, seed: 11 });
      for (const parameter of call.operation.parameters)
        await Promise.all(HOSTILE.map((value) => check(addressWith(call, usual, parameter, value))));
    }
    const after = await (await product.call('/units?limit=1000')).text();
    expect(after).toBe(before);
    expect(product.errors).toEqual([]);
  });

  it('when anything is sent, then nothing fails', async () => {
    for (const call of calls.filter(({ operation }) => operation.requestBody)) {
      const types = Object.keys(call.operation.requestBody?.content ?? {});
      const sent = fc.record({
        path: addressOf(call, allowed, OPAQUE),
        type: fc.constantFrom(...types),
        body: fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.constantFrom('', '[]', '{}', '[null]')),
      });
      await fc.assert(
        fc.asyncProperty(sent, async ({ path, type, body }) => {
          const { status, text } = await statusOf(call.method, path, { body, type });
          expect([call.method, path, body, status < 500 || status === 503, text]).toEqual([
            call.method,
            path,
            body,
            true,
            text,
          ]);
        }),
        { numRuns: 12 },
      );
    }
  });

  it('then the example of a parameter is what its pattern allows', () => {
    const told = calls.flatMap(({ path, operation }) =>
      operation.parameters.map(({ name, schema }) => ({ path, name, ...(schema as Schema) })),
    );
    const both = told.filter(({ example, pattern }) => example !== undefined && pattern);
    expect(both.length).toBeGreaterThan(3);
    expect(
      both.filter(({ example, pattern = '' }) => !new RegExp(pattern, 'u').test(String(example))),
    ).toEqual([]);
  });

  it('then days, times, positions and ids say what they look like', () => {
    const parameters = calls.flatMap(({ operation }) => operation.parameters);
    const named = (name: string) =>
      parameters.filter((one) => one.name === name).map(({ schema }) => schema as Schema);
    for (const schema of [
      ...named('on'),
      ...named('asOf'),
      ...named('group'),
      ...named('unit'),
      ...named('after'),
    ])
      expect(schema.format ?? schema.pattern).toBeDefined();
  });

  it.each([
    ['day', day],
    ['monthDay', monthDay],
    ['timestamp', timestamp],
    ['name', name],
    ['itemId', itemId],
    ['openId', openId],
    ['unitId', unitId],
  ] as const)('then what the document says of %s is what the check asks', async (_name, schema) => {
    const { withPatterns } = await import('#api/openapiFormats.ts');
    const { toJSONSchema } = await import('zod');
    const said = toJSONSchema(schema, { override: withPatterns, unrepresentable: 'any' }) as Schema;
    fc.assert(
      fc.property(valuesOf(said), (text) => schema.safeParse(text).success),
      { numRuns: 300 },
    );
  });
});
