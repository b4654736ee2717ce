import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { Problem, problems } from '#api/http/problem.ts';
import { isLasting } from '#ingest/lasting.ts';
import { StoreError } from '#ingest/store/errors.ts';

test('what fails the same way again is told as that, without Retry-After, and its cause goes to the log alone', async () => {
  const reported: unknown[] = [];
  const cause = new StoreError('Code: 60. DB::Exception: Table default.ledger does not exist', '60');
  const app = express();
  app.get('/', () => {
    throw new Problem('internal', 'The store refuses to say what stands already.', { cause });
  });
  app.use(problems((error) => void reported.push(error)));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const text = await response.text();
  server.close();
  expect(response.status).toBe(500);
  expect(response.headers.get('retry-after')).toBeNull();
  expect(JSON.parse(text)).toMatchObject({ detail: 'The store refuses to say what stands already.' });
  expect(text).not.toContain('ledger');
  expect(reported).toEqual([cause]);
});

test('errors that pass are told apart from those that last, by ClickHouse’s codes and what proxies say', () => {
  const lasts = (code: string, message = 'm'): boolean =>
    isLasting(new Error('wrapped', { cause: new StoreError(message, code) }));
  expect(['47', '60', '62', '164', '497', '516'].map((code) => lasts(code))).not.toContain(false);
  expect(['81', '159', '202', '210', '241', '242', '999'].map((code) => lasts(code))).not.toContain(true);
  expect(lasts('', '<h1>413 Request Entity Too Large</h1>')).toBe(true);
  expect(lasts('', 'URI Too Long')).toBe(true);
  expect(lasts('', '<h1>502 Bad Gateway</h1>')).toBe(false);
  expect(lasts('', 'connect ECONNREFUSED 127.0.0.1:414')).toBe(false);
});
