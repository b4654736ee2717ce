import { greatest } from '#schemas/presentation/answers/rows.ts';
import { innerQuotes } from '../../locales/quotes.ts';
import { someOf } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import { byCommonness, type Miss } from './matrix.ts';

/** The sentence that answers which obligations are missed everywhere. */
export function gapsAnswer(words: Words, requirements: readonly Miss[]): string[] {
  if (requirements.every(({ counted }) => counted === 0)) return [words.say('gaps.answerNothing')];
  const missed = requirements.filter(({ short }) => short > 0).sort(byCommonness);
  const [first, second, third] = missed;
  if (!first) return [words.say('gaps.answerNone')];
  const quoted = ({ name }: Miss): string =>
    words.say('table.quoted', { name: innerQuotes(words.name(name)) });
  const { found } = greatest(missed, (miss) => miss.short / miss.counted);
  const { short, counted, mean } = first;
  if (found.length > 1) {
    const named = { names: someOf(words, found.map(quoted)), share: words.share(short / counted) };
    return [words.say('gaps.answerEqual', named, found.length)];
  }
  const sentence = words.say('gaps.answer', { name: quoted(first), short, counted, mean: words.share(mean) });
  if (!second || !third) return [sentence];
  return [sentence, words.say('gaps.answerMore', { second: quoted(second), third: quoted(third) })];
}
