import { createLru } from '#api/ranking-cache/lru.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import type { Offsets } from '#schemas/position.ts';
import type { Touched } from '#schemas/touched.ts';

/** What was found of each unit, at one watermark. Units of which there is nothing are left out. */
export type FoundAt<T> = { offsets: Offsets; byUnit: ReadonlyMap<string, readonly T[]> };

export type ByUnit<Q, T> = {
  /** As the projection stands now: looked for in all units the first time, then in those touched since. */
  at(question: Q): Promise<FoundAt<T>>;
};

type Entry<T> = {
  found: FoundAt<T> | undefined;
  /** Units touched since. */
  touched: Set<string>;
  turn: Promise<unknown>;
};

/** Of so many touched units reading all is no quicker, nor of more while they are a small part of all that is known. */
const FEW = 200;
const SMALL_PART = 0.1;

const blank = <T>(): Entry<T> => ({ found: undefined, touched: new Set(), turn: Promise.resolve() });

/**
 * Keeps what a year's activities give unit by unit, and brings it up to date by what changed. `find` asks for some units,
 * or for all of them. So many questions are kept (`most`); two are the same where their JSON is. `by`: which changes
 * of a unit matter to it.
 */
export function createByUnit<Q, T extends { unit: string }>(
  progress: Pick<Progress, 'offsets' | 'subscribe'>,
  most: number,
  find: (question: Q, offsets: Offsets, units: readonly string[] | undefined) => Promise<readonly T[]>,
  by: keyof Touched = 'all',
): ByUnit<Q, T> {
  const entries = createLru<Entry<T>>(most);

  progress.subscribe(({ touched, reset }) => {
    if (reset) return entries.clear();
    for (const entry of entries.values()) for (const unit of touched[by]) entry.touched.add(unit);
  });

  async function bring(question: Q, entry: Entry<T>): Promise<FoundAt<T>> {
    const offsets = progress.offsets();
    const { found, touched } = entry;
    entry.touched = new Set();
    if (found && touched.size === 0) {
      entry.found = { ...found, offsets };
      return entry.found;
    }
    try {
      const few = Math.max(FEW, (found?.byUnit.size ?? 0) * SMALL_PART);
      const units = found && touched.size <= few ? [...touched] : undefined;
      const anew = await find(question, offsets, units);
      const byUnit = new Map(units ? found?.byUnit : []);
      for (const unit of units ?? []) byUnit.delete(unit);
      for (const [unit, list] of Map.groupBy(anew, (one) => one.unit)) byUnit.set(unit, list);
      entry.found = { offsets, byUnit };
      return entry.found;
    } catch (error) {
      for (const unit of touched) entry.touched.add(unit);
      throw error;
    }
  }

  return {
    at(question) {
      const key = JSON.stringify(question);
      const entry = entries.get(key) ?? blank<T>();
      entries.set(key, entry);
      const result = entry.turn.then(() => bring(question, entry));
      entry.turn = result.catch(() => undefined);
      return result;
    },
  };
}
