import type { KafkaMessage } from 'kafkajs';
import { type Offsets, positionOf } from '#schemas/position.ts';
import type { Batch, StreamRecord } from './eventStream.ts';
import { decodeMessage } from './kafkaMessage.ts';
import { createSignal, type Signal } from './signal.ts';

/** What the consumer has fetched and the caller has not taken yet. */
export type Inbox = {
  /** For each partition, the offset that the consumer hands over next. */
  readonly fetched: number[];
  /** Hands over messages of a partition that reach to before `end`; what was handed over already is dropped. */
  put(partition: number, messages: readonly KafkaMessage[], end: number, high: number): void;
  /** Up to `count` records; empty where nothing has come. */
  take(count: number): Batch;
  empty(): boolean;
  full(): boolean;
  /** Woken whenever something was put or taken. */
  changed: Signal;
};

type Chunk = { partition: number; messages: readonly KafkaMessage[]; end: number };

const LIMIT = 10_000;
/** A batch holds no more, however large single messages are. */
const MOST_BYTES = 16 * 1024 * 1024;

/** @param high the offsets behind the last record of each partition, as known when reading starts. */
export function createInbox(from: Offsets, high: number[]): Inbox {
  const fetched = [...from];
  const taken = [...from];
  const changed = createSignal();
  const chunks: Chunk[] = [];
  let waiting = 0;

  return {
    fetched,
    put(partition, messages, end, reach) {
      const expected = fetched[partition] ?? 0;
      high[partition] = Math.max(high[partition] ?? 0, reach);
      if (end <= expected) return;
      const news = messages.filter(({ offset }) => Number(offset) >= expected);
      fetched[partition] = end;
      waiting += news.length;
      chunks.push({ partition, messages: news, end });
      changed.notify();
    },
    take(count) {
      const records: StreamRecord[] = [];
      let size = 0;
      for (let chunk = chunks[0]; chunk && records.length < count && size < MOST_BYTES; chunk = chunks[0]) {
        const now: KafkaMessage[] = [];
        for (const message of chunk.messages) {
          if (records.length + now.length >= count || size >= MOST_BYTES) break;
          now.push(message);
          size += message.value?.length ?? 0;
        }
        chunk.messages = chunk.messages.slice(now.length);
        for (const message of now) records.push(recordOf(chunk.partition, message));
        const following = chunk.messages[0];
        // Behind the last message there may be offsets without one: the marks of foreign transactions.
        taken[chunk.partition] = following ? Number(following.offset) : chunk.end;
        if (!following) chunks.shift();
      }
      waiting -= records.length;
      changed.notify();
      return {
        records,
        next: [...taken],
        atEnd: taken.every((offset, partition) => offset >= (high[partition] ?? 0)),
      };
    },
    empty: () => chunks.length === 0,
    full: () => waiting >= LIMIT,
    changed,
  };
}

const recordOf = (partition: number, message: KafkaMessage): StreamRecord => ({
  position: positionOf(partition, Number(message.offset)),
  storedAt: Number(message.timestamp),
  ...decodeMessage(message),
});
