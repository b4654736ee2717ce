import { setImmediate as breathe } from 'node:timers/promises';
import { coversAll, type Offsets } from '#schemas/position.ts';
import { alsoTouched, nobody } from '#schemas/touched.ts';
import type { Checkpoint } from '../state/state.ts';
import type { EventStream } from '../stream/eventStream.ts';
import { type Advance, createAdvances } from './advances.ts';
import { createMaintenance } from './maintenance.ts';
import { pause, persistently } from './persistently.ts';
import type { Made, Projector } from './projector.ts';
import type { RowStore } from './rowStore.ts';
import { openWriteBatch, type WriteBatch } from './writeBatch.ts';

/** `R` is what rows are passed on as, from the projector to the store. */
export type IngestOptions<R> = {
  stream: EventStream;
  projector: Projector<R>;
  store: RowStore<R>;
  /** Records projected in one breath (default 1,000). */
  maxBatch?: number;
  /** Records written in one go at most, where as many are waiting (default 20,000). */
  maxGroup?: number;
  /** Least time between groups, ms (default 40; 0: none at all): small inserts cost the store more than the wait. */
  minIntervalMs?: number;
};

/**
 * After a write the store is left alone as long as that took, for readers want it, too: three times as long where many
 * records come, which are taken up in fewer, larger inserts then, but never longer than `MOST_MS`.
 */
const MOST_MS = 250;
const MANY = 1_000;
const throttleAfter = (records: number, tookMs: number): number =>
  Math.min(records < MANY ? tookMs : 3 * tookMs, MOST_MS);

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

