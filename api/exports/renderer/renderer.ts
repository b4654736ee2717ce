import { Worker } from 'node:worker_threads';
import { FontUnavailable } from '../fonts/woff.ts';
import type { Made, Order } from '../render.ts';
import type { Answered, Sent } from './worker.ts';

/** Makes documents in a thread of their own, so that the server's own stays free; started when it is first needed. */
export type Renderer = {
  /** Resolves with the document. Aborting ends it, running or waiting. Throws `FontUnavailable` like the makers. */
  make(order: Order, signal?: AbortSignal): Promise<Made>;
  close(): Promise<void>;
};

const MOST_MEMORY_MB = 1_536;
const IDLE_MS = 60_000;

const start = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });

const errorFrom = ({ name, message }: { name: string; message: string }): Error =>
  name === 'FontUnavailable' ? new FontUnavailable(message) : Object.assign(new Error(message), { name });

const ROWS_AT_ONCE = 250;
const pause = () => new Promise((resolve) => setImmediate(resolve));

/** The rows in pieces, then the order without them. */
async function send(worker: Worker, { id, order }: { id: number; order: Order }, signal?: AbortSignal) {
  const { rows, gaps } = order.reportData;
  const units = gaps?.units ?? [];
  const post = (sent: Sent) => worker.postMessage(sent);
  for (let from = 0; from < Math.max(rows.length, units.length); from += ROWS_AT_ONCE) {
    post({ rows: rows.slice(from, from + ROWS_AT_ONCE) });
    post({ units: units.slice(from, from + ROWS_AT_ONCE) });
    await pause();
    if (signal?.aborted) return;
  }
  const bare = { ...order.reportData, rows: [], gaps: gaps && { ...gaps, units: [] } };
  post({ id, order: { ...order, reportData: bare } });
}

/** One order in the worker: settles with its answer, its death, or the signal. */
function ask(worker: Worker, asked: { id: number; order: Order }, signal?: AbortSignal): Promise<Made> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onMessage = ({ id, made, failed }: Answered) => {
      if (id !== asked.id) return;
      done(() =>
        made ? resolve(made) : reject(errorFrom(failed ?? { name: 'Error', message: 'no answer' })),
      );
    };
    const onError = (error: Error) => done(() => reject(error));
    const onExit = () => done(() => reject(new Error('the thread that makes documents ended')));
    const onAbort = () => done(() => reject(signal?.reason));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    signal?.addEventListener('abort', onAbort);
    send(worker, asked, signal).catch((error) => done(() => reject(error)));
  });
}

export function openRenderer(): Renderer {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  async function run(order: Order, signal?: AbortSignal): Promise<Made> {
    signal?.throwIfAborted();
    clearTimeout(idle);
    worker ??= start().once('exit', () => {
      worker = null;
    });
    worker.ref();
    try {
      return await ask(worker, { id: ++count, order }, signal);
    } catch (error) {
      if (signal?.aborted) await end();
      throw error;
    } finally {
      worker?.unref();
      idle = setTimeout(end, IDLE_MS).unref();
    }
  }

  return {
    make(order, signal) {
      const made = last.then(() => run(order, signal));
      last = made.catch(() => undefined);
      return made;
    },
    close: end,
  };
}
