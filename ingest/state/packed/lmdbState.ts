import { join } from 'node:path';
import { type Database, open } from 'lmdb';
import type { Plan } from '#schemas/plan.ts';
import { STATE_FORMAT } from '../format.ts';
import { identityCodec } from '../identityCodec.ts';
import {
  activityCodec,
  STATE_TABLES,
  type StateChanges,
  type StateStore,
  type StateTable,
  type StateTables,
} from '../state.ts';
import { type ClockPage, openClockTable } from './clockTable.ts';
import { type DirectoryFile, openDirectoryFile } from './directoryFile.ts';
import { openPackedTable, type Pages } from './packedTable.ts';
import { openTrusted } from './trust.ts';

export type LmdbStateOptions = {
  /** The folder of the database; made if it is missing. One process at a time. */
  folder: string;
  /** Names the stream that the state is of: the state of another stream is dropped at opening. */
  stream: string;
};

/** A table as the database keeps it. What is written within a commit's transaction is seen once that is settled. */
type Table<V, C = Map<string, V>> = {
  get(key: string): V | undefined;
  write(changes: C): void;
  settle(changes: C): void;
  /** Within a transaction. */
  clear(): void;
  /** Forgets what it has at hand, once that is committed. */
  forget(): void;
  /** Keeps what the next opening would have to make again. */
  close?(): void;
};

/** Rows by key. */
const byKey = <V>(db: Database<V, string>): Table<V> => ({
  get: (key) => db.get(key),
  write(changes) {
    for (const [key, value] of changes) db.put(key, value);
  },
  settle() {},
  clear: () => db.clearSync(),
  forget() {},
});

/** Rows of a table that are kept at hand at most. */
const AT_HAND = 100_000;

/** Keeps rows at hand that nearly every event asks for. */
function atHand<V>(table: Table<V>): Table<V> {
  const known = new Map<string, V | undefined>();
  const keep = (key: string, value: V | undefined): void => {
    if (known.size >= AT_HAND) known.clear();
    known.set(key, value);
  };
  return {
    get(key) {
      const value = known.get(key);
      if (value !== undefined || known.has(key)) return value;
      const read = table.get(key);
      keep(key, read);
      return read;
    },
    write: table.write,
    settle(changes) {
      table.settle(changes);
      for (const [key, value] of changes) keep(key, value);
    },
    clear: table.clear,
    forget() {
      table.forget();
      known.clear();
    },
  };
}

/** The projection's state in LMDB: reads are synchronous, a commit is one transaction off the event loop. */
export function openLmdbState({ folder, stream }: LmdbStateOptions): StateStore {
  const trust = openTrusted(folder, `${STATE_FORMAT} ${stream}`);
  // Mapped in chunks: what opening reads need not stay in memory.
  const root = open({ path: folder, maxDbs: 16, noSync: trust.lazy, remapChunks: true });
  const meta = root.openDB<unknown, string>({ name: 'meta' });
  const rows = <V>(name: StateTable): Table<V> =>
    byKey(root.openDB<V, string>({ name, sharedStructuresKey: Symbol.for('structures') }));

  const pages = (name: StateTable): Pages => ({
    keys: root.openDB({ name: `${name}Keys` }),
    bytes: root.openDB({ name }),
  });

  const directoryOf = (name: StateTable): DirectoryFile =>
    openDirectoryFile(join(folder, `${name}.directory`));

  type Tables = { [T in StateTable]: Table<StateTables[T], StateChanges[T]> };
  const special: Partial<Tables> = {
    clocks: openClockTable(root.openDB<ClockPage, number>({ name: 'clocks' })),
    identities: openPackedTable(pages('identities'), identityCodec, directoryOf('identities')),
    units: atHand(rows('units')),
    plans: atHand(byKey(root.openDB<Plan, string>({ name: 'plans', encoding: 'json' }))),
    activities: openPackedTable(pages('activities'), activityCodec, directoryOf('activities')),
  };
  const tables = Object.fromEntries(
    STATE_TABLES.map((name) => [name, special[name] ?? rows(name)]),
  ) as unknown as Tables;

  const view: StateStore['view'] = { get: (table, key) => tables[table].get(key) };
  const write = <T extends StateTable>(table: T, changes: StateChanges): void => {
    if (changes[table].size > 0) tables[table].write(changes[table]);
  };
  const settle = <T extends StateTable>(table: T, changes: StateChanges): void => {
    if (changes[table].size > 0) tables[table].settle(changes[table]);
  };

  return {
    view,
    load: async () => view,
    last: () => meta.get('last') as ReturnType<StateStore['last']>,
    async commit({ changes, ...last }) {
      await root.batch(() => {
        for (const table of STATE_TABLES) write(table, changes);
        meta.put('last', last);
      });
      root.resetReadTxn();
      for (const table of STATE_TABLES) settle(table, changes);
    },
    async clear() {
      await root.transaction(() => {
        for (const table of STATE_TABLES) tables[table].clear();
        meta.clearSync();
      });
      root.resetReadTxn();
      for (const table of STATE_TABLES) tables[table].forget();
    },
    async close() {
      for (const table of STATE_TABLES) tables[table].close?.();
      await root.close();
      trust.closed();
    },
  };
}
