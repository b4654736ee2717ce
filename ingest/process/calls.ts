/**
 * What passes between a thread or process and whoever calls it: `openThread.ts` or `openProcess.ts` on one side,
 * `answerCalls.ts` on the other.
 */

/** What can be asked, by name: each call takes one argument at most. */
export type Calls = Readonly<Record<string, (argument: never) => unknown>>;

export type Argument<C extends Calls, N extends keyof C> = Parameters<C[N]>[0];
export type Answer<C extends Calls, N extends keyof C> = Awaited<ReturnType<C[N]>>;

export type Question = { number: number; call: string; argument: unknown };
/** An error loses its name on the way, unless it is one of the language's own. */
export type Reply = { number: number } & ({ answer: unknown } | { failed: Error; name: string });

const movedWith = new WeakMap<object, readonly ArrayBuffer[]>();

/** Marks memory of an argument or answer that goes over to another thread, instead of being copied; another process has a copy. */
export function handOver<T extends object>(value: T, memory: readonly ArrayBufferView[]): T {
  movedWith.set(
    value,
    memory.map(({ buffer }) => buffer as ArrayBuffer),
  );
  return value;
}

/** The memory that goes over with a value. */
export const memoryOf = (value: unknown): readonly ArrayBuffer[] =>
  (typeof value === 'object' && value !== null && movedWith.get(value)) || [];
