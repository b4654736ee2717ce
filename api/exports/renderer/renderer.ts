import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import { openProcess } from '#ingest/process/openProcess.ts';
import { FontUnavailable } from '../fonts/woff.ts';
import type { Made, Order } from '../render.ts';
import type { DocumentCalls } from './worker.ts';

/**
 * Makes documents in a process of their own, so that the server stays free, and all that a large document took goes back
 * to the system; started when it is first needed.
 */
export type Renderer = {
  /** Resolves with the document; what is large in the order should be bytes, which cross in a moment. Aborting ends it, running or waiting. Throws `FontUnavailable` like the makers. */
  make(order: Order, signal?: AbortSignal): Promise<Made>;
  /** Starts the process ahead of an order, while what the order needs is gathered. */
  start(): void;
  close(): Promise<void>;
};

const MOST_MEMORY_MB = 1_536;
const IDLE_MS = 60_000;
/** Node, libraries and fonts take 200; a PDF of thousands of units leaves 500 and more. */
const MOST_HELD_MB = 300;

export function openRenderer(mostHeldMb = MOST_HELD_MB): Renderer {
  const maker = openProcess<DocumentCalls>({
    file: new URL('./worker.ts', import.meta.url),
    name: 'The process that makes documents',
    mostMemoryMb: MOST_MEMORY_MB,
  });
  const inOrder = oneAfterAnother();
  let idle: NodeJS.Timeout | undefined;

  /** What a large document took goes back with the process; the next one starts another. */
  async function endIfLarge(): Promise<void> {
    if ((await maker.ask('held', undefined)) > mostHeldMb * 2 ** 20) await maker.end();
  }

  async function run(order: Order, signal?: AbortSignal): Promise<Made> {
    signal?.throwIfAborted();
    clearTimeout(idle);
    // One order is under way at a time, so that nobody else's ends with the process.
    const abort = (): void => void maker.end(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      return await maker.ask('make', order);
    } catch (error) {
      const { name, message } = error as Error;
      throw name === 'FontUnavailable' ? new FontUnavailable(message) : error;
    } finally {
      signal?.removeEventListener('abort', abort);
      if (maker.isRunning()) await endIfLarge().catch(() => undefined);
      rest();
    }
  }

  function rest(): void {
    idle = setTimeout(maker.end, IDLE_MS).unref();
  }

  return {
    make: (order, signal) => inOrder(() => run(order, signal)),
    start() {
      if (maker.isRunning()) return;
      maker.start();
      clearTimeout(idle);
      rest();
    },
    async close() {
      clearTimeout(idle);
      await maker.end();
    },
  };
}
