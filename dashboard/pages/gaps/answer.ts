import { type GapFact, gapFacts } from '#schemas/presentation/answers/gaps.ts';
import { quotedNames } from '../../locales/obligationWords.ts';
import type { Words } from '../../locales/words.ts';
import type { Miss } from './matrix.ts';

type Told = Pick<Miss, 'id' | 'name' | 'short' | 'counted' | 'mean' | 'lost' | 'open'>;

function mostSentence(words: Words, misses: readonly Told[]): string {
  const [first] = misses;
  const { short = 0, counted = 1, mean = null } = first ?? {};
  const names = quotedNames(words, misses);
  const isAll = short === counted;
  if (misses.length > 1)
    return isAll
      ? words.say('gaps.answerEqualAll', { names }, misses.length)
      : words.say('gaps.answerEqual', { names, share: words.share(short / counted) }, misses.length);
  const told = { name: names, counted, mean: words.share(mean) };
  // Of one alone nobody says all.
  return isAll && counted > 1
    ? words.say('gaps.answerAll', told)
    : words.say('gaps.answer', { ...told, short });
}

function nextSentence(words: Words, misses: readonly Told[]): string {
  const [first] = misses;
  const { short = 0, counted = 1 } = first ?? {};
  const named = { names: quotedNames(words, misses), share: words.share(short / counted) };
  return words.say('gaps.answerMore', named);
}

function sentenceOf(words: Words, fact: GapFact<Told>): string {
  if (fact.kind === 'nothing-due') return words.say('gaps.answerNothing');
  if (fact.kind === 'all-met') return words.say('gaps.answerNone');
  if (fact.kind === 'none-missed') return words.say('gaps.noneMissed');
  if (fact.kind === 'still-open') return words.say('gaps.stillOpen');
  if (fact.kind === 'costliest') {
    const told = { names: quotedNames(words, fact.misses), points: words.score(fact.lost) };
    const n = fact.misses.length;
    if (fact.ofMissed) {
      if (fact.same) return words.say('gaps.ofMissed.same', { points: told.points }, n);
      return n > 1 ? words.say('gaps.ofMissed.equal', told, n) : words.say('gaps.ofMissed.one', told);
    }
    if (fact.same) return words.say('gaps.answerCostliestSame', { points: told.points }, n);
    return n > 1 ? words.say('gaps.answerCostliestEqual', told, n) : words.say('gaps.answerCostliest', told);
  }
  return fact.kind === 'most' ? mostSentence(words, fact.misses) : nextSentence(words, fact.misses);
}

/** The sentences that answer which obligations are missed everywhere. */
export const gapsAnswer = (words: Words, requirements: readonly Told[]): string[] =>
  gapFacts(requirements).map((fact) => sentenceOf(words, fact));
