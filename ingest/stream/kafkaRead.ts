import type { Kafka } from 'kafkajs';
import type { Offsets } from '#schemas/position.ts';
import type { Batch, ReadOptions } from './eventStream.ts';
import { consume, Stalled } from './kafkaConsume.ts';
import { createInbox, type Inbox } from './kafkaInbox.ts';
import type { Extent } from './kafkaTopic.ts';
import type { KafkaWatch } from './kafkaWatch.ts';
import { createSignal } from './signal.ts';

export type ReaderOptions = {
  kafka: Kafka;
  topic: string;
  partitions: number;
  watch: KafkaWatch;
  /** Told what is wrong, and undefined when it works again. */
  report: (trouble: string | undefined) => void;
};

const PAUSE_MS = 1_000;

export async function* readKafka(
  { partitions, watch, ...options }: ReaderOptions,
  from: Offsets,
  { signal, maxBatch = 5_000 }: ReadOptions,
): AsyncGenerator<Batch> {
  if (from.length > 0 && from.length !== partitions)
    throw new Error(`the position names ${from.length} partitions, topic ${options.topic} has ${partitions}`);
  const at = Array.from({ length: partitions }, (_, partition) => from[partition] ?? 0);
  const extent = await firstExtent(watch, signal);
  if (!extent) return;
  checkWithin(options.topic, at, extent);
  const inbox = createInbox(at, [...extent.high]);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  let failure: Error | undefined;
  const feeding = feed({ ...options, partitions, watch }, inbox, stop.signal).catch((error: Error) => {
    failure = error;
    inbox.changed.notify();
  });
  try {
    for (let first = true; !signal.aborted && !failure; ) {
      const caughtUp = first && at.every((offset, partition) => offset >= (extent.high[partition] ?? 0));
      if (!inbox.empty() || caughtUp) yield inbox.take(maxBatch);
      else await inbox.changed.wait(signal);
      first = false;
    }
    if (failure) throw failure;
  } finally {
    signal.removeEventListener('abort', abort);
    abort();
    await feeding;
  }
}

/** Waits for a broker that doesn't answer, as tailing does later on; without an answer when the signal aborts. */
async function firstExtent(watch: KafkaWatch, signal: AbortSignal): Promise<Extent | undefined> {
  const pause = createSignal();
  while (!signal.aborted) {
    try {
      return await watch.extent();
    } catch (error) {
      if (watch.broken()) throw error;
      await pause.wait(signal, PAUSE_MS);
    }
  }
  return undefined;
}

/** Keeps a consumer going until the signal aborts. Throws where going on would lose events. */
async function feed(
  { kafka, topic, watch, report }: ReaderOptions,
  inbox: Inbox,
  signal: AbortSignal,
): Promise<void> {
  const stalls = stallsOf(inbox);
  let short = false;
  while (!signal.aborted) {
    const round = new AbortController();
    const abort = (): void => round.abort();
    signal.addEventListener('abort', abort);
    let lost: Error | undefined;
    const unwatch = watch.onExtent((extent) => {
      try {
        // A broker that has just come back may tell of less than it has: it must say so twice.
        const isShort = isBehind(inbox.fetched, extent);
        if (short || !isShort) checkWithin(topic, inbox.fetched, extent);
        short = isShort;
        if (stalls(extent)) round.abort(new Stalled('events are there and do not arrive'));
      } catch (error) {
        lost = error as Error;
        abort();
      }
    });
    const reason = await consume({
      kafka,
      topic,
      inbox,
      signal: round.signal,
      onReading: () => report(undefined),
    });
    unwatch();
    signal.removeEventListener('abort', abort);
    if (lost) throw lost;
    if (signal.aborted) break;
    report(`reading from Kafka was interrupted: ${reason?.message ?? 'it ended'}`);
    await inbox.changed.wait(signal, PAUSE_MS);
  }
  report(undefined);
}

/** True when nothing came between two looks although there was something to fetch and room for it. */
function stallsOf(inbox: Inbox): (extent: Extent) => boolean {
  let before: number | undefined;
  return ({ high }) => {
    const fetched = inbox.fetched.reduce((sum, offset) => sum + offset, 0);
    const behind =
      !inbox.full() && inbox.fetched.some((offset, partition) => offset < (high[partition] ?? 0));
    const stalled = behind && before === fetched;
    before = behind && !stalled ? fetched : undefined;
    return stalled;
  };
}

const isBehind = (at: Offsets, { high }: Extent): boolean =>
  at.some((offset, partition) => offset > (high[partition] ?? 0));

/** The log must hold everything from here on: neither cut at the front nor shorter than what was read. */
function checkWithin(topic: string, at: Offsets, { low, high }: Extent): void {
  for (const [partition, offset] of at.entries()) {
    if (offset < (low[partition] ?? 0))
      throw new Error(
        `partition ${partition} of topic ${topic} has lost events ${offset} to ${(low[partition] ?? 0) - 1}`,
      );
    if (offset > (high[partition] ?? 0))
      throw new Error(
        `position ${offset} lies behind the end of partition ${partition} of topic ${topic}, ${high[partition]}`,
      );
  }
}
