import { setImmediate as breathe } from 'node:timers/promises';
import { coversAll } from '#schemas/position.ts';
import type { EventStream } from '../stream/eventStream.ts';
import type { Committed } from './committed.ts';
import { pause } from './persistently.ts';
import type { Projector } from './projector.ts';
import { openWriteBatch, type WriteBatch } from './writeBatch.ts';
import type { Writer } from './writer.ts';

export type Pace = {
  /** Records projected in one breath. */
  maxBatch: number;
  /** Records written in one go at most. */
  maxGroup: number;
  /** Least time between write batches, ms. */
  minIntervalMs: number;
};

export type ReadingParts<R> = {
  stream: EventStream;
  projector: Projector<R>;
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
  const { stream, projector, committed, pace, writing, onRead } = parts;
  const { maxBatch, maxGroup, minIntervalMs } = pace;
  const { offsets } = await committed.begin();
  const failing = new AbortController();
  const fail = (): void => failing.abort();
  const reading = AbortSignal.any([signal, failing.signal]);
  const writer = writing(fail);
  let projected = Promise.resolve();
  let writeBatch: WriteBatch | undefined;
  try {
    for await (const batch of stream.read(offsets, { signal: reading, maxBatch })) {
      onRead();
      const isNew = batch.records.length > 0 || !coversAll(committed.checkpoint().offsets, batch.next);
      if (!writeBatch && !isNew) continue;
      const started = performance.now();
      writeBatch ??= openWriteBatch();
      writeBatch.add(batch);
      await projected;
      projected = projector.add({ records: batch.records, partitions: stream.partitions });
      projected.catch(fail);
      if (!batch.atEnd && !writeBatch.isFull(maxGroup)) {
        await breathe();
        continue;
      }
      const whole = writeBatch;
      writeBatch = undefined;
      await projected;
      if (!(await writer.write(whole, await projector.finish()))) return;
      const interval = minIntervalMs && Math.max(minIntervalMs, throttleAfter(whole.size(), writer.tookMs()));
      const spare = interval - (performance.now() - started);
      if (batch.atEnd && spare > 0) await pause(spare, reading);
    }
  } finally {
    await projected.catch(() => {});
    await writer.done();
  }
  await projected;
}
