/** Lets loops wait until there may be something to do. */
export type Signal = {
  /** Ends every wait that is under way. */
  notify(): void;
  /** Resolves at the next `notify`, when the signal aborts, or after `ms`. Check before waiting: nothing is remembered. */
  wait(signal?: AbortSignal, ms?: number): Promise<void>;
};

export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  return {
    notify() {
      for (const end of [...waiting]) end();
    },
    wait: (signal, ms) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = ms === undefined ? undefined : setTimeout(() => end(), ms);
        const end = (): void => {
          waiting.delete(end);
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        waiting.add(end);
        signal?.addEventListener('abort', end);
      }),
  };
}
