import { levelBehind } from '#schemas/cut.ts';
import { COURSES, courseIn, fallsShort, isOnCourse, missedBy, type OfType, ON_COURSE } from './course.ts';
import { halfUp, MILLION } from './exact.ts';
import type { Ranked } from './ranks.ts';
import type { Course, Overview, TypeState, ZoneMiss } from './results/overview.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';
import { pointsLost } from './standing.ts';

type Places = Pick<Ranked, 'rows' | 'verdicts'>;

/** How many requirements and conditions count by now, for whichever unit. */
function dueBy(judge: Judge, verdicts: readonly Verdict[], type: OfType): number {
  const counts = (index: number) => verdicts.some(({ attainments }) => attainments[index] != null);
  if (type !== undefined) return (judge.criteria[type]?.requirements ?? []).filter(counts).length;
  const requirements = judge.plan.requirements.filter((_, index) => counts(index));
  const conditions = judge.conditions.filter(({ due }) => due);
  return requirements.length + (verdicts.length > 0 ? conditions.length : 0);
}

/** How many teams are on course, of all types or one, and who is furthest from it. The judge must look to date. */
export function courseOf(judge: Judge, { rows, verdicts }: Places, most: number, type?: OfType): Course {
  const counts = COURSES.map(() => 0);
  let spotless = 0;
  const owing: { verdict: Verdict; row: Places['rows'][number] | undefined; missed: number }[] = [];
  verdicts.forEach((verdict, place) => {
    const course = courseIn(judge, verdict, type);
    counts[course] = (counts[course] ?? 0) + 1;
    const missed = missedBy(judge, verdict, type);
    if (missed === 0) spotless++;
    else if (course > 0) owing.push({ verdict, row: rows[place], missed });
  });
  owing.sort((a, b) => b.missed - a.missed);
  const furthest = owing.slice(0, most);
  const [onCourse = 0, held = 0, few = 0, many = 0] = counts;
  return {
    units: verdicts.length,
    ...{ onCourse, held, few, many },
    due: dueBy(judge, verdicts, type),
    atLeast: pointsOf(ON_COURSE),
    spotless,
    furthestBehind: furthest.map(({ verdict: { tally }, row, missed }) => ({
      unit: tally.unit,
      name: tally.name,
      group: tally.group,
      rank: row?.rank ?? null,
      total: row?.total ?? null,
      missed,
    })),
    furthestLevel: levelBehind(
      owing.map(({ missed }) => missed),
      furthest.length,
    ),
  };
}

/** Each type by itself: what the units score in it on average, and how many are on course in it. */
export function typesOf(judge: Judge, verdicts: readonly Verdict[]): TypeState[] {
  return judge.criteria.map(({ id }, type) => {
    let [sum, counted, onCourse] = [0, 0, 0];
    for (const verdict of verdicts) {
      if (isOnCourse(judge, verdict, type)) onCourse++;
      const score = verdict.criteria[type] ?? null;
      if (score === null) continue;
      sum += score;
      counted++;
    }
    const mean = counted === 0 ? null : pointsOf(halfUp(sum, counted));
    return { id, mean, onCourse, behind: verdicts.length - onCourse };
  });
}

export type Misses = { add(verdict: Verdict): void; misses(most: number): ZoneMiss[] };

/** Finds what costs the zone most, averaged over all units, unit by unit, so that the caller can pause between them. */
export function makeMisses(judge: Judge): Misses {
  const sums = judge.plan.requirements.map(() => ({ counted: 0, short: 0, attained: 0, lost: 0 }));
  let units = 0;
  return {
    add(verdict) {
      units++;
      const lost = pointsLost(judge, verdict);
      sums.forEach((sum, index) => {
        sum.lost += lost[index] ?? 0;
        const attainment = verdict.attainments[index] ?? null;
        if (attainment === null) return;
        sum.counted++;
        sum.attained += attainment;
        if (fallsShort(judge, verdict, index)) sum.short++;
      });
    },
    misses: (most) =>
      judge.plan.requirements
        .flatMap(({ id, criterion, name, clause }, index): ZoneMiss[] => {
          const { counted = 0, short = 0, attained = 0, lost = 0 } = sums[index] ?? {};
          if (short === 0) return [];
          const mean = halfUp(attained, counted) / MILLION;
          const cost = pointsOf(halfUp(lost, units));
          return [{ id, criterion, name, clause, mean, short, counted, lost: cost }];
        })
        .sort((a, b) => b.lost - a.lost || b.short - a.short)
        .slice(0, most),
  };
}

/** What costs the zone most, of all units at once. */
export function missesOf(judge: Judge, verdicts: readonly Verdict[], most: number): ZoneMiss[] {
  const found = makeMisses(judge);
  verdicts.forEach(found.add);
  return found.misses(most);
}

export const vetoedOf = ({ rows }: Pick<Ranked, 'rows'>): Overview['vetoed'] =>
  rows
    .filter(({ vetoes }) => vetoes.length > 0)
    .map(({ unit, name, group, rank, total, totalWithoutVeto, vetoes }) => ({
      unit,
      name,
      group,
      rank,
      total,
      totalWithoutVeto,
      vetoes,
    }));
