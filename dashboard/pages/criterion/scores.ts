import { type Cut, cutAt } from '#schemas/cut.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { type CriterionFact, criterionFacts } from '#schemas/presentation/answers/criterion.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import type { FactOf } from '#schemas/presentation/answers/rows.ts';
import type { GapMatrix, RankingRow } from '#schemas/results/results.ts';
import type { Dot } from '../../charts/dotplot.ts';
import { quotedNames } from '../../locales/obligationWords.ts';
import { someUnits } from '../../locales/someOf.ts';
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

/**
 * Who scores highest, and who lowest, the lowest first; all in one list where it has room for all. No score is at both
 * ends: neither the lowest among the highest, nor the last of the highest, which others may share for want of room.
 * `equal`: where all score the same nobody is at either. `whole`: the one list has all.
 */
export function scoreEnds(
  scored: readonly Scored[],
  few: number,
): { equal: boolean; whole: boolean; best: Cut<Scored>; behind: Cut<Scored> } {
  const scoreOf = ({ score }: Scored): number => score;
  const ends = endsOf(scored, scoreOf);
  const equal = scored.length > 1 && (ends?.equal ?? false);
  if (equal || scored.length <= few)
    return {
      equal,
      whole: scored.length <= few,
      best: cutAt(scored, few, scoreOf),
      behind: cutAt([], few, scoreOf),
    };
  const lowest = new Set(ends?.equal === false ? ends.lowest : []);
  const best = cutAt(
    scored.filter((one) => !lowest.has(one)),
    few,
    scoreOf,
  );
  const shared = best.shown.at(-1)?.score;
  const rest = scored
    .slice(best.shown.length)
    .filter(({ score }) => score !== shared)
    .reverse();
  return { equal, whole: false, best, behind: cutAt(rest, few, scoreOf) };
}

/** The criterion's requirements over the same units, most commonly missed first. */
export const missesOf = (matrix: GapMatrix, criterion: string, group: string | null): Miss[] =>
  viewOf(matrix, { group, criterion, order: 'pattern' }).requirements;

export const scoreDots = (words: Words, scored: readonly Scored[], color: string): Dot[] =>
  scored.map(({ unit, name, rank, score }) => ({
    unit,
    name,
    value: score,
    color,
    says: [
      words.say('criterion.tooltip', { unit: name, score: words.score(score) }),
      ...(rank === null ? [] : [words.say('finder.rank', { rank: words.count(rank) })]),
    ].join('\n'),
  }));

type Fact<K extends CriterionFact<Scored, Miss>['kind']> = FactOf<CriterionFact<Scored, Miss>, K>;

/** Who scores highest and who lowest, all that share it. */
const endsSentence = (
  words: Words,
  name: string,
  { mean, highest, lowest, decimals }: Fact<'ends'>,
): string =>
  words.say('criterion.answer', {
    name,
    mean: words.score(mean, decimals),
    best: someUnits(words, highest),
    high: words.score(highest[0]?.score, decimals),
    worst: someUnits(words, lowest),
    low: words.score(lowest[0]?.score, decimals),
  });

const costSentence = (words: Words, { misses, points }: Fact<'costs-most'>): string =>
  words.say(misses.length > 1 ? 'criterion.answerMostEqual' : 'criterion.answerMost', {
    name: quotedNames(words, misses),
    points: words.score(points),
  });

function sentenceOf(words: Words, name: string, fact: CriterionFact<Scored, Miss>): string {
  if (fact.kind === 'no-scores') return words.say('criterion.answerNone', { name });
  if (fact.kind === 'only') {
    const { name: unit, score } = fact.unit;
    return words.say('criterion.answerOnly', { name, unit, mean: words.score(score) });
  }
  if (fact.kind === 'all-equal')
    return words.say('criterion.answerEqual', { name, mean: words.score(fact.score) }, fact.units);
  if (fact.kind === 'still-open') return words.say('gaps.stillOpen');
  return fact.kind === 'ends' ? endsSentence(words, name, fact) : costSentence(words, fact);
}

/** How a criterion is doing: the mean, the two ends, and the requirement that costs most. */
export const criterionAnswer = (
  words: Words,
  name: string,
  scored: readonly Scored[],
  misses: readonly Miss[],
): string[] => criterionFacts(scored, misses).map((fact) => sentenceOf(words, name, fact));

/** To a unit, which sees nobody's score but its own. */
export const ownScoreAnswer = (words: Words, name: string, scored: readonly Scored[]): string[] =>
  scored.map(({ name: unit, score }) =>
    words.say('criterion.answerOwn', { unit, name, score: words.score(score) }),
  );
