import { askRanking, stillOn } from '#api/answers/asked.ts';
import { begunIn } from '#api/answers/begun.ts';
import { Problem } from '#api/http/problem.ts';
import type { PageReads, Seen } from '#api/ports.ts';
import type { DayScores } from '#api/ranking-cache/months.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { COURSES, courseIn } from '#schemas/course.ts';
import { dayIn } from '#schemas/dates.ts';
import { monthEnds } from '#schemas/months.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { rankSupposing } from '#schemas/ranks.ts';
import type { Courses, History } from '#schemas/results/history.ts';
import { pointsOf, type Verdict } from '#schemas/scoring.ts';
import { marksOf } from './marks.ts';
import { headed, inGroup, type PageParts } from './parts.ts';

const pointsOrNull = (score: number | null | undefined): number | null =>
  score == null ? null : pointsOf(score);

/** The days of a year's trend, those that are over with everybody's scores. The last may be the answer's own day. */
type Days = { days: string[]; over: DayScores[]; own: boolean };

export function createHistories(parts: PageParts): Pick<PageReads, 'history' | 'courses'> {
  const { cache, cached, months, offsets, now } = parts;

  const todayIn = ({ timezone }: Pick<Plan, 'timezone'>): string => dayIn(timezone, now());

  async function daysOf({ plan, asOf, on }: RankingAnswer): Promise<Days> {
    const days = monthEnds(plan.year, on);
    const ended = days.filter((day) => day !== on);
    const over = await months.at({ plan, asOf, days: ended, areMonthEnds: true, today: todayIn(plan) });
    return { days, over, own: ended.length < days.length };
  }

  const askedFor = (verdicts: readonly Verdict[], units: readonly string[] | undefined): Verdict[] => {
    if (units === undefined) return [...verdicts];
    const wanted = new Set(units);
    return verdicts.filter(({ tally }) => wanted.has(tally.unit));
  };

  /** Of all units, or of some. */
  async function makeHistory(
    question: Seen,
    { units, detailed }: { units: readonly string[] | undefined; detailed: boolean },
  ) {
    const seen: Seen = { ...question, basis: 'to-date' };
    const answer = await askRanking(cache, seen);
    const { plan, ranked } = answer;
    const { days, over, own } = await daysOf(answer);
    const found = askedFor(ranked.verdicts, units);
    const { hasBegun, sinceOf } = await begunIn(parts.ask, answer);
    const ranks: History['ranks'] = [];
    await calmly(found, ({ tally: { unit }, total }) => {
      const row = over.map((day, at) =>
        hasBegun(unit, days[at] ?? answer.on)
          ? rankSupposing(day.totals, day.total(unit), day.total(unit))
          : null,
      );
      if (own) row.push(hasBegun(unit, answer.on) ? rankSupposing(ranked.totals, total, total) : null);
      ranks.push(row);
    });
    const scores = (
      read: (day: DayScores, unit: string) => number | null,
      last: (verdict: Verdict) => number | null,
    ) =>
      found.map((verdict) => [
        ...over.map((day, at) =>
          hasBegun(verdict.tally.unit, days[at] ?? answer.on)
            ? pointsOrNull(read(day, verdict.tally.unit))
            : null,
        ),
        ...(own ? [hasBegun(verdict.tally.unit, answer.on) ? pointsOrNull(last(verdict)) : null] : []),
      ]);
    const whose = found.map(({ tally }) => tally.unit);
    const unbegun = whose.flatMap((unit) => {
      const since = sinceOf(unit);
      return since !== undefined && since > (days[0] ?? answer.on) ? [{ unit, since }] : [];
    });
    const detail = detailed && {
      totals: scores(
        (day, unit) => day.total(unit),
        ({ total }) => total,
      ),
      criteria: Object.fromEntries(
        plan.criteria.map(({ id }, type) => [
          id,
          scores(
            (day, unit) => day.of(unit)?.criteria[type] ?? null,
            ({ criteria }) => criteria[type] ?? null,
          ),
        ]),
      ),
      marks: await marksOf(parts, answer, { units: whose, together: false }),
    };
    const value: History = {
      days,
      of: [...over.map(({ totals }) => totals.length), ...(own ? [ranked.totals.length] : [])],
      units: whose,
      names: found.map(({ tally }) => tally.name),
      groups: found.map(({ tally }) => tally.group),
      ranks,
      ...(unbegun.length > 0 && { unbegun }),
      detail: detail || null,
      ...(await headed(parts, seen, answer)),
    };
    return { value, isCurrent: stillOn(seen, answer, now), isWhole: true };
  }

  async function makeCourses({ group, criterion, which, ...question }: Parameters<PageReads['courses']>[0]) {
    const seen: Seen = { ...question, basis: 'to-date' };
    const answer = await askRanking(cache, seen);
    const type = typeIn(answer, criterion);
    const { days, over, own } = await daysOf(answer);
    const { verdicts } = inGroup(answer, group);
    const counts = COURSES.map(() => days.map(() => 0));
    const units: string[] = [];
    await calmly(verdicts, (verdict) => {
      const { unit } = verdict.tally;
      const row = over.map((day) => day.course(unit, type));
      const last = courseIn(answer.judge, verdict, type);
      if (own) row.push(last);
      for (const [day, course] of row.entries()) {
        const sums = course === null ? undefined : counts[course];
        if (sums) sums[day] = (sums[day] ?? 0) + 1;
      }
      if (COURSES[last] === which) units.push(unit);
    });
    const [onCourse = [], held = [], few = [], many = []] = counts;
    // Not of whoever reports without being ranked.
    const members = verdicts.map(({ tally }) => tally.unit);
    const [today, isStillOn] = [todayIn(answer.plan), stillOn(seen, answer, now)];
    const value: Courses = {
      days,
      ...{ onCourse, held, few, many },
      units: which === undefined ? null : units,
      marks: await marksOf(parts, answer, { units: members, together: true }),
      ...(await headed(parts, seen, answer)),
    };
    // Of a day that still lasts, among those asked about, more can be done than once it is over.
    const isCurrent = () => isStillOn() && (!days.includes(today) || todayIn(answer.plan) === today);
    return { value, isCurrent, isWhole: true };
  }

  return {
    history({ units, ...question }, viewer) {
      // Whoever is one unit is told of that one alone: the ranking does not say who the others are.
      const whose = viewer.unit === undefined ? units : [viewer.unit];
      const detailed = units !== undefined;
      return cached(['history', question, whose ?? null, detailed], formatWatermark(offsets()), () =>
        makeHistory(question, { units: whose, detailed }),
      );
    },
    courses: (question) =>
      cached(['courses', question], formatWatermark(offsets()), () => makeCourses(question)),
  };
}

/** The place of a criterion in the plan; undefined where none is asked for. */
export function typeIn(
  { plan }: Pick<RankingAnswer, 'plan'>,
  criterion: string | undefined,
): number | undefined {
  if (criterion === undefined) return undefined;
  const type = plan.criteria.findIndex(({ id }) => id === criterion);
  if (type < 0) throw new Problem('not-found', `No criterion ${criterion} is in the plan for ${plan.year}.`);
  return type;
}
