import type { Position } from '#schemas/position.ts';
import type { Touched } from '#schemas/touched.ts';
import type { Checkpoint, StateReader } from '../state/state.ts';
import type { StreamRecord } from '../stream/eventStream.ts';

/** Records that are projected in one go. */
export type RecordBatch = {
  records: readonly StreamRecord[];
  /** Positions of those that count for the state, and whose rows somebody else makes. */
  followed?: ReadonlySet<Position>;
  /** How many the stream has (default one): each subject has its home in one of them. */
  partitions?: number;
};

/** What a write batch makes for the store. */
export type Made<R> = {
  /** Its rows, in as many pieces as it was projected in. */
  rows: R[];
  /** Whose answers may differ once they are written. */
  touched: Touched;
  quarantined: number;
};

/**
 * Whoever projects and keeps the state. `R` is what rows are passed on as. What can be done next is what is at hand:
 *
 *     Projector ── begin ─► Projection ── open ─► PendingBatch ── add … add, finish ─► FinishedBatch ── commit
 *
 * Should a call but `load` reject, all that is not committed is lost, and `begin` tells where to go on.
 */
export type Projector<R> = StateReader & {
  /** Forgets what is not committed. Whatever was begun before rejects from now on. */
  begin(): Promise<Projection<R>>;
  /** Empties the state; what was begun before rejects from now on. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

/** Projecting on from a checkpoint. */
export type Projection<R> = {
  /** The last commit; undefined where there is none. */
  from: Checkpoint | undefined;
  /** A batch behind all that are finished; they need not be committed. There is one at a time. */
  open(): PendingBatch<R>;
};

/** Records that are going to be written together. */
export type PendingBatch<R> = {
  /** Projects records behind those that were added before. */
  add(batch: RecordBatch): Promise<void>;
  /** Ends the batch: the next may be opened once this resolves. */
  finish(): Promise<FinishedBatch<R>>;
};

export type FinishedBatch<R> = Made<R> & {
  /**
   * Keeps what the batch has changed, once, and after those that were finished before it. Rows first, then the state:
   * a crash in between leaves rows that the next run writes again, identically, from the state as it was.
   */
  commit(checkpoint: Checkpoint): Promise<void>;
};

/** What a projector does, one call a step, as a thread can be asked. Only `inOrder` calls them. */
export type ProjectorSteps<R> = {
  /** Forgets what is not committed, and answers the last checkpoint; undefined where there is none. */
  begin(): Promise<Checkpoint | undefined>;
  /** Projects records onto the batch at hand. */
  add(batch: RecordBatch): Promise<void>;
  /** Ends the batch at hand. */
  finish(): Promise<Made<R>>;
  /** Keeps what the oldest finished batch has changed. */
  commit(checkpoint: Checkpoint): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
};

const outOfOrder = (why: string): Error => new Error(`A projector was used out of order: ${why}`);

/** A projection and what its batches share: why no more of them is taken, once that is so. */
type Life = { over?: unknown };

function projectionOf<R>(steps: ProjectorSteps<R>, life: Life, from: Checkpoint | undefined): Projection<R> {
  let pending: PendingBatch<R> | undefined;
  const finished: Made<R>[] = [];

  function check(holds: boolean, otherwise: string): void {
    if (life.over !== undefined) throw life.over;
    if (!holds) throw outOfOrder(otherwise);
  }

  /** A step that fails ends the projection: what is not committed is lost with it. */
  async function take<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } catch (error) {
      life.over ??= error;
      throw error;
    }
  }

  function finishedBatch(made: Made<R>): FinishedBatch<R> {
    finished.push(made);
    return {
      ...made,
      async commit(checkpoint) {
        check(finished[0] === made, 'a batch is committed once, after those before it');
        finished.shift();
        await take(steps.commit(checkpoint));
      },
    };
  }

  return {
    from,
    open() {
      check(pending === undefined, 'the batch before is not finished');
      const batch: PendingBatch<R> = {
        async add(records) {
          check(pending === batch, 'the batch is finished');
          await take(steps.add(records));
        },
        async finish() {
          check(pending === batch, 'the batch is finished');
          const made = await take(steps.finish());
          pending = undefined;
          return finishedBatch(made);
        },
      };
      pending = batch;
      return batch;
    },
  };
}

/**
 * Steps as a projector, whose types leave few wrong orders to be written. What types cannot tell is refused here: a batch
 * that is used after its end, a second one beside it, a commit that overtakes another, and what was begun before the
 * last `begin` or `clear`.
 */
export function inOrder<R>({ load, ...steps }: StateReader & ProjectorSteps<R>): Projector<R> {
  let current: Life = {};

  function anew(): Life {
    current.over ??= outOfOrder('another projection was begun');
    current = {};
    return current;
  }

  return {
    load,
    async begin() {
      const life = anew();
      return projectionOf(steps, life, await steps.begin());
    },
    async clear() {
      anew();
      await steps.clear();
    },
    close: steps.close,
  };
}
