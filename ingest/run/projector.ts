import type { Position } from '#schemas/position.ts';
import { alsoTouched, nobody, type Touched } from '#schemas/touched.ts';
import { createDraft, type Draft, projectOnto } from '../project/project.ts';
import { layered } from '../state/layered.ts';
import {
  type Checkpoint,
  noChanges,
  type StateChanges,
  type StateReader,
  type StateStore,
  type StateView,
} from '../state/state.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import type { Rows } from '../tables/tables.ts';

/** Records that are projected in one breath. */
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
 * Whoever projects and keeps the state, batch by batch:
 *
 *     begin ─► add … add ─► finish ─► add … add ─► finish ─► …    the batch at hand
 *                                └─► commit            └─► commit    the oldest that is finished
 *
 * `commit` comes once the rows are in the store; meanwhile the next batch may be added, which sees what the one before has
 * changed. Should a call but `load` reject, all that is not committed is lost, and `begin` tells where to go on. `clear`
 * is asked while no batch is under way, and `begin` after it. `R` is what rows are passed on as.
 */
export type Projector<R> = StateReader & {
  /** Forgets what is not committed, and answers the last checkpoint; undefined where there is none. */
  begin(): Promise<Checkpoint | undefined>;
  /** Projects records behind all that were added before, onto the batch at hand. */
  add(batch: RecordBatch): Promise<void>;
  /** Ends the batch at hand. */
  finish(): Promise<Made<R>>;
  /**
   * Keeps what the oldest finished batch has changed. Rows first, then the state: a crash in between leaves rows
   * that the next run writes again, identically, from the state as it was.
   */
  commit(checkpoint: Checkpoint): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
};

type Open<R> = Made<R> & { draft: Draft };

/** Projects in this thread. */
export function createProjector<R>(state: StateStore, pass: (rows: Rows) => R): Projector<R> {
  /** Changes of batches that are finished and not committed, the oldest first. */
  let finished: StateChanges[] = [];
  let atHand: (Open<R> & { touched: ReturnType<typeof nobody> }) | undefined;
  /** What was begun with the state is waited for before anyone reads it. */
  let underWay: Promise<unknown> = Promise.resolve();

  const base = (): StateView => layered(state.view, ...finished);
  const open = () => ({ draft: createDraft(base()), rows: [], touched: nobody(), quarantined: 0 });
  const forget = async (): Promise<void> => {
    await underWay.catch(() => {});
    finished = [];
    atHand = undefined;
  };

  return {
    load: state.load,
    async begin() {
      await forget();
      return state.last();
    },
    async add({ records, followed, partitions }) {
      atHand ??= open();
      const projected = projectOnto(atHand.draft, records, { followed, partitions });
      atHand.rows.push(pass(projected.rows));
      alsoTouched(atHand.touched, projected.touched);
      atHand.quarantined += projected.quarantined;
    },
    async finish() {
      const { draft, ...made } = atHand ?? open();
      atHand = undefined;
      finished.push(draft.changes);
      return made;
    },
    async commit(checkpoint) {
      const committed = state.commit({ changes: finished[0] ?? noChanges(), ...checkpoint });
      underWay = committed;
      await committed;
      finished.shift();
    },
    async clear() {
      await forget();
      const cleared = state.clear();
      underWay = cleared;
      await cleared;
    },
    close: state.close,
  };
}
