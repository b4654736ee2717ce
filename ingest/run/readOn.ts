import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { coversAll } from '#schemas/position.ts';
import type { EventStream } from '../stream/eventStream.ts';
import type { Committed } from './committed.ts';
import { pause } from './persistently.ts';
import type { PendingBatch } from './projector.ts';
import { openWriteBatch, type WriteBatch } from './writeBatch.ts';
import type { Writer } from './writer.ts';

export type Pace = {
  /** Records projected in one go at most. */
  maxBatch: number;
  /** Records from which on a write batch is written. */
  maxWriteBatch: number;
  /** Least time between write batches, ms. */
  minIntervalMs: number;
};

export type ReadingParts<R> = {
  stream: EventStream;
  committed: Committed<R>;
  pace: Pace;
  /** Makes the writer of this reading. */
  writing(onFailure: () => void): Writer<R>;
  /** Told that the stream is read. */
  onRead(): void;
};

/**
 * After a write the store is left alone as long as that took, for readers want it, too: three times as long where many
 * records come, which are taken up in fewer, larger inserts then, but never longer than `MOST_MS`.
 */
const MOST_MS = 250;
const MANY = 1_000;
const throttleAfter = (records: number, tookMs: number): number =>
  Math.min(records < MANY ? tookMs : 3 * tookMs, MOST_MS);

/**
 * Reads, projects and writes from the last commit on, three things at a time: while a batch is written, the next is
 * projected, and the one behind that is read. Rejects when any of these fails for another reason than the store's.
 */
export async function readOn<R>(parts: ReadingParts<R>, signal: AbortSignal): Promise<void> {
  const { stream, committed, pace, writing, onRead } = parts;
  const { maxBatch, maxWriteBatch, minIntervalMs } = pace;
  const projection = await committed.begin();
  const from = committed.checkpoint().offsets;
  const failing = new AbortController();
  const fail = (): void => failing.abort();
  const reading = AbortSignal.any([signal, failing.signal]);
  const writer = writing(fail);
  let projected = Promise.resolve();
  let open: { batch: PendingBatch<R>; extent: WriteBatch } | undefined;
  try {
    for await (const read of stream.read(from, { signal: reading, maxBatch })) {
      onRead();
      const isNew = read.records.length > 0 || !coversAll(committed.checkpoint().offsets, read.next);
      if (!open && !isNew) continue;
      const started = performance.now();
      await projected;
      open ??= { batch: projection.open(), extent: openWriteBatch() };
      const { batch, extent } = open;
      extent.add(read);
      projected = batch.add({ records: read.records, partitions: stream.partitions });
      projected.catch(fail);
      if (!read.atEnd && !extent.isFull(maxWriteBatch)) {
        await yieldToOthers();
        continue;
      }
      open = undefined;
      await projected;
      if (!(await writer.write(extent, await batch.finish()))) return;
      const interval =
        minIntervalMs && Math.max(minIntervalMs, throttleAfter(extent.size(), writer.tookMs()));
      const spare = interval - (performance.now() - started);
      if (read.atEnd && spare > 0) await pause(spare, reading);
    }
  } finally {
    await projected.catch(() => {});
    await writer.done();
  }
  await projected;
}
