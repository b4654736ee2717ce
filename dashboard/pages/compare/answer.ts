import { type CompareFact, compareFacts, type Lead } from '#schemas/presentation/answers/compare.ts';
import type { FactOf } from '#schemas/presentation/answers/rows.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { CompareRow } from '../../charts/compareProfile.ts';
import { quotedNames } from '../../locales/obligationWords.ts';
import { someOf, someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import type { Difference } from './comparison.ts';

type AnyFact = CompareFact<RankingRow, CompareRow, Difference>;
type Fact<K extends AnyFact['kind']> = FactOf<AnyFact, K>;

const namesOf = (words: Words, rows: readonly RankingRow[]): string =>
  words.list(rows.map(({ name }) => name));

const leadWords = (words: Words, { highest, lowest, total, lead, decimals }: Lead<RankingRow>) => ({
  first: namesOf(words, highest),
  last: someUnits(words, lowest),
  total: words.score(total, decimals),
  lead: words.gap(lead, decimals),
});

const SENTENCES: { [K in AnyFact['kind']]: (words: Words, fact: Fact<K>) => string } = {
  none: (words) => words.say('compare.none'),
  one: (words) => words.say('compare.one'),
  'all-equal': (words, { units, total }) =>
    words.say('compare.answerTied', { names: namesOf(words, units), total: words.score(total) }),
  unranked: (words, { units }) =>
    words.say('compare.answerUnranked', { names: namesOf(words, units) }, units.length),
  lead: (words, fact) =>
    words.say(fact.highest.length > 1 ? 'compare.answerShared' : 'compare.answer', leadWords(words, fact)),
  capped: (words, { units, uncapped }) => {
    const names = namesOf(words, units);
    if (!uncapped) return words.say('compare.answerCappedTied', { names }, units.length);
    const shared = uncapped.highest.length > 1;
    const said = { names, ...leadWords(words, uncapped) };
    return words.say(shared ? 'compare.answerCappedShared' : 'compare.answerCapped', said, units.length);
  },
  criterion: (words, { criterion, highest, lowest, decimals }) =>
    words.say('compare.answerCriterion', {
      criterion: criterion.name,
      best: words.list(highest.map(({ row }) => row.name)),
      high: words.score(highest[0]?.score, decimals),
      worst: words.list(lowest.map(({ row }) => row.name)),
      low: words.score(lowest[0]?.score, decimals),
    }),
  criteria: (words, { criteria, spread }) =>
    words.say('compare.answerCriteria', {
      names: someOf(
        words,
        criteria.map(({ name }) => name),
      ),
      points: words.gap(spread),
    }),
  requirements: (words, { differences, spread }) =>
    words.say(differences.length > 1 ? 'compare.answerRequirements' : 'compare.answerRequirement', {
      names: quotedNames(
        words,
        differences.map(({ requirement }) => requirement),
      ),
      points: words.gap(spread),
    }),
};

const sentenceOf = <K extends AnyFact['kind']>(words: Words, fact: Fact<K>): string =>
  (SENTENCES[fact.kind as K] as (words: Words, fact: Fact<K>) => string)(words, fact);

/** Who leads and by how much, in which type they differ most, and in which requirement. */
export const compareAnswer = (
  words: Words,
  rows: readonly RankingRow[],
  criteria: readonly CompareRow[],
  differences: readonly Difference[],
): string[] => compareFacts(rows, criteria, differences).map((fact) => sentenceOf(words, fact));
