import { type Day, dayIn } from '#schemas/dates.ts';
import { momentText } from '#schemas/presentation/days.ts';

/** Figures and names as text. */

export const dayOf = (timezone: string, time: string): Day => dayIn(timezone, Date.parse(time));

/** `2026-11-22 09:14:07 (Asia/Shanghai)`. */
export const moment = (timezone: string, time: string): string => momentText(Date.parse(time), timezone);

/** Most of a file name's bytes that any file system takes; Chinese has three a character. */
const NAME_BYTES = 180;

/** A file name without what file systems, shells and HTTP headers trip over; what is too long is cut before its `end`. */
export function safeFileName(text: string, end = ''): string {
  const room = NAME_BYTES - Buffer.byteLength(end);
  let name = '';
  for (const char of text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, '_')) {
    if (Buffer.byteLength(name + char) > room) break;
    name += char;
  }
  return (name.replace(/^[.\s]+|[.\s]+$/g, '') || '_') + end;
}
