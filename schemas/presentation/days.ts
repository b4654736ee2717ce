import { type Day, dayIn, formattersOf } from '../dates.ts';
import type { Language } from '../languages.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `11 月 22 日`, `22 Nov`: a day of the year that is spoken of. */
export function dayText(language: Language, day: Day): string {
  const [, month = '01', date = '01'] = day.split('-');
  return language === 'zh-CN'
    ? `${Number(month)} 月 ${Number(date)} 日`
    : `${Number(date)} ${MONTHS[Number(month) - 1]}`;
}

/** The same with its year: `2026 年 11 月 22 日`, `22 Nov 2026`. */
export function fullDayText(language: Language, day: Day): string {
  const year = day.slice(0, 4);
  return language === 'zh-CN' ? `${year} 年 ${dayText(language, day)}` : `${dayText(language, day)} ${year}`;
}

const clocks = formattersOf('en-GB', { timeStyle: 'medium' });

/** Time of day in a time zone, `09:14:07`; `instant` in ms since the epoch. */
export const timeText = (instant: number, timezone: string): string => clocks(timezone).format(instant);

/** A moment that is proved or sealed: `2026-11-22 09:14:07 (Asia/Shanghai)`. */
export const momentText = (instant: number, timezone: string): string =>
  `${dayIn(timezone, instant)} ${timeText(instant, timezone)} (${timezone})`;
