import { isDeepStrictEqual } from 'node:util';
import type { Ask } from '#api/queries/ask.ts';
import { unitHistories } from '#api/queries/monthlyTallies.ts';
import { recordedBetween } from '#api/queries/recordedBetween.ts';
import { type StreamMark, streamMark } from '#api/queries/streamMark.ts';
import { unitTallies } from '#api/queries/unitTallies.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { subjectsBetween } from '#ingest/tables/subjectsBetween.ts';
import { courseIn, type OfType } from '#schemas/course.ts';
import { endOfDay } from '#schemas/months.ts';
import type { Plan } from '#schemas/plan.ts';
import { coversAll, formatWatermark, type Offsets } from '#schemas/position.ts';
import { compilePlan, type Judge, judgeUnit, type Verdict } from '#schemas/scoring.ts';
import type { UnitTally } from '#schemas/tallies.ts';
import type { DayFiles, DayOf } from './dayFiles.ts';
import { createLru } from './lru.ts';
import type { Progress } from './progress.ts';

/** What is kept of a unit on a day: its total and criterion scores, ten-thousandths. */
export type DayScore = Pick<Verdict, 'total' | 'criteria'>;

/** Everybody's scores to date on one day. */
export type DayScores = {
  /** Undefined for a unit that is not ranked. */
  of(unit: string): DayScore | undefined;
  /** A unit's total, in ten-thousandths; null where it has none. */
  total(unit: string): number | null;
  /** How a unit stood with what was due, of all types or one: its place in `COURSES`; null where it is not ranked. */
  course(unit: string, type?: OfType): number | null;
  /** Descending, of those that have one. */
  totals: Int32Array;
};

/** One day, or the ends of the first months of the plan's year, in order; all as known at `asOf`. */
export type DaysQuestion = {
  plan: Plan;
  asOf: number | null;
  days: readonly string[];
  areMonthEnds: boolean;
  /** The day that still lasts: what is due on it can still be done (`isTooLate`). */
  today?: string | undefined;
};

export type Months = {
  /** The scores on each of the days as the projection stands now: made of all units the first time, then of those touched since. */
  at(question: DaysQuestion): Promise<DayScores[]>;
  /** Keeps the months of years as they are known now aside, for the next start; nothing where nothing has changed. */
  keep(): Promise<void>;
};

/**
 * What a unit scored on each of the days: for each its total and then its criteria, `NONE` where there is none; then how
 * it stood, as a whole and in each criterion. A year of a large zone is a million figures, too many for objects.
 */
type History = Int32Array;
type Kept = { offsets: Offsets; histories: ReadonlyMap<string, History>; days: DayScores[] };
type Entry = {
  question: DaysQuestion;
  kept: Kept | undefined;
  touched: Set<string>;
  turn: Promise<unknown>;
  /** What the file says. */
  written?: ReadonlyMap<string, History>;
};

const NONE = -(2 ** 31);
const orNull = (score: number | undefined): number | null =>
  score === undefined || score === NONE ? null : score;

/** Days kept: two trends of a year, as known now and as known then. A day of 10,000 units takes about 2.5 MB. */
const KEPT = 26;
/** Marks of so many watermarks. */
const MARKS = 4;
/** Beyond this share of touched units reading all of them is quicker. */
const FEW = 0.3;

function historyOf(judges: readonly Judge[], tallies: readonly UnitTally[]): History {
  const size = 1 + (judges[0]?.plan.criteria.length ?? 0);
  const history = new Int32Array(judges.length * size * 2).fill(NONE);
  for (const [day, judge] of judges.entries()) {
    const tally = tallies[day];
    if (!tally) continue;
    const verdict = judgeUnit(judge, tally);
    const first = day * size * 2;
    if (verdict.total !== null) history[first] = verdict.total;
    history[first + size] = courseIn(judge, verdict);
    for (let type = 0; type < size - 1; type++) {
      const score = verdict.criteria[type] ?? null;
      if (score !== null) history[first + 1 + type] = score;
      history[first + size + 1 + type] = courseIn(judge, verdict, type);
    }
  }
  return history;
}

function dayScores(histories: ReadonlyMap<string, History>, day: number, criteria: number): DayScores {
  const size = 1 + criteria;
  const first = day * size * 2;
  const totals: number[] = [];
  for (const history of histories.values()) {
    const total = orNull(history[first]);
    if (total !== null) totals.push(total);
  }
  return {
    of(unit) {
      const history = histories.get(unit);
      if (!history) return undefined;
      const [total = null, ...own] = [...history.subarray(first, first + 1 + criteria)].map(orNull);
      return { total, criteria: own };
    },
    total: (unit) => orNull(histories.get(unit)?.[first]),
    course: (unit, type) => orNull(histories.get(unit)?.[first + size + (type === undefined ? 0 : 1 + type)]),
    totals: Int32Array.from(totals).sort().reverse(),
  };
}

/**
 * Keeps the scores of days gone by, for trends. The cache keeps tallies, which a dozen days of a large zone would
 * drive out of its memory; of a day gone by only the figures are wanted.
 */
