import { type Day, dayIn } from '#schemas/dates.ts';
import type { Language } from '#schemas/languages.ts';
import { dayText } from '#schemas/presentation/days.ts';
import { inQuotes } from '#schemas/presentation/names.ts';

/** Figures and names as text. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const parts = (day: Day): [number, number, number] => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return [year, month, date];
};

/** `11 月 22 日` as on screen, `22 Nov`. */
export const shortDay = dayText;

/** `2026 年 11 月 22 日`, `22 Nov 2026`. */
export function fullDay(language: Language, day: Day): string {
  const [year, month, date] = parts(day);
  return language === 'zh-CN' ? `${year} 年 ${month} 月 ${date} 日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

export const dayOf = (timezone: string, time: string): Day => dayIn(timezone, Date.parse(time));

/** `2026-11-22 09:14:07 (Asia/Shanghai)`. */
export function moment(timezone: string, time: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' });
  return `${dayOf(timezone, time)} ${clock.format(Date.parse(time))} (${timezone})`;
}

/** In quotation marks; a name that carries some itself gets single ones within (GB/T 15834). */
export const quoted = inQuotes;

/** Most of a file name's bytes that any file system takes; Chinese has three a character. */
const NAME_BYTES = 180;

/** A file name without what file systems, shells and HTTP headers trip over. */
export function safeFileName(text: string): string {
  let name = '';
  for (const char of text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, '_')) {
    if (Buffer.byteLength(name + char) > NAME_BYTES) break;
    name += char;
  }
  return name.replace(/^[.\s]+|[.\s]+$/g, '') || '_';
}
