import type { Day } from '#schemas/dates.ts';
import type { Plan } from '#schemas/plan.ts';
import {
  type Known,
  type MarkFact,
  type MarkSpot,
  markDay,
  markFacts,
  marksByDay,
} from '#schemas/presentation/answers/marks.ts';
import { nameIn } from '#schemas/presentation/speech.ts';
import type { Mark, MarkKind } from '#schemas/results/marks.ts';
import type { Words } from './words.ts';

type Naming = Pick<Plan, 'year' | 'deductions' | 'vetoes'>;

export const markName = (words: Words, kind: MarkKind): string => words.say(`marks.${kind}`);

/** A seal may be of the year after. */
const dayIn = (words: Words, plan: Naming, day: Day, full = false): string =>
  !full && day.startsWith(`${plan.year}-`) ? words.day(day) : words.fullDay(day);

/** What one mark is about, beside its kind and day: which veto, which version. Nothing where that is all. */
function whatOf(words: Words, plan: Naming, { kind, id, number }: Mark): string | null {
  if (id !== null) return nameIn(words, kind === 'veto' ? plan.vetoes : plan.deductions, id);
  if (number === null) return null;
  return words.say(kind === 'plan' ? 'marks.version' : 'marks.number', { number });
}

/** Late reports of a month stand together. */
const monthOf = (words: Words, plan: Naming, day: Day, full = false): string => {
  const month = words.window(day.slice(0, 7));
  const year = Number(day.slice(0, 4));
  return !full && year === plan.year ? month : words.say('marks.monthOfYear', { month, year });
};

/**
 * When it was: as known now the day it happened; as known then the day it was recorded, with that on which it happened
 * where that is another, so that both ways tell of the same.
 */
function whenOf(words: Words, plan: Naming, { day, marks }: MarkFact['days'][number], known: Known): string {
  const told = dayIn(words, plan, day);
  const happened = [...new Set(marks.map(({ on }) => on))];
  if (known === 'now' || happened.every((on) => on === day)) return told;
  const on = words.list(happened.map((one) => dayIn(words, plan, one)));
  return words.say('marks.recorded', { day: told, on });
}

/** `5 月 10 日，违法违纪`, `8 月 3 件`. */
function onDay(words: Words, plan: Naming, one: MarkFact['days'][number], known: Known): string {
  const { day, marks } = one;
  if (marks[0]?.kind === 'late')
    return words.say(
      'marks.reports',
      { month: monthOf(words, plan, day) },
      marks.reduce((sum, mark) => sum + mark.count, 0),
    );
  const told = whenOf(words, plan, one, known);
  const counts = new Map<string | null, number>();
  for (const mark of marks) {
    const name = whatOf(words, plan, mark);
    counts.set(name, (counts.get(name) ?? 0) + mark.count);
  }
  const what = [...counts].flatMap(([name, count]) => {
    if (name === null) return count > 1 ? [words.say('marks.times', {}, count)] : [];
    return [count > 1 ? `${name} × ${words.count(count)}` : name];
  });
  return what.length ? words.say('marks.onDay', { day: told, what: words.list(what) }) : told;
}

/** From one end to the other. Over a New Year both have their year: `Feb to Mar 2026` would be two months of 2026. */
function fromTo(words: Words, plan: Naming, kind: MarkKind, first: Day, last: Day): string {
  const tell = kind === 'late' ? monthOf : dayIn;
  const full = first.slice(0, 4) !== last.slice(0, 4);
  return words.say('marks.fromTo', {
    from: tell(words, plan, first, full),
    to: tell(words, plan, last, full),
  });
}

function phrase(words: Words, plan: Naming, fact: MarkFact, known: Known): string {
  const { kind, count, days, range } = fact;
  const [first, last] = [days[0], days.at(-1)];
  const when =
    range && first && last
      ? fromTo(words, plan, kind, first.day, last.day)
      : words.phrases(days.map((one) => onDay(words, plan, one, known)));
  return words.say('marks.phrase', { what: words.say(`marks.count.${kind}`, {}, count), when });
}

/** What happened on the way of a trend, as a sentence that can be read aloud. */
export function marksSentence(words: Words, plan: Naming, marks: readonly Mark[], known: Known): string {
  const facts = markFacts(marks, known);
  if (facts.length === 0) return words.say('marks.none');
  return words.say('marks.sentence', {
    list: words.phrases(facts.map((fact) => phrase(words, plan, fact, known))),
  });
}

/** Where signs stand that are not of the year whose months the line has: at its ends, and not at the month that is named. */
export function marksBeyond(words: Words, { year }: Naming, marks: readonly Mark[], known: Known): string[] {
  const years = marks.map((mark) => Number(markDay(mark, known).slice(0, 4)));
  return [
    ...(years.some((of) => of < year) ? [words.say('marks.drawnFirst', { year })] : []),
    ...(years.some((of) => of > year) ? [words.say('marks.drawnLast', { year })] : []),
  ];
}

/** A spot's marks, for a tooltip, a cell or a title. */
export function spotText(words: Words, plan: Naming, { kind, marks }: MarkSpot, known: Known): string {
  const days = marksByDay(marks, known).map((one) => onDay(words, plan, one, known));
  return words.labelled(markName(words, kind), words.phrases(days));
}
