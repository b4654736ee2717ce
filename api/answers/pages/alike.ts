import type { Ask } from '#api/queries/ask.ts';
import { type Duplicate, duplicatesIn } from '#api/queries/inbox.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import type { Offsets } from '#schemas/position.ts';
import { createByUnit } from './byUnit.ts';

/** The reports of a year that look like another one, at one watermark; those that are alike stand beside each other. */
export type AlikeAt = { offsets: Offsets; duplicates: readonly Duplicate[] };

export type Alike = { at(year: number): Promise<AlikeAt> };

const YEARS_KEPT = 4;

/** As the store orders texts: by their bytes. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Which reports are suspected, kept unit by unit. */
export function createAlike(ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): Alike {
  const kept = createByUnit(progress, YEARS_KEPT, (year: number, offsets, units) =>
    duplicatesIn(ask, { snapshot: { offsets, asOf: null }, year, units }),
  );
  /** In order, once for each state. */
  const ordered = new WeakMap<ReadonlyMap<string, readonly Duplicate[]>, readonly Duplicate[]>();
  return {
    async at(year) {
      const { offsets, byUnit } = await kept.at(year);
      const duplicates =
        ordered.get(byUnit) ?? [...byUnit.keys()].sort(byBytes).flatMap((unit) => byUnit.get(unit) ?? []);
      ordered.set(byUnit, duplicates);
      return { offsets, duplicates };
    },
  };
}
