import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type FakeServer, startFakeClickHouse } from '#test/support/clickhouse.ts';
import { type OwnBroker, startOwnBroker } from '#test/support/kafka/broker.ts';
import { ownBrokerUnavailable } from '#test/support/kafka/fetch.ts';
import { runTool, startIngestService, startTool } from '#test/support/tool.ts';

/**
 * What the product needs may come later than the product, and may go and come again. It waits, says so once, is not
 * ready meanwhile, and begins by itself.
 */

const TOKEN = 'waiting-test-token-of-the-organisation-department';
const folder = mkdtempSync(join(tmpdir(), 'wuxing-waiting-'));
let child: ChildProcessWithoutNullStreams | undefined;
let clickhouse: FakeServer | undefined;

afterEach(async () => {
  const running = child;
  child = undefined;
  if (!running || running.exitCode !== null) return;
  running.kill('SIGKILL');
  await once(running, 'close');
});
afterAll(async () => {
  await clickhouse?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

type Line = { level: number; msg: string };

/** What a process logs, line by line. */
function logOf(process: ChildProcessWithoutNullStreams): { lines: Line[]; text: () => string } {
  let text = '';
  const lines: Line[] = [];
  process.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    lines.splice(0);
    for (const line of text.split('\n').slice(0, -1))
      if (line.startsWith('{')) lines.push(JSON.parse(line) as Line);
  });
  return { lines, text: () => text };
}

const answerOf = (url: string, headers: Record<string, string> = {}): Promise<Response | undefined> =>
  fetch(url, { headers }).catch(() => undefined);
const statusOf = async (url: string): Promise<number> => (await answerOf(url))?.status ?? 0;
const LONG = { timeout: 60_000, interval: 200 };

test('serve waits for ClickHouse, says for what, is not ready, and begins when it is there', async () => {
  const [port, storePort] = [await freePort(), await freePort()];
  child = startTool(['serve'], {
    PORT: String(port),
    DATA_DIR: join(folder, 'serve'),
    STORE_URL: `http://wuxing:secret-word@127.0.0.1:${storePort}/default`,
    ADMIN_TOKEN: TOKEN,
    LOG_LEVEL: 'info',
  });
  const log = logOf(child);
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => statusOf(`${url}/readyz`), LONG).toBe(503);
  expect(await (await answerOf(`${url}/readyz`))?.json()).toEqual({
    status: 'unavailable',
    troubles: [
      expect.stringMatching(
        new RegExp(`^Waiting for ClickHouse at 127.0.0.1:${storePort}/default.*: .*ECONNREFUSED`),
      ),
    ],
  });
  expect(await statusOf(`${url}/healthz`)).toBe(200);
  const refused = await answerOf(`${url}/api/units`);
  expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused?.json()).toMatchObject({ type: '/api/docs#problem-unavailable', status: 503 });
  const page = await answerOf(`${url}/ranking`, { accept: 'text/html' });
  expect(await page?.text()).toContain('系统正在启动');

  clickhouse = await startFakeClickHouse(storePort);
  await expect.poll(() => statusOf(`${url}/readyz`), LONG).toBe(200);
  const units = await answerOf(`${url}/api/units`, { authorization: `Bearer ${TOKEN}` });
  expect(units?.status).toBe(200);
  const said = log.lines.filter(({ msg }) => /Waiting for|is there/.test(msg)).map(({ msg }) => msg);
  expect(said).toEqual([
    expect.stringMatching(/^Waiting for ClickHouse/),
    expect.stringMatching(/^it is there, after \d+ s$/),
  ]);
  expect(log.text()).not.toContain('secret-word');
  expect(log.text()).not.toMatch(/^\s+at /m);
});

test('a wrong setting is not waited for: the process ends with a sentence', async () => {
  const refusing = createServer((_, response) => {
    response
      .writeHead(403)
      .end('Code: 516. DB::Exception: wuxing: Authentication failed. (AUTHENTICATION_FAILED)');
  }).listen(0, '127.0.0.1');
  await once(refusing, 'listening');
  const { port } = refusing.address() as AddressInfo;
  const { code, err } = await runTool(['serve'], {
    PORT: '0',
    DATA_DIR: join(folder, 'wrong'),
    STORE_URL: `http://wuxing:secret-word@127.0.0.1:${port}/default`,
    ADMIN_TOKEN: TOKEN,
  });
  refusing.close();
  expect(code).toBe(1);
  expect(err).toMatch(
    new RegExp(`ClickHouse at 127.0.0.1:${port}/default cannot be used: .*Authentication failed`),
  );
  expect(err).not.toMatch(/^\s+at |secret-word/m);
});

test('a command of the tool does not wait: it says what cannot be reached', async () => {
  const { code, err } = await runTool(['rebuild'], {
    DATA_DIR: join(folder, 'tool'),
    STORE_URL: `http://127.0.0.1:${await freePort()}/default`,
  });
  expect(code).toBe(1);
  expect(err).toMatch(/ClickHouse at 127\.0\.0\.1:\d+\/default cannot be reached: .*ECONNREFUSED/);
  expect(err).not.toMatch(/^\s+at /m);
});

const missing = ownBrokerUnavailable();

describe.skipIf(missing)(`on Kafka${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let broker: OwnBroker | undefined;
  let store: FakeServer | undefined;
  afterAll(async () => {
    await broker?.stop();
    if (store !== clickhouse) await store?.close();
  });

  test('ingest waits for the broker, and tells of a later outage once when it begins and once when it ends', async () => {
    broker = await startOwnBroker({ later: true });
    store = clickhouse ?? (await startFakeClickHouse());
    const port = await freePort();
    child = startIngestService({
      PORT: String(port),
      DATA_DIR: join(folder, 'ingest'),
      STREAM_URL: `kafka://${broker.brokers[0]}/waiting?partitions=2`,
      STORE_URL: `${store.url}/default`,
      LOG_LEVEL: 'info',
    });
    const log = logOf(child);
    const url = `http://127.0.0.1:${port}`;
    await expect
      .poll(async () => (await answerOf(`${url}/readyz`))?.text(), LONG)
      .toMatch(new RegExp(`Waiting for Kafka at ${broker.brokers[0]}/waiting`));
    expect(await statusOf(`${url}/healthz`)).toBe(200);
    await broker.restart();
    await expect.poll(() => statusOf(`${url}/readyz`), LONG).toBe(200);

    await broker.kill();
    await expect.poll(() => statusOf(`${url}/readyz`), LONG).toBe(503);
    await broker.restart();
    await expect.poll(() => statusOf(`${url}/readyz`), LONG).toBe(200);
    await expect.poll(() => log.lines.some(({ msg }) => /works again/.test(msg)), LONG).toBe(true);
    expect(log.lines.map(({ msg }) => msg).filter((msg) => !/migrated|projecting/.test(msg))).toEqual([
      expect.stringMatching(/^Waiting for Kafka/),
      expect.stringMatching(/^it is there, after \d+ s$/),
      expect.stringMatching(/does not answer; it is tried again until it does/),
      expect.stringMatching(/^it works again, after \d+ s$/),
    ]);
    expect(log.text()).not.toMatch(/^\s+at /m);
  });
});
