import { coversAll, type Offsets } from '#schemas/position.ts';
import type { Touched } from '#schemas/touched.ts';

/** The projection has moved. */
export type Advance = {
  offsets: Offsets;
  /** Whose answers may differ since. */
  touched: Touched;
  /** True where it starts over from nothing, to be rebuilt. */
  reset: boolean;
};

export type Advances = {
  offsets(): Offsets;
  announce(advance: Advance): void;
  /** Returns how to stop listening. */
  subscribe(listener: (advance: Advance) => void): () => void;
  /** True once `wanted` is covered, false at the deadline or the signal. */
  reached(wanted: Offsets, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
};

const FOREVER = 2 ** 31 - 1;

export function createAdvances(start: Offsets): Advances {
  const listeners = new Set<(advance: Advance) => void>();
  let offsets = start;

  const subscribe: Advances['subscribe'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    offsets: () => offsets,
    announce(advance) {
      offsets = advance.offsets;
      for (const listener of [...listeners]) listener(advance);
    },
    subscribe,
    reached: (wanted, timeoutMs, signal) =>
      new Promise((resolve) => {
        if (coversAll(offsets, wanted)) return resolve(true);
        if (signal?.aborted || timeoutMs <= 0) return resolve(false);
        const end = (reached: boolean): void => {
          clearTimeout(timer);
          stop();
          signal?.removeEventListener('abort', abort);
          resolve(reached);
        };
        const abort = (): void => end(false);
        const timer = setTimeout(abort, Math.min(timeoutMs, FOREVER));
        const stop = subscribe((advance) => {
          if (coversAll(advance.offsets, wanted)) end(true);
        });
        signal?.addEventListener('abort', abort);
      }),
  };
}
