import { parentPort } from 'node:worker_threads';
import { type Calls, memoryOf, type Question, type Reply } from './calls.ts';

type Caller = {
  send(reply: Reply, memory: readonly ArrayBuffer[]): void;
  listen(hear: (question: Question) => void): void;
};

function caller(): Caller {
  const port = parentPort;
  if (port)
    return {
      send: (reply, memory) => port.postMessage(reply, memory),
      listen: (hear) => void port.on('message', hear),
    };
  if (!process.send) throw new Error('is started as a thread or a process of another one only');
  // Whoever started it ends it, and has work for it to finish when a terminal or a service manager tells both to end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  return {
    send: (reply) => void process.send?.(reply),
    listen: (hear) => void process.on('message', hear),
  };
}

/** Makes this thread or process answer the calls that `openThread` or `openProcess` passes on: each begins as it comes, in their order. */
export function answerCalls(calls: Calls): void {
  const { send, listen } = caller();

  async function reply({ number, call, argument }: Question): Promise<void> {
    try {
      const answer = await (calls[call] as (argument: unknown) => unknown)(argument);
      send({ number, answer }, memoryOf(answer));
    } catch (error) {
      const failed = error instanceof Error ? error : new Error(String(error));
      send({ number, failed, name: failed.name }, []);
    }
  }

  listen(reply);
}
