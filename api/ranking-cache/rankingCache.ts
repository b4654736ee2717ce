import type { Ask } from '#api/queries/ask.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { bandInput } from '#schemas/bands/bandInput.ts';
import type { BandInput, Bands } from '#schemas/bands/bands.ts';
import { dayIn, instantOf } from '#schemas/dates.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Offsets } from '#schemas/position.ts';
import { type Ranked, rankVerdicts } from '#schemas/ranks.ts';
import type { Basis } from '#schemas/results/results.ts';
import { compilePlan, type Judge, judgeUnit, type Verdict, type Weights } from '#schemas/scoring.ts';
import type { UnitTally } from '#schemas/tallies.ts';
import { createLru } from './lru.ts';
import { createMatrices, type Matrix } from './matrices.ts';
import { createPlanShelf, type PlanShelf } from './planShelf.ts';
import type { Progress } from './progress.ts';
import type { TallyFiles } from './tallyFiles.ts';

/** From where a year is looked at; what is left out takes the domain's defaults. */
export type RankingQuestion = {
  year: number;
  basis: Basis;
  on?: string | undefined;
  asOf?: string | undefined;
  weights?: Weights | undefined;
};

/**
 * A question with its defaults filled in. `lasts`: `on` is today, where the units are. `asOf` in ms; null = everything that
 * is known.
 */
export type Viewpoint = { plan: Plan; basis: Basis; on: string; lasts: boolean; asOf: number | null };

/** Everyone's place, and what it was found from. The same object while nothing has changed. */
export type RankingAnswer = Viewpoint & {
  judge: Judge;
  ranked: Ranked;
  /** Where each unit stands in `ranked`. */
  placeOf: ReadonlyMap<string, number>;
  offsets: Offsets;
};

export type RankingCache = {
  plans: PlanShelf;
  /** Fills in the defaults; undefined where no plan is adopted for the year. */
  viewpoint(question: RankingQuestion): Promise<Viewpoint | undefined>;
  /** The ranking as the projection stands now; undefined where no plan is adopted for the year. */
  answer(question: RankingQuestion): Promise<RankingAnswer | undefined>;
  /** The bands of an answer, computed aside, once. */
  bands(answer: RankingAnswer, top?: number): Promise<Bands>;
  /** The same where they are there already; else null, and they are begun unless others are still being computed. */
  bandsByNow(answer: RankingAnswer, top?: number): Bands | null;
  /** Keeps the tallies aside for the next start, where they are other than what is kept already. */
  keep(): Promise<void>;
};

export type RankingCacheParts = {
  ask: Ask;
  progress: Progress;
  bandsOf(input: BandInput): Promise<Bands>;
  /** Where tallies are kept over a restart; without it they are not. */
  tallyFiles?: TallyFiles | undefined;
  now?(): number;
};

/** What judges under one plan and question, and its verdicts on tallies it has seen. */
type CompiledPlan = {
  judge: Judge;
  verdicts: WeakMap<UnitTally, Verdict>;
  /** The tallies that are being ranked, or were last. */
  ranking?: { tallies: readonly UnitTally[]; promise: Promise<Ranked> };
  last?: { matrix: Matrix; answer: RankingAnswer };
};

/** Bands that are being computed, or have been. */
type Making = { promise: Promise<Bands>; bands: Bands | null };

const COMPILED_PLANS = 12;

/**
 * The cache keeps what rankings are made of in memory: tallies by watermark, verdicts by tally. After new events
 * only the units that they touched are queried and judged again.
 */
