import type { RowStore } from '#ingest/run/rowStore.ts';
import type { Rows } from '#ingest/tables/tables.ts';
import { type Offsets, offsetOf, partitionOf } from '#schemas/position.ts';

type Row = Record<string, unknown>;

/** The sorting keys of the store's tables, by which rows replace each other. */
const KEYS: Record<keyof Rows, readonly string[]> = {
  ledger: ['position'],
  quarantine: ['position'],
  activity_versions: ['year', 'unit', 'kind', 'activity', 'fromPos'],
  unit_versions: ['unit', 'fromPos'],
  target_versions: ['year', 'unit', 'indicator', 'fromPos'],
  self_inspections: ['year', 'unit', 'fromPos'],
  plans: ['year', 'version'],
  freezes: ['year', 'position'],
  awards: ['year', 'position'],
};
const TABLES = Object.keys(KEYS) as (keyof Rows)[];

export type MemoryStore = RowStore<Rows> & {
  /** What a reader with FINAL would see of a table, in the order of its key. */
  final<T extends keyof Rows>(table: T): Rows[T];
};

/** The store as a model: of the rows with one key, the one with the greatest `closedBy` stays, of equals the last. */
export function memoryStore(): MemoryStore {
  const tables = new Map(TABLES.map((table) => [table, new Map<string, Row>()]));
  const put = (table: keyof Rows, row: Row): void => {
    const rows = tables.get(table) as Map<string, Row>;
    const key = JSON.stringify(KEYS[table].map((column) => row[column]));
    const standing = rows.get(key);
    if (!standing || Number(row.closedBy ?? 0) >= Number(standing.closedBy ?? 0)) rows.set(key, row);
  };
  return {
    insert: async (pieces) => {
      for (const table of TABLES)
        for (const rows of pieces) for (const row of rows[table]) put(table, row as Row);
    },
    checkpoint: async (partitions) => {
      const offsets: number[] = Array.from({ length: partitions }, () => 0);
      for (const { position } of (tables.get('ledger') as Map<string, Row>).values()) {
        const partition = partitionOf(position as number);
        offsets[partition] = Math.max(offsets[partition] ?? 0, offsetOf(position as number) + 1);
      }
      return offsets as Offsets;
    },
    clear: async () => {
      for (const rows of tables.values()) rows.clear();
    },
    merge: async () => {},
    pauseMerges: async () => {},
    final: <T extends keyof Rows>(table: T) => {
      const entries = [...(tables.get(table) as Map<string, Row>)];
      return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row) as Rows[T];
    },
  };
}

/** Every table's final rows, to be compared. */
export const finalTables = (store: MemoryStore): Record<string, unknown> =>
  Object.fromEntries(TABLES.map((table) => [table, store.final(table)]));
