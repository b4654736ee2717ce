import { add, halfUp, MILLION, times } from './exact.ts';
import { micros } from './numbers.ts';
import type { Ranked } from './ranks.ts';
import type {
  DeductionMove,
  MainReason,
  Movement,
  Mover,
  RequirementMove,
  VetoMove,
} from './results/movement.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';
import { pointsLost } from './standing.ts';
import type { Whole } from './tallies.ts';

/**
 * Why a unit moved: the difference of two totals, taken apart. A total is 100 less the points that each requirement
 * loses, less deductions, and capped by vetoes; so what each did is what it cost then less what it costs now. That
 * holds for requirements that have only begun to count, too: they cost nothing before.
 */
export type Side = { judge: Judge; verdict: Verdict; rank: number | null };

/** Everything in ten-thousandths of a point. */
type Costs = {
  attainments: Map<string, { criterion: string; attainment: number | null; lost: number }>;
  deductions: Map<string, { criterion: string; count: number; cost: number }>;
};

const NO_COSTS: Costs = { attainments: new Map(), deductions: new Map() };

/** A criterion's part of the total: its weight over those of all that are counted. */
function partOf(judge: Judge, { criteria }: Verdict, criterion: number): { num: Whole; den: Whole } {
  const counted = judge.proportions.filter((_, index) => criteria[index] != null);
  const den = counted.reduce<Whole>((sum, weight) => add(sum, weight), 0);
  if (criteria[criterion] == null || den === 0) return { num: 0, den: 1 };
  return { num: judge.proportions[criterion] ?? 0, den };
}

function costsOf({ judge, verdict }: Side): Costs {
  const lost = pointsLost(judge, verdict);
  const attainments: Costs['attainments'] = new Map();
  judge.plan.requirements.forEach(({ id, criterion }, index) => {
    const attainment = verdict.attainments[index] ?? null;
    attainments.set(id, { criterion, attainment, lost: lost[index] ?? 0 });
  });
  const deductions: Costs['deductions'] = new Map();
  for (const { id, count, points } of verdict.deductions) {
    const criterion = judge.plan.deductions.find((one) => one.id === id)?.criterion ?? '';
    const { num, den } = partOf(
      judge,
      verdict,
      judge.criteria.findIndex((one) => one.id === criterion),
    );
    deductions.set(id, { criterion, count, cost: halfUp(times(micros(points), num), times(den, 100)) });
  }
  return { attainments, deductions };
}

const byEffect = (a: { effect: number }, b: { effect: number }): number =>
  Math.abs(b.effect) - Math.abs(a.effect);

const union = (after: Iterable<string>, before: Iterable<string>): string[] => [
  ...new Set([...after, ...before]),
];

function requirementMoves(before: Costs, after: Costs): RequirementMove[] {
  const moves = union(after.attainments.keys(), before.attainments.keys()).map((id): RequirementMove => {
    const [was, is] = [before.attainments.get(id), after.attainments.get(id)];
    const shareOf = (value: number | null | undefined) => (value == null ? null : value / MILLION);
    return {
      id,
      criterion: is?.criterion ?? was?.criterion ?? '',
      before: shareOf(was?.attainment),
      after: shareOf(is?.attainment),
      effect: pointsOf((was?.lost ?? 0) - (is?.lost ?? 0)),
      events: [],
    };
  });
  return moves.sort(byEffect);
}

function deductionMoves(before: Costs, after: Costs): DeductionMove[] {
  const moves = union(after.deductions.keys(), before.deductions.keys()).map((id): DeductionMove => {
    const [was, is] = [before.deductions.get(id), after.deductions.get(id)];
    return {
      id,
      criterion: is?.criterion ?? was?.criterion ?? '',
      before: was?.count ?? 0,
      after: is?.count ?? 0,
      effect: pointsOf((was?.cost ?? 0) - (is?.cost ?? 0)),
      events: [],
    };
  });
  return moves.sort(byEffect);
}

const vetoMoves = (before: Verdict | undefined, after: Verdict): VetoMove[] =>
  union(after.vetoes, before?.vetoes ?? []).map((id) => ({
    id,
    before: before?.vetoes.includes(id) ?? false,
    after: after.vetoes.includes(id),
    events: [],
  }));

const cappedBy = ({ total, totalWithoutVeto }: Verdict): number => (total ?? 0) - (totalWithoutVeto ?? 0);

export const placeOf = ({ verdict: { total, totalWithoutVeto }, rank }: Side) => ({
  rank,
  total: total === null ? null : pointsOf(total),
  totalWithoutVeto: totalWithoutVeto === null ? null : pointsOf(totalWithoutVeto),
});

type Effects = Pick<Movement, 'requirements' | 'deductions' | 'vetoes' | 'vetoEffect' | 'rest'>;

