import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import { openThread } from '#ingest/process/openThread.ts';
import { FontUnavailable } from '../fonts/woff.ts';
import type { Made, Order } from '../render.ts';
import type { DocumentCalls } from './worker.ts';

/** Makes documents in a thread of their own, so that the server's own stays free; started when it is first needed. */
export type Renderer = {
  /** Resolves with the document; what is large in the order should be bytes, which cross in a moment. Aborting ends it, running or waiting. Throws `FontUnavailable` like the makers. */
  make(order: Order, signal?: AbortSignal): Promise<Made>;
  close(): Promise<void>;
};

const MOST_MEMORY_MB = 1_536;
const IDLE_MS = 60_000;
/** Libraries and fonts take 100; a PDF of thousands of units leaves 500 and more. */
const MOST_HELD_MB = 300;

export function openRenderer(mostHeldMb = MOST_HELD_MB): Renderer {
  const thread = openThread<DocumentCalls>({
    file: new URL('./worker.ts', import.meta.url),
    name: 'The thread that makes documents',
    mostMemoryMb: MOST_MEMORY_MB,
  });
  const inOrder = oneAfterAnother();
  let idle: NodeJS.Timeout | undefined;

  /** What a large document took goes back with the thread; the next one starts another. */
  async function endIfLarge(): Promise<void> {
    if ((await thread.ask('held', undefined)) > mostHeldMb * 2 ** 20) await thread.end();
  }

  async function run(order: Order, signal?: AbortSignal): Promise<Made> {
    signal?.throwIfAborted();
    clearTimeout(idle);
    // One order is under way at a time, so that nobody else's ends with the thread.
    const abort = (): void => void thread.end(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      return await thread.ask('make', order);
    } catch (error) {
      const { name, message } = error as Error;
      throw name === 'FontUnavailable' ? new FontUnavailable(message) : error;
    } finally {
      signal?.removeEventListener('abort', abort);
      if (thread.isRunning()) await endIfLarge().catch(() => undefined);
      idle = setTimeout(thread.end, IDLE_MS).unref();
    }
  }

  return {
    make: (order, signal) => inOrder(() => run(order, signal)),
    async close() {
      clearTimeout(idle);
      await thread.end();
    },
  };
}
