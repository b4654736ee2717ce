import { type Offsets, offsetOf, partitionOf } from '#schemas/position.ts';
import { alsoTouched, nobody, type Touched } from '#schemas/touched.ts';
import { createDraft } from '../project/draft.ts';
import { draw, type Recall } from '../project.ts';
import type { Checkpoint, StateChanges, StateStore, StateView } from '../state/state.ts';
import type { Insert } from '../store/insert.ts';
import type { Batch } from '../stream/eventStream.ts';

/**
 * Batches that are written together. An insert and a commit have costs of their own, however few rows they hold;
 * projecting has none, and is quickest in bites that fit the processor's cache.
 */
export type Group = {
  /** Records so far. */
  size(): number;
  add(batch: Batch): void;
  readonly changes: StateChanges;
  /** Whose answers may differ once it is written. */
  readonly touched: Touched;
  /** Where to read on behind it. */
  next(): Offsets;
  /**
   * Rows first, then the state with the offsets. A crash in between leaves rows that the next run writes again,
   * identically, from the state as it was. `before`: the figures of the group before it; resolves with its own.
   */
  write(state: StateStore, before: Figures): Promise<Figures>;
};

export type Figures = Omit<Checkpoint, 'changes'>;

/** A group that is judged by `base`, which holds all that comes before it. */
export function openGroup(base: StateView, insert: Insert, recall?: Recall): Group {
  const draft = createDraft(base);
  const touched = nobody();
  /** Behind the last record of each partition that has one here. */
  const ends = new Map<number, number>();
  let [size, quarantined] = [0, 0];
  let next: Offsets = [];

  return {
    size: () => size,
    changes: draft.changes,
    touched,
    next: () => next,
    add(batch) {
      const drawn = draw(draft, batch.records, recall);
      insert.add(drawn.rows);
      alsoTouched(touched, drawn.touched);
      for (const { position } of batch.records) ends.set(partitionOf(position), offsetOf(position) + 1);
      size += batch.records.length;
      quarantined += drawn.quarantined;
      next = batch.next;
    },
    async write(state, before) {
      const written = before.written.map((end, partition) => ends.get(partition) ?? end);
      const after = { offsets: next, written, quarantined: before.quarantined + quarantined };
      if (size > 0) await insert.write();
      await state.commit({ changes: draft.changes, ...after });
      return after;
    },
  };
}
