import { openThread } from '../process/openThread.ts';
import type { LmdbStateOptions } from '../state/packed/lmdbState.ts';
import type { StateTable, StateView, Wanted } from '../state/state.ts';
import type { Blocks } from '../store/insert.ts';
import { inOrder, type Projector } from './projector.ts';
import type { Asked, Found, ProjectorCalls } from './projectorWorker.ts';

const NAME = 'The thread that projects';

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
 * A projector in a thread of its own, with the state that it keeps. Projecting takes the most work of all: there it
 * keeps neither the door nor readers waiting, and uses another processor. Steps pass as messages, in their order. If
 * the thread dies, the next call starts another one on what is committed; a batch that was under way rejects.
 */
export function openProjectorThread(
  options: LmdbStateOptions,
  { mostMemoryMb = 1_024 }: { mostMemoryMb?: number } = {},
): Projector<Blocks> {
  /** Whether this thread knows where it is. */
  let begun = false;
  let closed = false;
  const thread = openThread<ProjectorCalls>({
    file: new URL('./projectorWorker.ts', import.meta.url),
    name: NAME,
    data: options,
    mostMemoryMb,
    onEnd: () => {
      begun = false;
    },
  });

  const gone = (): Promise<never> => Promise.reject(new Error(`${NAME} ended`));
  const ask: typeof thread.ask = (call, argument) => (closed ? gone() : thread.ask(call, argument));

  /** Of a batch, part of which may be lost with a thread that has died. */
  const goOn: typeof thread.ask = (call, argument) => (begun ? thread.ask(call, argument) : gone());

  return inOrder({
    async begin() {
      const checkpoint = await ask('begin', undefined);
      begun = true;
      return checkpoint;
    },
    add: (batch) => goOn('add', batch),
    finish: () => goOn('finish', undefined),
    commit: (checkpoint) => goOn('commit', checkpoint),
    clear: () => ask('clear', undefined),
    async load(wanted) {
      const asked = byTable(wanted());
      return viewOf(asked, await ask('load', asked));
    },
    async close() {
      closed = true;
      if (!thread.isRunning()) return;
      await thread.ask('close', undefined);
      await thread.end();
    },
  });
}
