import { type CalendarFact, calendarFacts } from '#schemas/presentation/answers/calendar.ts';
import type { Agenda, Obligation } from '#schemas/results/agenda.ts';
import { quotedNames } from '../../locales/obligationWords.ts';
import type { Words } from '../../locales/words.ts';

type Told = Pick<Agenda, 'obligations'> & { plan: Pick<Agenda['plan'], 'year'> };
type Due = Extract<CalendarFact<Obligation>, { kind: 'due' }>;

function dueSentence(words: Words, { obligations, first }: Due, unit: string | null): string {
  const { due, items } = first;
  const named = { day: words.day(due), names: quotedNames(words, items) };
  if (unit !== null)
    return words.say(
      items.length === obligations ? 'calendar.answerUnitOn' : 'calendar.answerUnit',
      { ...named, unit },
      obligations,
    );
  return words.say(
    items.length === obligations ? 'calendar.answerOn' : 'calendar.answer',
    named,
    obligations,
  );
}

/** Of one obligation alone, how many units still owe it. */
function owingSentence(words: Words, { first: { items } }: Due, unit: string | null): string[] {
  const [only] = items;
  return unit === null && only && items.length === 1
    ? [words.say('calendar.answerOwing', {}, only.owing)]
    : [];
}

function pastSentence(words: Words, missed: number, year: number, unit: string | null): string {
  if (missed === 0) return words.say('calendar.answerPastDone', { year });
  return unit === null
    ? words.say('calendar.answerPast', { year }, missed)
    : words.say('calendar.answerPastUnit', { year, unit }, missed);
}

/** What is next, for the zone or one unit; for a year that is over, how much was missed. */
export function calendarAnswer(words: Words, { obligations, plan }: Told, unit: string | null): string[] {
  return calendarFacts(obligations).flatMap((fact): string[] => {
    if (fact.kind === 'nothing-asked') return [words.say('calendar.answerNothing', { year: plan.year })];
    if (fact.kind === 'past') return [pastSentence(words, fact.missed, plan.year, unit)];
    if (fact.kind === 'all-done') return [words.say('calendar.answerDone')];
    if (fact.kind === 'next-batch')
      return [words.say('calendar.answerThen', { day: words.day(fact.due) }, fact.obligations)];
    return [dueSentence(words, fact, unit), ...owingSentence(words, fact, unit)];
  });
}
