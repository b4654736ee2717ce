import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '#api/http/problem.ts';
import type { Question, Reads, Viewer } from '#api/ports.ts';
import type { Ask } from '#api/queries/ask.ts';
import type { RankingAnswer, RankingCache, RankingQuestion } from '#api/ranking-cache/rankingCache.ts';
import { breathe, inSteps } from '#ingest/process/calmly.ts';
import { type Bands, withBands } from '#schemas/bands/bands.ts';
import { dayIn, instantOf } from '#schemas/dates.ts';
import { gapMatrixSteps } from '#schemas/gaps.ts';
import { rowsFor, settingNow } from '#schemas/others.ts';
import { formatWatermark, type Offsets } from '#schemas/position.ts';
import type { GapMatrix, Ranking, RankingRow } from '#schemas/results/results.ts';
import { askRanking, planInUse, stillOn } from './asked.ts';
import { begunAfter, seenDay } from './begun.ts';
import type { Completeness } from './completeness.ts';
import type { Made, ResponseCache } from './responseCache.ts';

export type RankingParts = {
  ask: Ask;
  cache: RankingCache;
  cached: ResponseCache;
  isComplete: Completeness;
  offsets(): Offsets;
  now(): number;
};

/**
 * Bands of few units are there in a moment. With more, an answer about the present waits for them no longer than it
 * takes itself, with many not at all: the next one has them.
 */
const FEW = 500;
const MANY = 2_000;
const PATIENCE_MS = 50;

const rankingQuestion = ({ year, basis, on, asOf, weights }: Question): RankingQuestion => ({
  year,
  basis,
  on,
  asOf,
  weights,
});

/** The bands as far as they are to be waited for; null while they are being computed. */
export async function bandsFor(
  cache: RankingCache,
  answer: RankingAnswer,
  top?: number,
): Promise<Bands | null> {
  const units = answer.ranked.totals.length;
  if (answer.asOf !== null || units <= FEW) return cache.bands(answer, top);
  if (units > MANY) return cache.bandsByNow(answer, top);
  return Promise.race([cache.bands(answer, top), sleep(PATIENCE_MS, null, { ref: false })]);
}

/** The same question about an earlier time, or about another year as it ended. */
export function earlier(question: Question, answer: RankingAnswer): RankingQuestion {
  const { year, basis, on, asOf, weights } = question;
  const { compareTo } = question;
  if (typeof compareTo === 'number') return { year: compareTo, basis: 'year', asOf, weights };
  const then = dayIn(answer.plan.timezone, instantOf(compareTo ?? ''));
  return { year, basis, weights, asOf: compareTo, on: on !== undefined && on < then ? on : then };
}

type Before = {
  /** The rank that a unit had then. */
  rankOf(row: RankingRow): number | null;
  /** The version of the plan that was in use, where it is another one of the same year. */
  version?: number;
};

/**
 * The ranks that the units had then; null where nobody had one. A unit that had not begun then had no rank that a later
 * one may be held against (decision 25).
 */
async function ranksBefore(
  { ask, cache }: RankingParts,
  question: Question,
  answer: RankingAnswer,
): Promise<Before | null> {
  const { againstPlan, ...asked } = question;
  if (againstPlan) {
    const planned = await askRanking(cache, { ...rankingQuestion(asked), weights: undefined });
    return { rankOf: ({ unit }) => planned.ranked.rows[planned.placeOf.get(unit) ?? -1]?.rank ?? null };
  }
  const before = await cache.answer(earlier(question, answer));
  if (!before?.ranked.totals.length) return null;
  const unbegun = await begunAfter(ask, answer, seenDay(before));
  const { year, version } = before.plan;
  const isOther = year === answer.plan.year && version !== answer.plan.version;
  return {
    rankOf({ unit }) {
      const place = before.placeOf.get(unit);
      if (place === undefined || unbegun?.has(unit)) return null;
      return before.ranked.rows[place]?.rank ?? null;
    },
    ...(isOther && { version }),
  };
}

