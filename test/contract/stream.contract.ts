import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { envelopeIn } from '#ingest/project/project.ts';
import type { Batch, EventStream, StreamRecord } from '#ingest/stream/eventStream.ts';
import type { Envelope } from '#schemas/events.ts';
import { covers, type Offsets, partitionOf } from '#schemas/position.ts';

/** One log, made for one test. */
export type StreamUnderTest = {
  partitions: number;
  /** Opens the log; again after `close`, with everything that was appended. */
  open(): Promise<EventStream>;
  remove(): Promise<void>;
};

const LIMIT_MS = 60_000;

export function event(id: string, unit = 'u-1'): Envelope {
  const recordedtime = '2026-03-01T08:00:00Z';
  return {
    specversion: '1.0',
    id,
    source: `/units/${unit}`,
    subject: unit,
    type: 'activity.retracted',
    recordedtime,
    data: { activity: `a-${id}`, unit, reason: '登记有误' },
  };
}

export const idOf = (record: StreamRecord): string => (envelopeIn(record) as Envelope).id;

/** Reads from `from` until `enough` says so; throws if that takes too long. */
export async function readUntil(
  stream: EventStream,
  from: Offsets,
  enough: (records: readonly StreamRecord[], batch: Batch) => boolean,
  maxBatch?: number,
): Promise<{ records: StreamRecord[]; batches: Batch[]; next: Offsets }> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), LIMIT_MS);
  const records: StreamRecord[] = [];
  const batches: Batch[] = [];
  try {
    for await (const batch of stream.read(from, {
      signal: controller.signal,
      ...(maxBatch && { maxBatch }),
    })) {
      batches.push(batch);
      records.push(...batch.records);
      if (enough(records, batch)) return { records, batches, next: batch.next };
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`reading ended after ${records.length} records`);
}

export const readAll = (stream: EventStream, from: Offsets = start(stream)) =>
  readUntil(stream, from, (_, { atEnd }) => atEnd);

export const start = ({ partitions }: EventStream): number[] => Array.from({ length: partitions }, () => 0);

