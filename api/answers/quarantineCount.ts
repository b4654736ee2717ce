import type { Ask } from '#api/queries/ask.ts';
import { countQuarantine } from '#api/queries/quarantine.ts';
import type { Snapshot } from '#api/queries/snapshot.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';

/** How many records are in quarantine in a snapshot. */
export type QuarantineCount = (snapshot: Snapshot) => Promise<number>;

/** Counts for so many recorded times are kept. */
const KEPT = 32;

/** Nearly every answer asks, and the count changes seldom: it is kept until the projection tells of another one. */
export function createQuarantineCount(ask: Ask, progress: Progress): QuarantineCount {
  const counts = createLru<Promise<number>>(KEPT);
  let known = progress.quarantined();
  progress.subscribe(({ reset }) => {
    if (!reset && progress.quarantined() === known) return;
    known = progress.quarantined();
    counts.clear();
  });
  return async (snapshot) => {
    if (progress.quarantined() === 0) return 0;
    const key = String(snapshot.asOf);
    const counted = counts.get(key) ?? countQuarantine(ask, snapshot);
    counts.set(key, counted);
    counted.catch(() => counts.delete(key));
    return counted;
  };
}
