import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { respond } from '#api/http/respond.ts';

/** Answers on the wire, as callers see them who take this coding and that. */

const LONG = Buffer.from(
  JSON.stringify({ rows: Array.from({ length: 2_000 }, (_, at) => ({ unit: `u-${at}` })) }),
);
const UNPACK: Record<string, (bytes: Buffer) => Buffer> = {
  zstd: zstdDecompressSync,
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (bytes) => bytes,
};

let server: Server;

beforeAll(async () => {
  const app = express();
  const send = (path: string, content: string | Buffer, type: string): void => {
    app.get(path, (request, response) =>
      respond({ bytes: { content, type } }, request, response, () => () => undefined),
    );
  };
  send('/long', LONG, 'application/json; charset=utf-8');
  send('/text', LONG.toString(), 'application/json; charset=utf-8');
  send('/short', '{}', 'application/json; charset=utf-8');
  send('/pdf', LONG, 'application/pdf');
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => void server.close());

async function ask(path: string, accepted?: string, more: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo;
  const headers = { ...more, ...(accepted !== undefined && { 'accept-encoding': accepted }) };
  const [answer] = (await once(get({ port, path, headers, agent: false }), 'response')) as [IncomingMessage];
  const bytes = Buffer.concat(await answer.toArray());
  const coding = answer.headers['content-encoding'] ?? 'identity';
  return {
    status: answer.statusCode,
    headers: answer.headers,
    coding,
    sent: bytes.length,
    bytes: UNPACK[coding]?.(bytes),
  };
}

describe('a long answer', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['zstd;q=0, br;q=0, gzip', 'gzip'],
    ['*', 'zstd'],
    ['deflate', 'identity'],
    ['identity', 'identity'],
    [undefined, 'identity'],
  ])('to a caller who takes %s goes as %s and is the same to the byte', async (accepted, coding) => {
    for (const path of ['/long', '/text', '/long']) {
      const answer = await ask(path, accepted);
      expect(answer.coding).toBe(coding);
      expect(answer.bytes?.equals(LONG)).toBe(true);
      expect(answer.headers.vary).toMatch(/Accept-Encoding/);
      if (coding !== 'identity') expect(answer.sent).toBeLessThan(LONG.length / 2);
    }
  });

  it('is known by the same tag in whatever coding it came', async () => {
    const packed = await ask('/long', 'br');
    const again = await ask('/long', 'gzip', { 'if-none-match': String(packed.headers.etag) });
    expect(again.status).toBe(304);
    expect(again.sent).toBe(0);
    expect(again.headers['content-encoding']).toBeUndefined();
  });
});

it.each(['/short', '/pdf'])('%s goes as it is: packing it would save nothing', async (path) => {
  expect((await ask(path, 'gzip, br, zstd')).coding).toBe('identity');
});
