import { type Day, daysIn } from './dates.ts';
import { lastDayOf } from './measureTraits.ts';
import type { Measure, Period } from './plan.ts';
import { WINDOWS } from './tallies.ts';

/** A part of a year in which something has to be done; both days belong to it. */
export type Window = { label: string; from: Day; to: Day };

const two = (value: number): string => String(value).padStart(2, '0');

const MARKS: Record<Period, (index: number) => string> = {
  year: () => '',
  half: (index) => `-H${index + 1}`,
  quarter: (index) => `-Q${index + 1}`,
  month: (index) => `-${two(index + 1)}`,
};

/** The windows of a year, in order: `2026`; `2026-H1` …; `2026-Q1` …; `2026-01` …. */
export function windowsOf(year: number, per: Period): Window[] {
  const months = 12 / WINDOWS[per];
  return Array.from({ length: WINDOWS[per] }, (_, index) => {
    const last = (index + 1) * months;
    return {
      label: `${year}${MARKS[per](index)}`,
      from: `${year}-${two(index * months + 1)}-01`,
      to: `${year}-${two(last)}-${two(daysIn(year, last))}`,
    };
  });
}

/** Which window of its year a day lies in, from 0. */
export const windowIndexOf = (per: Period, day: Day): number =>
  Math.floor(((Number(day.slice(5, 7)) - 1) * WINDOWS[per]) / 12);

/** A window has ended on its last day: what is not there by then is missing. So scores count it. */
export const hasEnded = (window: { to: Day }, on: Day): boolean => window.to <= on;

/** From which day one looks, and whether that day still lasts, because it is today. */
export type Outlook = { on: Day; lasts?: boolean | undefined };

/**
 * Whether it is too late to do something (没按期做到). While its last day lasts it still can be done: the one rule for every
 * page, document and message, and for conditions, which score nothing. Seen from a later day, that day is over.
 */
export const isTooLate = (due: Day, { on, lasts = false }: Outlook): boolean =>
  due < on || (due === on && !lasts);

/** The day by which a measure without windows is due: its `by`, else the year's last day. */
export const dueOf = (year: number, measure: Measure): Day => dayOfYear(year, lastDayOf(measure));

/** The day by which something of a measure is due next, seen from a day; null once its year is over. */
export function nextDue(year: number, measure: Measure, on: Day): Day | null {
  const ends = 'per' in measure ? windowsOf(year, measure.per).map(({ to }) => to) : [dueOf(year, measure)];
  return ends.find((end) => end >= on) ?? null;
}

/** `12-31` in a year. */
export const dayOfYear = (year: number, monthDay: string): Day => `${year}-${monthDay}`;
