import type { ActivityBody } from '#schemas/events.ts';
import type { Measure, Plan, Requirement } from '#schemas/plan.ts';
import { WINDOWS } from '#schemas/tallies.ts';
import type { Target } from './targets.ts';

/**
 * What a team would honestly say of its own year: a rough reading of the plan in plain floating point, from what
 * it did. It only feeds the sample's self-inspections; results come from `schemas/scoring.ts`.
 */
export type Estimate = { score: number; worst: Requirement | undefined };

type Year = { bodies: readonly ActivityBody[]; teamSize: number; targets: readonly Target[] };

const share = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 1);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function windowed(bodies: readonly ActivityBody[], measure: Extract<Measure, { type: 'count' }>): number {
  const windows = WINDOWS[measure.per];
  const counts = new Array<number>(windows).fill(0);
  for (const { occurredOn, ledByHead } of bodies) {
    const window = Math.floor(((Number(occurredOn.slice(5, 7)) - 1) * windows) / 12);
    if (!measure.ledByHead || ledByHead) counts[window] = (counts[window] ?? 0) + 1;
  }
  return sum(counts.map((count) => share(count, measure.atLeast))) / windows;
}

function targets(bodies: readonly ActivityBody[], assigned: readonly Target[]): number {
  const shares = assigned.map(({ indicator, target, direction }) => {
    const value = bodies.findLast((body) => body.indicator === indicator)?.value;
    if (value === undefined) return 0;
    return direction === 'atLeast' ? share(value, target) : share(target, value);
  });
  return sum(shares) / Math.max(1, shares.length);
}

function attainment({ measure, kind }: Requirement, year: Year): number {
  const bodies = year.bodies.filter((body) => body.kind === kind);
  switch (measure.type) {
    case 'count':
      return windowed(bodies, measure);
    case 'sum':
      return share(sum(bodies.map(({ quantity }) => quantity ?? 0)), measure.atLeast * year.teamSize);
    case 'coverage':
      return share(new Set(bodies.flatMap(({ members }) => members ?? [])).size, year.teamSize);
    case 'variety':
      return share(new Set(bodies.map(({ form }) => form)).size, measure.atLeast);
    case 'ratio':
      return bodies.length
        ? share(sum(bodies.map((b) => b.done ?? 0)), sum(bodies.map((b) => b.due ?? 0)))
        : 0;
    case 'appraisal':
      return bodies.length ? sum(bodies.map(({ score }) => score ?? 0)) / bodies.length / 100 : 0;
    case 'target':
      return targets(bodies, year.targets);
    case 'milestone':
      return bodies.length ? 1 : 0;
  }
}

/** Each criterion's score as the team itself would reckon it, and the requirement that costs it most. */
export function estimate(plan: Plan, year: Year, incidents: readonly string[]): Map<string, Estimate> {
  const result = new Map<string, Estimate>();
  for (const { id } of plan.criteria) {
    const own = plan.requirements
      .filter(({ criterion }) => criterion === id)
      .map((requirement) => ({
        requirement,
        lost: requirement.points * (1 - attainment(requirement, year)),
      }));
    const points = sum(own.map(({ requirement }) => requirement.points));
    const deducted = plan.deductions
      .filter(({ criterion }) => criterion === id)
      .map(({ kind, points: each, max }) => Math.min(max, each * incidents.filter((k) => k === kind).length));
    const score = 100 * (1 - sum(own.map(({ lost }) => lost)) / points) - sum(deducted);
    const worst = own.filter(({ lost }) => lost > 0).sort((a, b) => b.lost - a.lost)[0]?.requirement;
    result.set(id, { score: Math.max(0, score), worst });
  }
  return result;
}
