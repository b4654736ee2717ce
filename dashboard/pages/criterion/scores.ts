import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { type Ends, endsOf } from '#schemas/presentation/answers/extremes.ts';
import { greatest } from '#schemas/presentation/answers/rows.ts';
import { exactMean } from '#schemas/presentation/numbers.ts';
import type { GapMatrix, RankingRow } from '#schemas/results.ts';
import type { Dot } from '../../charts/dotplot.ts';
import { innerQuotes } from '../../locales/quotes.ts';
import { someOf } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import { type Miss, viewOf } from '../gaps/matrix.ts';

/** A unit's score in one criterion. */
export type Scored = Pick<RankingRow, 'unit' | 'name' | 'group' | 'rank'> & {
  score: number;
  deducted: number;
};

/** The units of a group that have a score in the criterion, highest first, then as ranked. */
export function scoredUnits(
  rows: readonly RankingRow[],
  plan: Pick<Plan, 'deductions'>,
  criterion: string,
  group: string | null,
): Scored[] {
  const own = new Set(plan.deductions.filter((item) => item.criterion === criterion).map(({ id }) => id));
  return rows
    .filter((row) => group === null || row.group === group)
    .flatMap((row) => {
      const score = entryOf(row.criteria, criterion) ?? null;
      if (score === null) return [];
      const { unit, name, group: ownGroup, rank } = row;
      const deducted = row.deductions.reduce((sum, { id, points }) => (own.has(id) ? sum + points : sum), 0);
      return [{ unit, name, group: ownGroup, rank, score, deducted }];
    })
    .sort((a, b) => b.score - a.score);
}

/** The criterion's requirements over the same units, most commonly missed first. */
export const missesOf = (matrix: GapMatrix, criterion: string, group: string | null): Miss[] =>
  viewOf(matrix, { group, criterion, order: 'pattern' }).requirements;

export const scoreDots = (words: Words, scored: readonly Scored[], color: string): Dot[] =>
  scored.map(({ unit, name, score }) => ({
    unit,
    name,
    value: score,
    color,
    says: words.say('criterion.tooltip', { unit: name, score: words.score(score) }),
  }));

/** Who scores highest and who lowest, all that share it; where all are equal, that they are. */
function endsSentence(words: Words, name: string, ends: Ends<Scored>, mean: number | null): string {
  if (ends.equal) {
    const [only] = ends.all;
    const named = { name, mean: words.score(mean), unit: only?.name ?? '' };
    return ends.all.length === 1
      ? words.say('criterion.answerOnly', named)
      : words.say('criterion.answerEqual', named, ends.all.length);
  }
  const { highest, lowest } = ends;
  const named = (units: readonly Scored[]): string =>
    someOf(
      words,
      units.map((unit) => unit.name),
    );
  return words.say('criterion.answer', {
    name,
    mean: words.score(mean),
    best: named(highest),
    high: words.score(highest[0]?.score),
    worst: named(lowest),
    low: words.score(lowest[0]?.score),
  });
}

/** How a criterion is doing: the mean, the two ends, and the requirement that costs most. */
export function criterionAnswer(
  words: Words,
  name: string,
  scored: readonly Scored[],
  misses: readonly Miss[],
): string[] {
  const ends = endsOf(scored, ({ score }) => score);
  if (!ends) return [words.say('criterion.answerNone', { name })];
  const mean = exactMean(scored.map(({ score }) => score));
  const { most, found } = greatest(misses, ({ lost }) => lost);
  return [endsSentence(words, name, ends, mean), ...costSentence(words, found, most)];
}

/** To a unit, which sees nobody's score but its own. */
export const ownScoreAnswer = (words: Words, name: string, scored: readonly Scored[]): string[] =>
  scored.map(({ name: unit, score }) =>
    words.say('criterion.answerOwn', { unit, name, score: words.score(score) }),
  );

function costSentence(words: Words, costly: readonly Miss[], points: number): string[] {
  if (costly.length === 0) return [];
  const name = someOf(
    words,
    costly.map((miss) => words.say('table.quoted', { name: innerQuotes(words.name(miss.name)) })),
  );
  const key = costly.length > 1 ? 'criterion.answerMostEqual' : 'criterion.answerMost';
  return [words.say(key, { name, points: words.score(points) })];
}
