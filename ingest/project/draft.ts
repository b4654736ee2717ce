import type { Changes } from '../state/changes.ts';
import {
  noChanges,
  type StateChanges,
  type StateTable,
  type StateTables,
  type StateView,
} from '../state/state.ts';

/** A view with changes laid over it: later events of a batch see what earlier ones did. */
export type Draft = StateView & {
  readonly changes: StateChanges;
  put<T extends StateTable>(table: T, key: string, value: StateTables[T]): void;
};

/** The changes over the base; the base stays as it is. */
export function layer(base: StateView, changes: StateChanges): Draft {
  return {
    changes,
    get: (table, key) =>
      (changes[table] as Changes<StateTables[typeof table]>).get(key) ?? base.get(table, key),
    put: (table, key, value) => {
      (changes[table] as Changes<StateTables[typeof table]>).set(key, value);
    },
  };
}

export const createDraft = (base: StateView): Draft => layer(base, noChanges());
