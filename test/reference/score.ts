// The zone's ranking and one unit's standing, in the shapes of the HTTP interface.
import type { View, WindowReport } from './attain.ts';
import { bandsOf } from './bands.ts';
import { dayIn, lastDayOfYear } from './calendar.ts';
import { planOf } from './facts.ts';
import * as r from './rational.ts';
import type { Plan, State, Unit } from './types.ts';
import { counted, pointsOf, scoreUnit, type UnitScore, type Weights, weightOf } from './unitScore.ts';

export type Question = {
  year: number;
  basis: 'year' | 'to-date';
  on?: string | undefined;
  /** Only decides the day when `on` is absent: replay the state with the same `asOf`. */
  asOf?: string | undefined;
  now?: number;
  top?: number | undefined;
  weights?: Weights | undefined;
  group?: string | undefined;
};
export type RankingRow = {
  unit: string;
  name: string;
  group: string;
  rank: number | null;
  groupRank: number | null;
  of: number;
  total: number | null;
  totalWithoutVeto: number | null;
  criteria: Record<string, number | null>;
  band: [number, number] | null;
  topShare: number | null;
  eligible: boolean;
  vetoes: string[];
  deductions: { id: string; count: number; points: number }[];
};
export type Ranking = { rows: RankingRow[]; plan: { year: number; version: number } };
export type RequirementStanding = {
  id: string;
  attainment: number | null;
  points: number;
  lost: number | null;
  rankIfClosed: number | null;
  rankIfCaughtUp: number | null;
  due: string | null;
  windows: WindowReport[];
  clause: string;
};

const number = (value: r.Rational | null | undefined, decimals = 4) =>
  value == null ? null : r.toNumber(value, decimals);

function viewOf(plan: Plan, question: Question): View {
  const instant = question.asOf === undefined ? (question.now ?? Date.now()) : Date.parse(question.asOf);
  return { year: plan.year, basis: question.basis, on: question.on ?? dayIn(plan.timezone, instant) };
}

function isRankedIn(year: number, { since, closedOn }: Unit): boolean {
  const last = lastDayOfYear(year);
  return (since === undefined || since <= last) && (closedOn === undefined || closedOn > last);
}

function scoresOf(state: State, plan: Plan, question: Question): UnitScore[] {
  const view = viewOf(plan, question);
  return state.units
    .filter((unit) => isRankedIn(plan.year, unit))
    .map((unit) => scoreUnit(state, plan, unit, view, question.weights));
}

/** One more than the number of those that are better: equal totals share the smaller rank. */
function rankAmong(total: r.Rational | null, others: UnitScore[]): number | null {
  if (total === null) return null;
  return 1 + others.filter((other) => other.total !== null && r.compare(other.total, total) > 0).length;
}

function inOrder(a: RankingRow, b: RankingRow): number {
  if (a.rank !== b.rank) return (a.rank ?? Infinity) < (b.rank ?? Infinity) ? -1 : 1;
  return a.unit < b.unit ? -1 : 1;
}

/** null: no plan is adopted for the year. */
export function ranking(state: State, question: Question): Ranking | null {
  const plan = planOf(state, question.year);
  return plan && rankingOf(plan, question, scoresOf(state, plan, question));
}

function rankingOf(plan: Plan, question: Question, scores: UnitScore[]): Ranking {
  const ranked = scores.filter(({ total }) => total !== null);
  const bands = bandsOf(plan, ranked, question.top, question.weights);
  const rows = scores.map((score): RankingRow => {
    const { unit, total, totalWithoutVeto, eligible, vetoes, deductions } = score;
    const peers = ranked.filter((other) => other.unit.group === unit.group);
    const band = bands[ranked.indexOf(score)];
    return {
      unit: unit.unit,
      name: unit.name,
      group: unit.group,
      rank: rankAmong(total, ranked),
      groupRank: rankAmong(total, peers),
      of: ranked.length,
      total: number(total),
      totalWithoutVeto: number(totalWithoutVeto),
      criteria: Object.fromEntries(plan.criteria.map(({ id }) => [id, number(score.criteria.get(id))])),
      band: band?.band ?? null,
      topShare: band?.topShare ?? null,
      eligible,
      vetoes,
      deductions,
    };
  });
  return {
    rows: rows.filter(({ group }) => question.group === undefined || group === question.group).sort(inOrder),
    plan: { year: plan.year, version: plan.version },
  };
}

