import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import type { Log } from '#api/ports.ts';

/** A server that starts has people waiting; news can wait. */
const START_MS = 5_000;
/** Looking may take one part in so many of the time, however fast events come. */
const SHARE = 20;

/** When it is looked for news and when messages are sent: one round after another, by itself. */
export type Rounds<Found> = {
  /** A round now: looks, then sends; null after the end. */
  round(): Promise<Found | null>;
  /** Sends what waits, without a look: somebody ordered it and waits for it. */
  sendSoon(): void;
  /** No round begins any more; the promise ends with the round that is under way. */
  close(): Promise<void>;
  isClosed(): boolean;
};

/** Begins at once to look `afterMs` after each move of the projection, and every `everyMs`. */
export function startRounds<Found>(given: {
  look(): Promise<Found>;
  send(): Promise<unknown>;
  onMove(listener: () => void): () => void;
  log: Pick<Log, 'warn'>;
  afterMs: number;
  everyMs: number;
}): Rounds<Found> {
  const { look, send, log, afterMs, everyMs } = given;
  const inOrder = oneAfterAnother();
  let closed = false;
  let looking: NodeJS.Timeout | undefined;
  let sending: NodeJS.Timeout | undefined;
  /** How long the last look took: sending is waiting, often for somebody who does not answer, and takes nothing. */
  let lookedMs = 0;
  let notBefore = performance.now() + START_MS;

  const round = () =>
    inOrder(async () => {
      if (closed) return null;
      const began = performance.now();
      try {
        return await look();
      } finally {
        lookedMs = performance.now() - began;
        // What waits goes, also where a look fails.
        await send();
      }
    });
  const warn = (error: unknown, what: string): void => {
    if (!closed) log.warn({ err: error }, what);
  };

  async function go(): Promise<void> {
    await round().catch((error) => warn(error, 'looking for news failed'));
    notBefore = performance.now() + SHARE * lookedMs;
    looking = undefined;
  }
  const soon = (): void => {
    if (looking || closed) return;
    looking = setTimeout(go, Math.max(afterMs, notBefore - performance.now())).unref();
  };
  const sendSoon = (): void => {
    if (closed) return;
    sending ??= setTimeout(async () => {
      sending = undefined;
      await inOrder(async () => {
        if (!closed) await send();
      }).catch((error) => warn(error, 'sending news failed'));
    }, 0).unref();
  };

  const stopListening = given.onMove(soon);
  const clock = setInterval(soon, everyMs).unref();
  soon();

  return {
    round,
    sendSoon,
    close() {
      closed = true;
      stopListening();
      clearInterval(clock);
      clearTimeout(looking);
      clearTimeout(sending);
      return inOrder(async () => undefined);
    },
    isClosed: () => closed,
  };
}
