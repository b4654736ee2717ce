import type { Day } from '#schemas/dates.ts';
import { dayIn, instantOf } from '#schemas/dates.ts';
import type { SealedYear } from '#schemas/freezes.ts';
import { timezone } from '../../composables/clock.ts';
import type { WordKey, Words } from '../../locales/words.ts';

/** A recorded time as people write it: the day with its year, and the time of day. */
export function momentWord(words: Words, time: string): string {
  const instant = instantOf(time);
  return `${words.fullDay(dayIn(timezone.value, instant))} ${words.time(instant, timezone.value)}`;
}

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

const EVENT_WORDS: Record<string, WordKey> = {
  'activity.recorded': 'activities.event.recorded',
  'activity.amended': 'activities.event.amended',
  'activity.retracted': 'activities.event.retracted',
  'activity.verified': 'activities.event.verified',
  'activity.rejected': 'activities.event.rejected',
  'appeal.lodged': 'activities.event.lodged',
  'appeal.decided': 'freeze.event.decided',
  'selfinspection.submitted': 'selfInspection.title',
  'unit.registered': 'freeze.event.registered',
  'unit.changed': 'freeze.event.changed',
  'unit.closed': 'freeze.event.closed',
  'plan.adopted': 'freeze.event.adopted',
  'target.assigned': 'freeze.event.target',
  'result.frozen': 'freeze.event.frozen',
  'commendation.awarded': 'freeze.event.awarded',
  'result.published': 'freeze.event.published',
  'note.written': 'freeze.event.noted',
};

export const eventWord = (words: Words, type: string): string => {
  const key = EVENT_WORDS[type];
  return key ? words.say(key) : type;
};
