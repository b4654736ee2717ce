import { type Day, dayNumber, dayOfNumber, daysIn } from '#schemas/dates.ts';
import type { Period } from '#schemas/plan.ts';
import { WINDOWS } from '#schemas/tallies.ts';
import type { Random } from './random.ts';

/** China has one time zone without summer time, so the day of an instant is plain arithmetic. */
const OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;
const MINUTE = 60_000;

const HOLIDAYS = new Set(['01-01', '05-01', '05-02', '05-03', '10-01', '10-02', '10-03', '10-04', '10-05']);

const known = new Map<number, boolean>();

function isWorkday(number: number): boolean {
  const cached = known.get(number);
  if (cached !== undefined) return cached;
  const weekday = (number + 4) % 7;
  const open = weekday !== 0 && weekday !== 6 && !HOLIDAYS.has(dayOfNumber(number).slice(5));
  known.set(number, open);
  return open;
}

/** The day itself or the next on which offices are open. */
export function workdayFrom(day: Day): Day {
  let number = dayNumber(day);
  while (!isWorkday(number)) number += 1;
  return dayOfNumber(number);
}

export const addDays = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days);

/** How far through its year a day lies, 0..1. */
export const fractionOfYear = (day: Day): number =>
  (dayNumber(day) - dayNumber(`${day.slice(0, 4)}-01-01`)) / 366;

/** First and last day of each window of a year. */
export function windowsOf(year: number, per: Period): { from: Day; to: Day }[] {
  const months = 12 / WINDOWS[per];
  const two = (value: number) => String(value).padStart(2, '0');
  return Array.from({ length: WINDOWS[per] }, (_, index) => {
    const last = (index + 1) * months;
    return {
      from: `${year}-${two(index * months + 1)}-01`,
      to: `${year}-${two(last)}-${two(daysIn(year, last))}`,
    };
  });
}

/** A working day between two days; the first day where a short span seems to hold none. */
export function workdayWithin(random: Random, from: Day, to: Day): Day {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const number = random.int(first, last);
    if (isWorkday(number)) return dayOfNumber(number);
  }
  return from;
}

/** An instant in office hours (08:30–11:30, 14:00–17:30 local time) of the first working day from `day` on. */
export function officeHour(random: Random, day: Day): number {
  const minute = random.chance(0.5) ? random.between(510, 690) : random.between(840, 1_050);
  return dayNumber(workdayFrom(day)) * DAY - OFFSET + Math.floor(minute * MINUTE);
}

/** The local day of an instant. */
export const dayOf = (instant: number): Day => dayOfNumber(Math.floor((instant + OFFSET) / DAY));

/** The instant at which a local day begins. */
export const startOf = (day: Day): number => dayNumber(day) * DAY - OFFSET;

/** An office hour `least` to `most` days after an instant, never on the same day. */
export const daysLater = (random: Random, instant: number, least: number, most: number): number =>
  officeHour(random, addDays(dayOf(instant), Math.max(1, random.int(least, most))));
