import { levelBehind } from '#schemas/cut.ts';
import type { Day } from '#schemas/dates.ts';
import type { Ranked } from '../ranks.ts';
import type {
  DeductionMove,
  Movement,
  Movements,
  Mover,
  MoverSide,
  RequirementMove,
  VetoMove,
} from '../results/movement.ts';
import { type Judge, pointsOf, type Verdict } from '../scoring.ts';
import type { Steps } from '../steps.ts';
import { type Book, bookOf, EMPTY, effectsById } from './book.ts';
import { crossingCounter, splitOf } from './places.ts';
import { isOtherPlan, mainReasonOf } from './reason.ts';

/**
 * Why a unit moved: the difference of two totals, taken apart so that the parts add up to it.
 *
 * A requirement that counts at both times did what its attainment did, at the weight that it has now. One that has
 * begun to count moves the total by as much as it lies above or below what the criterion stood at without it (the
 * total, where the whole criterion is new); one that no longer counts, the other way round. So what stayed as it was
 * has no effect, though it weighs less as more comes due. Deductions and vetoes have theirs beside.
 */
export type Side = { judge: Judge; verdict: Verdict; rank: number | null };

type Taken = Map<string, { criterion: string; count: number; cost: number }>;

/** What deductions cost the total, in ten-thousandths of a point. */
function deductedOf({ judge, verdict }: Side, { criteria, weight }: Book): Taken {
  const taken: Taken = new Map();
  for (const { id, count, points } of verdict.deductions) {
    const criterion = judge.plan.deductions.find((one) => one.id === id)?.criterion ?? '';
    const share = weight > 0 ? (criteria.get(criterion)?.weight ?? 0) / weight : 0;
    taken.set(id, { criterion, count, cost: points * share * 10_000 });
  }
  return taken;
}

/** Ten-thousandths of a point, rounded half up, as points. */
const toPoints = (value: number): number => pointsOf(Math.round(value)) || 0;

const byEffect = (a: { effect: number }, b: { effect: number }): number =>
  Math.abs(b.effect) - Math.abs(a.effect);

const union = (after: Iterable<string>, before: Iterable<string>): string[] => [
  ...new Set([...after, ...before]),
];

const criterionOf = ({ judge }: Side, id: string): string | undefined =>
  judge.plan.requirements.find((requirement) => requirement.id === id)?.criterion;

function requirementMoves(before: Side | null, after: Side, books: [Book, Book]): RequirementMove[] {
  const effects = effectsById(...books);
  const idsOf = (side: Side | null) => side?.judge.plan.requirements.map(({ id }) => id) ?? [];
  const [was, is] = books;
  return union(idsOf(after), idsOf(before))
    .map((id) => ({
      id,
      criterion: criterionOf(after, id) ?? (before && criterionOf(before, id)) ?? '',
      before: was.parts.get(id)?.attainment ?? null,
      after: is.parts.get(id)?.attainment ?? null,
      effect: toPoints(effects.get(id) ?? 0),
      events: [],
    }))
    .sort(byEffect);
}

function deductionMoves(before: Taken, after: Taken): DeductionMove[] {
  return union(after.keys(), before.keys())
    .map((id) => {
      const [was, is] = [before.get(id), after.get(id)];
      return {
        id,
        criterion: is?.criterion ?? was?.criterion ?? '',
        before: was?.count ?? 0,
        after: is?.count ?? 0,
        effect: toPoints((was?.cost ?? 0) - (is?.cost ?? 0)),
        events: [],
      };
    })
    .sort(byEffect);
}

const vetoMoves = (before: Verdict | undefined, after: Verdict): VetoMove[] =>
  union(after.vetoes, before?.vetoes ?? []).map((id) => ({
    id,
    before: before?.vetoes.includes(id) ?? false,
    after: after.vetoes.includes(id),
    events: [],
  }));

const cappedBy = ({ total, totalWithoutVeto }: Verdict): number => (total ?? 0) - (totalWithoutVeto ?? 0);

/** Where a side stands, and of how many that have a rank. */
export const placeOf = (
  { verdict: { total, totalWithoutVeto }, rank }: Side,
  { totals }: Pick<Ranked, 'totals'>,
) => ({
  rank,
  of: totals.length,
  total: total === null ? null : pointsOf(total),
  totalWithoutVeto: totalWithoutVeto === null ? null : pointsOf(totalWithoutVeto),
});

type Effects = Pick<Movement, 'requirements' | 'deductions' | 'vetoes' | 'vetoEffect' | 'rest'>;

const sumOf = (moves: readonly { effect: number }[]): number =>
  moves.reduce((sum, { effect }) => sum + Math.round(effect * 10_000), 0);

