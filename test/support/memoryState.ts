import type { Changes } from '#ingest/state/changes.ts';
import {
  emptyTables,
  STATE_TABLES,
  type StateChanges,
  type StateCommit,
  type StateStore,
  type StateTable,
  type StateTables,
} from '#ingest/state/state.ts';

/** The state of a projection, for tests that need no disk. `contents` is what is committed. */
export function memoryState(): StateStore & { contents(): ReturnType<typeof emptyTables> } {
  let tables = emptyTables();
  let last: Omit<StateCommit, 'changes'> | undefined;
  const merge = <T extends StateTable>(table: T, changes: StateChanges): void => {
    for (const [key, value] of changes[table] as Changes<StateTables[T]>) tables[table].set(key, value);
  };
  const view: StateStore['view'] = { get: (table, key) => tables[table].get(key) };
  return {
    view,
    load: async () => view,
    last: () => last,
    commit: async ({ changes, ...checkpoint }) => {
      for (const table of STATE_TABLES) merge(table, changes);
      last = checkpoint;
    },
    clear: async () => {
      tables = emptyTables();
      last = undefined;
    },
    close: async () => {},
    contents: () => tables,
  };
}
