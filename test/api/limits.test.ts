import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { open } from 'lmdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '#schemas/results/results.ts';
import { recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool } from '#test/support/tool.ts';

/** Every limit of the door times every limit below it (docs/limits.md), on a real log and a real store. */

const MIB = 1024 * 1024;
const UNIT = 'u-1';
const dataDir = mkdtempSync(join(tmpdir(), 'wuxing-limits-'));
let product: Product;
const start = async (): Promise<void> => {
  product = await startProduct({ dataDir });
};
beforeAll(start);
afterAll(async () => {
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type EventsPage = { events: { id?: string; position: string }[]; nextCursor: string | null };

/** All pages of a list, and how large each answer was. */
async function pagesOf<T extends { nextCursor: string | null }>(path: string, by: string) {
  const pages: T[] = [];
  const sizes: number[] = [];
  let cursor: string | null = null;
  do {
    const response = await product.call(
      `${path}limit=10000${cursor === null ? '' : `&${by}=${encodeURIComponent(cursor)}`}`,
    );
    const text = await response.text();
    expect(response.status, text.slice(0, 300)).toBe(200);
    sizes.push(text.length);
    pages.push(JSON.parse(text) as T);
    cursor = pages.at(-1)?.nextCursor ?? null;
  } while (cursor !== null);
  return { pages, sizes };
}

/** As many as an activity may name, each as long as an id may be. */
const members = Array.from({ length: 10_000 }, (_, index) => `${'m'.repeat(58)}${index}`);
const deed = (id: string) => recorded(UNIT, id, { members, occurredOn: '2026-02-03' }, { id });
const ids = Array.from({ length: 46 }, (_, index) => `large-${index}`);

describe('given a batch as large as the door takes, and the last thing in the log', () => {
  beforeAll(async () => {
    await product.send([registered(UNIT, {}, { id: 'unit' })]);
    const unit = await product.tokens.unit(UNIT);
    const body = JSON.stringify(ids.map(deed));
    expect(body.length).toBeGreaterThan(28 * MIB);
    expect(body.length).toBeLessThan(32 * MIB);
    const sent = await product.send(ids.map(deed), unit);
    expect(sent.receipts.map(({ status }) => status)).toEqual(ids.map(() => 'appended'));
    await product.stop({ keep: true });
    await start();
  });

  it('when the server starts again, then all is there, and it goes on behind it', async () => {
    const { pages } = await pagesOf<EventsPage>('/events?', 'after');
    expect(pages.flatMap(({ events }) => events.map(({ id }) => id))).toEqual(['unit', ...ids]);
    const { receipts } = await product.send([registered('u-2', {}, { id: 'u-2' })]);
    expect(receipts[0]?.position).toBe(`0-${ids.length + 1}`);
  });

  it('when lists are asked for ten thousand rows, then each page is bounded, and together they are whole', async () => {
    const stream = await pagesOf<EventsPage>('/events?', 'after');
    const activities = await pagesOf<{ activities: { activity: string }[]; nextCursor: string | null }>(
      `/units/${UNIT}/activities?year=2026&`,
      'cursor',
    );
    for (const sizes of [stream.sizes, activities.sizes]) {
      expect(Math.max(...sizes)).toBeLessThan(20 * MIB);
      expect(sizes.length).toBeGreaterThan(1);
    }
    const found = activities.pages.flatMap(({ activities: rows }) => rows.map(({ activity }) => activity));
    expect(found).toEqual([...ids].sort());
  });

  it('when the store is rebuilt, then it holds the same', async () => {
    const before = await pagesOf<EventsPage>('/events?', 'after');
    expect(await product.json('/rebuild', { method: 'POST' })).toMatchObject({ events: ids.length + 2 });
    expect((await pagesOf<EventsPage>('/events?', 'after')).pages).toEqual(before.pages);
  });
});

describe('given events larger than any door lets in, as older logs hold them', () => {
  it('when they are read, then they are quarantined, and every list answers and can be exported and restored', async () => {
    await product.stop({ keep: true });
    const log = open<Buffer, number>({
      path: join(dataDir, 'stream'),
      encoding: 'binary',
      remapChunks: true,
    });
    const [last = 0] = log.getKeys({ reverse: true, limit: 1 });
    const count = ids.length + 2;
    expect(last).toBeLessThan(count);
    const head = Buffer.alloc(8);
    head.writeDoubleBE(Date.now());
    const huge = ['huge-1', 'huge-2'].map((id) => ({
      ...registered('u-3', {}, { id }),
      time: 'x'.repeat(20 * MIB),
    }));
    const text = huge.map((event) => `\n${JSON.stringify(event)}`).join('\n');
    await log.put(count, Buffer.concat([head, Buffer.from(text)]));
    await log.close();
    await start();
    await product.json(`/watermark?atLeast=0-${count + 1}&timeoutMs=60000`);
    const quarantine = await pagesOf<{
      quarantine: { id: string; reason: string }[];
      nextCursor: string | null;
    }>('/quarantine?', 'cursor');
    const rows = quarantine.pages.flatMap((page) => Object.values(page).find(Array.isArray) ?? []) as {
      id: string;
      reason: string;
    }[];
    expect(rows.map(({ id }) => id)).toEqual(['huge-1', 'huge-2']);
    expect(rows[0]?.reason).toMatch(/time: must be an RFC 3339 time/);
    expect(Math.max(...quarantine.sizes)).toBeLessThan(24 * MIB);
    const { pages, sizes } = await pagesOf<EventsPage>('/events?', 'after');
    expect(Math.max(...sizes)).toBeLessThan(24 * MIB);
    expect(pages.flatMap(({ events }) => events)).toHaveLength(count + 2);
  });

  it('when they are exported and restored elsewhere by the tool, then nothing is lost', async () => {
    await product.stop({ keep: true });
    const [file, other] = [join(dataDir, 'export.ndjson'), join(dataDir, 'other')];
    const exported = await runTool(['export', 'events', '--out', file], { DATA_DIR: dataDir });
    expect(exported).toMatchObject({
      code: 0,
      err: expect.stringContaining(`${ids.length + 4} events exported`),
    });
    const imported = await runTool(['import', 'events', file], { DATA_DIR: other });
    expect(imported).toMatchObject({
      code: 0,
      err: expect.stringContaining(`${ids.length + 4} events imported`),
    });
    await start();
  });
});

describe('given bodies that are a thousand times as large as they were sent', () => {
  const SENT = { 'content-type': 'application/cloudevents-batch+json', 'content-encoding': 'gzip' };
  /** Events of empty objects: each costs two bytes to send and dozens to hold. */
  const bomb = (events: number, values: number): Buffer =>
    gzipSync(
      `[${Array(events)
        .fill(`[${Array(values).fill('{}').join(',')}]`)
        .join(',')}]`,
      { level: 9 },
    );
  const named = (events: number, values: number): Buffer => {
    const event = Array.from({ length: values }, (_, index) => `"a${index}":{}`).join(',');
    return gzipSync(`[${Array(events).fill(`{${event}}`).join(',')}]`, { level: 9 });
  };
  const post = (body: Uint8Array): Promise<Response> =>
    product.call('/events', { method: 'POST', headers: SENT, body });

  /** How much the process grew while four were under way together. */
  async function growth(
    body: Uint8Array,
  ): Promise<{ grown: number; statuses: number[]; receipts: Receipt[] }> {
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 5);
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(body)));
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { receipts?: Receipt[] }[];
    clearInterval(watch);
    most = Math.max(most, process.memoryUsage.rss());
    return {
      grown: most - before,
      statuses: answers.map(({ status }) => status),
      receipts: bodies.find(({ receipts }) => receipts)?.receipts ?? [],
    };
  }

  it('when they hold more values than are taken, then four at once are refused, and memory stays where it was', async () => {
    const body = bomb(10_000, 1_000);
    expect(body.length).toBeLessThan(64_000);
    const { grown, statuses } = await growth(body);
    expect(statuses).toEqual([413, 413, 413, 413]);
    expect(grown).toBeLessThan(400 * MIB);
  });

  it('when they hold as many as are taken, then each is refused with receipts, and memory stays bounded', async () => {
    for (const body of [bomb(10_000, 98), named(10_000, 98)]) {
      const { grown, statuses, receipts } = await growth(body);
      // Which of four come while others are under way depends on the machine: those are told to come again.
      expect(statuses.every((status) => status === 202 || status === 503)).toBe(true);
      expect(statuses).toContain(202);
      expect(receipts).toHaveLength(10_000);
      expect(receipts.at(-1)?.problem).toMatch(/^was not checked, since 100 events before it were refused/);
      expect(grown).toBeLessThan(800 * MIB);
    }
  });

  it('when it is over, then the door takes events as before', async () => {
    const { receipts } = await product.send([registered('u-9', {}, { id: 'u-9' })]);
    expect(receipts[0]?.status).toBe('appended');
    expect(product.errors).toEqual([]);
  });
});
