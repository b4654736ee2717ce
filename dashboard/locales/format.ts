import type { Day } from '#schemas/dates.ts';
import type { Language } from '#schemas/languages.ts';

export type Locale = Language;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `11 月 22 日`, `22 Nov`: a day of the year that the page is about. */
export function formatDay(locale: Locale, day: Day): string {
  const [, month = '01', date = '01'] = day.split('-');
  return locale === 'zh-CN'
    ? `${Number(month)} 月 ${Number(date)} 日`
    : `${Number(date)} ${MONTHS[Number(month) - 1]}`;
}

/** The day with its year: `2026 年 11 月 22 日`, `22 Nov 2026`. */
export function formatFullDay(locale: Locale, day: Day): string {
  const year = day.slice(0, 4);
  return locale === 'zh-CN' ? `${year} 年 ${formatDay(locale, day)}` : `${formatDay(locale, day)} ${year}`;
}

/** Time of day in the plan's time zone, `09:14:07`. */
export const formatTime = (instant: number, timezone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' }).format(instant);
