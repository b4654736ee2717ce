import { coversAll, type Offsets } from '#schemas/position.ts';
import { alsoTouched, nobody } from '#schemas/touched.ts';
import type { Checkpoint } from '../state/state.ts';
import type { Advances } from './advances.ts';
import type { FinishedBatch, Projection, Projector } from './projector.ts';
import type { RowStore } from './rowStore.ts';
import type { WriteBatch } from './writeBatch.ts';

/** What state and store have in common, and whom it concerns: told to those who listen once it is committed. */
export type Committed<R> = {
  checkpoint(): Checkpoint;
  /** Goes on where state and store agree to be; starts over where they don't. */
  resume(): Promise<void>;
  /** Projects on from the last commit, which `checkpoint` then is. */
  begin(): Promise<Projection<R>>;
  /** Keeps what a batch changed whose rows are in the store. */
  commit(batch: WriteBatch, made: FinishedBatch<R>): Promise<void>;
  /** Tells that all starts over, before anything is gone. */
  announceReset(): void;
  /** Empties state and store. */
  clear(): Promise<void>;
};

type Parts<R> = { partitions: number; projector: Projector<R>; store: RowStore<R>; advances: Advances };

export function createCommitted<R>({ partitions, projector, store, advances }: Parts<R>): Committed<R> {
  const nothing = Array.from({ length: partitions }, () => 0);
  const untouched: Checkpoint = { offsets: nothing, written: nothing, quarantined: 0 };
  let checkpoint = untouched;
  /** Whose answers may differ by what was committed, perhaps in part, and not announced yet. */
  let owed = nobody();

  function announce(offsets: Offsets, reset = false): void {
    const touched = owed;
    owed = nobody();
    advances.announce({ offsets, touched, reset });
  }

  async function clear(): Promise<void> {
    await projector.clear();
    await store.clear();
    checkpoint = untouched;
    owed = nobody();
  }

  return {
    checkpoint: () => checkpoint,
    clear,
    async resume() {
      const { from: last } = await projector.begin();
      const stored = await store.checkpoint(partitions);
      if (last?.offsets.length === partitions && coversAll(stored, last.written)) checkpoint = last;
      else await clear();
      announce(checkpoint.offsets);
    },
    async begin() {
      const projection = await projector.begin();
      checkpoint = projection.from ?? untouched;
      // Those who follow may not have heard of the last commit, or have heard of one that was lost.
      const told = advances.offsets();
      if (!coversAll(checkpoint.offsets, told)) announce(checkpoint.offsets, true);
      else if (!coversAll(told, checkpoint.offsets)) announce(checkpoint.offsets);
      return projection;
    },
    async commit(batch, made) {
      const after = batch.checkpoint(checkpoint, made.quarantined);
      alsoTouched(owed, made.touched);
      await made.commit(after);
      checkpoint = after;
      announce(after.offsets);
    },
    announceReset() {
      owed = nobody();
      announce(nothing, true);
    },
  };
}
