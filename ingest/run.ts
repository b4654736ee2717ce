import { setImmediate as breathe } from 'node:timers/promises';
import { coversAll, type Offsets } from '#schemas/position.ts';
import { nobody } from '#schemas/touched.ts';
import { layer } from './project/draft.ts';
import type { Recall } from './project.ts';
import { type Advance, createAdvances } from './run/advances.ts';
import { type Figures, type Group, openGroup } from './run/group.ts';
import { pause, persistently } from './run/persistently.ts';
import type { RowStore } from './run/rowStore.ts';
import { createUpkeep } from './run/upkeep.ts';
import { noChanges, type StateChanges, type StateStore } from './state/state.ts';
import type { EventStream } from './stream/eventStream.ts';

export type IngestOptions = {
  stream: EventStream;
  state: StateStore;
  store: RowStore;
  /** Events that this process' own door has checked already. */
  recall?: Recall;
  /** Records projected in one breath (default 1,000). */
  maxBatch?: number;
  /** Records written in one go at most, where as many are waiting (default 20,000). */
  maxGroup?: number;
  /** Least time between groups, ms (default 40; 0: none at all): small inserts cost the store more than the wait. */
  spacingMs?: number;
};

/** After a write the store is left alone for this many times as long as that took, up to `MOST_MS`: readers want it, too. */
const RELIEF = 3;
const MOST_MS = 250;

const READING = 'The stream cannot be projected';
const WRITING = 'The store takes no rows';

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
  /** Drops store and state and projects the stream anew; resolves when all that was in it then is reflected. */
  rebuild(onProgress?: Progress): Promise<{ events: number }>;
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
};

const sum = (offsets: Offsets): number => offsets.reduce((total, offset) => total + offset, 0);
const sentence = (what: string, error: unknown): string =>
  `${what}: ${error instanceof Error ? error.message : String(error)}`;

/** Projects the stream into the store, from where it stopped last, until it is stopped. Failures are retried; nothing is skipped. */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const { stream, state, store, recall, maxBatch = 1_000, maxGroup = 20_000, spacingMs = 40 } = options;
  const nothing = Array.from({ length: stream.partitions }, () => 0);
  const advances = createAdvances(nothing);
  const upkeep = createUpkeep(() => store.merge());
  const troubles = new Map<string, string>();
  let figures: Figures = { offsets: nothing, written: nothing, quarantined: 0 };
  let lastWriteMs = 0;
  let stopping = new AbortController();
  let loop = Promise.resolve();

  /** Goes on where state and store agree to be; starts over where they don't. */
  async function resume(): Promise<void> {
    const last = state.last();
    const stored = await store.checkpoint(stream.partitions);
    if (last?.offsets.length === stream.partitions && coversAll(stored, last.written)) figures = last;
    else await clear();
  }

  async function clear(): Promise<void> {
    await state.clear();
    await store.clear();
    figures = { offsets: nothing, written: nothing, quarantined: 0 };
  }

  const tell =
    (what: string) =>
    (error: unknown): void => {
      if (error === undefined) troubles.delete(what);
      else troubles.set(what, sentence(what, error));
    };

  /** Writes a group once the one before it is written; the next one is projected meanwhile. */
  function write(group: Group, before: InFlight, signal: AbortSignal): InFlight {
    const inTurn = async (): Promise<boolean> => {
      if (!(await before.done)) return false;
      const action = async (): Promise<void> => {
        const began = performance.now();
        figures = await group.write(state, figures);
        lastWriteMs = performance.now() - began;
      };
      if (!(await persistently(action, signal, tell(WRITING)))) return false;
      upkeep.wrote(group.size(), sum(figures.offsets));
      advances.announce({ offsets: group.next(), touched: group.touched, reset: false });
      return true;
    };
    const done = inTurn();
    // A listener that throws ends this reading at the next batch, not the process.
    done.catch(() => {});
    return { changes: group.changes, done };
  }

  async function readOn(signal: AbortSignal): Promise<void> {
    let inFlight: InFlight = { changes: noChanges(), done: Promise.resolve(true) };
    let group: Group | undefined;
    try {
      for await (const batch of stream.read(figures.offsets, { signal, maxBatch })) {
        tell(READING)(undefined);
        if (!group && batch.records.length === 0 && coversAll(figures.offsets, batch.next)) continue;
        const started = performance.now();
        group ??= openGroup(layer(state.view, inFlight.changes), store.insert(), recall);
        group.add(batch);
        if (!batch.atEnd && group.size() < maxGroup) {
          await breathe();
          continue;
        }
        const before = inFlight;
        inFlight = write(group, before, signal);
        if (!(await before.done)) return;
        group = undefined;
        const spacing = spacingMs && Math.max(spacingMs, Math.min(RELIEF * lastWriteMs, MOST_MS));
        const spare = spacing - (performance.now() - started);
        if (batch.atEnd && spare > 0) await pause(spare, signal);
      }
    } finally {
      await inFlight.done;
    }
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

  async function stop(): Promise<void> {
    stopping.abort();
    upkeep.stop();
    await loop;
  }

  await resume();
  advances.announce({ offsets: figures.offsets, touched: nobody(), reset: false });
  start();

  return {
    offsets: advances.offsets,
    reached: advances.reached,
    subscribe: advances.subscribe,
    caughtUp: async () => advances.reached(await stream.end(), Number.POSITIVE_INFINITY, stopping.signal),
    quarantined: () => figures.quarantined,
    trouble: () => [...troubles.values()][0] ?? stream.trouble(),
    async rebuild(onProgress) {
      const end = await stream.end();
      await stop();
      // Told before it happens: a door must not judge by a state that is half gone.
      advances.announce({ offsets: nothing, touched: nobody(), reset: true });
      await clear();
      const unsubscribe = advances.subscribe(({ offsets }) => onProgress?.(sum(offsets), sum(end)));
      start();
      try {
        await advances.reached(end, Number.POSITIVE_INFINITY, stopping.signal);
      } finally {
        unsubscribe();
      }
      return { events: sum(end) };
    },
    stop,
  };
}

/** A group that is being written: what it changes, and whether it came to be. */
type InFlight = { changes: StateChanges; done: Promise<boolean> };
