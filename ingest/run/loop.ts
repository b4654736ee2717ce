import { persistently } from './persistently.ts';

/** An action that runs for ever, and is begun again where it fails, until it is halted. */
export type Loop = {
  start(): void;
  /** Ends it, after what is under way. It may be started again. */
  halt(): Promise<void>;
  /** Aborts when it is halted; another one after each start. */
  signal(): AbortSignal;
};

/** `tell` hears each failure. */
export function createLoop(
  action: (signal: AbortSignal) => Promise<void>,
  tell: (failure: unknown) => void,
): Loop {
  let stopping = new AbortController();
  let running = Promise.resolve();
  return {
    start() {
      stopping = new AbortController();
      const { signal } = stopping;
      const forever = async (): Promise<void> => {
        await action(signal);
        if (!signal.aborted) throw new Error('the stream ended');
      };
      running = persistently(forever, signal, tell).then(() => {});
    },
    async halt() {
      stopping.abort();
      await running;
    },
    signal: () => stopping.signal,
  };
}
