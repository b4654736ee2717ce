import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ORGANISATION } from '#schemas/events.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { ENVIRONMENT, FLAGS } from '../../bin/runtime.mjs';
import { eventsOf } from './world.ts';

/** The server in a process of its own, and what speaks to it over HTTP as its users do. */

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOKEN = 'bench-token-0123456789abcdef0123456789';
const BATCH = 1_000;

/** What a server has been given: its year is over, so that everything in it may have happened. */
export const YEAR = 2025;
export const planOfYear = { ...plan2026, year: YEAR };

export const environment = { ...process.env, ...ENVIRONMENT };

export type Server = {
  url: string;
  /** Bearer of the organisation department's role. */
  token: string;
  /** Resident and anonymous memory, GiB. */
  memory(): { resident: number; anonymous: number };
  process: ChildProcess;
  stop(): Promise<void>;
};

export async function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const match = pattern.exec(text);
    if (match?.[1]) return match[1];
  }
  throw new Error(`the process ended without saying ${pattern}: ${text}`);
}

/**
 * The server as it is started on a server; on a folder of its own, which goes with it, unless one is given. `ahead`:
 * a file that is loaded before it, and may speak with this process.
 */
export async function startServer(given?: string, ahead?: string): Promise<Server> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'wuxing-server-')));
  const more = ahead ? ['--import', ahead] : [];
  const preloads = ['--import', './bin/checkRuntime.mjs', ...more];
  const child = spawn('node', [...FLAGS, ...preloads, 'wuxing/main.ts', 'serve'], {
    cwd: ROOT,
    env: { ...environment, DATA_DIR: folder, PORT: '0', ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit', ...(ahead ? ['ipc' as const] : [])],
  });
  const url = await firstMatch(child, /(http:\/\/127\.0\.0\.1:\d+)/);
  child.stdout?.resume();
  return {
    url,
    token: TOKEN,
    memory: () => memoryOf(child.pid ?? 0),
    process: child,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      if (given === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of a process and those that it started. */
function memoryOf(pid: number): { resident: number; anonymous: number } {
  const own = ownMemoryOf(pid);
  const path = `/proc/${pid}/task/${pid}/children`;
  for (const child of existsSync(path) ? (readFileSync(path, 'utf8').match(/\d+/g) ?? []) : []) {
    const more = memoryOf(Number(child));
    own.resident += more.resident;
    own.anonymous += more.anonymous;
  }
  return own;
}

/** Nothing of a process that has ended, whether or not it is listed still. */
function ownMemoryOf(pid: number): { resident: number; anonymous: number } {
  const path = `/proc/${pid}/status`;
  const status = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const gibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) / 2 ** 20;
  return { resident: gibibytes('VmRSS'), anonymous: gibibytes('RssAnon') };
}

type Receipts = { receipts: { status: string; position?: string; problem?: string }[] };

/**
 * Sends a batch, again while the server asks for patience, and gives the position of its last event; throws unless
 * every event was appended.
 */
export async function send({ url, token }: Server, body: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
      body,
    });
    if (response.status === 503) {
      await response.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
    const { receipts } = (await response.json()) as Receipts;
    const refused = receipts.find(({ status }) => status !== 'appended');
    if (refused) throw new Error(`refused: ${refused.problem}`);
    return receipts.at(-1)?.position ?? '';
  }
}

export async function pour(server: Server, bodies: readonly string[]): Promise<string> {
  let last = '';
  for (const body of bodies) last = await send(server, body);
  return last;
}

/**
 * A GET under /api. Asked again where the connection that was kept from before had been closed meanwhile, as happens to
 * whoever is busy for longer than a server keeps it.
 */
export async function get(
  { url, token }: Pick<Server, 'url' | 'token'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const ask = () => fetch(`${url}/api${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  try {
    return await ask();
  } catch (error) {
    const { code } = (error as { cause?: { code?: string } }).cause ?? {};
    if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET') throw error;
    return ask();
  }
}

/** The text of a GET under /api. */
export async function getText(server: Server, path: string): Promise<string> {
  const response = await get(server, path);
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.text();
}

/** Waits until reads reflect a position. */
export const visible = (server: Server, position: string): Promise<string> =>
  getText(server, `/watermark?atLeast=${encodeURIComponent(position)}&timeoutMs=60000`);

const PATIENCE = 3_600_000;

/** Waits until reads reflect the end of the stream, however long it takes; the door answers before that. */
export async function caughtUp(server: Server, end: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;)
    try {
      await visible(server, end);
      return;
    } catch (error) {
      if (Date.now() > deadline || server.process.exitCode !== null) throw error;
    }
}

export type Sent = { source: string; subject: string };

/** A world's events as the organisation sends them: plan and units, then its activities in `count` lots, apart by unit. */
export function eventsToSend(
  units: number,
  activities: number,
  count = 1,
): { first: Sent[]; lots: Sent[][] } {
  const first: Sent[] = [];
  const lots: Sent[][] = Array.from({ length: count }, () => []);
  for (const batch of eventsOf({ plan: planOfYear, units, activities }))
    for (const { recordedtime: _, ...event } of batch) {
      const lot = event.type.startsWith('activity.') ? lots[Number(event.subject.at(-1)) % count] : first;
      lot?.push({ ...event, source: ORGANISATION });
    }
  return { first, lots };
}

export const bodiesOf = (events: readonly Sent[], size = BATCH): string[] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, index) =>
    JSON.stringify(events.slice(index * size, (index + 1) * size)),
  );
