import { Worker } from 'node:worker_threads';
import type { LmdbStateOptions } from '../state/lmdbState.ts';
import type { StateTable, StateView, Wanted } from '../state/state.ts';
import type { Blocks } from '../store/insert.ts';
import type { Projector } from './projector.ts';
import type { Answer, Answered, Argument, Asked, CallName, Found } from './projectorWorker.ts';

type Waiting = { resolve(answer: unknown): void; reject(error: Error): void };

const ENDED = 'The thread that projects ended';

function byTable(wanted: readonly Wanted[]): Asked {
  const keys = new Map<StateTable, Set<string>>();
  for (const { table, key } of wanted) {
    const some = keys.get(table);
    if (some) some.add(key);
    else keys.set(table, new Set([key]));
  }
  return [...keys].map(([table, some]) => [table, [...some]]);
}

function viewOf(asked: Asked, found: Found): StateView {
  const tables = new Map(
    asked.map(([table, keys], at) => [table, new Map(keys.map((key, index) => [key, found[at]?.[index]]))]),
  );
  return { get: (table, key) => tables.get(table)?.get(key) } as StateView;
}

/**
 * A projector in a thread of its own, with the state that it keeps: so that projecting, the busiest work of the house,
 * keeps neither the door nor readers waiting, and uses another processor. Calls pass as messages, in their order. If
 * the thread dies, another one is started on what is committed; what goes on with a group rejects until `begin`.
 */
export function openProjectorThread(
  options: LmdbStateOptions,
  { mostMemoryMb = 1_024 }: { mostMemoryMb?: number } = {},
): Projector<Blocks> {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  /** Whether this worker knows where it is. */
  let begun = false;
  let closed = false;
  let last = 0;

  function start(): Worker {
    if (closed) throw new Error(ENDED);
    const started = new Worker(new URL('./projectorWorker.ts', import.meta.url), {
      execArgv: [],
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
    });
    const end = (error: Error): void => {
      if (worker !== started) return;
      worker = undefined;
      begun = false;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('message', ({ number, answer, failed }: Answered) => {
      if (failed) waiting.get(number)?.reject(failed);
      else waiting.get(number)?.resolve(answer);
      waiting.delete(number);
    });
    started.on('error', (cause) => end(new Error(`${ENDED}: ${(cause as Error).message}`, { cause })));
    started.on('exit', () => end(new Error(ENDED)));
    return started;
  }

  function ask<C extends CallName>(call: C, argument?: Argument<C>): Promise<Answer<C>> {
    const thread = worker;
    if (!thread) return Promise.reject(new Error(ENDED));
    const number = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      thread.postMessage({ number, call, argument });
    });
  }

  /** Of a group, part of which may be lost with a thread that has died. */
  const goOn: typeof ask = (call, argument) =>
    begun ? ask(call, argument) : Promise.reject(new Error(ENDED));

  return {
    async begin() {
      worker ??= start();
      const checkpoint = await ask('begin');
      begun = true;
      return checkpoint;
    },
    add: (batch) => goOn('add', batch),
    finish: () => goOn('finish'),
    commit: (checkpoint) => goOn('commit', checkpoint),
    async clear() {
      worker ??= start();
      await ask('clear');
    },
    async load(wanted) {
      worker ??= start();
      const asked = byTable(wanted());
      return viewOf(asked, await ask('load', asked));
    },
    async close() {
      closed = true;
      const thread = worker;
      if (!thread) return;
      const gone = new Promise((resolve) => thread.once('exit', resolve));
      await ask('close');
      await gone;
    },
  };
}
