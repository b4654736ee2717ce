import { alsoTouched, nobody } from '#schemas/touched.ts';
import { createDraft, type Draft, projectOnto } from '../project/project.ts';
import { layered } from '../state/layered.ts';
import { noChanges, type StateChanges, type StateStore, type StateView } from '../state/state.ts';
import type { Rows } from '../tables/tables.ts';
import { inOrder, type Made, type Projector, type ProjectorSteps } from './projector.ts';

/** A projector in this thread. `pass` makes of rows what they are passed on as. */
export const createProjector = <R>(state: StateStore, pass: (rows: Rows) => R): Projector<R> =>
  inOrder({ load: state.load, ...projectorSteps(state, pass) });

type Open<R> = Made<R> & { draft: Draft };

/** The steps of a projector in this thread. */
export function projectorSteps<R>(state: StateStore, pass: (rows: Rows) => R): ProjectorSteps<R> {
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