/** Projects the stream into the store, from where it stopped last, until it is stopped. Failures are retried; nothing is skipped. */
export async function startIngest<R>(options: IngestOptions<R>): Promise<Ingest> {
  const { stream, projector, store, maxBatch = 1_000, maxGroup = 20_000, minIntervalMs = 40 } = options;
  const nothing = Array.from({ length: stream.partitions }, () => 0);
  const advances = createAdvances(nothing);
  const maintenance = createMaintenance(store);
  const troubles = new Map<string, string>();
  const untouched: Checkpoint = { offsets: nothing, written: nothing, quarantined: 0 };
  let checkpoint = untouched;
  /** Whose answers may differ by what was committed, perhaps in part, and not announced yet. */
  let owed = nobody();
  let lastWriteMs = 0;
  let stopping = new AbortController();
  let loop = Promise.resolve();
  let rebuilding: Promise<unknown> = Promise.resolve();
  let ended = false;

  /** Goes on where state and store agree to be; starts over where they don't. */
  async function resume(): Promise<void> {
    const last = await projector.begin();
    const stored = await store.checkpoint(stream.partitions);
    if (last?.offsets.length === stream.partitions && coversAll(stored, last.written)) checkpoint = last;
    else await clear();
  }

  async function clear(): Promise<void> {
    await projector.clear();
    await store.clear();
    checkpoint = untouched;
    owed = nobody();
  }

  function announce(offsets: Offsets, reset = false): void {
    const touched = owed;
    owed = nobody();
    advances.announce({ offsets, touched, reset });
  }

  const tell =
    (what: string) =>
    (error: unknown): void => {
      if (error === undefined) troubles.delete(what);
      else troubles.set(what, sentence(what, error));
    };

  /** Writes a group and keeps what it changed, once the one before it is written; the next is projected meanwhile. */
  async function write(writeBatch: WriteBatch, made: Made<R>, signal: AbortSignal): Promise<boolean> {
    const insert = async (): Promise<void> => {
      const began = performance.now();
      if (writeBatch.size() > 0) await store.insert(made.rows);
      lastWriteMs = performance.now() - began;
    };
    if (!(await persistently(insert, signal, tell(WRITING)))) return false;
    const after = writeBatch.checkpoint(checkpoint, made.quarantined);
    alsoTouched(owed, made.touched);
    await projector.commit(after);
    checkpoint = after;
    maintenance.wrote(writeBatch.size(), sum(checkpoint.offsets), !writeBatch.atEnd());
    announce(checkpoint.offsets);
    return true;
  }

  /** Where reading begins: behind the last commit, which those who follow may not have heard of, or have heard of before it was lost. */
  async function begin(): Promise<void> {
    checkpoint = (await projector.begin()) ?? untouched;
    const told = advances.offsets();
    if (!coversAll(checkpoint.offsets, told)) announce(checkpoint.offsets, true);
    else if (!coversAll(told, checkpoint.offsets)) announce(checkpoint.offsets);
  }

  /** Reads, projects and writes from the last commit on. Rejects when any of these fails for another reason than the store's. */
  async function readOn(signal: AbortSignal): Promise<void> {
    await begin();
    const failing = new AbortController();
    const reading = AbortSignal.any([signal, failing.signal]);
    let written = Promise.resolve(true);
    let projected = Promise.resolve();
    let writeBatch: WriteBatch | undefined;
    try {
      for await (const batch of stream.read(checkpoint.offsets, { signal: reading, maxBatch })) {
        tell(READING)(undefined);
        if (!writeBatch && batch.records.length === 0 && coversAll(checkpoint.offsets, batch.next)) continue;
        const started = performance.now();
        writeBatch ??= openWriteBatch();
        writeBatch.add(batch);
        // While one batch is projected the next one is read.
        await projected;
        projected = projector.add({ records: batch.records, partitions: stream.partitions });
        projected.catch(() => failing.abort());
        if (!batch.atEnd && !writeBatch.isFull(maxGroup)) {
          await breathe();
          continue;
        }
        const [whole, before] = [writeBatch, written];
        writeBatch = undefined;
        await projected;
        const made = await projector.finish();
        written = before.then((well) => well && write(whole, made, signal));
        written.catch(() => failing.abort());
        if (!(await before)) return;
        const interval = minIntervalMs && Math.max(minIntervalMs, throttleAfter(whole.size(), lastWriteMs));
        const spare = interval - (performance.now() - started);
        if (batch.atEnd && spare > 0) await pause(spare, reading);
      }
    } finally {
      await projected.catch(() => {});
      await written;
    }
    await projected;
  }

  function start(): void {
    stopping = new AbortController();
    const { signal } = stopping;
    const forever = async (): Promise<void> => {
      await readOn(signal);
      if (!signal.aborted) throw new Error('the stream ended');
    };
    loop = persistently(forever, signal, tell(READING)).then(() => {});
  }

  async function halt(): Promise<void> {
    stopping.abort();
    maintenance.stop();
    await loop;
  }

  async function rebuild(onProgress?: Progress): Promise<{ events: number }> {
    if (ended) throw new Error(STOPPED);
    const end = await stream.end();
    await halt();
    // Told before it happens: a door must not decide by a state that is half gone.
    owed = nobody();
    announce(nothing, true);
    const unsubscribe = advances.subscribe(({ offsets }) => onProgress?.(sum(offsets), sum(end)));
    try {
      // Where clearing fails, reading goes on from what is left.
      await clear().finally(() => ended || start());
      if (!(await advances.reached(end, Number.POSITIVE_INFINITY, stopping.signal))) throw new Error(STOPPED);
    } finally {
      unsubscribe();
    }
    return { events: sum(end) };
  }

  await resume();
  announce(checkpoint.offsets);
  start();

  return {
    offsets: advances.offsets,
    reached: advances.reached,
    subscribe: advances.subscribe,
    caughtUp: async () => advances.reached(await stream.end(), Number.POSITIVE_INFINITY, stopping.signal),
    quarantined: () => checkpoint.quarantined,
    trouble: () => [...troubles.values()][0] ?? stream.trouble(),
    rebuild(onProgress) {
      const rebuilt = rebuilding.then(() => rebuild(onProgress));
      rebuilding = rebuilt.catch(() => {});
      return rebuilt;
    },
    async stop() {
      ended = true;
      await halt();
      await rebuilding;
    },
  };
}
