import { randomUUID } from 'node:crypto';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { ImportAnswer, ImportCounts, ImportRecord } from '#schemas/results/imports.ts';
import type { eventList, Standing } from '#schemas/results/results.ts';
import { adopted, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

type EventList = z.infer<typeof eventList>;

const brokers = process.env.KAFKA_BROKERS;
const NOW = Date.parse('2026-11-22T02:00:00Z');
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const UNITS = ['u-1', 'u-2', 'u-3', 'u-4'];
const ROWS = 1_000;

/** A sheet as a clerk of the department fills it in: reports of several units, which lie in several partitions. */
const sheet = (): Promise<Uint8Array> =>
  writeXlsx({
    sheets: [
      {
        name: 'reports',
        rows: [
          ['unit', 'kind', 'occurredOn', 'title'],
          ...Array.from({ length: ROWS }, (_, index) => [
            UNITS[index % UNITS.length] ?? '',
            'research',
            `2026-0${1 + (index % 9)}-1${index % 10}`,
            `research ${index}`,
          ]),
        ],
      },
    ],
  });

describe.skipIf(!brokers)('Given a system whose stream is Kafka, of three partitions', () => {
  let product: Product;
  let file: Uint8Array;
  let first: string;

  beforeAll(async () => {
    const env = { STREAM_URL: `kafka://${brokers}/imports-${randomUUID()}?partitions=3` };
    product = await startProduct({ env, clock: () => NOW });
    await product.send([adopted(2026), ...UNITS.map((unit) => registered(unit))]);
    file = await sheet();
  });
  afterAll(() => product?.stop());

  const bring = (dryRun = false): Promise<ImportAnswer> =>
    product.json(`/imports?kind=activities&dryRun=${dryRun}&lang=en`, {
      method: 'POST',
      headers: { 'content-type': XLSX },
      body: file,
    });
  const counts = (one: Partial<ImportCounts>): ImportCounts => ({
    new: 0,
    already: 0,
    changed: 0,
    refused: 0,
    ...one,
  });
  /** All that is in the stream, of one type. */
  async function eventsOf(type: string): Promise<EventList['events']> {
    const found: EventList['events'] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&after=${encodeURIComponent(cursor)}`;
      const page: EventList = await product.json(`/events?limit=1000${after}`);
      found.push(...page.events);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found.filter((event) => event.type === type);
  }
  const researchOf = async (unit: string): Promise<number> => {
    const { requirements } = await product.json<Standing>(`/units/${unit}/standing?year=2026&basis=year`);
    const windows = requirements.find(({ kind }) => kind === 'research')?.windows ?? [];
    return windows.reduce((sum, { actual }) => sum + actual, 0);
  };

  it('when a thousand rows are rehearsed, then none is in the stream; when they are imported, then each is, once, and counts', async () => {
    expect((await bring(true)).counts).toEqual(counts({ new: ROWS }));
    expect(await eventsOf('activity.recorded')).toHaveLength(0);
    const answer = await bring();
    first = answer.import;
    expect(answer.counts).toEqual(counts({ new: ROWS }));
    await product.json(`/watermark?atLeast=${encodeURIComponent(answer.watermark)}&timeoutMs=30000`);
    const events = await eventsOf('activity.recorded');
    expect(events).toHaveLength(ROWS);
    expect(new Set(events.map(({ id }) => id)).size).toBe(ROWS);
    expect(new Set(events.map(({ position }) => position.split('-')[0])).size).toBeGreaterThan(1);
    for (const unit of UNITS) expect(await researchOf(unit)).toBe(ROWS / UNITS.length);
  });

  it('when the same file comes again, then nothing is added', async () => {
    expect((await bring()).counts).toEqual(counts({ already: ROWS }));
    expect(await eventsOf('activity.recorded')).toHaveLength(ROWS);
  });

  it('when the import is undone, then all of it is retracted, and it says by which import', async () => {
    const undone = await product.json<{ retracted: number; watermark: string }>(`/imports/${first}`, {
      method: 'DELETE',
    });
    expect(undone.retracted).toBe(ROWS);
    await product.json(`/watermark?atLeast=${encodeURIComponent(undone.watermark)}&timeoutMs=30000`);
    const events = await eventsOf('activity.retracted');
    expect(events).toHaveLength(ROWS);
    expect(JSON.stringify(events[0])).toContain(first);
    for (const unit of UNITS) expect(await researchOf(unit)).toBe(0);
    const { imports } = await product.json<{ imports: ImportRecord[] }>('/imports');
    expect(imports.find(({ id }) => id === first)?.state).toBe('undone');
  });
});
