import type { Committed } from './committed.ts';
import type { Maintenance } from './maintenance.ts';
import { persistently } from './persistently.ts';
import type { FinishedBatch } from './projector.ts';
import type { RowStore } from './rowStore.ts';
import type { WriteBatch } from './writeBatch.ts';

/** Writes one batch behind the other, rows first, then what they changed; meanwhile the next one is projected. */
export type Writer<R> = {
  /** Takes a batch up, and resolves once those before it are written: false where it was stopped before they were. */
  write(batch: WriteBatch, made: FinishedBatch<R>): Promise<boolean>;
  /** Once all that was taken up is written, or was stopped. Rejects where it could not be kept. */
  done(): Promise<boolean>;
  /** How long the store took for the last batch, ms. */
  tookMs(): number;
};

export type WriterParts<R> = {
  store: RowStore<R>;
  committed: Committed<R>;
  maintenance: Maintenance;
  /** Stops it: no row is written any more. */
  signal: AbortSignal;
  /** Told each failure of the store, which is tried again, and undefined once it works. */
  tell(failure: unknown): void;
  /** A batch could not be kept for another reason than the store's. */
  onFailure(): void;
};

export function createWriter<R>(parts: WriterParts<R>): Writer<R> {
  const { store, committed, maintenance, signal, tell, onFailure } = parts;
  let last = Promise.resolve(true);
  let tookMs = 0;

  async function writeNow(batch: WriteBatch, made: FinishedBatch<R>): Promise<boolean> {
    const insert = async (): Promise<void> => {
      const began = performance.now();
      if (batch.size() > 0) await store.insert(made.rows);
      tookMs = performance.now() - began;
    };
    if (!(await persistently(insert, signal, tell))) return false;
    await committed.commit(batch, made);
    const inAll = committed.checkpoint().offsets.reduce((sum, offset) => sum + offset, 0);
    maintenance.wrote(batch.size(), inAll, !batch.atEnd());
    return true;
  }

  return {
    write(batch, made) {
      const before = last;
      last = before.then((well) => well && writeNow(batch, made));
      last.catch(onFailure);
      return before;
    },
    done: () => last,
    tookMs: () => tookMs,
  };
}
