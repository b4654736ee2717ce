import { levelBehind } from '#schemas/cut.ts';
import { halfUp, MILLION } from './exact.ts';
import type { Ranked } from './ranks.ts';
import type { Course, Overview, ZoneMiss } from './results/overview.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';
import { pointsLost } from './standing.ts';

type Places = Pick<Ranked, 'rows' | 'verdicts'>;

/** Up to so many missed obligations are few. */
const FEW = 2;

/** How many requirements and conditions that are due a unit has missed; the judge must look to date. */
export function missedBy(judge: Judge, { tally, attainments }: Verdict): number {
  const requirements = attainments.filter((attainment) => attainment !== null && attainment < MILLION);
  const conditions = judge.conditions.filter(({ due, metOn }) => due && metOn(tally) === null);
  return requirements.length + conditions.length;
}

/** The total to date from which a team is on course, in ten-thousandths. */
const ON_COURSE = 900_000;

/** Where nothing counts yet there is nothing to be behind with. */
const isOnCourse = ({ total, eligible }: Verdict): boolean =>
  eligible && (total === null || total >= ON_COURSE);

/** How many requirements and conditions count by now, for whichever unit. */
function dueBy(judge: Judge, verdicts: readonly Verdict[]): number {
  const requirements = judge.plan.requirements.filter((_, index) =>
    verdicts.some(({ attainments }) => attainments[index] != null),
  );
  const conditions = judge.conditions.filter(({ due }) => due);
  return requirements.length + (verdicts.length > 0 ? conditions.length : 0);
}

/** How many teams are on course, and who is furthest from it. The judge must look to date. */
export function courseOf(judge: Judge, { rows, verdicts }: Places, most: number): Course {
  const places = verdicts.map((verdict, place) => ({
    verdict,
    row: rows[place],
    missed: missedBy(judge, verdict),
  }));
  const behind = places.filter(({ verdict }) => !isOnCourse(verdict));
  const owing = behind.filter(({ missed }) => missed > 0);
  const many = owing.filter(({ missed }) => missed > FEW).length;
  owing.sort((a, b) => b.missed - a.missed);
  const furthest = owing.slice(0, most);
  return {
    units: verdicts.length,
    onCourse: verdicts.length - behind.length,
    few: owing.length - many,
    many,
    held: behind.length - owing.length,
    due: dueBy(judge, verdicts),
    atLeast: pointsOf(ON_COURSE),
    spotless: places.filter(({ missed }) => missed === 0).length,
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

/** What costs the zone most, averaged over all units. */
export function missesOf(judge: Judge, verdicts: readonly Verdict[], most: number): ZoneMiss[] {
  const lost = verdicts.map((verdict) => pointsLost(judge, verdict));
  const sumOf = (values: readonly (number | null | undefined)[]): number =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return judge.plan.requirements
    .flatMap(({ id, criterion, name, clause }, index) => {
      const counted = verdicts.flatMap(({ attainments }) => attainments[index] ?? []);
      const short = counted.filter((attainment) => attainment < MILLION).length;
      if (short === 0) return [];
      const mean = halfUp(sumOf(counted), counted.length) / MILLION;
      const cost = halfUp(sumOf(lost.map((own) => own[index])), verdicts.length);
      return [{ id, criterion, name, clause, mean, short, counted: counted.length, lost: pointsOf(cost) }];
    })
    .sort((a, b) => b.lost - a.lost || b.short - a.short)
    .slice(0, most);
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
