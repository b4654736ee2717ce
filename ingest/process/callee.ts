import { type Answer, type Argument, type Calls, memoryOf, type Question, type Reply } from './calls.ts';

/** A thread or process of its own that answers calls; one that has ended is started again by the next call. */
export type Callee<C extends Calls> = {
  /**
   * Asks; calls arrive in their order. Rejects with what the call throws, and where the callee dies or is ended first.
   * Memory that was marked by `handOver` is gone from here afterwards, where a thread is asked; a process is given a copy.
   */
  ask<N extends keyof C & string>(call: N, argument: Argument<C, N>): Promise<Answer<C, N>>;
  /** Starts it ahead of the first call, which finds it warm. */
  start(): void;
  isRunning(): boolean;
  /** Ends it at once; what it was asked rejects with the reason. */
  end(reason?: Error): Promise<void>;
};

/** What a callee runs in, from its caller's side. */
export type Line = {
  send(question: Question, memory: readonly ArrayBuffer[]): void;
  /** Whether it keeps this process alive. */
  hold(isHeld: boolean): void;
  /** Ends it at once; resolves when it is gone. */
  terminate(): Promise<unknown>;
};

/** What a line tells its caller. */
export type Heard = { reply(reply: Reply): void; ended(cause?: Error): void };

export type CalleeOptions = {
  /** What it is for, as errors tell: "The thread that projects". */
  name: string;
  /** Hears that a callee has ended, before what it was asked rejects. */
  onEnd?: (() => void) | undefined;
};

type Waiting = { resolve(answer: unknown): void; reject(error: Error): void };
type Running = { line: Line; waiting: Map<number, Waiting>; end(error: Error): void };

/** Calls over a line, which `connect` opens as often as there is none. While it is asked nothing it does not keep the process alive. */
export function openCallee<C extends Calls>(
  { name, onEnd }: CalleeOptions,
  connect: (heard: Heard) => Line,
): Callee<C> {
  let running: Running | undefined;
  let last = 0;

  function started(): Running {
    const waiting = new Map<number, Waiting>();
    const end = (error: Error): void => {
      if (running?.line !== line) return;
      running = undefined;
      onEnd?.();
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    const line = connect({
      reply(reply) {
        const { resolve, reject } = waiting.get(reply.number) ?? {};
        waiting.delete(reply.number);
        if ('failed' in reply) reject?.(Object.assign(reply.failed, { name: reply.name }));
        else resolve?.(reply.answer);
        if (waiting.size === 0) line.hold(false);
      },
      ended: (cause) =>
        end(cause ? new Error(`${name} ended: ${cause.message}`, { cause }) : new Error(`${name} ended`)),
    });
    return { line, waiting, end };
  }

  return {
    start() {
      running ??= started();
      if (running.waiting.size === 0) running.line.hold(false);
    },
    isRunning: () => running !== undefined,
    ask(call, argument) {
      running ??= started();
      const { line, waiting } = running;
      const number = ++last;
      return new Promise((resolve, reject) => {
        line.send({ number, call, argument }, memoryOf(argument));
        line.hold(true);
        waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      });
    },
    async end(reason = new Error(`${name} ended`)) {
      const ended = running;
      ended?.end(reason);
      await ended?.line.terminate();
    },
  };
}
