import { covers, type Offsets, type Position } from '#schemas/position.ts';
import type { Identity } from './identityCodec.ts';
import { lay, layered } from './layered.ts';
import { emptyTables, type StateTable, type StateTables, type StateView, type Write } from './state.ts';

/** An event that was admitted and is given to the stream; its first position is 0 until the stream has told it. */
export type Pending = { readonly identity: Readonly<Identity> };

/**
 * What a door's own events will have done once they are projected. Laid over the projected state, it lets the
 * door decide on the next event; what has been projected drops out.
 */
export type PendingState = {
  /** The base with the pending effects over it. */
  over(base: StateView): StateView;
  /** `identity` is among the writes; `letters`: roughly what the event takes. */
  add(identity: Identity, writes: readonly Write[], letters: number): Pending;
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
type Queued = { identity: Identity; writes: readonly Write[]; letters: number };

export function createPendingState(): PendingState {
  let tables = emptyTables();
  let queue: Queued[] = [];
  let letters = 0;
  // A load sees at least what was projected before it began: only that may drop out while it is in use.
  const holds = new Set<{ offsets: Offsets }>();
  let latest: Offsets = [];

  /** A later event may have written the same key: its value stays until it is projected itself. */
  const take = <T extends StateTable>(table: T, key: string, value: StateTables[T]): void => {
    if (tables[table].get(key) === value) tables[table].delete(key);
  };

  function purge(): void {
    const [oldest] = holds;
    const offsets = oldest?.offsets ?? latest;
    let gone = 0;
    for (const pending of queue) {
      const { position } = pending.identity;
      if (position === 0 || !covers(offsets, position)) break;
      for (const { table, key, value } of pending.writes) take(table, key, value);
      letters -= pending.letters;
      gone++;
    }
    if (gone > 0) queue = queue.slice(gone);
  }

  return {
    over: (base) => layered(base, tables),
    add(identity, writes, size) {
      lay(tables, writes);
      const pending: Queued = { identity, writes, letters: size };
      queue.push(pending);
      letters += size;
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
