import type { Envelope } from '#schemas/events.ts';
import { coversAll, type Offsets, type Position } from '#schemas/position.ts';
import type { PendingState } from '../state/pendingState.ts';
import type { EventStream } from '../stream/eventStream.ts';
import { createSignal } from '../stream/signal.ts';

/**
 * Whether a door may decide at all. It may while the projected state, with the door's own pending events over it,
 * is all that the stream holds. At the start, and after an append whose outcome is not known, that is so again only
 * when the projection has read to the stream's end.
 */
export type CatchUpGate = {
  isOpen(): boolean;
  /** Resolves when the door stands open, or is closed for good. */
  opened(): Promise<void>;
  /** Changes whenever the pending events are given up: what was looked up under another epoch is void. */
  epoch(): number;
  /** Appends, and shuts the door if that fails. */
  append(envelopes: readonly Envelope[], stamps?: readonly string[]): Promise<Position[]>;
  /** Events are acknowledged only if all that were decided before them stand, since they may follow from them. */
  acknowledge(appended: Promise<unknown>): void;
  /** Fulfilled once every append so far has succeeded. */
  allAcknowledged(): Promise<unknown>;
  /** Resolves once every append so far has come to an end, good or bad. */
  flushed(): Promise<void>;
  advance(offsets: Offsets): void;
  projected(): Offsets;
  /** Shuts the door until the projection has caught up. */
  reopen(): void;
  /** Keeps the door shut while something else is done, and then until the projection has caught up with it. */
  shutWhile<T>(action: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export function createCatchUpGate(stream: EventStream, pending: PendingState): CatchUpGate {
  const closing = new AbortController();
  const moved = createSignal();
  const appends = new Set<Promise<unknown>>();
  let projected: Offsets = [];
  let allAcknowledged: Promise<unknown> = Promise.resolve();
  let epoch = 0;
  let open = false;
  let opening: Promise<unknown> = Promise.resolve();

  const flushed = async (): Promise<void> => {
    await Promise.allSettled(appends);
  };

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

  async function catchUp(mine: number): Promise<void> {
    await flushed();
    const end = await endOfStream();
    while (mine === epoch && !closing.signal.aborted && !coversAll(projected, end))
      await moved.wait(closing.signal);
    if (mine !== epoch || closing.signal.aborted) return;
    pending.clear();
    allAcknowledged = Promise.resolve();
    open = true;
  }

  function shut(): void {
    open = false;
    epoch++;
  }

  function reopen(): void {
    shut();
    opening = catchUp(epoch).catch(() => {});
  }

  reopen();

  return {
    isOpen: () => open,
    async opened() {
      while (!open && !closing.signal.aborted) await opening;
    },
    epoch: () => epoch,
    append(envelopes, stamps) {
      const appended = stream.append(envelopes, stamps);
      const mine = epoch;
      appends.add(appended);
      appended
        .finally(() => appends.delete(appended))
        // What failed may be in the stream or not: only what the projection finds there counts from now on.
        .catch(() => mine === epoch && reopen());
      return appended;
    },
    acknowledge(appended) {
      allAcknowledged = Promise.all([allAcknowledged, appended]);
      allAcknowledged.catch(() => {});
    },
    allAcknowledged: () => allAcknowledged,
    flushed,
    advance(offsets) {
      projected = offsets;
      moved.notify();
    },
    projected: () => projected,
    reopen,
    shutWhile(action) {
      shut();
      const done = flushed().then(action).finally(reopen);
      opening = done.catch(() => {});
      return done;
    },
    async close() {
      closing.abort();
      shut();
      await flushed();
    },
  };
}
