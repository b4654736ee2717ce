import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Receipt } from '#schemas/results/results.ts';
import { seeded } from '#test/reference/random.ts';
import { adopted, recorded, registered, type Sent } from '#test/support/events.ts';
import { said, startTool } from '#test/support/tool.ts';

const TOKEN = 'kill-test-token-of-the-organisation-department';
const ROUNDS = 10;
/** What is drawn (sizes of batches, moments of kills) is drawn from it; KILL_SEED repeats a run that was printed. */
const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1_000_000));
const UNITS = Array.from({ length: 12 }, (_, index) => `u-${index}`);
const WRITERS = 4;

let server: Server | undefined;
let folder = '';
afterEach(async () => {
  await server?.kill();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

type Server = { url: string; kill(): Promise<void> };

/** Starts the product as a process of its own, and waits until it takes events. */
async function start(): Promise<Server> {
  const child: ChildProcessWithoutNullStreams = startTool(['serve'], {
    PORT: '0',
    DATA_DIR: folder,
    ADMIN_TOKEN: TOKEN,
  });
  const closed = once(child, 'close');
  const [, url = ''] = await said(child, /Wuxing is at (\S+)/);
  server = {
    url,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
  const deadline = Date.now() + 60_000;
  while (!(await fetch(`${url}/readyz`)).ok) {
    if (Date.now() > deadline) throw new Error('the server did not become ready');
    await sleep(50);
  }
  return server;
}

const asked = {
  headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/cloudevents-batch+json' },
};

async function get<T>(url: string, path: string): Promise<T> {
  const response = await fetch(`${url}/api${path}`, asked);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Receipts, or undefined where no answer came or the door was busy: what became of the events is not known then. */
async function post(url: string, events: readonly Sent[]): Promise<Receipt[] | undefined> {
  try {
    const response = await fetch(`${url}/api/events`, {
      ...asked,
      method: 'POST',
      body: JSON.stringify(events),
    });
    if (response.status !== 202) {
      const text = await response.text();
      if (response.status === 503) return undefined;
      throw new Error(`${response.status} ${text}`);
    }
    return ((await response.json()) as { receipts: Receipt[] }).receipts;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A year whose only requirement counts activities far beyond what is sent, so that the count can be read. */
const counting = (): Sent => {
  const plan = adopted(2026);
  const [requirement] = plan.data.requirements as Record<string, unknown>[];
  const measure = { type: 'count', per: 'year', atLeast: 1_000_000 };
  return { ...plan, data: { ...plan.data, requirements: [{ ...requirement, measure }] } };
};

type Standing = { requirements: { windows: { actual: number }[] }[]; complete: boolean };
type Page = { events: { id: string; type: string; subject: string }[]; nextCursor: string | null };

async function wholeStream(url: string): Promise<Page['events']> {
  const events: Page['events'] = [];
  for (let after = ''; ; ) {
    const page = await get<Page>(url, `/events?limit=10000${after}`);
    events.push(...page.events);
    if (page.nextCursor === null) return events;
    after = `&after=${page.nextCursor}`;
  }
}

test('killed ten times under load, every acknowledged event is counted exactly once and none is counted twice', {
  timeout: 600_000,
}, async () => {
  process.stdout.write(`KILL_SEED=${SEED}\n`);
  const random = seeded(SEED);
  const moments = Array.from({ length: ROUNDS }, () => random.whole(100, 900));
  folder = mkdtempSync(join(tmpdir(), 'wuxing-kill-'));
  const sent = new Set<string>();
  const acknowledged = new Set<string>();
  const refused: unknown[] = [];
  /** Batches whose fate is not known: they are sent again after the restart. */
  let unsure: Sent[][] = [];
  let next = 0;

  function note(batch: readonly Sent[], receipts: readonly Receipt[] | undefined): void {
    if (!receipts) unsure.push([...batch]);
    for (const receipt of receipts ?? []) {
      if (receipt.status === 'appended' || receipt.status === 'already') acknowledged.add(receipt.id);
      else refused.push(receipt);
    }
  }

  function batchOf(size: number): Sent[] {
    return Array.from({ length: size }, () => {
      const unit = UNITS[next % UNITS.length] ?? '';
      const event = { ...recorded(unit, `a-${next++}`), source: '/organisation' };
      sent.add(event.id);
      return event;
    });
  }

  async function write(url: string, stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const batch = batchOf(1 + Math.floor((random.whole(0, 999) / 1_000) ** 3 * 400));
      note(batch, await post(url, batch));
    }
  }

  let running = await start();
  expect(await post(running.url, [counting(), ...UNITS.map((unit) => registered(unit))])).toHaveLength(13);

  for (let round = 0; round < ROUNDS; round++) {
    const { url } = running;
    let stopped = false;
    const again = unsure;
    unsure = [];
    const load = [
      ...Array.from({ length: WRITERS }, () => write(url, () => stopped)),
      (async () => {
        for (const batch of again) note(batch, await post(url, batch));
      })(),
    ];
    // The moment is what the test draws; it waits for nothing.
    await sleep(moments[round]);
    stopped = true;
    await running.kill();
    await Promise.all(load);
    running = await start();
  }

  const { url } = running;
  const stream = (await wholeStream(url)).filter(({ type }) => type === 'activity.recorded');
  const ids = new Set(stream.map(({ id }) => id));
  const standings = await Promise.all(
    UNITS.map((unit) => get<Standing>(url, `/units/${unit}/standing?year=2026&basis=year`)),
  );
  const counted = standings.map(({ requirements }) => requirements[0]?.windows[0]?.actual ?? 0);

  expect(refused).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 20);
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  expect([...ids].filter((id) => !sent.has(id))).toEqual([]);
  expect(stream).toHaveLength(ids.size);
  expect(counted).toEqual(UNITS.map((unit) => stream.filter(({ subject }) => subject === unit).length));
  expect(standings.every(({ complete }) => complete)).toBe(true);
});
