import { type Offsets, offsetOf, partitionOf } from '#schemas/position.ts';
import type { Checkpoint } from '../state/state.ts';
import type { Batch } from '../stream/eventStream.ts';

/**
 * The part of the stream whose records are written together. An insert and a commit have costs of their own,
 * however few rows they hold; projecting has none, and is quickest in batches that fit the processor's cache.
 */
export type WriteBatch = {
  /** Records so far. */
  size(): number;
  add(batch: Batch): void;
  /** Whether it is time to write them: there are so many, or they are so large. */
  isFull(records: number): boolean;
  /** Whether nothing more was in the stream behind it. */
  atEnd(): boolean;
  /** The checkpoint once it is written, after all batches before it; `quarantined` of its own records. */
  checkpoint(before: Checkpoint, quarantined: number): Checkpoint;
};

const MOST_LETTERS = 64 * 1024 * 1024;

export function openWriteBatch(): WriteBatch {
  /** Behind the last record of each partition that has one here. */
  const ends = new Map<number, number>();
  let size = 0;
  let letters = 0;
  let atEnd = false;
  let next: Offsets = [];
  return {
    size: () => size,
    add(batch) {
      for (const { position, text = '' } of batch.records) {
        ends.set(partitionOf(position), offsetOf(position) + 1);
        letters += text.length;
      }
      size += batch.records.length;
      next = batch.next;
      atEnd = batch.atEnd;
    },
    isFull: (records) => size >= records || letters >= MOST_LETTERS,
    atEnd: () => atEnd,
    checkpoint: (before, quarantined) => ({
      offsets: next,
      written: before.written.map((end, partition) => ends.get(partition) ?? end),
      quarantined: before.quarantined + quarantined,
    }),
  };
}