/** What every adapter of the stream port promises. */
export function streamContract(make: () => Promise<StreamUnderTest>): void {
  describe('the stream port', () => {
    let log: StreamUnderTest;
    let stream: EventStream;

    beforeEach(async () => {
      log = await make();
      stream = await log.open();
    });
    afterEach(async () => {
      await stream.close();
      await log.remove();
    });

    test('an empty stream is at its end', async () => {
      expect(stream.partitions).toBe(log.partitions);
      expect(await stream.end()).toEqual(start(stream));
      const { records, next } = await readAll(stream);
      expect(records).toEqual([]);
      expect(next).toEqual(start(stream));
      expect(stream.trouble()).toBeUndefined();
      expect(await stream.append([])).toEqual([]);
    });

    test('what was appended is there after the stream is opened again, whole and dated', async () => {
      const before = Date.now();
      const events = Array.from({ length: 250 }, (_, index) => event(`e-${index}`, `u-${index % 7}`));
      const positions = await stream.append(events);
      await stream.close();
      stream = await log.open();
      const { records } = await readAll(stream);
      expect(new Set(positions).size).toBe(250);
      const found = new Map(records.map((record) => [record.position, record]));
      for (const [index, position] of positions.entries())
        expect(envelopeIn(found.get(position) as StreamRecord)).toEqual(events[index]);
      expect(records).toHaveLength(250);
      for (const { storedAt } of records) {
        expect(storedAt).toBeGreaterThanOrEqual(before - 1_000);
        expect(storedAt).toBeLessThanOrEqual(Date.now() + 1_000);
      }
    });

    test('a subject keeps one partition and the order of the calls, however they overlap', async () => {
      const units = ['u-1', 'u-2', 'u-3', 'u-4', 'u-5'];
      const calls: Promise<unknown>[] = [];
      for (let round = 0; round < 60; round += 1)
        for (const unit of units)
          calls.push(
            stream.append([event(`${unit}.${2 * round}`, unit), event(`${unit}.${2 * round + 1}`, unit)]),
          );
      await Promise.all(calls);
      const { records } = await readAll(stream);
      for (const unit of units) {
        const own = records.filter((record) => (envelopeIn(record) as Envelope).subject === unit);
        expect(own.map(idOf)).toEqual(Array.from({ length: 120 }, (_, index) => `${unit}.${index}`));
        expect(new Set(own.map(({ position }) => partitionOf(position))).size).toBe(1);
        const positions = own.map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
      }
    });

    test('subjects spread over all partitions', async () => {
      const positions = await stream.append(
        Array.from({ length: 40 * log.partitions }, (_, index) => event(`e-${index}`, `u-${index}`)),
      );
      expect(new Set(positions.map(partitionOf)).size).toBe(log.partitions);
      const end = await stream.end();
      expect(positions.every((position) => covers(end, position))).toBe(true);
    });

    test('batches are of the size asked for, and each can be read on from', async () => {
      await stream.append(Array.from({ length: 330 }, (_, index) => event(`e-${index}`, `u-${index % 9}`)));
      const { batches } = await readUntil(stream, start(stream), (_, { atEnd }) => atEnd, 50);
      for (const { records } of batches) expect(records.length).toBeLessThanOrEqual(50);
      expect(batches.at(-1)?.next).toEqual(await stream.end());
      expect(batches.slice(0, -1).every(({ atEnd }) => !atEnd)).toBe(true);

      const cut = batches[2];
      const before = batches.slice(0, 3).flatMap(({ records }) => records.map(idOf));
      const after = (await readAll(stream, cut?.next ?? [])).records.map(idOf);
      expect(before.length + after.length).toBe(330);
      expect(new Set([...before, ...after]).size).toBe(330);
    });

    test('reading twice gives the same', async () => {
      await stream.append(Array.from({ length: 120 }, (_, index) => event(`e-${index}`, `u-${index % 9}`)));
      const inOrder = (records: readonly StreamRecord[]) =>
        [...records].sort((a, b) => a.position - b.position);
      const first = await readAll(stream);
      const second = await readAll(stream);
      expect(inOrder(second.records)).toEqual(inOrder(first.records));
      expect(second.next).toEqual(first.next);
    });

    test('the tail is followed until the signal aborts', async () => {
      await stream.append([event('old')]);
      const controller = new AbortController();
      const seen: string[] = [];
      let live = (): void => undefined;
      const caughtUp = new Promise<void>((resolve) => {
        live = resolve;
      });
      const reading = (async () => {
        for await (const { records, atEnd } of stream.read(start(stream), { signal: controller.signal })) {
          seen.push(...records.map(idOf));
          if (atEnd) live();
          if (seen.includes('new-2')) controller.abort();
        }
      })();
      await caughtUp;
      expect(seen).toEqual(['old']);
      await stream.append([event('new-1')]);
      await stream.append([event('new-2')]);
      await reading;
      expect(seen).toEqual(['old', 'new-1', 'new-2']);
    });

    test('a reader that waits ends when the stream closes', async () => {
      const reading = (async () => {
        for await (const batch of stream.read(start(stream), { signal: new AbortController().signal }))
          expect(batch.records).toEqual([]);
      })();
      await stream.close();
      await reading;
    });

    test('close waits for what is being appended', async () => {
      const calls = Array.from({ length: 20 }, (_, index) => stream.append([event(`e-${index}`)]));
      await stream.close();
      const positions = (await Promise.all(calls)).flat();
      expect(positions).toHaveLength(20);
      await expect(stream.append([event('late')])).rejects.toThrow(/closed/);
      stream = await log.open();
      expect((await readAll(stream)).records).toHaveLength(20);
    });

    test('a position behind the end is refused: the log was replaced by an older one', async () => {
      await stream.append([event('e-1')]);
      const beyond = (await stream.end()).map((offset) => offset + 1);
      await expect(readAll(stream, beyond)).rejects.toThrow(/behind the end/);
      await expect(readAll(stream, [...beyond, 0])).rejects.toThrow(/partition/);
    });
  });
}
