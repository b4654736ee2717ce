import { type Day, dayIn, dayNumber, dayOfNumber } from './dates.ts';
import { windowsOf } from './windows.ts';

/** The days on which a year's trend is looked at: the ends of its months up to a day, and that day itself. */
export function monthEnds(year: number, on: Day): Day[] {
  const last = `${year}-12-31`;
  const until = on < last ? on : last;
  if (until < `${year}-01-01`) return [];
  const ends = windowsOf(year, 'month').map(({ to }) => to);
  return [...ends.filter((to) => to < until), until];
}

export const daysAfter = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days);

const DAY_MS = 86_400_000;

/** The last millisecond of a day in a time zone. */
export function endOfDay(timezone: string, day: Day): number {
  // Zones lie within a day of UTC: the end is between two instants, and days ascend with time.
  let before = dayNumber(day) * DAY_MS - DAY_MS;
  let after = before + 4 * DAY_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayIn(timezone, middle) <= day) before = middle;
    else after = middle;
  }
  return before;
}
