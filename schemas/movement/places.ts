import { type Ranked, rankSupposing } from '#schemas/ranks.ts';
import type { Crossing, Movement } from '#schemas/results/movement.ts';
import { pointsOf } from '#schemas/scoring.ts';

/**
 * Places, taken apart. A rank is one more than the number of those ahead, so the places between two ranks are the
 * units that are ahead now and were not, less those that were ahead and are not any more. Own places are those that
 * the unit's new total alone would have moved it, had everybody else stayed as they were; the others did the rest.
 */
type Places = {
  ranked: Pick<Ranked, 'rows' | 'verdicts' | 'totals'>;
  placeOf: ReadonlyMap<string, number>;
  /** Who had not begun: ranks count it, but it is not told as if it had stood there. */
  unbegun?: ReadonlyMap<string, unknown>;
};

const totalIn = ({ ranked, placeOf }: Places, unit: string): number | null =>
  ranked.verdicts[placeOf.get(unit) ?? -1]?.total ?? null;

/** Positive where places were gained; null where the unit has no rank at one of the times. */
export function splitOf(before: Places, after: Places, unit: string): Movement['split'] {
  const [was, is] = [totalIn(before, unit), totalIn(after, unit)];
  if (was === null || is === null) return null;
  const first = rankSupposing(before.ranked.totals, was, was) ?? 0;
  const supposed = rankSupposing(before.ranked.totals, was, is) ?? 0;
  const last = rankSupposing(after.ranked.totals, is, is) ?? 0;
  return { own: first - supposed, others: supposed - last };
}

const standingIn = (places: Places, unit: string): Crossing['before'] => {
  const row = places.ranked.rows[places.placeOf.get(unit) ?? -1];
  return row && !places.unbegun?.has(unit) ? { rank: row.rank, total: row.total } : null;
};

/** Units of either time. */
const everybody = (before: Places, after: Places): string[] => [
  ...after.ranked.rows.map(({ unit }) => unit),
  ...before.ranked.rows.flatMap(({ unit }) => (after.placeOf.has(unit) ? [] : unit)),
];

type Crossings = { passedBy: Crossing[]; overtook: Crossing[] };

/** Who is ahead now and was not, and who was ahead and is not any more; in the order of the later ranking. */
export function crossingsOf(before: Places, after: Places, unit: string): Crossings {
  const found: Crossings = { passedBy: [], overtook: [] };
  const [was, is] = [totalIn(before, unit), totalIn(after, unit)];
  if (was === null || is === null) return found;
  for (const other of everybody(before, after)) {
    const [then, now] = [totalIn(before, other), totalIn(after, other)];
    const [wasAhead, isAhead] = [then !== null && then > was, now !== null && now > is];
    if (wasAhead === isAhead) continue;
    const seen = after.placeOf.has(other) ? after : before;
    const { name = other, group = '' } = seen.ranked.rows[seen.placeOf.get(other) ?? -1] ?? {};
    (isAhead ? found.passedBy : found.overtook).push({
      unit: other,
      name,
      group,
      before: standingIn(before, other),
      after: standingIn(after, other),
      change: then === null || now === null || before.unbegun?.has(other) ? null : pointsOf(now - then),
    });
  }
  return found;
}

/**
 * Makes what counts those that crossed a unit in the direction in which it moved: passed it where it fell, fell behind
 * it where it rose. Everybody's totals are looked up once for all units asked about.
 */
export function crossingCounter(before: Places, after: Places): (unit: string, places: number) => number {
  const totals = everybody(before, after).map(
    (unit) => [totalIn(before, unit), totalIn(after, unit)] as const,
  );
  return (unit, places) => {
    const [was, is] = [totalIn(before, unit), totalIn(after, unit)];
    if (was === null || is === null) return 0;
    const aheadNow = places < 0;
    return totals.filter(([then, now]) => {
      const [wasAhead, isAhead] = [then !== null && then > was, now !== null && now > is];
      return wasAhead !== isAhead && isAhead === aheadNow;
    }).length;
  };
}

type Named = { unit: string; name: string; group: string };

/** Who is ranked at one of the times only. */
export function comersAndGoers(before: Places, after: Places): { joined: Named[]; left: Named[] } {
  const ranked = ({ ranked: { rows } }: Places) => rows.filter(({ rank }) => rank !== null);
  const has = (places: Places, unit: string) => totalIn(places, unit) !== null;
  const named = ({ unit, name, group }: Named): Named => ({ unit, name, group });
  const joined = ranked(after)
    .filter(({ unit }) => !has(before, unit))
    .map(named);
  const left = ranked(before)
    .filter(({ unit }) => !has(after, unit))
    .map(named);
  return { joined, left };
}
