import type { Ask } from '#api/queries/ask.ts';
import { type Duplicate, duplicatesIn } from '#api/queries/inbox.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import type { Offsets } from '#schemas/position.ts';

/** The reports of a year that look like another one, at one watermark; those that are alike stand beside each other. */
export type AlikeAt = { offsets: Offsets; duplicates: readonly Duplicate[] };

export type Alike = {
  /** As the projection stands now: looked for in all units the first time, then in those touched since. */
  at(year: number): Promise<AlikeAt>;
};

type Entry = {
  found: AlikeAt | undefined;
  byUnit: ReadonlyMap<string, readonly Duplicate[]>;
  /** Units touched since. */
  touched: Set<string>;
  turn: Promise<unknown>;
};

/** Beyond so many touched units reading all of them is quicker. */
const FEW = 200;
const YEARS_KEPT = 4;

const blank = (): Entry => ({
  found: undefined,
  byUnit: new Map(),
  touched: new Set(),
  turn: Promise.resolve(),
});

/** As the store orders texts: by their bytes. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export function createAlike(ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): Alike {
  const entries = createLru<Entry>(YEARS_KEPT);

  progress.subscribe(({ touched, reset }) => {
    if (reset) return entries.clear();
    for (const entry of entries.values()) for (const unit of touched.all) entry.touched.add(unit);
  });

  async function bring(year: number, entry: Entry): Promise<AlikeAt> {
    const offsets = progress.offsets();
    const { found, touched } = entry;
    if (found && touched.size === 0) {
      entry.found = { ...found, offsets };
      return entry.found;
    }
    entry.touched = new Set();
    try {
      const units = found && touched.size <= FEW ? [...touched] : undefined;
      const anew = await duplicatesIn(ask, { snapshot: { offsets, asOf: null }, year, units });
      const byUnit = new Map(units ? entry.byUnit : []);
      for (const unit of units ?? []) byUnit.delete(unit);
      for (const [unit, list] of Map.groupBy(anew, (one) => one.unit)) byUnit.set(unit, list);
      entry.byUnit = byUnit;
      const duplicates = [...byUnit.keys()].sort(byBytes).flatMap((unit) => byUnit.get(unit) ?? []);
      entry.found = { offsets, duplicates };
      return entry.found;
    } catch (error) {
      for (const unit of touched) entry.touched.add(unit);
      throw error;
    }
  }

  return {
    at(year) {
      const entry = entries.get(String(year)) ?? blank();
      entries.set(String(year), entry);
      const result = entry.turn.then(() => bring(year, entry));
      entry.turn = result.catch(() => undefined);
      return result;
    },
  };
}
