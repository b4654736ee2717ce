import type { FactOf } from '#schemas/presentation/answers/rows.ts';
import { type TrialFact, trialFacts } from '#schemas/presentation/answers/trial.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { SlopeLine } from '../../../charts/slope.ts';
import { someUnits } from '../../../locales/someOf.ts';
import type { Words } from '../../../locales/words.ts';

/** The ranks before and after, of the units that have both. */
export const linesOf = (rows: readonly RankingRow[]): SlopeLine[] =>
  rows.flatMap(({ unit, name, rank, previousRank }) =>
    rank === null || previousRank == null ? [] : [{ unit, name, before: previousRank, after: rank }],
  );

type Fact<K extends TrialFact['kind']> = FactOf<TrialFact, K>;

const namesOf = (words: Words, units: readonly { name: string }[]): string =>
  words.list(units.map(({ name }) => name));

function first(words: Words, { places, before, after, same }: Fact<'first'>): string {
  const named = { names: namesOf(words, after), before: namesOf(words, before) };
  return words.say(same ? 'whatIf.answerSame' : 'whatIf.answerOther', named, places);
}

function furthest(words: Words, { units, places }: Fact<'furthest'>): string {
  const [only] = units;
  if (only && units.length === 1)
    return words.say('whatIf.answerFurthest', { unit: only.name, from: only.from, to: only.to });
  return words.say('whatIf.answerFurthestEqual', { names: someUnits(words, units) }, places);
}

function sentence(words: Words, fact: TrialFact): string {
  if (fact.kind === 'no-ranks')
    return words.say(fact.weightless ? 'whatIf.noWeight' : 'whatIf.answerNothing');
  if (fact.kind === 'unchanged') return words.say(fact.planned ? 'whatIf.planned' : 'whatIf.unchanged');
  if (fact.kind === 'first') return first(words, fact);
  if (fact.kind === 'dropped') return words.say('whatIf.answerDropped', {}, fact.units);
  return fact.kind === 'moved' ? words.say('whatIf.answerMoved', {}, fact.units) : furthest(words, fact);
}

/**
 * What other weights change: whether the first stay the first, how many move, who moves furthest. Above the rows of one
 * group it says that it is of the zone: the places are, and not all that are named stand in the table.
 */
export function whatIfAnswer(
  words: Words,
  rows: readonly RankingRow[],
  { group, ...weighed }: { group: string | null; weightless: boolean; planned: boolean },
): string[] {
  const facts = trialFacts(rows, weighed);
  const said = facts.map((fact) => sentence(words, fact));
  return group === null || facts.some(({ kind }) => kind === 'no-ranks')
    ? said
    : [words.say('whatIf.wholeZone'), ...said];
}
