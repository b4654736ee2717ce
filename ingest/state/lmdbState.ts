import { open } from 'lmdb';
import type { Plan } from '#schemas/plan.ts';
import {
  type Identity,
  STATE_TABLES,
  type StateChanges,
  type StateStore,
  type StateTable,
  type StateTables,
} from './state.ts';
import { openTrusted } from './trust.ts';

export type LmdbStateOptions = {
  /** The folder of the database; made if it is missing. One process at a time. */
  folder: string;
  /** Names the stream that the state is of: the state of another stream is dropped at opening. */
  stream: string;
};

/** Raised when the same events would make another state: what older code left is dropped then. */
const FORMAT = 1;

/** A table as the database keeps it. */
type Table<V> = {
  get(key: string): V | undefined;
  put(key: string, value: V): unknown;
  clearSync(): void;
  /** Told what has been committed. */
  settle?(key: string, value: V): void;
};

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
    put: (key, value) => table.put(key, value),
    clearSync() {
      table.clearSync();
      known.clear();
    },
    settle: keep,
  };
}

const DIGEST = 32;

const packIdentity = ({ position, content }: Identity): Buffer => {
  const packed = Buffer.allocUnsafe(8 + DIGEST);
  packed.writeDoubleBE(position, 0);
  packed.write(content, 8, 'base64');
  return packed;
};

const unpackIdentity = (packed: Buffer): Identity => ({
  position: packed.readDoubleBE(0),
  content: packed.toString('base64', 8, 8 + DIGEST),
});

/** The projection's state in LMDB: reads are synchronous, a commit is one transaction off the event loop. */
export function openLmdbState({ folder, stream }: LmdbStateOptions): StateStore {
  const trust = openTrusted(folder);
  const root = open({ path: folder, maxDbs: 16, noSync: trust.lazy });
  const meta = root.openDB<unknown, string>({ name: 'meta' });
  const rows = <V>(name: StateTable): Table<V> =>
    root.openDB<V, string>({ name, sharedStructuresKey: Symbol.for('structures') });
  const identities = root.openDB<Buffer, string>({ name: 'identities', encoding: 'binary' });

  const tables: { [T in StateTable]: Table<StateTables[T]> } = {
    clocks: atHand(root.openDB<number, string>({ name: 'clocks' })),
    identities: {
      get: (key) => {
        const packed = identities.get(key);
        return packed && unpackIdentity(packed);
      },
      put: (key, value) => identities.put(key, packIdentity(value)),
      clearSync: () => identities.clearSync(),
    },
    units: atHand(rows('units')),
    plans: atHand(root.openDB<Plan, string>({ name: 'plans', encoding: 'json' })),
    activities: rows('activities'),
    targets: rows('targets'),
    selfInspections: rows('selfInspections'),
  };

  const view: StateStore['view'] = { get: (table, key) => tables[table].get(key) };
  const put = <T extends StateTable>(table: T, changes: StateChanges): void => {
    for (const [key, value] of changes[table]) tables[table].put(key, value);
  };

  const settle = <T extends StateTable>(table: T, changes: StateChanges): void => {
    const { settle: told } = tables[table];
    if (told) for (const [key, value] of changes[table]) told(key, value);
  };

  const owner = `${FORMAT} ${stream}`;
  const empty = (): void => {
    for (const table of STATE_TABLES) tables[table].clearSync();
    meta.clearSync();
    meta.putSync('owner', owner);
  };
  if (meta.get('owner') !== owner) root.transactionSync(empty);

  return {
    view,
    load: async () => view,
    last: () => meta.get('last') as ReturnType<StateStore['last']>,
    async commit({ changes, ...last }) {
      await root.batch(() => {
        for (const table of STATE_TABLES) put(table, changes);
        meta.put('last', last);
      });
      root.resetReadTxn();
      for (const table of STATE_TABLES) settle(table, changes);
    },
    clear: () => root.transaction(empty),
    async close() {
      await root.close();
      trust.closed();
    },
  };
}
