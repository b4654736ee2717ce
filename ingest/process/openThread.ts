import { Worker } from 'node:worker_threads';
import { type Answer, type Argument, type Calls, memoryOf, type Question, type Reply } from './calls.ts';

/** A thread of its own that answers calls; one that has ended is started again by the next call. */
export type Thread<C extends Calls> = {
  /**
   * Asks; calls reach the thread in their order. Rejects with what the call throws, and where the thread dies or is
   * ended first. Memory that was marked by `handOver` is gone from here afterwards.
   */
  ask<N extends keyof C & string>(call: N, argument: Argument<C, N>): Promise<Answer<C, N>>;
  /** Starts it ahead of the first call, which finds it warm. */
  start(): void;
  isRunning(): boolean;
  /** Ends it at once; what it was asked rejects with the reason. */
  end(reason?: Error): Promise<void>;
};

export type ThreadOptions = {
  /** The file whose `answerCalls` it runs. */
  file: URL;
  /** What it is for, as errors tell: "The thread that projects". */
  name: string;
  /** Is there when the file begins, as `workerData`. */
  data?: unknown;
  /** The most that its heap may take; beyond it the thread dies. */
  mostMemoryMb?: number;
  /** Hears that a thread has ended, before what it was asked rejects. */
  onEnd?(): void;
};

type Waiting = { resolve(answer: unknown): void; reject(error: Error): void };
type Running = { worker: Worker; waiting: Map<number, Waiting>; end(error: Error): void };

/** While it is asked nothing it does not keep the process alive. */
export function openThread<C extends Calls>(options: ThreadOptions): Thread<C> {
  const { file, name, data, mostMemoryMb, onEnd } = options;
  let running: Running | undefined;
  let last = 0;

  function started(): Running {
    const worker = new Worker(file, {
      execArgv: [],
      workerData: data,
      ...(mostMemoryMb && { resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb } }),
    });
    const waiting = new Map<number, Waiting>();
    const rest = (): void => {
      if (waiting.size === 0) worker.unref();
    };
    const end = (error: Error): void => {
      if (running?.worker !== worker) return;
      running = undefined;
      onEnd?.();
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    worker.once('online', rest);
    worker.on('message', (reply: Reply) => {
      const { resolve, reject } = waiting.get(reply.number) ?? {};
      waiting.delete(reply.number);
      if ('failed' in reply) reject?.(Object.assign(reply.failed, { name: reply.name }));
      else resolve?.(reply.answer);
      rest();
    });
    worker.on('error', (cause: Error) => end(new Error(`${name} ended: ${cause.message}`, { cause })));
    worker.on('exit', () => end(new Error(`${name} ended`)));
    return { worker, waiting, end };
  }

  return {
    start() {
      running ??= started();
    },
    isRunning: () => running !== undefined,
    ask(call, argument) {
      running ??= started();
      const { worker, waiting } = running;
      const number = ++last;
      return new Promise((resolve, reject) => {
        worker.postMessage({ number, call, argument } satisfies Question, memoryOf(argument));
        worker.ref();
        waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      });
    },
    async end(reason = new Error(`${name} ended`)) {
      const ended = running;
      ended?.end(reason);
      await ended?.worker.terminate();
    },
  };
}
