import type { Day } from '#schemas/dates.ts';
import { greatestEffect, isOtherPlan, mainReasonOf } from '#schemas/movement/reason.ts';
import { decimalsBetween, exactDifference } from '#schemas/presentation/numbers.ts';
import type { MainReason, Movement, Mover } from '#schemas/results/movement.ts';
import type { Named } from './rows.ts';

/** Why a unit moved: facts found in the effects, places and units that stand under the sentence. */
export type MovementFact =
  | { kind: 'no-rank-now' }
  | { kind: 'no-rank-then'; rank: number; total: number }
  /** It had not begun on the earlier day. */
  | { kind: 'not-begun-then'; since: Day; rank: number; total: number }
  | {
      kind: 'rose' | 'fell' | 'same';
      from: number;
      to: number;
      /** Whether others share the one rank, and the other. */
      shared: { from: boolean; to: boolean };
      places: number;
      totalFrom: number;
      totalTo: number;
      change: number;
      /** The total did not change because a veto caps it. */
      held: boolean;
      /** With so many, totals and what lies between them subtract as they are written. */
      decimals: number;
    }
  /** The totals that a veto hides: effects belong to these. */
  | { kind: 'uncapped'; totalFrom: number; totalTo: number; change: number; decimals: number }
  /** Of the places: what the unit's own total did, and what the others did. Negative = lost. */
  | { kind: 'split'; own: number; others: number; change: number; decimals: number }
  | { kind: 'passed-by' | 'overtook'; count: number; units: Named[] | null }
  /** The greatest effect in the direction of the move; `hidden` where it is on the total that a veto hides. */
  | { kind: 'main'; reason: MainReason; hidden: boolean }
  /** Nothing has an effect. */
  | { kind: 'no-effect' }
  /** The earlier day as known now: what became known since moved `late` places, what has happened `since` the rest. */
  | { kind: 'recast'; from: number; rank: number; late: number; since: number; to: number }
  | { kind: 'of'; from: number; to: number; joined: Counted; left: Counted }
  | { kind: 'plan'; from: number; to: number };

type Counted = { count: number; units: Named[] | null };

type Place = Movement['after'];
type Totals = { total: number; totalWithoutVeto: number };

const counted = ({ count, units }: { count: number; units: readonly Named[] | null }): Counted => ({
  count,
  units: units?.map(({ unit, name }) => ({ unit, name })) ?? null,
});

const isCapped = ({ total, totalWithoutVeto }: Pick<Place, 'total' | 'totalWithoutVeto'>): boolean =>
  total !== totalWithoutVeto;

const isShared = (place: Movement['before']): boolean => (place?.level ?? 1) > 1;

/** The places that a unit gained from one rank to another. */
function moved(
  { before, after }: Movement,
  from: number,
  to: number,
  then: Totals,
  now: Totals,
): MovementFact {
  const kind = to < from ? 'rose' : to > from ? 'fell' : 'same';
  const change = exactDifference(now.total, then.total);
  return {
    kind,
    from,
    to,
    shared: { from: isShared(before), to: isShared(after) },
    places: Math.abs(from - to),
    totalFrom: then.total,
    totalTo: now.total,
    change,
    held: change === 0 && isCapped(now) && isCapped(then),
    decimals: decimalsBetween([[then.total, now.total]]),
  };
}

function uncapped(then: Totals, now: Totals): MovementFact[] {
  if (!isCapped(then) && !isCapped(now)) return [];
  const [totalFrom, totalTo] = [then.totalWithoutVeto, now.totalWithoutVeto];
  const change = exactDifference(totalTo, totalFrom);
  return [
    { kind: 'uncapped', totalFrom, totalTo, change, decimals: decimalsBetween([[totalFrom, totalTo]]) },
  ];
}

