/** How the store is kept quick to read after many rows have come in. */
export type Upkeep = {
  /** Tells that so many records were written, and how many there are in all. */
  wrote(records: number, inAll: number): void;
  stop(): void;
};

/** Fewer new records than this cost a reader nothing that shows. */
const FEW = 20_000;
/** The share of new records from which on merging pays. */
const SHARE = 0.05;

/**
 * Merges the store's tables once many records have come in and no more come: readers must bring the rows of unmerged
 * parts together, which doubles what a ranking takes. A failed merge costs time only; the next one makes up for it.
 */
export function createUpkeep(merge: () => Promise<void>, quietMs = 1_000): Upkeep {
  let unmerged = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    wrote(records, inAll) {
      unmerged += records;
      clearTimeout(timer);
      if (unmerged < Math.max(FEW, inAll * SHARE)) return;
      timer = setTimeout(() => {
        unmerged = 0;
        merge().catch(() => {});
      }, quietMs);
      timer.unref();
    },
    stop: () => clearTimeout(timer),
  };
}
