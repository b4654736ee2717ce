import { type Day, dayIn, instantOf } from '#schemas/dates.ts';
import { daysAfter, endOfDay } from '#schemas/months.ts';
import type { Words } from '../locales/words.ts';
import { timezone } from './clock.ts';

/** Moments that the server recorded, in the plan's time zone, whatever zone and clock the reader's machine has. */

/** As people write it: the day with its year, and the time of day. */
export function momentWord(words: Words, time: string): string {
  const instant = instantOf(time);
  return `${words.fullDay(dayIn(timezone.value, instant))} ${words.time(instant, timezone.value)}`;
}

/** The same without its year, where the page has it. */
export const shortMoment = (words: Words, instant: number): string =>
  `${words.day(dayIn(timezone.value, instant))} ${words.time(instant, timezone.value)}`;

/** For columns that are sorted and compared: `2026-11-22 09:14`. */
export function tableMoment(words: Words, time: string | null): string {
  if (time === null) return '';
  const instant = instantOf(time);
  return `${dayIn(timezone.value, instant)} ${words.time(instant, timezone.value).slice(0, 5)}`;
}

/** The day of a moment: `2026-11-22`. */
export const tableDay = (time: string): Day => dayIn(timezone.value, instantOf(time));

/** The last moment of a day, as the server is told. */
export const dayEnd = (day: Day): string => new Date(endOfDay(timezone.value, day)).toISOString();

/** When a day begins. */
export const dayBegin = (day: Day): string =>
  new Date(endOfDay(timezone.value, daysAfter(day, -1)) + 1).toISOString();
