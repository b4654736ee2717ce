import { parentPort } from 'node:worker_threads';
import { type Calls, memoryOf, type Question, type Reply } from './calls.ts';

/** Makes this thread answer the calls that `openThread` passes on: each begins as it comes, in their order. */
export function answerCalls(calls: Calls): void {
  const port = parentPort;
  if (!port) throw new Error('is started as a thread only');

  async function reply({ number, call, argument }: Question): Promise<void> {
    try {
      const answer = await (calls[call] as (argument: unknown) => unknown)(argument);
      port?.postMessage({ number, answer } satisfies Reply, memoryOf(answer));
    } catch (error) {
      const failed = error instanceof Error ? error : new Error(String(error));
      port?.postMessage({ number, failed, name: failed.name } satisfies Reply);
    }
  }

  port.on('message', reply);
}
