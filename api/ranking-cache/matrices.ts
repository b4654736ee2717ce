import { isDeepStrictEqual } from 'node:util';
import type { Ask } from '#api/queries/ask.ts';
import { streamMark } from '#api/queries/streamMark.ts';
import { unitsAfter } from '#api/queries/unitsAfter.ts';
import { refreshedTallies, unitTallies } from '#api/queries/unitTallies.ts';
import { subjectsBetween } from '#ingest/tables/subjectsBetween.ts';
import type { Plan } from '#schemas/plan.ts';
import { coversAll, formatWatermark, type Offsets } from '#schemas/position.ts';
import type { UnitTally } from '#schemas/tallies.ts';
import { alsoTouched, nobody, type Touched, type TouchedSets, touchedSomehow } from '#schemas/touched.ts';
import { createLru } from './lru.ts';
import type { Progress } from './progress.ts';
import type { TallyFiles } from './tallyFiles.ts';

/** The tallies of all units at one watermark. Never changed: a unit that nothing touched keeps its very object. */
export type Matrix = { offsets: Offsets; tallies: readonly UnitTally[] };

export type MatrixQuestion = { plan: Plan; asOf: number | null; on: string | null };

export type Matrices = {
  /** The matrix as the projection stands now: queried whole the first time, then only the units touched since. */
  at(question: MatrixQuestion): Promise<Matrix>;
  /** Keeps what is known of whole years aside, for the next start; nothing where nothing has changed. */
  keep(): Promise<void>;
};

/** `touched` since `matrix` was made; without a matrix everything is still to be read. */
type Entry = {
  question: MatrixQuestion;
  matrix: Matrix | undefined;
  touched: TouchedSets;
  turn: Promise<unknown>;
};

/** Beyond this share of touched units reading all of them is quicker. */
const FEW = 0.3;
/** Beyond this many units with something after a day the day is queried for itself. */
const SOME = 200;
/** Matrices kept; 10,000 units under the plan of 2026 take about 15 MB. */
const KEPT = 6;

const keyOf = ({ plan, asOf, on }: MatrixQuestion): string =>
  JSON.stringify([plan.year, plan.version, asOf, on]);

/** Of the whole year, with all that is known: what other days begin with, and what is kept aside. */
const isWhole = ({ asOf, on }: MatrixQuestion): boolean => asOf === null && on === null;

export function createMatrices(ask: Ask, progress: Progress, files?: TallyFiles): Matrices {
  const entries = createLru<Entry>(KEPT);
  /** What the files say, by key: the very tallies. */
  const written = new Map<string, readonly UnitTally[]>();

  progress.subscribe(({ touched, reset }) => {
    if (!reset) {
      for (const entry of entries.values()) alsoTouched(entry.touched, touched);
      return;
    }
    entries.clear();
    written.clear();
    files?.clear().catch(() => undefined);
  });

  const queried = (
    question: MatrixQuestion,
    offsets: Offsets,
    units?: readonly string[],
  ): Promise<UnitTally[]> =>
    unitTallies(ask, { ...question, snapshot: { offsets, asOf: question.asOf }, units });

  /** A matrix brought up to `offsets`. */
  async function brought(
    question: MatrixQuestion,
    offsets: Offsets,
    { tallies }: Matrix,
    touched: Touched,
  ): Promise<readonly UnitTally[]> {
    if (touched.all.size === 0) return tallies;
    if (touched.all.size > tallies.length * FEW) return queried(question, offsets);
    const snapshot = { offsets, asOf: question.asOf };
    const fresh = await refreshedTallies(ask, { ...question, snapshot }, tallies, touched);
    return replaced(tallies, touched.all, fresh);
  }

  /** What an earlier process left of the whole year, brought up to `offsets`; only if it is of this very stream. */
  async function fromFile(
    question: MatrixQuestion,
    offsets: Offsets,
  ): Promise<readonly UnitTally[] | undefined> {
    const kept = await files?.read(
      question.plan,
      async ({ offsets: read, mark }) =>
        coversAll(offsets, read) && isDeepStrictEqual(await streamMark(ask, read), mark),
    );
    if (!kept) return undefined;
    const touched = touchedSomehow(await subjectsBetween(ask, kept.offsets, offsets));
    return brought(question, offsets, kept, touched);
  }

  /** A day of the year from the whole year: units that have nothing after it have the same tallies. */
  async function fromWhole(
    question: MatrixQuestion,
    on: string,
    offsets: Offsets,
  ): Promise<readonly UnitTally[] | undefined> {
    const { plan, asOf } = question;
    const later = await unitsAfter(ask, { year: plan.year, on, snapshot: { offsets, asOf } });
    if (later.size > SOME) return undefined;
    const whole = await at({ ...question, on: null });
    // A batch may have come meanwhile: then it is not about the same events.
    if (formatWatermark(whole.offsets) !== formatWatermark(offsets)) return undefined;
    return replaced(whole.tallies, later, later.size ? await queried(question, offsets, [...later]) : []);
  }

  async function begun(question: MatrixQuestion, offsets: Offsets): Promise<readonly UnitTally[]> {
    const { asOf, on } = question;
    if (on !== null) return (await fromWhole(question, on, offsets)) ?? queried(question, offsets);
    return (asOf === null ? await fromFile(question, offsets) : undefined) ?? queried(question, offsets);
  }

  async function bring(entry: Entry): Promise<Matrix> {
    const offsets = progress.offsets();
    const { question, matrix, touched } = entry;
    if (matrix && touched.all.size === 0) {
      if (matrix.offsets !== offsets) entry.matrix = { ...matrix, offsets };
      return entry.matrix ?? matrix;
    }
    entry.touched = nobody();
    try {
      const tallies = await (matrix ? brought(question, offsets, matrix, touched) : begun(question, offsets));
      entry.matrix = { offsets, tallies };
      return entry.matrix;
    } catch (error) {
      alsoTouched(entry.touched, touched);
      throw error;
    }
  }

  function at(question: MatrixQuestion): Promise<Matrix> {
    const key = keyOf(question);
    const entry = entries.get(key) ?? {
      question,
      matrix: undefined,
      touched: nobody(),
      turn: Promise.resolve(),
    };
    entries.set(key, entry);
    const result = entry.turn.then(() => bring(entry));
    entry.turn = result.catch(() => undefined);
    return result;
  }

  return {
    at,
    async keep() {
      for (const { question, matrix } of entries.values()) {
        const key = keyOf(question);
        if (!files || !matrix || !isWhole(question) || written.get(key) === matrix.tallies) continue;
        const { offsets, tallies } = matrix;
        await files.write(question.plan, { offsets, mark: await streamMark(ask, offsets), tallies });
        written.set(key, tallies);
      }
    },
  };
}

/** A touched unit that has no new tally is not ranked any more. */
const replaced = (
  tallies: readonly UnitTally[],
  touched: ReadonlySet<string>,
  fresh: readonly UnitTally[],
): readonly UnitTally[] =>
  touched.size === 0 ? tallies : [...tallies.filter(({ unit }) => !touched.has(unit)), ...fresh];
