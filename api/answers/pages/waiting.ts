import type { Ask } from '#api/queries/ask.ts';
import { FLAG, type OpenRows, openRows, type PlainKind } from '#api/queries/inbox.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { covers, type Offsets } from '#schemas/position.ts';
import { type ByUnit, createByUnit } from './byUnit.ts';

/**
 * What waits for a decision, kept in memory: position and flags of each, some ten bytes. Lists, filters and counts are
 * found here, and the store is asked only for what a page shows.
 */

/** Everything of a year, unit by unit. */
export type Waiting = ByUnit<number, OpenRows>;

const YEARS_KEPT = 4;

export const createWaiting = (ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): Waiting =>
  createByUnit(progress, YEARS_KEPT, (year: number, offsets, units) =>
    openRows(ask, { snapshot: { offsets, asOf: null }, year, units }),
  );

/** undefined: any. `until`: what came later is left alone. */
export type Wanted = {
  units: ReadonlySet<string> | undefined;
  kinds: ReadonlySet<string> | undefined;
  until: Offsets | undefined;
};

type ByUnits = ReadonlyMap<string, readonly OpenRows[]>;

function* bundlesOf(byUnit: ByUnits, { units, kinds }: Wanted): Generator<OpenRows> {
  for (const unit of units ?? byUnit.keys())
    for (const rows of byUnit.get(unit) ?? []) if (!kinds || kinds.has(rows.kind)) yield rows;
}

function countIn({ positions, flags }: OpenRows, flag: number, until: Offsets | undefined): number {
  let count = 0;
  for (let index = 0; index < flags.length; index++)
    if (((flags[index] ?? 0) & flag) > 0 && (!until || covers(until, positions[index] ?? 0))) count++;
  return count;
}

export function countWaiting(byUnit: ByUnits, wanted: Wanted): Record<PlainKind, number> {
  const sums = { verification: 0, late: 0, appeals: 0 };
  for (const rows of bundlesOf(byUnit, wanted))
    for (const kind of Object.keys(sums) as PlainKind[])
      sums[kind] += countIn(rows, FLAG[kind], wanted.until);
  return sums;
}

/** How many there are of each unit and kind. */
export function groupWaiting(
  byUnit: ByUnits,
  kind: PlainKind,
  wanted: Wanted,
): { units: ReadonlyMap<string, number>; kinds: ReadonlyMap<string, number> } {
  const [units, kinds] = [new Map<string, number>(), new Map<string, number>()];
  for (const rows of bundlesOf(byUnit, wanted)) {
    const count = countIn(rows, FLAG[kind], wanted.until);
    if (count === 0) continue;
    units.set(rows.unit, (units.get(rows.unit) ?? 0) + count);
    kinds.set(rows.kind, (kinds.get(rows.kind) ?? 0) + count);
  }
  return { units, kinds };
}

type Place = { fromPos: number; unit: string };

/** Where a position stands in a list that ascends. */
function placeOf(list: readonly Place[], position: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.fromPos ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first ones behind a position, by position. */
export function firstWaiting(
  byUnit: ByUnits,
  kind: PlainKind,
  { after, limit, ...wanted }: Wanted & { after: number; limit: number },
): Place[] {
  const first: Place[] = [];
  for (const { unit, positions, flags } of bundlesOf(byUnit, wanted))
    for (let index = 0; index < positions.length; index++) {
      const fromPos = positions[index] ?? 0;
      if (first.length === limit && fromPos > (first.at(-1)?.fromPos ?? 0)) break;
      if (fromPos <= after || ((flags[index] ?? 0) & FLAG[kind]) === 0) continue;
      if (wanted.until && !covers(wanted.until, fromPos)) continue;
      first.splice(placeOf(first, fromPos), 0, { fromPos, unit });
      if (first.length > limit) first.pop();
    }
  return first;
}
