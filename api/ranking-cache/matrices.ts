import type { Ask } from '#api/queries/ask.ts';
import { refreshedTallies, unitTallies } from '#api/queries/unitTallies.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Offsets } from '#schemas/position.ts';
import type { UnitTally } from '#schemas/tallies.ts';
import { alsoTouched, nobody, type TouchedSets } from '#schemas/touched.ts';
import { createLru } from './lru.ts';
import type { Progress } from './progress.ts';

/** The tallies of all units at one watermark. Never changed: a unit that nothing touched keeps its very object. */
export type Matrix = { offsets: Offsets; tallies: readonly UnitTally[] };

export type MatrixQuestion = { plan: Plan; asOf: number | null; on: string | null };

export type Matrices = {
  /** The matrix as the projection stands now: queried whole the first time, then only the units touched since. */
  at(question: MatrixQuestion): Promise<Matrix>;
};

/** `touched` since `matrix` was made; without a matrix everything is still to be read. */
type Entry = { matrix: Matrix | undefined; touched: TouchedSets; turn: Promise<unknown> };

/** Beyond this share of touched units reading all of them is quicker. */
const FEW = 0.3;
/** Matrices kept; 10,000 units under the plan of 2026 take about 15 MB. */
const KEPT = 6;

export function createMatrices(ask: Ask, progress: Progress): Matrices {
  const entries = createLru<Entry>(KEPT);

  progress.subscribe(({ touched, reset }) => {
    if (reset) return entries.clear();
    for (const entry of entries.values()) alsoTouched(entry.touched, touched);
  });

  async function bring(question: MatrixQuestion, entry: Entry): Promise<Matrix> {
    const offsets = progress.offsets();
    const { matrix, touched } = entry;
    if (matrix && touched.all.size === 0) {
      if (matrix.offsets !== offsets) entry.matrix = { ...matrix, offsets };
      return entry.matrix ?? matrix;
    }
    entry.touched = nobody();
    try {
      const whole = { ...question, snapshot: { offsets, asOf: question.asOf } };
      const few = matrix && touched.all.size <= matrix.tallies.length * FEW;
      const tallies = few
        ? replaced(matrix.tallies, touched.all, await refreshedTallies(ask, whole, matrix.tallies, touched))
        : await unitTallies(ask, whole);
      entry.matrix = { offsets, tallies };
      return entry.matrix;
    } catch (error) {
      alsoTouched(entry.touched, touched);
      throw error;
    }
  }

  return {
    at(question) {
      const { plan, asOf, on } = question;
      const key = JSON.stringify([plan.year, plan.version, asOf, on]);
      const entry = entries.get(key) ?? { matrix: undefined, touched: nobody(), turn: Promise.resolve() };
      entries.set(key, entry);
      const result = entry.turn.then(() => bring(question, entry));
      entry.turn = result.catch(() => undefined);
      return result;
    },
  };
}

/** A touched unit that has no new tally is not ranked any more. */
const replaced = (
  tallies: readonly UnitTally[],
  touched: ReadonlySet<string>,
  fresh: readonly UnitTally[],
): UnitTally[] => [...tallies.filter(({ unit }) => !touched.has(unit)), ...fresh];
