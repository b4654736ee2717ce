import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ORGANISATION } from '#schemas/events.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { atLeast, type BenchRow } from './rows.ts';
import { eventsOf } from './world.ts';

/** Events in over HTTP, durable and visible, beside what chDB alone swallows of the same rows. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOKEN = 'bench-token-0123456789abcdef0123456789';
const UNITS = 1_000;
const ACTIVITIES = 100_000;
const BATCH = 1_000;

const environment = { ...process.env, UV_THREADPOOL_SIZE: '16' };

export type Server = { url: string; stop(): Promise<void> };

async function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const match = pattern.exec(text);
    if (match?.[1]) return match[1];
  }
  throw new Error(`the process ended without saying ${pattern}: ${text}`);
}

/** The server as it is started on a server, in a process of its own. */
export async function startServer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-intake-'));
  const child = spawn('node', ['--import', 'tsx', 'wuxing/main.ts', 'serve'], {
    cwd: ROOT,
    env: { ...environment, DATA_DIR: folder, PORT: '0', ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstMatch(child, /(http:\/\/127\.0\.0\.1:\d+)/);
  child.stdout?.resume();
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function send(url: string, body: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/cloudevents-batch+json' },
      body,
    });
    if (response.status === 503) {
      await response.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
    const answer = (await response.json()) as {
      watermark: string;
      receipts: { status: string; problem?: string }[];
    };
    const refused = answer.receipts.find(({ status }) => status !== 'appended');
    if (refused) throw new Error(`refused: ${refused.problem}`);
    return answer.watermark;
  }
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

type Sent = { source: string; subject: string };

/** The world's events as the organisation sends them: plan and units, then two lots of activities, apart by unit. */
function eventsToSend(): { first: Sent[]; lots: Sent[][] } {
  const plan = { ...plan2026, year: 2025 };
  const first: Sent[] = [];
  const lots: Sent[][] = [[], []];
  for (const batch of eventsOf({ plan, units: UNITS, activities: ACTIVITIES }))
    for (const { recordedtime: _, ...event } of batch) {
      const lot = event.type.startsWith('activity.') ? lots[Number(event.subject.at(-1)) % 2] : first;
      lot?.push({ ...event, source: ORGANISATION });
    }
  return { first, lots };
}

const bodiesOf = (events: readonly Sent[]): string[] =>
  Array.from({ length: Math.ceil(events.length / BATCH) }, (_, index) =>
    JSON.stringify(events.slice(index * BATCH, (index + 1) * BATCH)),
  );

async function rawChdb(): Promise<number> {
  const child = spawn(
    'node',
    ['--import', 'tsx', 'test/bench/rawChdb.ts', String(UNITS), String(ACTIVITIES)],
    {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const text = await firstMatch(child, /(\{.*\})/);
  return (JSON.parse(text) as { eventsPerSecond: number }).eventsPerSecond;
}

async function pour(url: string, bodies: readonly string[]): Promise<string> {
  let last = '';
  for (const body of bodies) last = await send(url, body);
  return last;
}

export async function benchIntake(say: (line: string) => void): Promise<BenchRow[]> {
  const { first, lots } = eventsToSend();
  const bodies = lots.map(bodiesOf);
  const count = lots.flat().length;
  say(`sending ${count} events over HTTP in batches of ${BATCH} …`);
  const server = await startServer();
  let rate = 0;
  try {
    await pour(server.url, bodiesOf(first));
    const start = performance.now();
    // Two senders, so that the next batch is on its way while one is being judged; each keeps its units' order.
    const watermarks = await Promise.all(bodies.map((lot) => pour(server.url, lot)));
    for (const watermark of watermarks)
      await get(`${server.url}/api/watermark?atLeast=${watermark}&timeoutMs=60000`);
    await get(`${server.url}/api/rankings/2025`);
    rate = count / ((performance.now() - start) / 1_000);
  } finally {
    await server.stop();
  }
  say('chDB alone, the same rows as JSONEachRow …');
  const raw = await rawChdb();
  const row = { name: 'events in over HTTP, durable and visible', ours: rate, unit: 'events/s' };
  return [
    atLeast({ ...row, peerName: 'chDB alone, JSONEachRow', peer: raw }, 0.5),
    atLeast({ ...row, peerName: 'limit', peer: 20_000 }, 1),
  ];
}
