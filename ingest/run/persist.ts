import { setTimeout as sleep } from 'node:timers/promises';
import { type Offsets, offsetOf, partitionOf } from '#schemas/position.ts';
import type { Projected } from '../project.ts';
import type { Checkpoint, StateStore } from '../state/state.ts';
import type { RowStore } from './rowStore.ts';

/** Waits between attempts: soon at first, in the end every ten seconds. */
const backoff = (attempt: number): number => Math.min(100 * 2 ** attempt, 10_000);

/** Waits, unless the signal aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/** Repeats what fails until it succeeds; false if the signal aborts first. Tells each failure, and the success after. */
export async function persistently(
  action: () => Promise<unknown>,
  signal: AbortSignal,
  tell: (failure: unknown) => void,
): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await action();
      tell(undefined);
      return true;
    } catch (error) {
      tell(error);
      await pause(backoff(attempt), signal);
    }
  }
  return false;
}

/** Where the store will stand, given the records of a batch. */
export function writtenAfter(written: Offsets, projected: Projected): Offsets {
  const after = [...written];
  for (const { position } of projected.rows.ledger) after[partitionOf(position)] = offsetOf(position) + 1;
  return after;
}

/**
 * Rows first, then the state with the offsets. A crash in between leaves rows that the next run writes again,
 * identically, from the state as it was.
 */
export async function persist(
  { store, state }: { store: RowStore; state: StateStore },
  projected: Projected,
  figures: Omit<Checkpoint, 'changes'>,
): Promise<void> {
  if (projected.rows.ledger.length > 0) await store.insert(projected.rows);
  await state.commit({ changes: projected.changes, ...figures });
}
