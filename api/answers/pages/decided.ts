import type { Ask } from '#api/queries/ask.ts';
import { type DecidedRows, decidedRows } from '#api/queries/decided.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { type ByUnit, createByUnit } from './byUnit.ts';

/** Where decisions were made, kept in memory: time, position and kind of each. The store is asked for what a page shows. */
export type Decided = ByUnit<number, DecidedRows>;

const YEARS_KEPT = 4;

export const createDecided = (ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): Decided =>
  createByUnit(progress, YEARS_KEPT, (year: number, offsets, units) =>
    decidedRows(ask, { snapshot: { offsets, asOf: null }, year, units }),
  );

export type DecidedPlace = { fromPos: number; unit: string; recordedFrom: number };

type Wanted = {
  /** undefined: any. */
  units: readonly string[] | undefined;
  kinds: readonly string[] | undefined;
  /** Behind this one; from the latest on without it. */
  before: readonly [at: number, position: number] | undefined;
  limit: number;
};

const isLater = (one: DecidedPlace, at: number, position: number): boolean =>
  one.recordedFrom > at || (one.recordedFrom === at && one.fromPos > position);

/** The latest decisions, the latest first. */
export function latestDecided(
  byUnit: ReadonlyMap<string, readonly DecidedRows[]>,
  { units, kinds, before: [lastAt, lastPosition] = [Number.MAX_SAFE_INTEGER, 0], limit }: Wanted,
): DecidedPlace[] {
  const wanted = kinds && new Set(kinds);
  const latest: DecidedPlace[] = [];
  for (const unit of units ?? byUnit.keys())
    for (const { times, positions, kinds: own, kindNames } of byUnit.get(unit) ?? []) {
      const isWanted = wanted && kindNames.map((name) => wanted.has(name));
      for (let index = times.length - 1; index >= 0; index--) {
        const [recordedFrom, fromPos] = [times[index] ?? 0, positions[index] ?? 0];
        const end = latest.length === limit ? latest.at(-1) : undefined;
        if (end && isLater(end, recordedFrom, fromPos)) break;
        if (recordedFrom > lastAt || (recordedFrom === lastAt && fromPos >= lastPosition)) continue;
        if (isWanted && !isWanted[own[index] ?? 0]) continue;
        const place = latest.findIndex((one) => !isLater(one, recordedFrom, fromPos));
        latest.splice(place < 0 ? latest.length : place, 0, { fromPos, unit, recordedFrom });
        if (latest.length > limit) latest.pop();
      }
    }
  return latest;
}
