import type { RankingFact } from '#schemas/presentation/answers/ranking.ts';
import type { FactOf, Named } from '#schemas/presentation/answers/rows.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { compareWord, dayWord } from '../../components/filterWords.ts';
import { dayOf, type Filters } from '../../composables/filters.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';

type Fact<K extends RankingFact['kind']> = FactOf<RankingFact, K>;

function first(words: Words, { unit, total, decimals, second, certainty, peers }: Fact<'first'>): string {
  const named = { leader: unit.name, total: words.score(total, decimals) };
  if (!second) return words.say('ranking.answerAlone', named);
  if (certainty === 'close')
    return words.say('ranking.answerClose', { ...named, peers: someUnits(words, peers) });
  const key = certainty === 'clear' ? 'ranking.answerClear' : 'ranking.answerFirst';
  return words.say(key, {
    ...named,
    lead: words.gap(second.lead, decimals),
    second: someUnits(words, second.units),
  });
}

const shared = (words: Words, { units, total, decimals, everybody }: Fact<'shared'>): string =>
  everybody
    ? words.say('ranking.answerAllEqual', { total: words.score(total, decimals) }, units.length)
    : words.say('ranking.answerTied', {
        leaders: someUnits(words, units),
        total: words.score(total, decimals),
      });

/** How many units the table lists, and of how many; nothing where a unit is told the others as one strip and no rows. */
export function countWord(
  words: Words,
  { listed, rows, of }: { listed: number; rows: number; of: number },
): string {
  if (listed < rows) return '';
  return rows === of ? words.say('ranking.count', {}, of) : words.say('ranking.countOf', { of }, rows);
}

const SENTENCES: { [K in RankingFact['kind']]: (words: Words, fact: Fact<K>) => string } = {
  'no-such-group': (words, { group }) => words.say('ranking.answerNoGroup', { group: words.term(group) }),
  'other-group': (words, { group }) => words.say('ranking.answerOtherGroup', { group: words.term(group) }),
  'no-units': () => '',
  'no-ranks': (words) => words.say('ranking.answerNothing'),
  'own-unranked': (words, { unit, ranked }) =>
    words.say('ranking.answerOwnUnranked', { unit: unit.name }, ranked),
  first,
  shared,
  rose: (words, { units, places }) =>
    words.say('ranking.answerRise', { unit: someUnits(words, units), places }),
  fell: (words, { units, places }) =>
    words.say('ranking.answerFall', { unit: someUnits(words, units), places }),
  vetoed: (words, { units }) => words.say('ranking.answerVeto', {}, units.length),
  unranked: (words, { units }) => words.say('ranking.answerUnranked', {}, units.length),
  own: (words, { unit, rank, level, of, total, decimals }) => {
    const placed = { unit: unit.name, rank, of, total: words.score(total, decimals) };
    return level > 0
      ? words.say('ranking.answerOwnShared', placed, level)
      : words.say('ranking.answerOwn', placed);
  },
};

const sentenceOf = <K extends RankingFact['kind']>(words: Words, fact: Fact<K>): string =>
  (SENTENCES[fact.kind as K] as (words: Words, fact: Fact<K>) => string)(words, fact);

/** Whoever has no rank in a trial has nothing counted that weighs there; under the plan's weights it may have one. */
function inTrial(words: Words, fact: RankingFact): string {
  if (fact.kind === 'no-ranks') return words.say('whatIf.answerNothing');
  if (fact.kind === 'unranked') return words.say('whatIf.answerUnranked', {}, fact.units.length);
  return sentenceOf(words, fact);
}

/** Moves against another year hold a part of this one against all of that one: told, and to who `mayCompare` where both are seen alike. */
export const basesApart = (
  words: Words,
  { basis, compareTo, year }: Pick<Filters, 'basis' | 'compareTo' | 'year'>,
  mayCompare: boolean,
): string[] =>
  basis === 'to-date' && compareTo?.length === 4
    ? [
        words.say('ranking.answerBases', { year, other: compareTo }),
        ...(mayCompare ? [words.say('ranking.answerAlike')] : []),
      ]
    : [];

/** Moves against ranks that another version of the year's plan made are partly the plan's: told, with which. */
export const versionsApart = (
  words: Words,
  { plan, versionThen }: Pick<Ranking, 'plan' | 'versionThen'>,
): string[] =>
  versionThen === undefined ? [] : [words.say('moved.planChanged', { from: versionThen, to: plan.version })];

/** With what ranks are compared, for the head of the earlier ones in files: as documents say it (`comparedWith`). */
export function sinceWord(
  words: Words,
  filters: Filters,
  ranking: 'trial' | Pick<Ranking, 'plan' | 'versionThen'> | undefined,
): string | null {
  if (ranking === 'trial') return words.say('filters.comparePlan');
  const { compareTo, year, timezone } = filters;
  if (compareTo === null) return null;
  if (ranking?.versionThen === undefined) return compareWord(words, filters);
  const day = dayWord(words, dayOf(compareTo, timezone), year);
  return words.vocabulary.compareVersion(day, ranking.versionThen, ranking.plan.version);
}

/** Moves of a trial are not those that the filters ask for: told where the answer has some. */
export const trialMoves = (words: Words, facts: readonly RankingFact[]): string[] =>
  facts.some(({ kind }) => kind === 'rose' || kind === 'fell') ? [words.say('ranking.answerTrialMoves')] : [];

/** The sentences that answer "who leads?": who, how surely, who moved most, and who is vetoed. */
export function rankingAnswer(
  words: Words,
  facts: readonly RankingFact[],
  { group, trial }: { group: string | null; trial: boolean },
): string[] {
  const sentences = facts
    .map((fact) => (trial ? inTrial(words, fact) : sentenceOf(words, fact)))
    .filter(Boolean);
  const [head] = facts;
  // What a group has no ranks for, others may have.
  if (group === null || !head || !['first', 'shared', 'no-ranks'].includes(head.kind)) return sentences;
  return [words.say('ranking.answerWithin', { group: words.term(group) }), ...sentences];
}

/** The units that the answer may name, and those of them whose moves it tells. */
export function namedIn(facts: readonly RankingFact[]): { still: Named[]; moved: Named[] } {
  const still = facts.flatMap((fact) => {
    if (fact.kind === 'first') return [fact.unit, ...(fact.second?.units ?? []), ...fact.peers];
    if (fact.kind === 'own') return [fact.unit];
    return fact.kind === 'shared' ? fact.units : [];
  });
  const moved = facts.flatMap((fact) => (fact.kind === 'rose' || fact.kind === 'fell' ? fact.units : []));
  return { still, moved };
}
