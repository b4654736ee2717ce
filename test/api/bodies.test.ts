import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bodyReader } from '#api/http/bodies.ts';
import { parseJson } from '#api/http/check.ts';
import { DEEPEST, MOST_VALUES } from '#api/http/jsonBounds.ts';
import { Problem, problems } from '#api/http/problem.ts';

const LIMIT = 100_000;
const UNDER_WAY = 250_000;

const app = express();
const read = bodyReader({ limit: LIMIT, mostUnderWay: UNDER_WAY });
/** Answers wait while the test holds them. */
let gate: Promise<void> = Promise.resolve();
let arrived = 0;
/** Under `/slow` patience is short, so that no test waits long. */
const pace = { silenceMs: 200, patienceMs: 500, slowest: 10_000 };
app.use('/slow', bodyReader({ limit: LIMIT, mostUnderWay: LIMIT, pace }));
app.use('/', (request, response, next) =>
  request.originalUrl.startsWith('/slow') ? next() : read(request, response, next),
);
app.use(async (request, response) => {
  arrived++;
  await gate;
  response.json({ bytes: (request.body as Buffer).length, text: request.body.toString('utf8', 0, 20) });
});
app.use(problems(() => {}));
const server = createServer(app);
let url = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  gate = Promise.resolve();
});

const post = async (body: Uint8Array | string, encoding?: string) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: encoding === undefined ? {} : { 'content-encoding': encoding },
    body: body as string,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('a body', () => {
  test.each([
    ['plain', undefined, (text: string) => Buffer.from(text)],
    ['gzip', 'gzip', gzipSync],
    ['deflate', 'deflate', deflateSync],
    ['br', 'br', brotliCompressSync],
    ['written in capitals', 'GZIP', gzipSync],
  ] as const)('is read up to its limit, inflated: %s', async (_, encoding, pack) => {
    expect(await post(pack('x'.repeat(LIMIT)), encoding)).toMatchObject({
      status: 200,
      body: { bytes: LIMIT },
    });
    expect((await post(pack('x'.repeat(LIMIT + 1)), encoding)).status).toBe(413);
    expect(await post(pack('个'), encoding)).toMatchObject({ status: 200, body: { text: '个' } });
    expect(await post(pack(''), encoding)).toMatchObject({ status: 200, body: { bytes: 0 } });
  });

  test('that is not what its encoding says is refused, and the connection goes on', async () => {
    const whole = gzipSync('x'.repeat(50_000));
    for (const body of ['no gzip at all', whole.subarray(0, whole.length - 20)])
      expect((await post(body, 'gzip')).status).toBe(400);
    for (const encoding of ['zstd', 'gzip, br', '__proto__', 'constructor'])
      expect((await post('x', encoding)).status).toBe(415);
    expect((await post('x')).status).toBe(200);
  });

  test('that is cut off holds nothing', async () => {
    for (let round = 0; round < 10; round++) {
      const cut = send(url, { method: 'POST', headers: { 'content-length': 90_000 } });
      cut.on('error', () => {});
      cut.write('x'.repeat(60_000));
      await new Promise((resolve) => cut.write('x', resolve));
      cut.destroy();
    }
    await expect.poll(async () => (await post('x'.repeat(LIMIT))).status).toBe(200);
    const all = await Promise.all([1, 2].map(() => post('x'.repeat(LIMIT))));
    expect(all.map(({ status }) => status)).toEqual([200, 200]);
  });

  test.each([
    ['stands still', 60_000, undefined],
    ['trickles', 10, 20],
  ])('that %s is given up with an answer, and holds nothing', async (_, first, every) => {
    const slow = send(`${url}slow`, { method: 'POST', headers: { 'content-length': 90_000 } });
    slow.on('error', () => {});
    const answered = once(slow, 'response');
    slow.write('x'.repeat(first));
    const drops = every === undefined ? undefined : setInterval(() => slow.write('x'), every);
    const [response] = await answered;
    clearInterval(drops);
    expect(response.statusCode).toBe(400);
    let said = '';
    for await (const piece of response) said += piece;
    expect(said).toContain('too slowly');
    slow.destroy();
    const next = await fetch(`${url}slow`, { method: 'POST', body: 'x'.repeat(LIMIT) });
    expect(next.status).toBe(200);
  });

  test('is refused while others that are under way take all there is, however small it was sent; then taken', async () => {
    let open = (): void => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    arrived = 0;
    const held = [1, 2].map(() => post(gzipSync('x'.repeat(LIMIT)), 'gzip'));
    await expect.poll(() => arrived).toBe(2);
    expect((await post(gzipSync('y'.repeat(60_000)), 'gzip')).status).toBe(503);
    open();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(gzipSync('y'.repeat(60_000)), 'gzip')).status).toBe(200);
  });
});

describe('JSON', () => {
  const kindOf = (text: string): string => {
    try {
      parseJson(Buffer.from(text));
      return 'read';
    } catch (error) {
      return error instanceof Problem ? error.kind : String(error);
    }
  };
  const list = (item: string, count: number): string => `[${Array(count).fill(item).join(',')}]`;

  test.each(['{}', '[]', '0', '""', '{"a":1}', '[[]]'])('has a bounded number of values: of %s', (item) => {
    expect(kindOf(list(item, MOST_VALUES / 4))).toBe('read');
    expect(kindOf(list(item, MOST_VALUES + 1))).toBe('too-large');
  });

  test('is read up to the last value', () => {
    expect(kindOf(list('0', MOST_VALUES - 1))).toBe('read');
    expect(kindOf(list('0', MOST_VALUES))).toBe('too-large');
  });

  test('nests to a bounded depth, and closing gives it back', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(kindOf(nested(DEEPEST))).toBe('read');
    expect(kindOf(nested(DEEPEST + 1))).toBe('bad-request');
    expect(kindOf(list(nested(DEEPEST - 1), 100))).toBe('read');
    expect(kindOf(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).toBe('bad-request');
  });

  test('is not counted inside texts, whatever they hold', () => {
    const text = JSON.stringify(`"[{,\\${'[,{'.repeat(400_000)}\\"`);
    expect(kindOf(text)).toBe('read');
    expect(kindOf(`{${text}:${text}}`)).toBe('read');
    expect(kindOf('"never closed [[[')).toBe('bad-request');
    expect(kindOf('"\\')).toBe('bad-request');
  });
});
