import type { EventStream, StreamRecord } from '#ingest/stream/eventStream.ts';
import { createSignal } from '#ingest/stream/signal.ts';
import { positionOf } from '#schemas/position.ts';
import { NOON } from './events.ts';

export type MemoryStream = EventStream & {
  records: StreamRecord[];
  /** Makes the next append fail, with its events in the stream or not. */
  failNext(how: 'written' | 'lost'): void;
  /** Appends wait until they are released. */
  holdAppends(): () => void;
};

/** A stream of one partition in memory, for what a real one does too seldom. */
export function memoryStream(): MemoryStream {
  const appended = createSignal();
  const records: StreamRecord[] = [];
  let failure: 'written' | 'lost' | undefined;
  let held: Promise<void> | undefined;

  return {
    partitions: 1,
    mostBytes: Number.POSITIVE_INFINITY,
    records,
    failNext: (how) => {
      failure = how;
    },
    holdAppends() {
      let release = (): void => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = undefined;
        release();
      };
    },
    async append(envelopes, stamps) {
      const failed = failure;
      failure = undefined;
      await held;
      if (failed === 'lost') throw new Error('the stream lost the events');
      const first = records.length;
      for (const [index, envelope] of envelopes.entries())
        records.push({
          position: positionOf(0, first + index),
          storedAt: NOON,
          text: JSON.stringify(envelope),
          stamp: stamps?.[index] || undefined,
        });
      appended.notify();
      if (failed === 'written') throw new Error('the stream did not answer');
      return envelopes.map((_, index) => positionOf(0, first + index));
    },
    async *read([at = 0], { signal, maxBatch = 5_000 }) {
      while (!signal.aborted) {
        const some = records.slice(at, at + maxBatch);
        at += some.length;
        if (some.length > 0) yield { records: some, next: [at], atEnd: at === records.length };
        else await appended.wait(signal);
      }
    },
    end: async () => [records.length],
    trouble: () => undefined,
    close: async () => appended.notify(),
  };
}
