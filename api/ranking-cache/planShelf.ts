import type { Ask } from '#api/queries/ask.ts';
import { type AdoptedPlan, adoptedPlans } from '#api/queries/plans.ts';
import { ZONE } from '#schemas/events.ts';
import { covers } from '#schemas/position.ts';
import type { Progress } from './progress.ts';

export type PlanShelf = {
  /** The versions of a year's plan as known at `asOf` (null = now), oldest first. The last one is in use. */
  versions(year: number, asOf: number | null): Promise<AdoptedPlan[]>;
};

/** Keeps the plans read before, until something about the zone is recorded. */
export function createPlanShelf(ask: Ask, progress: Progress): PlanShelf {
  const years = new Map<number, Promise<AdoptedPlan[]>>();

  progress.subscribe(({ touched, reset }) => {
    if (reset || touched.all.has(ZONE)) years.clear();
  });

  function adopted(year: number): Promise<AdoptedPlan[]> {
    const known = years.get(year);
    if (known) return known;
    const read = adoptedPlans(ask, year);
    years.set(year, read);
    read.catch(() => years.delete(year));
    return read;
  }

  return {
    async versions(year, asOf) {
      const all = await adopted(year);
      const offsets = progress.offsets();
      return all.filter(
        ({ position, recordedAt }) => covers(offsets, position) && (asOf === null || recordedAt <= asOf),
      );
    },
  };
}
