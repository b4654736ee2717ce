import type { Day } from '#schemas/dates.ts';
import type { Language } from '#schemas/languages.ts';
import { dayText } from '#schemas/presentation/days.ts';

export type Locale = Language;

/** `11 月 22 日`, `22 Nov`: a day of the year that the page is about. */
export const formatDay = dayText;

/** The day with its year: `2026 年 11 月 22 日`, `22 Nov 2026`. */
export function formatFullDay(locale: Locale, day: Day): string {
  const year = day.slice(0, 4);
  return locale === 'zh-CN' ? `${year} 年 ${formatDay(locale, day)}` : `${formatDay(locale, day)} ${year}`;
}

/** To make one takes a hundred times what it takes to use it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Time of day in the plan's time zone, `09:14:07`. */
export function formatTime(instant: number, timezone: string): string {
  let clock = clocks.get(timezone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' });
    clocks.set(timezone, clock);
  }
  return clock.format(instant);
}
