import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Access } from '#api/access/access.ts';
import type { Role } from '#api/access/principal.ts';
import { readConfig } from '#api/config.ts';
import { openSystem } from '#api/main.ts';
import type { News } from '#api/news/news.ts';
import type { Log } from '#api/ports.ts';
import { type System, serve } from '#api/serve.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { rightsFor } from '#test/support/rights.ts';
import { clockFrom } from './clock.ts';
import { putSample, type Sample } from './preparedSample.ts';
import { makeRoom } from './room.ts';

/**
 * The whole product in this process, on a free port and a folder of its own: real stream, real store, real HTTP.
 * One at a time in a process: chDB has one folder open.
 */
export type Product = {
  url: string;
  dataDir: string;
  system: System;
  access: Access;
  news: News;
  tokens: { organisation: string; leader: string; unit(id: string): Promise<string> };
  /** A one-time sign-in link for the organisation department. */
  signInUrl(): Promise<string>;
  /** `path` begins behind /api; as the organisation department unless a token (or null) is given. */
  call(path: string, options?: CallOptions): Promise<Response>;
  /** The body of a 200 or 202; throws with the problem otherwise. */
  json<T>(path: string, options?: CallOptions): Promise<T>;
  /** Sends a batch and waits until reads reflect it. */
  send(events: readonly object[], token?: string): Promise<{ receipts: Receipt[]; watermark: string }>;
  /** Errors that were logged. */
  errors: object[];
  /** Stops it; the folder goes unless it was given, or `keep` is set. */
  stop(options?: { keep?: boolean }): Promise<void>;
};

export type CallOptions = {
  token?: string | null;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | object;
};

export type ProductOptions = {
  /** A folder that is there already; it stays. */
  dataDir?: string;
  /** Settings as in the environment, e.g. `{ STREAM_URL: … }`. */
  env?: Record<string, string>;
  sample?: Sample;
  /** What the server takes for now; unless it is given, noon of the sample's day and on from there, or the machine's clock. */
  clock?: () => number;
  /** Serve the built dashboard, too. */
  dashboard?: boolean;
  /** Hold every answer to its declared schema (default true; false to measure). */
  checkAnswers?: boolean;
};

const DASHBOARD = fileURLToPath(new URL('../../dist/dashboard', import.meta.url));

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  await makeRoom();
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'wuxing-test-'));
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, ...options.env });
  const errors: object[] = [];
  const log: Log = { info() {}, warn() {}, error: (fields) => void errors.push(fields) };
  const clock =
    options.clock ?? (options.sample ? clockFrom(`${options.sample.today}T12:00:00+08:00`) : Date.now);
  if (options.sample)
    await putSample(options.sample, dataDir, async (sample) => {
      const system = await openSystem(readConfig({ PORT: '0', DATA_DIR: dataDir }), log, clock);
      await system.intake.sample(sample);
      await system.close();
    });
  const system = await openSystem(config, log, clock);
  const served = await serve(config, system, log, {
    checkAnswers: options.checkAnswers ?? true,
    clock,
    ...(options.dashboard ? { dashboard: DASHBOARD } : {}),
  });
  const issue = async (role: Role, unit?: string): Promise<string> =>
    (
      await served.access.issue({
        kind: 'bearer',
        rights: rightsFor(role, unit),
        label: `test ${role}`,
        expiresAt: null,
      })
    ).secret;
  const tokens = {
    organisation: await issue('organisation'),
    leader: await issue('leader'),
    unit: (id: string) => issue('unit', id),
  };
  const call = caller(served.url, tokens.organisation);
  const json = async <T>(path: string, asked?: CallOptions): Promise<T> => {
    const response = await call(path, asked);
    if (response.ok) return (await response.json()) as T;
    throw new Error(`${asked?.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
  };
  return {
    url: served.url,
    dataDir,
    system,
    access: served.access,
    news: served.news,
    tokens,
    signInUrl: served.signInUrl,
    call,
    json,
    errors,
    send: (events, token) => sendBatch(json, events, token),
    async stop({ keep = options.dataDir !== undefined } = {}) {
      await served.close();
      // The store's engine lives as long as the process, and may still be tidying up.
      if (!keep) rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

const caller =
  (url: string, organisation: string): Product['call'] =>
  (path, { token = organisation, method = 'GET', headers = {}, body } = {}) => {
    const plain = typeof body === 'string' || body instanceof Uint8Array;
    return fetch(`${url}/api${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || plain ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: plain ? (body as string) : JSON.stringify(body) }),
    });
  };

async function sendBatch(json: Product['json'], events: readonly object[], token?: string) {
  const sent = await json<{ receipts: Receipt[]; watermark: string }>('/events', {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
    ...(token === undefined ? {} : { token }),
  });
  // The last one of each partition: positions of one ascend.
  const last = new Map(sent.receipts.map(({ position = '' }) => [position.split('-')[0], position]));
  for (const position of last.values())
    if (position) await json(`/watermark?atLeast=${position}&timeoutMs=30000`);
  return sent;
}