const sumOf = (moves: readonly { effect: number }[]): number =>
  moves.reduce((sum, { effect }) => sum + Math.round(effect * 10_000), 0);

/**
 * What moved a unit from one time to another; requirements that neither changed nor cost anything else are there
 * as well. Against a time at which it had no total the effects are those against a full score.
 */
export function effectsOf(before: Side | null, after: Side): Effects {
  const [was, is] = [before ? costsOf(before) : NO_COSTS, costsOf(after)];
  const requirements = requirementMoves(was, is);
  const deductions = deductionMoves(was, is);
  const vetoEffect = cappedBy(after.verdict) - (before ? cappedBy(before.verdict) : 0);
  const difference =
    before && before.verdict.total !== null && after.verdict.total !== null
      ? after.verdict.total - before.verdict.total
      : null;
  const explained = sumOf(requirements) + sumOf(deductions) + vetoEffect;
  return {
    requirements,
    deductions,
    vetoes: vetoMoves(before?.verdict, after.verdict),
    vetoEffect: pointsOf(vetoEffect),
    rest: difference === null ? 0 : pointsOf(difference - explained),
  };
}

/** What moved a unit most in the direction in which its rank moved; others, where it did nothing that way itself. */
export function mainReasonOf(effects: Effects, places: number): MainReason {
  const { requirements, deductions, vetoes, vetoEffect } = effects;
  const veto = vetoes.find(({ before, after }) => before !== after);
  const moves: MainReason[] = [
    ...requirements.map(({ id, effect }) => ({ because: 'requirement' as const, id, effect })),
    ...deductions.map(({ id, effect }) => ({ because: 'deduction' as const, id, effect })),
    ...(veto ? [{ because: 'veto' as const, id: veto.id, effect: vetoEffect }] : []),
  ];
  const [main] = moves.filter(({ effect }) => effect * places > 0).sort(byEffect);
  return main ?? { because: 'others', id: null, effect: 0 };
}

/** One of two rankings: the judge that made it, and everyone's place. */
export type Standings = { judge: Judge; ranked: Ranked; placeOf: ReadonlyMap<string, number> };

/** A unit's side of a ranking; null where it is not ranked there. */
export function sideOf({ judge, ranked, placeOf: places }: Standings, unit: string): Side | null {
  const at = places.get(unit);
  const [verdict, row] = at === undefined ? [] : [ranked.verdicts[at], ranked.rows[at]];
  return verdict && row ? { judge, verdict, rank: row.rank } : null;
}

type Shift = { before: Side; after: Side; places: number };

function shiftsOf(before: Standings, after: Standings): Shift[] {
  return after.ranked.rows.flatMap(({ unit }) => {
    const [was, is] = [sideOf(before, unit), sideOf(after, unit)];
    if (!was || !is || was.rank === null || is.rank === null) return [];
    return [{ before: was, after: is, places: was.rank - is.rank }];
  });
}

const differenceOf = ({ before, after }: Shift): number =>
  (after.verdict.total ?? 0) - (before.verdict.total ?? 0);

function moverOf(shift: Shift): Mover {
  const { unit, name, group } = shift.after.verdict.tally;
  const { before, after, places } = shift;
  const reason = mainReasonOf(effectsOf(before, after), places);
  return { unit, name, group, before: placeOf(before), after: placeOf(after), places, reason };
}

/** Most places first, then the greater difference of totals. */
const furthestFirst = (a: Shift, b: Shift): number =>
  Math.abs(b.places) - Math.abs(a.places) || Math.abs(differenceOf(b)) - Math.abs(differenceOf(a));

/** The units that moved furthest between two rankings, up or down, and how many moved at all. */
export function moversOf(
  before: Standings,
  after: Standings,
  most: number,
): { movers: Mover[]; rose: number; fell: number; kept: number } {
  const shifts = shiftsOf(before, after);
  const moved = shifts.filter(({ places }) => places !== 0).sort(furthestFirst);
  return {
    movers: moved.slice(0, most).map(moverOf),
    rose: moved.filter(({ places }) => places > 0).length,
    fell: moved.filter(({ places }) => places < 0).length,
    kept: shifts.length - moved.length,
  };
}

/** Those that rose furthest, and those that fell furthest. */
export function risersAndFallers(
  before: Standings,
  after: Standings,
  most: number,
): { rose: Mover[]; fell: Mover[] } {
  const shifts = shiftsOf(before, after).sort(furthestFirst);
  const first = (chosen: readonly Shift[]) => chosen.slice(0, most).map(moverOf);
  return {
    rose: first(shifts.filter(({ places }) => places > 0)),
    fell: first(shifts.filter(({ places }) => places < 0)),
  };
}
