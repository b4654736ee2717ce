import { covers, type Offsets, type Position } from '#schemas/position.ts';
import type { Admitted } from '../project/admit.ts';
import type { Effect } from '../project/effect.ts';
import type { Identity } from './identityCodec.ts';
import { emptyTables, type StateTable, type StateTables, type StateView } from './state.ts';

/** An event that was judged good and is given to the stream; its first position is 0 until the stream has told it. */
export type Pending = { readonly admitted: Admitted; readonly identity: Readonly<Identity> };

/**
 * What a door's own events will have done once they are projected. Laid over the projected state, it lets the
 * door judge the next event; what has been projected drops out.
 */
export type Overlay = {
  /** The base with the pending effects over it. */
  over(base: StateView): StateView;
  add(admitted: Admitted, recordedAt: number, effect: Effect): Pending;
  /** Notes where the stream has put it. */
  place(pending: Pending, position: Position): void;
  /** Drops what is projected up to there, unless a base that was loaded before is still in use. */
  projected(offsets: Offsets): void;
  /** Announces that a base is being loaded; to be called back once it is no longer used. */
  hold(): () => void;
  /** How many events are pending. */
  size(): number;
  /** Roughly what they take, in letters. */
  letters(): number;
  clear(): void;
};

/** With what it wrote into the tables, to be taken out again. */
type Queued = { admitted: Admitted; identity: Identity; recordedAt: number; effect: Effect };

export function createOverlay(): Overlay {
  let tables = emptyTables();
  let queue: Queued[] = [];
  let letters = 0;
  // A load sees at least what was projected before it began: only that may drop out while it is in use.
  const holds = new Set<{ offsets: Offsets }>();
  let latest: Offsets = [];

  const put = <T extends StateTable>(table: T, key: string, value: StateTables[T]): void => {
    tables[table].set(key, value);
  };
  /** A later event may have written the same key: its value stays until it is projected itself. */
  const take = <T extends StateTable>(table: T, key: string, value: StateTables[T]): void => {
    if (tables[table].get(key) === value) tables[table].delete(key);
  };

  function drop({ admitted, identity, recordedAt, effect }: Queued): void {
    take('clocks', admitted.event.subject, recordedAt);
    take('identities', admitted.key, identity);
    if ('key' in effect) take(effect.table, effect.key, effect.after);
  }

  function purge(): void {
    const [oldest] = holds;
    const offsets = oldest?.offsets ?? latest;
    let gone = 0;
    for (const pending of queue) {
      const { position } = pending.identity;
      if (position === 0 || !covers(offsets, position)) break;
      drop(pending);
      letters -= pending.admitted.letters;
      gone++;
    }
    if (gone > 0) queue = queue.slice(gone);
  }

  return {
    over: (base) => ({ get: (table, key) => tables[table].get(key) ?? base.get(table, key) }),
    add(admitted, recordedAt, effect) {
      const identity = { position: 0, content: admitted.content };
      put('clocks', admitted.event.subject, recordedAt);
      put('identities', admitted.key, identity);
      if ('key' in effect) put(effect.table, effect.key, effect.after);
      const pending: Queued = { admitted, identity, recordedAt, effect };
      queue.push(pending);
      letters += admitted.letters;
      return pending;
    },
    place(pending, position) {
      (pending.identity as Identity).position = position;
    },
    projected(offsets) {
      latest = offsets;
      purge();
    },
    hold() {
      const held = { offsets: latest };
      holds.add(held);
      return () => {
        holds.delete(held);
        purge();
      };
    },
    size: () => queue.length,
    letters: () => letters,
    clear() {
      letters = 0;
      tables = emptyTables();
      queue = [];
    },
  };
}
