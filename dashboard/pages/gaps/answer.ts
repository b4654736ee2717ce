import { innerQuotes } from '../../locales/quotes.ts';
import type { Words } from '../../locales/words.ts';
import { byCommonness, type Miss } from './matrix.ts';

/** The sentence that answers which obligations are missed everywhere. */
export function gapsAnswer(words: Words, requirements: readonly Miss[]): string[] {
  if (requirements.every(({ counted }) => counted === 0)) return [words.say('gaps.answerNothing')];
  const missed = requirements.filter(({ short }) => short > 0).sort(byCommonness);
  const [first, second, third] = missed;
  if (!first) return [words.say('gaps.answerNone')];
  const { name, short, counted, mean } = first;
  const sentence = words.say('gaps.answer', {
    name: innerQuotes(words.name(name)),
    short,
    counted,
    mean: words.share(mean),
  });
  if (!second || !third) return [sentence];
  const more = { second: innerQuotes(words.name(second.name)), third: innerQuotes(words.name(third.name)) };
  return [sentence, words.say('gaps.answerMore', more)];
}
