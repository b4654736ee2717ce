import type { Day } from './dates.ts';
import type { Plan, Requirement } from './plan.ts';
import type { Ranked } from './ranks.ts';
import type { RankingRow } from './results/results.ts';
import type { Method, PlanChanges, YearOnYearRow } from './results/yearOnYear.ts';
import type { Steps } from './steps.ts';

/**
 * Year on year: two years beside each other, both under the method of the one and both under that of the other, so
 * that what the teams did is told apart from what the plan asks. A method is carried to another year by giving its
 * plan that year: windows and due days follow, and the same scoring judges.
 */

/** A plan as far as it can judge another year: the requirements whose kinds that year's plan named, too. */
export type Carried = { plan: Plan; leftOut: string[] };

/**
 * What a year's plan did not name, nobody could report: such requirements would be missed by all, so they are left
 * out, for both years alike.
 */
export function commonMethod(plan: Plan, other: Plan): Carried {
  const named = new Set(other.requirements.map(({ kind }) => kind));
  const requirements = plan.requirements.filter(({ kind }) => named.has(kind));
  const leftOut = plan.requirements.filter(({ kind }) => !named.has(kind)).map(({ id }) => id);
  return { plan: { ...plan, requirements }, leftOut };
}

/** The plan with its windows, due days and conditions in another year. What counts (reported or verified) stays the method's. */
export const inYear = (plan: Plan, year: number): Plan => ({ ...plan, year });

/** The same day of another year; the last of February where that has no 29th. */
export function dayInYear(day: Day, year: number): Day {
  const rest = day.slice(4);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}${rest === '-02-29' && !isLeap ? '-02-28' : rest}`;
}

/** The day that is as far into another year, or past its end, as a day is into a year or past it. */
export const dayAcross = (day: Day, from: number, to: number): Day =>
  dayInYear(day, Number(day.slice(0, 4)) + to - from);

const asksAlike = (a: Requirement, b: Requirement): boolean =>
  a.kind === b.kind && a.points === b.points && JSON.stringify(a.measure) === JSON.stringify(b.measure);

/** What a plan changed against an earlier one, by id. */
export function planChanges(plan: Plan, before: Plan): PlanChanges {
  const weights = new Map(before.criteria.map(({ id, weight }) => [id, weight]));
  const asked = new Map(before.requirements.map((requirement) => [requirement.id, requirement]));
  const now = new Set(plan.requirements.map(({ id }) => id));
  const criteria = new Set(plan.criteria.map(({ id }) => id));
  return {
    weights: [
      ...plan.criteria.map(({ id, weight }) => ({ id, weight, before: weights.get(id) ?? null })),
      ...before.criteria
        .filter(({ id }) => !criteria.has(id))
        .map(({ id, weight }) => ({ id, weight: null, before: weight })),
    ].filter((one) => one.weight !== one.before),
    added: plan.requirements.filter(({ id }) => !asked.has(id)).map(({ id }) => id),
    dropped: before.requirements.filter(({ id }) => !now.has(id)).map(({ id }) => id),
    changed: plan.requirements
      .filter((requirement) => {
        const earlier = asked.get(requirement.id);
        return earlier !== undefined && !asksAlike(requirement, earlier);
      })
      .map(({ id }) => id),
  };
}

/** Both years under one method. */
export type Judged = { now: Ranked; before: Ranked };

type Places = ReadonlyMap<string, RankingRow>;

const placesIn = ({ rows }: Ranked): Places => new Map(rows.map((row) => [row.unit, row]));

const placeOf = (row: RankingRow | undefined): Method['now'] =>
  row ? { rank: row.rank, total: row.total, criteria: row.criteria } : null;

/**
 * Every unit of either year, in the order of the ranking as it stands; those of the earlier year alone come last.
 * `unbegun`: since when those are there that had not begun on one of the days.
 */
export function* yearOnYearRows(
  official: Judged,
  { own, other }: { own: Judged; other: Judged },
  unbegun: ReadonlyMap<string, Day>,
): Steps<YearOnYearRow[]> {
  const known = placesIn(official.now);
  const gone = official.before.rows.filter(({ unit }) => !known.has(unit));
  const maps: { now: Places; before: Places }[] = [];
  for (const { now, before } of [official, own, other]) {
    maps.push({ now: placesIn(now), before: placesIn(before) });
    yield;
  }
  const rows: YearOnYearRow[] = [];
  for (const { unit, name, group } of [...official.now.rows, ...gone]) {
    const [asPublished, underOwn, underOther] = maps.map(({ now, before }) => ({
      now: placeOf(now.get(unit)),
      before: placeOf(before.get(unit)),
    }));
    const nowhere = { now: null, before: null };
    rows.push({
      unit,
      name,
      group,
      since: unbegun.get(unit) ?? null,
      official: asPublished ?? nowhere,
      underOwn: underOwn ?? nowhere,
      underOther: underOther ?? nowhere,
    });
    yield;
  }
  return rows;
}
