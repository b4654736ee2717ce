import type { Day } from '#schemas/dates.ts';
import type { SealedYear } from '#schemas/freezes.ts';
import { momentWord } from '../../composables/moments.ts';
import type { Words } from '../../locales/words.ts';

/** Whether the year's result stands, in a few sentences. */
export function freezeAnswer(words: Words, year: number, sealed: SealedYear | null, today: Day): string[] {
  if (!sealed) {
    const unended = today <= `${year}-12-31` ? [words.say('freeze.answerUnended', { year })] : [];
    return [words.say('freeze.answerNone', { year }), ...unended];
  }
  const { freeze, freezes, late } = sealed;
  const last = freezes.at(-1) ?? freeze;
  const named = { number: last.number, time: momentWord(words, last.asOf) };
  const counts = { units: words.plain(last.rows.count), events: words.plain(last.events) };
  return [
    words.say('freeze.answer', { year, ...named, ...counts }),
    ...(freeze.number === last.number
      ? []
      : [words.say('freeze.answerEarlier', { number: freeze.number, last: last.number })]),
    late.total === 0 ? words.say('freeze.answerNothingLate') : words.say('freeze.answerLate', {}, late.total),
  ];
}
