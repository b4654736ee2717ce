import { project } from '#ingest/project/project.ts';
import type { Store } from '#ingest/store/client.ts';
import { insertRows } from '#ingest/store/insert.ts';
import type { Offsets } from '#schemas/position.ts';
import type { Touched } from '#schemas/touched.ts';
import { rightSubject } from '#test/reference/shape.ts';
import type { StoredEvent } from '#test/reference/types.ts';
import { memoryState } from './memoryState.ts';

type Listener = (advance: { touched: Touched; reset: boolean }) => void;

/** Projects a stream into the store, as far as it is told. */
export function storedHistory(store: Store, stream: readonly StoredEvent[]) {
  const state = memoryState();
  const listeners = new Set<Listener>();
  let offsets: Offsets = [0];
  let quarantined = 0;
  const progress = {
    offsets: () => offsets,
    quarantined: () => quarantined,
    subscribe(listener: Listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  async function advance(to: number): Promise<void> {
    const [from = 0] = offsets;
    const records = stream.slice(from, to).map(({ position, event }) => ({
      position,
      storedAt: Date.parse(event.recordedtime),
      // The door sets a subject that is missing.
      text: JSON.stringify({ ...event, subject: event.subject ?? rightSubject(event) }),
    }));
    const projected = project(state.view, records);
    await insertRows(store, projected.rows);
    quarantined += projected.quarantined;
    offsets = [to];
    const figures = { offsets, written: offsets, quarantined };
    await state.commit({ changes: projected.changes, ...figures });
    for (const listener of listeners) listener({ touched: projected.touched, reset: false });
  }
  return { progress, advance };
}
