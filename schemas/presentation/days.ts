import type { Day } from '../dates.ts';
import type { Language } from '../languages.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `11 月 22 日`, `22 Nov`: a day of the year that is spoken of. */
export function dayText(language: Language, day: Day): string {
  const [, month = '01', date = '01'] = day.split('-');
  return language === 'zh-CN'
    ? `${Number(month)} 月 ${Number(date)} 日`
    : `${Number(date)} ${MONTHS[Number(month) - 1]}`;
}