/** A unit may not learn from a filter which of the nameless rows are of another group. */
function mayFilter({ group }: Question, { unit }: Viewer, { placeOf, ranked }: RankingAnswer): void {
  if (group === undefined || unit === undefined) return;
  if (ranked.rows[placeOf.get(unit) ?? -1]?.group === group) return;
  throw new Problem('forbidden', 'A unit may see the ranking of its own group only.');
}

const openOf = ({ ranked, placeOf }: RankingAnswer, unit: string): number =>
  ranked.verdicts[placeOf.get(unit) ?? -1]?.open ?? 0;

/** What every answer of the cache says of itself. */
export const headOf = (question: Pick<Question, 'asOf'>, answer: RankingAnswer) => ({
  plan: { year: answer.plan.year, version: answer.plan.version },
  basis: answer.basis,
  on: answer.on,
  asOf: question.asOf ?? null,
  watermark: formatWatermark(answer.offsets),
});

export function createRankings(parts: RankingParts): Pick<Reads, 'ranking' | 'gaps'> {
  const { cache, cached, isComplete, offsets, now } = parts;

  async function makeRanking(question: Question, viewer: Viewer): Promise<Made<Ranking>> {
    const answer = await askRanking(cache, rankingQuestion(question));
    mayFilter(question, viewer, answer);
    await breathe();
    const [bands, complete] = await Promise.all([
      bandsFor(cache, answer, question.top),
      isComplete({ offsets: answer.offsets, asOf: answer.asOf }),
    ]);
    let rows = bands ? withBands(answer.ranked.rows, bands) : answer.ranked.rows;
    if (question.group !== undefined) rows = rows.filter(({ group }) => group === question.group);
    let then: Pick<Ranking, 'nothingThen' | 'versionThen'> = {};
    if (question.compareTo !== undefined || question.againstPlan) {
      const before = await ranksBefore(parts, question, answer);
      rows = rows.map((row) => ({ ...row, previousRank: before?.rankOf(row) ?? null }));
      if (!before) then = { nothingThen: true };
      else if (before.version !== undefined) then = { versionThen: before.version };
    }
    await breathe();
    const seen =
      viewer.unit === undefined
        ? rows
        : rowsFor(viewer.unit, rows, settingNow(answer.plan, await planInUse(cache.plans, question.year)));
    const open = seen.map((row) => ('unit' in row ? openOf(answer, row.unit) : 0));
    const isThatDay = stillOn(question, answer, now);
    return {
      value: { rows: seen, open, complete, ...headOf(question, answer), ...then },
      // Who asks again while bands are being computed is not a reason to make the rows again.
      isCurrent: bands ? isThatDay : () => isThatDay() && !cache.bandsByNow(answer, question.top),
      isWhole: true,
      awaits: bands === null && answer.ranked.totals.length > 0,
    };
  }

  async function makeGaps(question: Question): Promise<Made<GapMatrix>> {
    const answer = await askRanking(cache, rankingQuestion(question));
    const complete = await isComplete({ offsets: answer.offsets, asOf: answer.asOf });
    const { rows, verdicts } = answer.ranked;
    const units = question.units && new Set(question.units);
    const isIn = (index: number): boolean =>
      (question.group === undefined || rows[index]?.group === question.group) &&
      (units?.has(rows[index]?.unit ?? '') ?? true);
    const steps = gapMatrixSteps(answer.judge, {
      rows: rows.filter((_, index) => isIn(index)),
      verdicts: verdicts.filter((_, index) => isIn(index)),
    });
    const matrix = await inSteps(steps);
    return {
      value: { ...matrix, complete, ...headOf(question, answer) },
      isCurrent: stillOn(question, answer, now),
      isWhole: true,
    };
  }

  const watermark = () => formatWatermark(offsets());
  return {
    ranking: (question, viewer) =>
      cached(['ranking', question, viewer.unit ?? null], watermark(), () => makeRanking(question, viewer)),
    gaps: (question) => cached(['gaps', question], watermark(), () => makeGaps(question)),
  };
}