/** 100 × weight/Σweight × points/Σpoints × (1 − attainment), over what is counted. */
function pointsLost(plan: Plan, score: UnitScore, id: string, weights?: Weights): r.Rational | null {
  const requirement = plan.requirements.find((one) => one.id === id);
  const criterion = plan.criteria.find((one) => one.id === requirement?.criterion);
  const attainment = score.attainments.get(id) ?? null;
  if (!requirement || !criterion || attainment === null) return null;
  const present = plan.criteria.filter((one) => score.criteria.get(one.id) != null);
  const weightSum = r.sum(present.map((one) => weightOf(one, weights)));
  const pointSum = pointsOf(counted(plan, criterion.id, score.attainments));
  const weightShare = r.over(weightOf(criterion, weights), weightSum);
  const pointShare = r.over(r.parse(requirement.points), pointSum);
  const missing = r.minus(r.one, attainment);
  return r.times(r.times(r.hundred, weightShare), r.times(pointShare, missing));
}

/** null: no plan for the year, or the unit is not ranked in it. */
export function standing(state: State, id: string, question: Question): RequirementStanding[] | null {
  return standings(state, question, [id])?.get(id) ?? null;
}

/** Those of all units that are ranked, or of some; null: no plan for the year. */
export function standings(
  state: State,
  question: Question,
  only?: readonly string[],
): Map<string, RequirementStanding[]> | null {
  const plan = planOf(state, question.year);
  if (plan === null) return null;
  const scores = scoresOf(state, plan, question);
  const asked = scores.filter(({ unit }) => !only || only.includes(unit.unit));
  return standingsOf(state, plan, question, asked, scores);
}

const standingsOf = (state: State, plan: Plan, question: Question, asked: UnitScore[], scores: UnitScore[]) =>
  new Map(asked.map((own) => [own.unit.unit, standingAmong(state, plan, question, own, scores)]));

/** A ranking with the standings of all units in it, for which they are scored once. */
export function rankingWithStandings(
  state: State,
  question: Question,
): { ranking: Ranking; standings: Map<string, RequirementStanding[]> } | null {
  const plan = planOf(state, question.year);
  if (plan === null) return null;
  const scores = scoresOf(state, plan, question);
  return {
    ranking: rankingOf(plan, question, scores),
    standings: standingsOf(state, plan, question, scores, scores),
  };
}

function standingAmong(
  state: State,
  plan: Plan,
  question: Question,
  own: UnitScore,
  scores: UnitScore[],
): RequirementStanding[] {
  const others = scores.filter((score) => score !== own);
  const view = viewOf(plan, question);
  const rankWith = (requirement: string, attainment: r.Rational) => {
    const suppose = new Map([[requirement, attainment]]);
    const changed = scoreUnit(state, plan, own.unit, view, question.weights, suppose, own.attained);
    return rankAmong(changed.total, others);
  };
  return plan.requirements.map(({ id: requirement, points, clause }) => {
    const attained = own.attained.get(requirement);
    const isCounted = attained?.exact != null;
    return {
      id: requirement,
      attainment: number(own.attainments.get(requirement), 6),
      points,
      lost: number(pointsLost(plan, own, requirement, question.weights)),
      rankIfClosed: isCounted ? rankWith(requirement, r.one) : null,
      rankIfCaughtUp: isCounted && attained.best ? rankWith(requirement, attained.best) : null,
      due: attained?.due ?? null,
      windows: attained?.windows ?? [],
      clause,
    };
  });
}
