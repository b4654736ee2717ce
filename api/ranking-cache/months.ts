import type { Ask } from '#api/queries/ask.ts';
import { unitTallies } from '#api/queries/unitTallies.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Offsets } from '#schemas/position.ts';
import { compilePlan, judgeUnit, type Verdict } from '#schemas/scoring.ts';
import { createLru } from './lru.ts';
import type { Progress } from './progress.ts';

/** What is kept of a unit on a day: its total and criterion scores, ten-thousandths. */
export type DayScore = Pick<Verdict, 'total' | 'criteria'>;

/** Everybody's scores to date on one day. */
export type DayScores = {
  offsets: Offsets;
  units: ReadonlyMap<string, DayScore>;
  /** Descending, of those that have one. */
  totals: Int32Array;
};

export type DayQuestion = { plan: Plan; on: string; asOf: number | null };

export type Months = {
  /** The scores as the projection stands now: made of all units the first time, then of those touched since. */
  at(question: DayQuestion): Promise<DayScores>;
};

type Entry = { plan: Plan; scores: DayScores | undefined; touched: Set<string>; turn: Promise<unknown> };

/** Two trends of a year, as known now and as known then. A day of 10,000 units takes about 2 MB. */
const KEPT = 26;
/** Beyond this share of touched units reading all of them is quicker. */
const FEW = 0.3;

const descending = (units: ReadonlyMap<string, DayScore>): Int32Array =>
  Int32Array.from([...units.values()].flatMap(({ total }) => total ?? []))
    .sort()
    .reverse();

/**
 * Keeps the scores of days gone by, for trends. The cache keeps tallies, which a dozen days of a large zone would
 * drive out of its memory; of a day gone by only the figures are wanted.
 */
export function createMonths(ask: Ask, progress: Progress): Months {
  const entries = createLru<Entry>(KEPT);

  progress.subscribe(({ touched, reset }) => {
    if (reset) return entries.clear();
    for (const entry of entries.values()) for (const subject of touched.all) entry.touched.add(subject);
  });

  async function read({ plan, on, asOf }: DayQuestion, offsets: Offsets, units?: readonly string[]) {
    const judge = compilePlan(plan, { basis: 'to-date', on });
    const tallies = await unitTallies(ask, { plan, on, snapshot: { offsets, asOf }, units });
    return tallies.map((tally): [string, DayScore] => {
      const { total, criteria } = judgeUnit(judge, tally);
      return [tally.unit, { total, criteria }];
    });
  }

  async function refreshed(question: DayQuestion, entry: Entry, touched: ReadonlySet<string>) {
    const offsets = progress.offsets();
    const { scores } = entry;
    const few = scores && touched.size <= scores.units.size * FEW;
    const kept = few ? [...scores.units].filter(([unit]) => !touched.has(unit)) : [];
    const units = new Map([...kept, ...(await read(question, offsets, few ? [...touched] : undefined))]);
    return { offsets, units, totals: descending(units) };
  }

  async function bring(question: DayQuestion, entry: Entry): Promise<DayScores> {
    const { touched, scores } = entry;
    if (scores && touched.size === 0) {
      entry.scores = { ...scores, offsets: progress.offsets() };
      return entry.scores;
    }
    entry.touched = new Set();
    try {
      entry.scores = await refreshed(question, entry, touched);
      return entry.scores;
    } catch (error) {
      for (const subject of touched) entry.touched.add(subject);
      throw error;
    }
  }

  return {
    at(question) {
      const { plan, on, asOf } = question;
      const key = JSON.stringify([plan.year, plan.version, on, asOf]);
      const known = entries.get(key);
      // A rebuilt stream may bring another plan under the same version.
      const entry =
        known?.plan === plan
          ? known
          : { plan, scores: undefined, touched: new Set<string>(), turn: Promise.resolve() };
      entries.set(key, entry);
      const result = entry.turn.then(() => bring(question, entry));
      entry.turn = result.catch(() => undefined);
      return result;
    },
  };
}
