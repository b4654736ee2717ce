/** What maintenance asks of the store. */
export type MaintainedStore = {
  /** Brings together what many inserts have left apart. */
  merge(): Promise<void>;
  /** Whether the engine merges nothing for now. */
  pauseMerges(paused: boolean): Promise<void>;
};

/** How the store is kept quick to write while many rows are waiting, and quick to read after they have come in. */
export type Maintenance = {
  /** Tells that a write batch of so many records was written, how many there are in all, and whether more are waiting. */
  wrote(records: number, inAll: number, more: boolean): void;
  stop(): void;
};

/** Fewer new records than this cost a reader nothing that shows. */
const FEW = 20_000;
/** The share of new records from which on merging pays. */
const SHARE = 0.05;
/** Groups after which the engine may merge again, come what may: it takes no more once 1,000 parts lie apart. */
const MOST_HELD = 300;

/**
 * While batch after batch comes in, merging what is there would be work for nothing, so the engine is kept from it.
 * Once no more come the tables are merged: readers must bring the rows of unmerged parts together, which doubles
 * what a ranking takes. What fails here costs time only; the next time makes up for it.
 */
export function createMaintenance({ merge, pauseMerges }: MaintainedStore, quietMs = 1_000): Maintenance {
  let unmerged = 0;
  let batches = 0;
  let held = false;
  let timer: NodeJS.Timeout | undefined;

  function hold(wanted: boolean): void {
    if (wanted === held) return;
    held = wanted;
    pauseMerges(wanted).catch(() => {});
  }

  return {
    wrote(records, inAll, more) {
      unmerged += records;
      batches = more ? batches + 1 : 0;
      hold(more && batches < MOST_HELD);
      clearTimeout(timer);
      if (more || unmerged < Math.max(FEW, inAll * SHARE)) return;
      timer = setTimeout(() => {
        const merged = unmerged;
        merge().then(
          () => {
            unmerged -= merged;
          },
          () => {},
        );
      }, quietMs);
      timer.unref();
    },
    stop() {
      clearTimeout(timer);
      hold(false);
    },
  };
}
