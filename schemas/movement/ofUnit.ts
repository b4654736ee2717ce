import { effectsOf, placeOf, type Side, type Standings, sideOf } from '#schemas/movement/movement.ts';
import { changedOnly, withEvents } from '#schemas/movementEvents.ts';
import { greaterThan } from '#schemas/ranks.ts';
import type { Movement, MovementEvent } from '#schemas/results/movement.ts';
import { comersAndGoers, crossingsOf, splitOf } from './places.ts';

/** The rankings of a movement: the earlier one, the later one, and the earlier day as known now, where that differs. */
export type Times = { before: Standings; after: Standings; recast: Standings | null };

/** Where a unit stands, and how many share its rank: from "place 1" of five it did not fall alone. */
const ownPlaceOf = (side: Side, { totals }: Standings['ranked']) => {
  const { total } = side.verdict;
  const shared = total === null ? {} : { level: greaterThan(totals, total - 1) - greaterThan(totals, total) };
  return { ...placeOf(side, { totals }), ...shared };
};

type OfUnit = Omit<
  Movement,
  'compared' | 'known' | 'plan' | 'basis' | 'on' | 'asOf' | 'complete' | 'watermark'
>;

const counted = <T>(units: T[]) => ({ count: units.length, units });

/** Why a unit moved, everybody named; undefined where it is not among the later units. */
export function movementOfUnit(
  { before, after, recast }: Times,
  unit: string,
  events: MovementEvent[],
): OfUnit | undefined {
  const [was, is] = [sideOf(before, unit), sideOf(after, unit)];
  if (!is) return undefined;
  const again = recast && sideOf(recast, unit);
  const { name, group } = is.verdict.tally;
  const { passedBy, overtook } = was ? crossingsOf(before, after, unit) : { passedBy: [], overtook: [] };
  const { joined, left } = comersAndGoers(before, after);
  return {
    unit,
    name,
    group,
    before: was && ownPlaceOf(was, before.ranked),
    after: ownPlaceOf(is, after.ranked),
    recast: recast && again ? placeOf(again, recast.ranked) : null,
    since: before.unbegun?.get(unit) ?? null,
    split: was && splitOf(before, after, unit),
    passedBy: counted(passedBy),
    overtook: counted(overtook),
    joined: counted(joined),
    left: counted(left),
    ...changedOnly(withEvents(effectsOf(was, is), events)),
    events,
  };
}

/** The same for a unit's own eyes: how many others, and not who. */
export function withoutNames<T extends Pick<OfUnit, 'passedBy' | 'overtook' | 'joined' | 'left'>>(
  movement: T,
): T {
  const nameless = ({ count }: { count: number }) => ({ count, units: null });
  return {
    ...movement,
    passedBy: nameless(movement.passedBy),
    overtook: nameless(movement.overtook),
    joined: nameless(movement.joined),
    left: nameless(movement.left),
  };
}
