import type { Ask } from '#api/queries/ask.ts';
import { FLAG, type OpenRows, openRows, type PlainKind } from '#api/queries/inbox.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { covers, type Offsets } from '#schemas/position.ts';
import { type ByUnit, createByUnit } from './byUnit.ts';

/**
 * What waits for a decision, kept in memory: position, flags and kind of each, some ten bytes. Lists, filters and counts
 * are found here, and the store is asked only for what a page shows.
 */

type Counts = Readonly<Record<PlainKind, number>>;

/** What waits in one unit, and how many of it are what. */
export type WaitingRows = OpenRows & { counts: Counts };

/** Everything of a year, unit by unit. */
export type Waiting = ByUnit<number, WaitingRows>;

const YEARS_KEPT = 4;
const PLAIN_KINDS = Object.keys(FLAG) as PlainKind[];

/** Counted once: whoever asks for all of them adds up units, not reports. */
const counted = (rows: OpenRows): WaitingRows => ({ ...rows, counts: countsIn(rows, rows.flags.length) });

export const createWaiting = (ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): Waiting =>
  createByUnit(progress, YEARS_KEPT, async (year: number, offsets, units) =>
    (await openRows(ask, { snapshot: { offsets, asOf: null }, year, units })).map(counted),
  );

/** undefined: any. `until`: what came later is left alone. */
export type Wanted = {
  units: ReadonlySet<string> | undefined;
  kinds: ReadonlySet<string> | undefined;
  until: Offsets | undefined;
};

type ByUnits = ReadonlyMap<string, readonly WaitingRows[]>;

function* rowsOf(byUnit: ByUnits, { units }: Pick<Wanted, 'units'>): Generator<WaitingRows> {
  for (const unit of units ?? byUnit.keys()) yield* byUnit.get(unit) ?? [];
}

/** Of what ascends, how many hold true from the start on. */
function countWhile(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of a unit's positions, which ascend in one partition, had been read by then. */
const readBy = ({ positions }: OpenRows, until: Offsets | undefined): number =>
  until ? countWhile(positions.length, (index) => covers(until, positions[index] ?? 0)) : positions.length;

/** For each of a unit's kinds by their places whether it is wanted; undefined where all of them are. */
const wantedIn = ({ kindNames }: OpenRows, { kinds }: Pick<Wanted, 'kinds'>): boolean[] | undefined =>
  kinds && kindNames.map((name) => kinds.has(name));

function countsIn({ flags, kinds }: OpenRows, until: number, isWanted?: readonly boolean[]): Counts {
  let [verification, late, appeals] = [0, 0, 0];
  for (let index = 0; index < until; index++) {
    if (isWanted && !isWanted[kinds[index] ?? 0]) continue;
    const flag = flags[index] ?? 0;
    if (flag & FLAG.verification) verification++;
    if (flag & FLAG.late) late++;
    if (flag & FLAG.appeals) appeals++;
  }
  return { verification, late, appeals };
}

export function countWaiting(byUnit: ByUnits, wanted: Wanted): Record<PlainKind, number> {
  const sums = { verification: 0, late: 0, appeals: 0 };
  for (const rows of rowsOf(byUnit, wanted)) {
    const read = readBy(rows, wanted.until);
    const isWhole = read === rows.positions.length && !wanted.kinds;
    const counts = isWhole ? rows.counts : countsIn(rows, read, wantedIn(rows, wanted));
    for (const kind of PLAIN_KINDS) sums[kind] += counts[kind];
  }
  return sums;
}

/** How many there are of each unit and kind. */
export function groupWaiting(
  byUnit: ByUnits,
  kind: PlainKind,
  wanted: Wanted,
): { units: ReadonlyMap<string, number>; kinds: ReadonlyMap<string, number> } {
  const units = new Map<string, number>();
  // Units that were read together share the list of names.
  const sums = new Map<readonly string[], Uint32Array>();
  for (const rows of rowsOf(byUnit, wanted)) {
    const { flags, kinds, kindNames, counts } = rows;
    if (counts[kind] === 0) continue;
    const [read, isWanted] = [readBy(rows, wanted.until), wantedIn(rows, wanted)];
    const own = sums.get(kindNames) ?? new Uint32Array(kindNames.length);
    sums.set(kindNames, own);
    let sum = 0;
    for (let index = 0; index < read; index++) {
      const place = kinds[index] ?? 0;
      if (((flags[index] ?? 0) & FLAG[kind]) === 0 || (isWanted && !isWanted[place])) continue;
      own[place] = (own[place] ?? 0) + 1;
      sum++;
    }
    if (sum > 0) units.set(rows.unit, sum);
  }
  const kinds = new Map<string, number>();
  for (const [names, own] of sums)
    for (const [place, name] of names.entries())
      if (own[place]) kinds.set(name, (kinds.get(name) ?? 0) + own[place]);
  return { units, kinds };
}

type Place = { fromPos: number; unit: string };

/** The first ones behind a position, by position. */
export function firstWaiting(
  byUnit: ByUnits,
  kind: PlainKind,
  { after, limit, ...wanted }: Wanted & { after: number; limit: number },
): Place[] {
  const first: Place[] = [];
  for (const rows of rowsOf(byUnit, wanted)) {
    const { unit, positions, flags, kinds, counts } = rows;
    if (counts[kind] === 0) continue;
    const [read, isWanted] = [readBy(rows, wanted.until), wantedIn(rows, wanted)];
    const begin = countWhile(read, (index) => (positions[index] ?? 0) <= after);
    for (let index = begin; index < read; index++) {
      const fromPos = positions[index] ?? 0;
      if (first.length === limit && fromPos > (first.at(-1)?.fromPos ?? 0)) break;
      if (((flags[index] ?? 0) & FLAG[kind]) === 0 || (isWanted && !isWanted[kinds[index] ?? 0])) continue;
      const place = countWhile(first.length, (at) => (first[at]?.fromPos ?? 0) < fromPos);
      first.splice(place, 0, { fromPos, unit });
      if (first.length > limit) first.pop();
    }
  }
  return first;
}