export function createRankingCache({
  ask,
  progress,
  bandsOf,
  tallyFiles,
  now = Date.now,
}: RankingCacheParts): RankingCache {
  const plans = createPlanShelf(ask, progress);
  const matrices = createMatrices(ask, progress, tallyFiles);
  const compiledPlans = createLru<CompiledPlan>(COMPILED_PLANS);
  const bandsMade = new WeakMap<Ranked, Map<number | undefined, Making>>();
  let underWay = 0;

  async function viewpoint(question: RankingQuestion): Promise<Viewpoint | undefined> {
    const asOf = question.asOf === undefined ? null : instantOf(question.asOf);
    const plan = (await plans.versions(question.year, asOf)).at(-1)?.plan;
    if (!plan) return undefined;
    const on = question.on ?? dayIn(plan.timezone, asOf ?? now());
    return { plan, basis: question.basis, on, lasts: on === dayIn(plan.timezone, now()), asOf };
  }

  function compiledFor(
    { plan, basis, on, lasts, asOf }: Viewpoint,
    weights: Weights | undefined,
  ): CompiledPlan {
    const key = JSON.stringify([plan.year, plan.version, basis, on, lasts, asOf, weights]);
    const known = compiledPlans.get(key);
    // A rebuilt stream may bring another plan under the same version.
    if (known?.judge.plan === plan) return known;
    const compiled: CompiledPlan = {
      judge: compilePlan(plan, { basis, on, lasts, weights }),
      verdicts: new WeakMap(),
    };
    compiledPlans.set(key, compiled);
    return compiled;
  }

  async function judgeAll({ judge, verdicts }: CompiledPlan, tallies: readonly UnitTally[]): Promise<Ranked> {
    const judged: Verdict[] = [];
    await calmly(tallies, (tally) => {
      const verdict = verdicts.get(tally) ?? judgeUnit(judge, tally);
      verdicts.set(tally, verdict);
      judged.push(verdict);
    });
    return rankVerdicts(judge, judged);
  }

  /** The same tallies are ranked once, whoever asks meanwhile or afterwards. */
  function rank(compiled: CompiledPlan, tallies: readonly UnitTally[]): Promise<Ranked> {
    if (compiled.ranking?.tallies === tallies) return compiled.ranking.promise;
    const promise = judgeAll(compiled, tallies);
    compiled.ranking = { tallies, promise };
    promise.catch(() => delete compiled.ranking);
    return promise;
  }

  async function answer(question: RankingQuestion): Promise<RankingAnswer | undefined> {
    const view = await viewpoint(question);
    if (!view) return undefined;
    const seenUntil = view.basis === 'to-date' ? view.on : null;
    const matrix = await matrices.at({ plan: view.plan, asOf: view.asOf, on: seenUntil });
    const compiled = compiledFor(view, question.weights);
    const ranked = await rank(compiled, matrix.tallies);
    if (compiled.last?.matrix === matrix) return compiled.last.answer;
    const placeOf =
      (compiled.last?.answer.ranked === ranked ? compiled.last.answer.placeOf : undefined) ??
      new Map(ranked.rows.map(({ unit }, place) => [unit, place]));
    const found = { ...view, judge: compiled.judge, ranked, placeOf, offsets: matrix.offsets };
    compiled.last = { matrix, answer: found };
    return found;
  }

  function making({ judge, ranked }: RankingAnswer, top: number | undefined): Making {
    const made = bandsMade.get(ranked) ?? new Map<number | undefined, Making>();
    bandsMade.set(ranked, made);
    const known = made.get(top);
    if (known) return known;
    const begun: Making = { promise: bandsOf(bandInput(judge, ranked, top)), bands: null };
    made.set(top, begun);
    underWay++;
    begun.promise
      .then(
        (bands) => {
          begun.bands = bands;
        },
        () => made.delete(top),
      )
      .finally(() => underWay--);
    return begun;
  }

  const bands = (found: RankingAnswer, top?: number): Promise<Bands> => making(found, top).promise;

  function bandsByNow(found: RankingAnswer, top?: number): Bands | null {
    const known = bandsMade.get(found.ranked)?.get(top);
    if (!known && underWay > 0) return null;
    return (known ?? making(found, top)).bands;
  }

  return { plans, viewpoint, answer, bands, bandsByNow, keep: matrices.keep };
}
