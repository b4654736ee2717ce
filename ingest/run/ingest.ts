import type { Offsets } from '#schemas/position.ts';
import type { EventStream } from '../stream/eventStream.ts';
import { type Advance, createAdvances } from './advances.ts';
import { createCommitted } from './committed.ts';
import { createLoop } from './loop.ts';
import { createMaintenance } from './maintenance.ts';
import type { Projector } from './projector.ts';
import { readOn } from './readOn.ts';
import type { RowStore } from './rowStore.ts';
import { createWriter } from './writer.ts';

/** `R` is what rows are passed on as, from the projector to the store. */
export type IngestOptions<R> = {
  stream: EventStream;
  projector: Projector<R>;
  store: RowStore<R>;
  /** Records projected in one go at most (default 1,000). */
  maxBatch?: number;
  /** Records from which on a write batch is written, where as many are waiting (default 20,000). */
  maxWriteBatch?: number;
  /** Least time between write batches, ms (default 40; 0: none at all): small inserts cost the store more than the wait. */
  minIntervalMs?: number;
};

const READING = 'The stream cannot be projected';
const WRITING = 'The store takes no rows';
const STOPPED = 'The projection was stopped.';

export type Progress = (done: number, of: number) => void;

/** The running projection. */
export type Ingest = {
  /** How far the store reflects the stream. */
  offsets(): Offsets;
  /** Resolves once all that was in the stream at the time of the call is reflected; false if stopped before. */
  caughtUp(): Promise<boolean>;
  /** True once the store reflects `wanted`, false at the deadline or the signal. */
  reached(wanted: Offsets, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  /** Calls back whenever the projection has moved; returns how to stop that. */
  subscribe(listener: (advance: Advance) => void): () => void;
  /** Events in quarantine. */
  quarantined(): number;
  /** What keeps the projection from moving, a sentence; undefined while it works. */
  trouble(): string | undefined;
  /** Drops store and state and projects the stream anew, one such call after another; resolves when all that was in it then is reflected. */
  rebuild(onProgress?: Progress): Promise<{ events: number }>;
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
};

const sum = (offsets: Offsets): number => offsets.reduce((total, offset) => total + offset, 0);
const sentence = (what: string, error: unknown): string =>
  `${what}: ${error instanceof Error ? error.message : String(error)}`;

/** What keeps the projection from moving, by what fails. */
function createTroubles() {
  const troubles = new Map<string, string>();
  return {
    /** Notes a failure, and with undefined that it is over. */
    teller:
      (what: string) =>
      (error: unknown): void => {
        if (error === undefined) troubles.delete(what);
        else troubles.set(what, sentence(what, error));
      },
    first: (): string | undefined => [...troubles.values()][0],
  };
}

/** One call after another, whatever becomes of those before. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add<T>(action: () => Promise<T>): Promise<T> {
      const result = last.then(action);
      last = result.catch(() => {});
      return result;
    },
    done: (): Promise<unknown> => last,
  };
}

/** Projects the stream into the store, from where it stopped last, until it is stopped. Failures are retried; nothing is skipped. */
export async function startIngest<R>(options: IngestOptions<R>): Promise<Ingest> {
  const { stream, projector, store, maxBatch = 1_000, maxWriteBatch = 20_000, minIntervalMs = 40 } = options;
  const { partitions } = stream;
  const advances = createAdvances(Array.from({ length: partitions }, () => 0));
  const maintenance = createMaintenance(store);
  const troubles = createTroubles();
  const committed = createCommitted({ partitions, projector, store, advances });
  const tellWriting = troubles.teller(WRITING);
  const tellReading = troubles.teller(READING);
  const loop = createLoop(
    (signal) =>
      readOn(
        {
          stream,
          committed,
          pace: { maxBatch, maxWriteBatch, minIntervalMs },
          writing: (onFailure) =>
            createWriter({ store, committed, maintenance, signal, tell: tellWriting, onFailure }),
          onRead: () => tellReading(undefined),
        },
        signal,
      ),
    tellReading,
  );
  const rebuilds = createQueue();
  let ended = false;

  async function halt(): Promise<void> {
    maintenance.stop();
    await loop.halt();
  }

  async function rebuild(onProgress?: Progress): Promise<{ events: number }> {
    if (ended) throw new Error(STOPPED);
    const end = await stream.end();
    await halt();
    // Told before it happens: a door must not decide by a state that is half gone.
    committed.announceReset();
    const unsubscribe = advances.subscribe(({ offsets }) => onProgress?.(sum(offsets), sum(end)));
    try {
      // Where clearing fails, reading goes on from what is left.
      await committed.clear().finally(() => ended || loop.start());
      if (!(await advances.reached(end, Number.POSITIVE_INFINITY, loop.signal()))) throw new Error(STOPPED);
    } finally {
      unsubscribe();
    }
    return { events: sum(end) };
  }

  await committed.resume();
  loop.start();

  return {
    offsets: advances.offsets,
    reached: advances.reached,
    subscribe: advances.subscribe,
    caughtUp: async () => advances.reached(await stream.end(), Number.POSITIVE_INFINITY, loop.signal()),
    quarantined: () => committed.checkpoint().quarantined,
    trouble: () => troubles.first() ?? stream.trouble(),
    rebuild: (onProgress) => rebuilds.add(() => rebuild(onProgress)),
    async stop() {
      ended = true;
      await halt();
      await rebuilds.done();
    },
  };
}
