import { Worker } from 'node:worker_threads';
import type { BandInput, Bands } from '#schemas/bands.ts';

export type BandMaker = {
  /** Takes the input's buffers over. */
  bandsOf(input: BandInput): Promise<Bands>;
  close(): Promise<void>;
};

type Waiting = { resolve(bands: Bands): void; reject(error: Error): void };

/** A thread of its own for rank bands, started at once so that it is warm when first asked. Idle, it doesn't keep the process alive. */
export function createBandMaker(): BandMaker {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let last = 0;

  function fail(ended: Worker, error: Error): void {
    if (worker !== ended) return;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function start(): Worker {
    const started = new Worker(new URL('./bandWorker.ts', import.meta.url), { execArgv: [] });
    started.once('online', () => {
      if (waiting.size === 0) started.unref();
    });
    started.on('message', ({ number, bands }: { number: number; bands: Bands }) => {
      waiting.get(number)?.resolve(bands);
      waiting.delete(number);
      if (waiting.size === 0) started.unref();
    });
    started.on('error', (error: Error) => fail(started, error));
    started.on('exit', () => fail(started, new Error('the thread for rank bands ended')));
    return started;
  }

  worker = start();
  return {
    bandsOf(input) {
      worker ??= start();
      const thread = worker;
      const number = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        thread.ref();
        const buffers = [input.weights.buffer, input.scores.buffer, input.caps.buffer] as ArrayBuffer[];
        thread.postMessage({ number, input }, buffers);
      });
    },
    close: async () => {
      await worker?.terminate();
    },
  };
}