export function createMonths(ask: Ask, progress: Progress, files?: DayFiles): Months {
  const entries = createLru<Entry>(KEPT);
  const marks = createLru<Promise<StreamMark>>(MARKS);
  /** Days of one start are of few watermarks. */
  function markAt(offsets: Offsets): Promise<StreamMark> {
    const key = formatWatermark(offsets);
    const mark = marks.get(key) ?? streamMark(ask, offsets);
    marks.set(key, mark);
    mark.catch(() => marks.delete(key));
    return mark;
  }

  progress.subscribe(({ touched, reset }) => {
    if (reset) {
      entries.clear();
      marks.clear();
      files?.clear().catch(() => undefined);
      return;
    }
    for (const entry of entries.values()) for (const subject of touched.all) entry.touched.add(subject);
  });

  async function read(
    { plan, asOf, days, areMonthEnds, today }: DaysQuestion,
    offsets: Offsets,
    units?: readonly string[],
  ): Promise<[string, History][]> {
    const judges = days.map((on) => compilePlan(plan, { basis: 'to-date', on, lasts: on === today }));
    const question = { plan, snapshot: { offsets, asOf }, units };
    const histories: [string, History][] = [];
    if (areMonthEnds)
      await calmly(await unitHistories(ask, { ...question, months: days.length }), ({ unit, tallies }) => {
        histories.push([unit, historyOf(judges, tallies())]);
      });
    else
      await calmly(await unitTallies(ask, { ...question, on: days[0] ?? null }), (tally) => {
        histories.push([tally.unit, historyOf(judges, [tally])]);
      });
    return histories;
  }

  async function refreshed(
    question: DaysQuestion,
    before: Kept | undefined,
    touched: ReadonlySet<string>,
  ): Promise<Kept> {
    const offsets = progress.offsets();
    const known = before?.histories;
    const few = known && touched.size <= known.size * FEW;
    const kept = few ? [...known].filter(([unit]) => !touched.has(unit)) : [];
    const histories = new Map([...kept, ...(await read(question, offsets, few ? [...touched] : undefined))]);
    const criteria = question.plan.criteria.length;
    return { offsets, histories, days: question.days.map((_, day) => dayScores(histories, day, criteria)) };
  }

  /**
   * What is kept over a restart: a day that is over, as it was known at its end, and months as they are known now. A day
   * that still lasts is judged otherwise once it is over.
   */
  const dayOf = ({ plan, asOf, days, areMonthEnds, today }: DaysQuestion): DayOf | undefined =>
    !days.some((on) => on === today) &&
    (areMonthEnds ? asOf === null : asOf === endOfDay(plan.timezone, days[0] ?? ''))
      ? { plan, days, asOf }
      : undefined;

  /** What an earlier process left, if it is of this very stream. */
  async function fromFile(day: DayOf): Promise<Kept | undefined> {
    const kept = await files?.read(
      day,
      async ({ offsets, mark }) =>
        coversAll(progress.offsets(), offsets) && isDeepStrictEqual(await markAt(offsets), mark),
    );
    if (!kept) return undefined;
    const { offsets, units, figures } = kept;
    const size = figures.length / Math.max(1, units.length);
    const histories = new Map(
      units.map((unit, place) => [unit, figures.slice(place * size, (place + 1) * size)]),
    );
    const criteria = day.plan.criteria.length;
    return { offsets, histories, days: day.days.map((_, place) => dayScores(histories, place, criteria)) };
  }

  /** Nobody waits for it; what could not be kept is read again after the next start. */
  async function keep(day: DayOf, { offsets, histories }: Kept): Promise<void> {
    const units = [...histories.keys()];
    const size = histories.values().next().value?.length ?? 0;
    const figures = new Int32Array(units.length * size);
    for (const [place, history] of [...histories.values()].entries()) figures.set(history, place * size);
    await files?.write(day, { offsets, mark: await markAt(offsets), units, figures });
  }

  /** Of a time gone by: what was recorded later changes nothing of what was known then, whomever it is about. */
  async function recast(question: DaysQuestion, kept: Kept): Promise<Kept> {
    const { asOf } = question;
    const offsets = progress.offsets();
    const changed =
      asOf === null
        ? await subjectsBetween(ask, kept.offsets, offsets)
        : await recordedBetween(ask, kept.offsets, offsets, asOf);
    return changed.size > 0 ? refreshed(question, kept, changed) : { ...kept, offsets };
  }

  async function begun(entry: Entry): Promise<Kept> {
    const { question } = entry;
    const day = dayOf(question);
    const known = day && (await fromFile(day));
    if (known) {
      entry.written = known.histories;
      return recast(question, known);
    }
    const made = await refreshed(question, undefined, new Set());
    if (day) {
      entry.written = made.histories;
      keep(day, made).catch(() => delete entry.written);
    }
    return made;
  }

  async function bring(entry: Entry): Promise<DayScores[]> {
    const { question, touched, kept } = entry;
    if (kept && touched.size === 0) return kept.days;
    entry.touched = new Set();
    try {
      if (!kept) entry.kept = await begun(entry);
      else
        entry.kept = await (question.asOf === null
          ? refreshed(question, kept, touched)
          : recast(question, kept));
      return entry.kept.days;
    } catch (error) {
      for (const subject of touched) entry.touched.add(subject);
      throw error;
    }
  }

  return {
    async at(question) {
      const { plan, asOf, days, today } = question;
      if (days.length === 0) return [];
      const key = JSON.stringify([plan.year, plan.version, asOf, days, days.find((on) => on === today)]);
      const known = entries.get(key);
      // A rebuilt stream may bring another plan under the same version.
      const entry: Entry =
        known?.question.plan === plan
          ? known
          : { question, kept: undefined, touched: new Set(), turn: Promise.resolve() };
      entries.set(key, entry, days.length);
      const result = entry.turn.then(() => bring(entry));
      entry.turn = result.catch(() => undefined);
      return result;
    },

    async keep() {
      for (const entry of entries.values()) {
        const { question, kept, written } = entry;
        const day = dayOf(question);
        // A day as it was known then is written once, when it is made.
        if (!files || !day || !kept || question.asOf !== null || written === kept.histories) continue;
        await keep(day, kept);
        entry.written = kept.histories;
      }
    },
  };
}
