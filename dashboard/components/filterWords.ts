import type { Day } from '#schemas/dates.ts';
import type { Basis } from '#schemas/results/results.ts';
import { dayOf, type Filters, landmarks } from '../composables/filters.ts';
import type { Words } from '../locales/words.ts';

type Choice<V> = { value: V; label: string; hint?: string };

/** How many years back the list offers; older ones are reached by the address. */
const YEARS_BACK = 5;

export function yearChoices(
  words: Words,
  thisYear: number,
  chosen: number,
  sealed: ReadonlySet<number>,
): Choice<number>[] {
  const years = Array.from({ length: YEARS_BACK }, (_, back) => thisYear - back);
  if (!years.includes(chosen)) years.push(chosen);
  return years
    .sort((a, b) => b - a)
    .map((year) => ({
      value: year,
      label: words.say('filters.year', { year }),
      ...(sealed.has(year) && { hint: words.say('filters.sealed') }),
    }));
}

export const basisWord = (words: Words, basis: Basis): string =>
  words.say(basis === 'to-date' ? 'filters.toDate' : 'filters.wholeYear');

export const basisChoices = (words: Words): Choice<Basis>[] => [
  { value: 'to-date', label: words.say('filters.toDate'), hint: words.say('filters.toDateMeans') },
  { value: 'year', label: words.say('filters.wholeYear'), hint: words.say('filters.wholeYearMeans') },
];

const landmarkWord = (words: Words, mark: ReturnType<typeof landmarks>[number]): string =>
  words.say(`filters.${mark.kind}`, { day: words.day(mark.day) });

export const onChoices = (words: Words, latest: Day): Choice<Day | null>[] => [
  { value: null, label: words.say('filters.today') },
  ...landmarks(latest).map((mark) => ({ value: mark.day, label: landmarkWord(words, mark) })),
];

export function compareWord(words: Words, filters: Filters): string {
  const { compareTo, year, timezone } = filters;
  if (compareTo === null) return words.say('filters.compareNone');
  if (compareTo.length === 4)
    return words.say(filters.nothingThen ? 'compare.nothingThen' : 'filters.compareYear', {
      year: compareTo,
    });
  const compared = dayOf(compareTo, timezone);
  // Both sides are seen of the earlier day; then only what was known differs.
  const known = filters.basis === 'to-date' && filters.on !== null && compared > filters.on;
  return words.say(known ? 'filters.compareKnown' : 'filters.compareDay', {
    day: dayWord(words, compared, year),
  });
}

/** The year before is one of them where it has a plan. */
export const compareChoices = (
  words: Words,
  filters: Filters,
  reference: Day,
  before: boolean,
): Choice<string>[] => [
  { value: 'none', label: words.say('filters.compareNone') },
  ...landmarks(reference).map((mark) => ({ value: mark.day, label: landmarkWord(words, mark) })),
  ...(before
    ? [
        {
          value: String(filters.year - 1),
          label: words.say('filters.lastYear', { year: filters.year - 1 }),
        },
      ]
    : []),
];

export function asOfWord(words: Words, filters: Filters): string {
  return filters.asOf === null
    ? words.say('filters.asOfNow')
    : words.say('filters.asOf', { day: dayWord(words, dayOf(filters.asOf, filters.timezone), filters.year) });
}

/** Of a page that always looks to date: that it does, where the filters ask for the whole of a year that is not over. */
export const toDateSentence = (
  words: Words,
  { basis, year }: Pick<Filters, 'basis' | 'year'>,
  on: Day,
): string[] =>
  basis === 'year' && on < `${year}-12-31`
    ? [words.say('overview.alwaysToDate', { day: words.day(on) })]
    : [];

/** A day of the year on screen goes without its year; any other names it. */
export function dayWord(words: Words, day: Day, year: number): string {
  return day.startsWith(String(year)) ? words.day(day) : words.fullDay(day);
}

/** `trial`: compared with the plan's weights. `ofUnit`: of one unit, whatever the group. */
type About = { trial?: boolean; ofUnit?: boolean };

/** What a file of figures is called: out of its page, its name alone says of which year, day and group it is. */
export const fileNameOf = (
  words: Words,
  title: string,
  filters: Filters,
  reference: Day,
  about: About = {},
): string => `${title} ${filterSentence(words, filters, reference, about)}`;

/** The whole sentence, as it heads pages on paper and every export. */
export function filterSentence(
  words: Words,
  filters: Filters,
  reference: Day,
  { trial = false, ofUnit = false }: About = {},
): string {
  const group = filters.group ? words.term(filters.group) : words.say('filters.allGroups');
  return [
    words.say('filters.year', { year: filters.year }),
    basisWord(words, filters.basis),
    ...(filters.basis === 'to-date' ? [words.say('filters.on', { day: words.day(reference) })] : []),
    ...(ofUnit ? [] : [group]),
    ...(trial ? [words.say('filters.comparePlan')] : filters.compareTo ? [compareWord(words, filters)] : []),
    ...(filters.asOf ? [asOfWord(words, filters)] : []),
  ].join(words.say('filters.separator'));
}
