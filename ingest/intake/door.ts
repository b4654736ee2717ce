import { setImmediate as breathe } from 'node:timers/promises';
import type { Envelope } from '#schemas/events.ts';
import { coversAll, type Offsets, type Position } from '#schemas/position.ts';
import type { Receipt } from '#schemas/results.ts';
import type { Admitted } from '../project/admit.ts';
import { createOverlay } from '../state/overlay.ts';
import type { StateReader } from '../state/state.ts';
import type { EventStream } from '../stream/eventStream.ts';
import { createWake } from '../stream/wake.ts';
import { judge, type Misfits, type Outcome, receiptOf, wantedBy } from './judge.ts';
import { admitFrom, type Sender } from './sender.ts';

export type DoorOptions = {
  stream: EventStream;
  /** Where the projected state is looked up. */
  state: StateReader;
  misfits: Misfits;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  /** Most events that may be under way or not projected yet (default 20,000); beyond, the door is busy. */
  limit?: number;
};

/** The door takes no more at the moment, or the stream did not confirm: sending the same again is harmless. */
export class Busy extends Error {
  readonly retryAfter: number;
  constructor(message: string, { retryAfter = 1, cause }: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'Busy';
    this.retryAfter = retryAfter;
  }
}

/** An exported stream may be restored into an empty one only. */
export class NotEmpty extends Error {}

/** The way into the stream: events are judged, dated, and appended; the answer comes once they are durable. */
export type Door = {
  /**
   * Receipts in the order of the events. Rejects with `Busy` where nothing, part or perhaps part was appended: the
   * sender repeats the call then, and identity makes that harmless.
   */
  submit(events: readonly unknown[], sender: Sender): Promise<Receipt[]>;
  /** Appends an event that only the server may write. */
  record(event: unknown): Promise<Receipt>;
  /** Appends exported envelopes to an empty stream as they are, `recordedtime` too. */
  restore(envelopes: Iterable<unknown> | AsyncIterable<unknown>): Promise<{ events: number }>;
  /** To be told whenever the projection moves; `reset` where it starts over. */
  advance(advance: { offsets: Offsets; reset?: boolean }): void;
  /** The event at a position, while it is not projected: the projection need not check it again. */
  recall(position: Position): Admitted | undefined;
  /** Events appended and not projected yet. */
  pending(): number;
  /** Resolves once every event that has its recorded time by now is in the stream, or has failed to get there. */
  flushed(): Promise<void>;
  /** Resolves when the door stands open: the projection has caught up with the stream. */
  opened(): Promise<void>;
  isOpen(): boolean;
  close(): Promise<void>;
};

/** Events judged in one go; between two the event loop breathes. */
const CHUNK = 1_000;
/** Appends of a restored stream under way at a time. */
const AHEAD = 4;

const SHUT = 'The stream is being read; try again soon.';
const FULL = 'More events are coming in than can be taken; try again soon.';

