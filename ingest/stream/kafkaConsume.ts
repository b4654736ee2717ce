import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Inbox } from './kafkaInbox.ts';

export type ConsumeOptions = {
  kafka: Kafka;
  topic: string;
  inbox: Inbox;
  signal: AbortSignal;
  /** Called once the consumer reads. */
  onReading: () => void;
};

const DISCONNECT_MS = 5_000;

/**
 * Reads into the inbox from where that stands. Never throws; resolves with the reason when the consumer ends, or
 * without one when the signal aborted.
 *
 * The position is the caller's: the group has one member and a name of its own, and commits nothing. kafkajs asks
 * for offsets anew at every rebalance and would start from the beginning, so each join seeks.
 */
export async function consume({
  kafka,
  topic,
  inbox,
  signal,
  onReading,
}: ConsumeOptions): Promise<Error | undefined> {
  const consumer = kafka.consumer({
    groupId: `${topic}.reader-${randomUUID()}`,
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    // One way of restarting is enough, and kafkajs's own does not cover every failure.
    retry: { retries: 5, restartOnFailure: async () => false },
  });
  const partitions = inbox.fetched.map((_, partition) => partition);
  const seekAll = (): void => {
    for (const partition of partitions)
      consumer.seek({ topic, partition, offset: String(inbox.fetched[partition]) });
  };
  consumer.on(consumer.events.GROUP_JOIN, () => {
    seekAll();
    onReading();
  });
  // A fetch that holds nothing but the marks of transactions never reaches eachBatch.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    const { batchSize, partition, lastOffset, highWatermark } = payload;
    if (batchSize === 0) inbox.put(partition, [], Number(lastOffset) + 1, Number(highWatermark));
  });
  const ended = ending(consumer, signal);
  const eachBatch = (payload: EachBatchPayload): Promise<void> =>
    handOver(consumer, topic, inbox, signal, payload);
  const started = (async () => {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    // Resolving offsets by itself, kafkajs would skip a batch that was given back.
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch });
  })().then(
    () => ended,
    (error: Error) => error,
  );
  const reason = await Promise.race([ended, started]);
  await Promise.race([
    consumer.disconnect().catch(() => undefined),
    sleep(DISCONNECT_MS, undefined, { ref: false }),
  ]);
  return reason;
}

function ending(consumer: Consumer, signal: AbortSignal): Promise<Error | undefined> {
  return new Promise((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
    if (signal.aborted) resolve(undefined);
    signal.addEventListener(
      'abort',
      () => resolve(signal.reason instanceof Stalled ? signal.reason : undefined),
      {
        once: true,
      },
    );
  });
}

/** The reason to abort a consumer that is to be replaced. */
export class Stalled extends Error {}

async function handOver(
  consumer: Consumer,
  topic: string,
  inbox: Inbox,
  signal: AbortSignal,
  { batch, heartbeat, isRunning, isStale, resolveOffset }: EachBatchPayload,
): Promise<void> {
  while (inbox.full() && isRunning() && !isStale() && !signal.aborted) {
    await heartbeat();
    await inbox.changed.wait(signal, 1_000);
  }
  if (!isRunning() || isStale() || signal.aborted) return;
  const { partition } = batch;
  const expected = inbox.fetched[partition] ?? 0;
  // A log that nothing is deleted from has no gaps: kafkajs left something out, or started over at a later offset.
  if (Number(batch.firstOffset() ?? 0) > expected) {
    consumer.seek({ topic, partition, offset: String(expected) });
    return;
  }
  inbox.put(partition, batch.messages, Number(batch.lastOffset()) + 1, Number(batch.highWatermark));
  resolveOffset(batch.lastOffset());
}
