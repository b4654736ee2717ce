import { ref } from 'vue';
import type { Day } from '#schemas/dates.ts';
import { type Opening, opening } from '#schemas/opening.ts';
import { ask } from './client.ts';
import { timezone } from './clock.ts';

/**
 * Which year opens where the address names none, and in which zone today is what it is; asked before the first page. Where it is not the year that today lies
 * in, it is asked again before the next page once something has changed: until the new year has ranks.
 */
const known = ref<Opening | null>(null);
let asking: Promise<void> | null = null;

/** Resolves in any case: a server that cannot say it lets this year open. */
export function whichYearOpens(): Promise<void> {
  asking ??= ask(opening, '/opening')
    .then((answer) => {
      known.value = answer;
      timezone.value = answer.timezone;
    })
    .catch(() => {
      asking = null;
    });
  return asking;
}

/** Something has been recorded. The page that is open stays in its year. */
export function lookAtOpening(): void {
  if (known.value && known.value.year !== known.value.current.year) asking = null;
}

/** A year was sealed in this window. */
export function lookAgain(): void {
  asking = null;
}

/** Whether the year that today lies in is sealed already. */
export const isSealedEarly = (year: number): boolean =>
  known.value?.current.year === year && known.value.current.sealed;

/** The year that opens on a day. What was asked in another year does not hold any more. */
export function opensOn(today: Day): number {
  const year = Number(today.slice(0, 4));
  return known.value?.current.year === year ? known.value.year : year;
}

/** Where there is something to see when a year is empty: the year that opens, where it has; null where nothing is known to be. */
export function yearInstead(of: number): number | null {
  return yearsWithRanks().find((year) => year !== of) ?? null;
}

/** The same of a page that may be empty for another reason: null for a year that has something to show. */
export const yearInsteadOfEmpty = (year: number): number | null =>
  yearsWithRanks().includes(year) ? null : yearInstead(year);

function yearsWithRanks(): number[] {
  if (!known.value) return [];
  const { current, before } = known.value;
  return [...(current.ranked > 0 ? [current.year] : []), ...(before ? [before.year] : [])];
}

/** Another year than the one that is shown, of those that somebody looks at now; null where there is no other. */
export function anotherYear(shown: number, today: Day): number | null {
  const years = [opensOn(today), Number(today.slice(0, 4))];
  return years.find((year) => year !== shown) ?? null;
}

/** In the weeks between two years: the new one, and the one before that opens in its place. */
export function betweenYears(today: Day): { current: number; before: number } | null {
  const { current, before } = known.value ?? {};
  const opens = opensOn(today);
  return current && before && opens === before.year ? { current: current.year, before: before.year } : null;
}
