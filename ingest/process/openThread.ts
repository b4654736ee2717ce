import { Worker } from 'node:worker_threads';
import { type Callee, type CalleeOptions, openCallee } from './callee.ts';
import type { Calls } from './calls.ts';

export type ThreadOptions = CalleeOptions & {
  /** The file whose `answerCalls` it runs. */
  file: URL;
  /** Is there when the file begins, as `workerData`. */
  data?: unknown;
  /** The most that its heap may take; beyond it the thread dies. */
  mostMemoryMb?: number;
};

/** A thread of its own that answers calls: for work that shares memory with whoever asks, or is asked often. */
export const openThread = <C extends Calls>({
  file,
  data,
  mostMemoryMb,
  ...options
}: ThreadOptions): Callee<C> =>
  openCallee<C>(options, ({ reply, ended }) => {
    const worker = new Worker(file, {
      execArgv: [],
      workerData: data,
      ...(mostMemoryMb && { resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb } }),
    });
    let isHeld = false;
    const settle = (): void => (isHeld ? worker.ref() : worker.unref());
    // What is settled before it runs is forgotten.
    worker.once('online', settle);
    worker.on('message', reply);
    worker.on('error', ended);
    worker.on('exit', () => ended());
    return {
      send: (question, memory) => worker.postMessage(question, memory),
      hold(now) {
        isHeld = now;
        settle();
      },
      terminate: () => worker.terminate(),
    };
  });
