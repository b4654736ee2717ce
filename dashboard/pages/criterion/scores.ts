import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import type { GapMatrix, RankingRow } from '#schemas/results.ts';
import type { Dot } from '../../charts/dotplot.ts';
import type { Sheet } from '../../components/sheet.ts';
import { innerQuotes } from '../../locales/quotes.ts';
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

export const criterionSheet = (words: Words, scored: readonly Scored[]): Sheet => ({
  head: [
    words.say('gaps.unit'),
    words.say('ranking.group'),
    words.say('ranking.rank'),
    words.say('criterion.score'),
    words.say('criterion.deductions'),
  ],
  body: scored.map(({ name, group, rank, score, deducted }) => [
    name,
    words.term(group),
    rank,
    score,
    deducted,
  ]),
});

/** How a criterion is doing: the mean, the two ends, and the requirement that costs most. */
export function criterionAnswer(
  words: Words,
  name: string,
  scored: readonly Scored[],
  misses: readonly Miss[],
): string[] {
  const [best] = scored;
  const worst = scored.at(-1);
  if (!best || !worst) return [words.say('criterion.answerNone', { name })];
  const mean = scored.reduce((sum, { score }) => sum + score, 0) / scored.length;
  const costly = misses.reduce<Miss | null>(
    (most, miss) => (miss.lost > (most?.lost ?? 0) ? miss : most),
    null,
  );
  return [
    words.say('criterion.answer', {
      name,
      mean: words.score(mean),
      best: best.name,
      high: words.score(best.score),
      worst: worst.name,
      low: words.score(worst.score),
    }),
    ...(costly
      ? [
          words.say('criterion.answerMost', {
            name: innerQuotes(words.name(costly.name)),
            points: words.score(costly.lost),
          }),
        ]
      : []),
  ];
}
