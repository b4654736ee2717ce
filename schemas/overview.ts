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
        if (attainment < MILLION) sum.short++;
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