/** What moved a unit from one time to another; against a time at which it had no total, what its total is made of. */
export function effectsOf(before: Side | null, after: Side): Effects {
  const books: [Book, Book] = [before ? bookOf(before) : EMPTY, bookOf(after)];
  const requirements = requirementMoves(before, after, books);
  const taken = before ? deductedOf(before, books[0]) : new Map();
  const deductions = deductionMoves(taken, deductedOf(after, books[1]));
  const vetoEffect = cappedBy(after.verdict) - (before ? cappedBy(before.verdict) : 0);
  const difference = (after.verdict.total ?? 0) - (before?.verdict.total ?? 0);
  const explained = sumOf(requirements) + sumOf(deductions) + vetoEffect;
  return {
    requirements,
    deductions,
    vetoes: vetoMoves(before?.verdict, after.verdict),
    vetoEffect: pointsOf(vetoEffect),
    rest: pointsOf(difference - explained),
  };
}

/** One of two rankings: the judge that made it, and everyone's place. */
export type Standings = {
  judge: Judge;
  ranked: Ranked;
  placeOf: ReadonlyMap<string, number>;
  /**
   * Units that had not begun on the day of the ranking, with the day since which each is there. They are ranked in the
   * whole of their first year, but a place from before a unit began is not one that it held.
   */
  unbegun?: ReadonlyMap<string, Day>;
};

/** A unit's side of a ranking; null where it is not ranked there, or had not begun. */
export function sideOf({ judge, ranked, placeOf: places, unbegun }: Standings, unit: string): Side | null {
  const at = unbegun?.has(unit) ? undefined : places.get(unit);
  const [verdict, row] = at === undefined ? [] : [ranked.verdicts[at], ranked.rows[at]];
  return verdict && row ? { judge, verdict, rank: row.rank } : null;
}

type Shift = { unit: string; before: Side; after: Side; places: number };

function* shiftsOf(before: Standings, after: Standings, group: string | undefined): Steps<Shift[]> {
  const shifts: Shift[] = [];
  for (const { unit, group: own } of after.ranked.rows) {
    yield;
    if (group !== undefined && own !== group) continue;
    const [was, is] = [sideOf(before, unit), sideOf(after, unit)];
    if (!was || !is || was.rank === null || is.rank === null) continue;
    shifts.push({ unit, before: was, after: is, places: was.rank - is.rank });
  }
  return shifts;
}

const differenceOf = ({ before, after }: Shift): number =>
  (after.verdict.total ?? 0) - (before.verdict.total ?? 0);

function moverIn(before: Standings, after: Standings): (shift: Shift) => Mover {
  const crossed = crossingCounter(before, after);
  const otherPlan = isOtherPlan(before.judge.plan, after.judge.plan);
  return (shift) => {
    const { unit, name, group } = shift.after.verdict.tally;
    const { places } = shift;
    const split = splitOf(before, after, unit) ?? { own: 0, others: places };
    const change = pointsOf(differenceOf(shift));
    return {
      unit,
      name,
      group,
      before: placeOf(shift.before, before.ranked),
      after: placeOf(shift.after, after.ranked),
      places,
      split,
      crossed: crossed(unit, places),
      reason: mainReasonOf(
        { ...effectsOf(shift.before, shift.after), otherPlan },
        { places, own: split.own, change },
      ),
    };
  };
}

/** Most places first, then the greater difference of totals. */
const furthestFirst = (a: Shift, b: Shift): number =>
  Math.abs(b.places) - Math.abs(a.places) || Math.abs(differenceOf(b)) - Math.abs(differenceOf(a));

/** Who rose furthest between two rankings and who fell furthest, so many each, and how many did; of a group, or of all. */
export function* moversOf(
  before: Standings,
  after: Standings,
  most: number,
  group?: string,
): Steps<Pick<Movements, 'rose' | 'fell' | 'kept'>> {
  const shifts = (yield* shiftsOf(before, after, group)).sort(furthestFirst);
  yield;
  const moverOf = moverIn(before, after);
  function* listed(moved: readonly Shift[]): Steps<MoverSide> {
    const movers: Mover[] = [];
    for (const shift of moved.slice(0, most)) {
      yield;
      movers.push(moverOf(shift));
    }
    const level = levelBehind(
      moved.map(({ places }) => places),
      Math.min(most, moved.length),
    );
    return { movers, count: moved.length, level };
  }
  return {
    rose: yield* listed(shifts.filter(({ places }) => places > 0)),
    fell: yield* listed(shifts.filter(({ places }) => places < 0)),
    kept: shifts.filter(({ places }) => places === 0).length,
  };
}
