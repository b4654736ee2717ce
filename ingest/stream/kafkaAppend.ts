import { type Kafka, type Message, Partitioners, type Producer, type RecordMetadata } from 'kafkajs';
import type { Envelope } from '#schemas/events.ts';
import { type Position, positionOf } from '#schemas/position.ts';
import type { Lasting } from '../lasting.ts';
import { encodeMessage } from './kafkaMessage.ts';
import { homeOf } from './partitioner.ts';
import { createSignal } from './signal.ts';

export type Appender = {
  append(events: readonly Envelope[]): Promise<Position[]>;
  close(): Promise<void>;
};

export type AppenderOptions = {
  kafka: Kafka;
  topic: string;
  partitions: number;
  /** How long one request is tried before its callers are told that it failed. */
  timeoutMs: number;
  /** Told what is wrong, and undefined when it works again. */
  report: (trouble: string | undefined) => void;
};

type Call = {
  positions: Position[];
  missing: number;
  resolve: (p: Position[]) => void;
  reject: (e: Error) => void;
};
type Item = { message: Message; partition: number; bytes: number; call: Call; index: number };

// A broker takes one batch of up to 1 MiB a partition and request; kafkajs does not split for us. The largest event
// that a door lets in (1,000,000 bytes) must fit.
const BATCH_BYTES = 1_040_000;
const REQUEST_ITEMS = 10_000;
const QUEUE_BYTES = 64_000_000;
const OVERHEAD = 100;
/** An event as JSON: beside it a message carries its key, of up to 200 bytes, and its headers. */
export const MESSAGE_BYTES = BATCH_BYTES - 1_000;
const HOPELESS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'TOPIC_AUTHORIZATION_FAILED']);

/** The topic does not take it, now or later. */
class NeverTaken extends Error implements Lasting {
  readonly lasting = true;
}

/**
 * Appends in call order: one request at a time, which takes along all that waits. So nothing of a later call can
 * overtake an earlier one, not even when a request is repeated.
 */
export function createAppender({ kafka, topic, partitions, timeoutMs, report }: AppenderOptions): Appender {
  const pause = createSignal();
  let queue: Item[] = [];
  let queuedBytes = 0;
  let producer: Producer | undefined;
  let pumping: Promise<void> | undefined;

  async function append(events: readonly Envelope[]): Promise<Position[]> {
    if (events.length === 0) return [];
    if (queuedBytes > QUEUE_BYTES)
      throw new Error('Kafka is not keeping up: too much is waiting to be appended');
    return new Promise((resolve, reject) => {
      const call: Call = { positions: [], missing: events.length, resolve, reject };
      const items = events.map((event, index): Item => {
        const message = encodeMessage(event);
        const partition = homeOf(message.key, partitions);
        const bytes = message.value.length + Buffer.byteLength(message.key) + OVERHEAD;
        if (bytes > BATCH_BYTES) throw new NeverTaken(`event ${event.id} is too large for the stream`);
        return { message: { ...message, partition }, partition, bytes, call, index };
      });
      for (const item of items) {
        queue.push(item);
        queuedBytes += item.bytes;
      }
      pumping ??= pump().finally(() => {
        pumping = undefined;
      });
    });
  }

  async function pump(): Promise<void> {
    // Callers of the same turn share the first request.
    await null;
    while (queue.length > 0) {
      const items = take();
      try {
        settle(items, await deliver(items.map((item) => item.message)));
      } catch (error) {
        const failed = new Set(items.map((item) => item.call));
        // What remains of these calls must not be written behind the part that failed.
        queue = queue.filter((item) => !failed.has(item.call));
        queuedBytes = queue.reduce((sum, item) => sum + item.bytes, 0);
        for (const call of failed) call.reject(error as Error);
      }
    }
  }

  function take(): Item[] {
    const filled = new Map<number, number>();
    let count = 0;
    for (const { partition, bytes } of queue) {
      const sum = (filled.get(partition) ?? 0) + bytes;
      if (count === REQUEST_ITEMS || sum > BATCH_BYTES) break;
      filled.set(partition, sum);
      queuedBytes -= bytes;
      count += 1;
    }
    return queue.splice(0, count);
  }

  /**
   * kafkajs forgets brokers and sequence numbers after some failures and then fails for good, so each failure
   * costs it its producer. The repetition may write events twice, never out of order.
   */
  async function deliver(messages: Message[]): Promise<RecordMetadata[]> {
    const deadline = Date.now() + timeoutMs;
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
      try {
        const written = await (producer ?? (await connect())).send({ topic, messages, acks: -1 });
        report(undefined);
        return written;
      } catch (error) {
        const reason = rootOf(error);
        report(`appending to Kafka fails: ${reason.message}`);
        await discard();
        const message = `Kafka did not take the events: ${reason.message}`;
        if (HOPELESS.has(String(reason.type))) throw new NeverTaken(message, { cause: error });
        if (Date.now() + pauseMs > deadline) throw new Error(message, { cause: error });
        await pause.wait(undefined, pauseMs);
      }
    }
  }

  async function connect(): Promise<Producer> {
    const made = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    // Known before it is connected, so that a failure disconnects it.
    producer = made;
    await made.connect();
    return made;
  }

  async function discard(): Promise<void> {
    const old = producer;
    producer = undefined;
    await old?.disconnect().catch(() => undefined);
  }

  return {
    append,
    async close() {
      await pumping;
      await discard();
    },
  };
}

/** Positions from the offset that each partition's batch got. */
function settle(items: readonly Item[], written: readonly RecordMetadata[]): void {
  const next = new Map(written.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]));
  for (const { partition, call, index } of items) {
    const offset = next.get(partition);
    if (offset === undefined || !(offset >= 0))
      throw new Error(`Kafka named no offset for partition ${partition}`);
    next.set(partition, offset + 1);
    call.positions[index] = positionOf(partition, offset);
    call.missing -= 1;
    if (call.missing === 0) call.resolve(call.positions);
  }
}

/** The error behind kafkajs's wrappings. */
export function rootOf(error: unknown): Error & { type?: string } {
  const { cause } = error as Error;
  return cause instanceof Error && cause !== error ? rootOf(cause) : (error as Error);
}