async function* chunksOf<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    if (chunk.push(item) < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** A stored event without the position that it had; everything else is the stream's to keep. */
function withoutPosition(stored: unknown): Envelope {
  if (stored === null || typeof stored !== 'object' || Array.isArray(stored)) return stored as Envelope;
  const { position: _, ...envelope } = stored as Envelope & { position?: unknown };
  return envelope;
}

export function createDoor(options: DoorOptions): Door {
  const { stream, state, misfits, clock = Date.now, limit = 20_000 } = options;
  const overlay = createOverlay();
  const closing = new AbortController();
  const moved = createWake();
  const appends = new Set<Promise<unknown>>();
  let underWay = 0;
  let projected: Offsets = [];
  /** Fulfilled while every append so far has succeeded: an event is acknowledged only if all before it stand. */
  let standing: Promise<unknown> = Promise.resolve();
  /** Counts the times that the overlay was given up: what was looked up before is void. */
  let generation = 0;
  let open = false;
  let opening: Promise<void>;

  /** The end of all that may be in the stream, once it tells. */
  async function endOfStream(): Promise<Offsets> {
    for (;;) {
      try {
        return await stream.end();
      } catch (error) {
        if (closing.signal.aborted) throw error;
        // The stream tells of its trouble itself; the door stays shut meanwhile.
        await moved.wait(closing.signal, 500);
      }
    }
  }

  /** Opens the door when the projection has seen all that may be in the stream; until then nothing can be judged. */
  async function catchUp(mine: number): Promise<void> {
    await Promise.allSettled(appends);
    const end = await endOfStream();
    while (mine === generation && !closing.signal.aborted && !coversAll(projected, end))
      await moved.wait(closing.signal);
    if (mine !== generation || closing.signal.aborted) return;
    overlay.clear();
    standing = Promise.resolve();
    open = true;
  }

  function reopen(): void {
    open = false;
    generation++;
    opening = catchUp(generation);
    opening.catch(() => {});
  }

  function append(envelopes: readonly Envelope[]): Promise<Position[]> {
    const appended = stream.append(envelopes);
    const mine = generation;
    appends.add(appended);
    appended
      .finally(() => appends.delete(appended))
      // What failed may be in the stream or not: only what the projection finds there counts from now on.
      .catch(() => mine === generation && reopen());
    return appended;
  }

  /** Judges a chunk and gives what is good to the stream, in one breath: order of judgement is order of appending. */
  async function letIn(events: readonly unknown[], sender: Sender): Promise<Outcome[]> {
    const candidates = events.map((input) => ({ input, admission: admitFrom(sender, input) }));
    const wanted = () =>
      candidates.flatMap(({ admission }) => ('admitted' in admission ? wantedBy(admission.admitted) : []));
    const mine = generation;
    const release = overlay.hold();
    try {
      const view = overlay.over(await state.load(wanted));
      if (!open || mine !== generation) throw new Busy(SHUT);
      const now = clock();
      const outcomes = candidates.map((candidate) => judge({ overlay, view, now, misfits }, candidate));
      const good = outcomes.filter((outcome) => outcome.status === 'appended');
      if (good.length > 0) {
        const placed = append(good.map(({ envelope }) => envelope)).then((positions) => {
          for (const [index, { pending }] of good.entries())
            overlay.place(pending, positions[index] as Position);
          overlay.projected(projected);
        });
        standing = Promise.all([standing, placed]);
        standing.catch(() => {});
      }
      return outcomes;
    } finally {
      release();
    }
  }

  async function submit(events: readonly unknown[], sender: Sender): Promise<Receipt[]> {
    const before = underWay + overlay.size();
    if (!open) throw new Busy(SHUT);
    if (before > 0 && before + events.length > limit) throw new Busy(FULL);
    underWay += events.length;
    try {
      const outcomes: Outcome[] = [];
      for (let at = 0; at < events.length; at += CHUNK) {
        if (at > 0) await breathe();
        outcomes.push(...(await letIn(events.slice(at, at + CHUNK), sender)));
      }
      await standing.catch((cause) => {
        throw new Busy('The stream has not confirmed the events; send them again.', { cause });
      });
      return outcomes.map(receiptOf);
    } finally {
      underWay -= events.length;
    }
  }

  async function appendAll(envelopes: Iterable<unknown> | AsyncIterable<unknown>): Promise<number> {
    await Promise.allSettled(appends);
    const end = await stream.end();
    if (end.some((offset) => offset > 0)) throw new NotEmpty('The stream holds events already.');
    const ahead: Promise<unknown>[] = [];
    let events = 0;
    for await (const chunk of chunksOf(envelopes)) {
      ahead.push(append(chunk.map(withoutPosition)));
      events += chunk.length;
      if (ahead.length >= AHEAD) await ahead.shift();
    }
    await Promise.all(ahead);
    return events;
  }

  async function restore(envelopes: Iterable<unknown> | AsyncIterable<unknown>): Promise<{ events: number }> {
    if (!open) throw new Busy(SHUT);
    open = false;
    generation++;
    const restored = appendAll(envelopes).finally(reopen);
    opening = restored.then(
      () => {},
      () => {},
    );
    return { events: await restored };
  }

  reopen();

  return {
    submit,
    record: async (event) => (await submit([event], { role: 'server' }))[0] as Receipt,
    restore,
    advance({ offsets, reset = false }) {
      projected = offsets;
      overlay.projected(offsets);
      if (reset) reopen();
      moved.notify();
    },
    recall: overlay.at,
    pending: overlay.size,
    async flushed() {
      await Promise.allSettled(appends);
    },
    async opened() {
      while (!open && !closing.signal.aborted) await opening;
    },
    isOpen: () => open,
    async close() {
      closing.abort();
      open = false;
      generation++;
      await Promise.allSettled(appends);
    },
  };
}
