import type { Changes } from './changes.ts';
import type { StateTable, StateTables, StateView, Write } from './state.ts';

/** Rows that lie over a view, by table: plain maps, or packed where many wait. */
export type Layer = { readonly [T in StateTable]: Changes<StateTables[T]> };

const tableOf = <T extends StateTable>(layer: Layer, table: T): Changes<StateTables[T]> => layer[table];

/**
 * The view through layers, the last one on top: later events see what earlier ones did, the view below stays as it is.
 * A batch that is projected, groups that wait to be committed, what a door has pending and what is rehearsed over it
 * are all such layers.
 */
export const layered = (base: StateView, ...layers: readonly Layer[]): StateView =>
  layers.reduce<StateView>(
    (below, layer) => ({ get: (table, key) => tableOf(layer, table).get(key) ?? below.get(table, key) }),
    base,
  );

/** Puts rows into a layer. */
export function lay(layer: Layer, writes: readonly Write[]): void {
  for (const { table, key, value } of writes)
    (tableOf(layer, table) as Changes<typeof value>).set(key, value);
}