/** What weighed most: on the total where it moved, else on the one that a veto hides. */
function main(movement: Movement, places: number, then: Totals, now: Totals): MovementFact[] {
  const change = exactDifference(now.total, then.total);
  const hiddenChange = exactDifference(now.totalWithoutVeto, then.totalWithoutVeto);
  const hidden = change === 0 && hiddenChange !== 0;
  const own = movement.split?.own ?? 0;
  const effects = { ...movement, otherPlan: isOtherPlan(movement.compared.plan, movement.plan) };
  const reason =
    places !== 0
      ? mainReasonOf(effects, { places, own, change })
      : greatestEffect(hidden ? { ...effects, vetoEffect: 0 } : effects, hidden ? hiddenChange : change);
  if (reason?.because === 'others' && hidden) return main({ ...movement, split: null }, 0, then, now);
  return reason && reason.because !== 'others' ? [{ kind: 'main', reason, hidden }] : [];
}

function crossed({ passedBy, overtook }: Movement): MovementFact[] {
  return [
    ...(passedBy.count > 0 ? [{ kind: 'passed-by' as const, ...counted(passedBy) }] : []),
    ...(overtook.count > 0 ? [{ kind: 'overtook' as const, ...counted(overtook) }] : []),
  ];
}

function split({ split: places }: Movement, then: Totals, now: Totals): MovementFact[] {
  if (!places || places.own + places.others === 0) return [];
  const change = exactDifference(now.total, then.total);
  return [{ kind: 'split', ...places, change, decimals: decimalsBetween([[then.total, now.total]]) }];
}

function recast({ recast: seen }: Movement, from: number, to: number): MovementFact[] {
  if (!seen || seen.rank === null || seen.rank === from) return [];
  return [{ kind: 'recast', from, rank: seen.rank, late: from - seen.rank, since: seen.rank - to, to }];
}

/** What else is not as it was: who takes part, and by which plan. */
function around({ before, after, joined, left, compared, plan }: Movement): MovementFact[] {
  const facts: MovementFact[] = [];
  const from = before?.of ?? after.of - joined.count + left.count;
  if (joined.count > 0 || left.count > 0)
    facts.push({ kind: 'of', from, to: after.of, joined: counted(joined), left: counted(left) });
  if (compared.plan.year === plan.year && compared.plan.version !== plan.version)
    facts.push({ kind: 'plan', from: compared.plan.version, to: plan.version });
  return facts;
}

const totalsOf = ({ total, totalWithoutVeto }: Place): Totals | null =>
  total === null || totalWithoutVeto === null ? null : { total, totalWithoutVeto };

/** Whether anything has an effect on the total, or on the one that a veto hides. */
const hasEffect = ({ requirements, deductions, vetoEffect, rest }: Movement): boolean =>
  vetoEffect !== 0 || rest !== 0 || [...requirements, ...deductions].some(({ effect }) => effect !== 0);

export function movementFacts(movement: Movement): MovementFact[] {
  const { before, after } = movement;
  const now = totalsOf(after);
  if (after.rank === null || !now) return [{ kind: 'no-rank-now' }, ...around(movement)];
  const then = before && totalsOf(before);
  if (!before || before.rank === null || !then)
    return [
      movement.since === null
        ? { kind: 'no-rank-then', rank: after.rank, total: now.total }
        : { kind: 'not-begun-then', since: movement.since, rank: after.rank, total: now.total },
      ...around(movement),
    ];
  const places = before.rank - after.rank;
  return [
    moved(movement, before.rank, after.rank, then, now),
    ...split(movement, then, now),
    ...crossed(movement),
    ...uncapped(then, now),
    ...main(movement, places, then, now),
    ...(hasEffect(movement) ? [] : [{ kind: 'no-effect' as const }]),
    ...recast(movement, before.rank, after.rank),
    ...around(movement),
  ];
}

/** Why a unit of a list moved: its reason, what its own total did, and how many crossed it. */
export type MoverFact = { reason: MainReason; change: number; crossed: number; rose: boolean };

export const moverFact = ({ before, after, places, crossed: count, reason }: Mover): MoverFact => ({
  reason,
  change: exactDifference(after.total ?? 0, before.total ?? 0),
  crossed: count,
  rose: places > 0,
});
