import { type Day, dayNumber, dayOfNumber } from './dates.ts';

/** An all-day entry of a calendar. */
export type CalendarEntry = {
  /** Stable over time: an entry that is written again under the same uid replaces the earlier one. */
  uid: string;
  on: Day;
  summary: string;
  description: string;
  categories: readonly string[];
  /** Nothing is to be done any more: whoever has the entry from before takes it out. */
  cancelled?: boolean;
  /** Days before at which to be reminded; none where it is left out. */
  remindDaysBefore?: number;
};

export type CalendarDocument = {
  name: string;
  language: string;
  /** When what they say was last changed, ms since the epoch: calendars keep what they have unless this rises. */
  changedAt: number;
  entries: readonly CalendarEntry[];
};

const OCTETS = 75;

/** Octets of a character in UTF-8. */
const sizeOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** Folds a content line to at most 75 octets a line, between characters (RFC 5545 §3.1). */
function fold(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = sizeOf(character.codePointAt(0) ?? 0);
    if (octets + size > OCTETS) {
      lines.push(current);
      // A continuation begins with a space, which counts.
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}

/** A TEXT value (§3.3.11): backslash, semicolon, comma and line ends escaped, other control characters left out. */
const text = (value: string): string =>
  value
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');

const date = (day: Day): string => day.replaceAll('-', '');

const stamp = (instant: number): string =>
  new Date(instant).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');

/** Seconds since 2020: rises with every change, and stays a whole number of 31 bits until 2088. */
const sequence = (instant: number): number => Math.floor((instant - Date.UTC(2020, 0, 1)) / 1_000);

function alarm(summary: string, days: number): string[] {
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${text(summary)}`,
    `TRIGGER:-P${days}D`,
    'END:VALARM',
  ];
}

function entryLines(entry: CalendarEntry, changedAt: number, language: string): string[] {
  const { uid, on, summary, description, categories, cancelled = false, remindDaysBefore } = entry;
  return [
    'BEGIN:VEVENT',
    `UID:${text(uid)}`,
    `DTSTAMP:${stamp(changedAt)}`,
    `LAST-MODIFIED:${stamp(changedAt)}`,
    `SEQUENCE:${sequence(changedAt)}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `DTSTART;VALUE=DATE:${date(on)}`,
    // The end is the day after: it does not belong to the entry any more (§3.6.1).
    `DTEND;VALUE=DATE:${date(dayOfNumber(dayNumber(on) + 1))}`,
    `SUMMARY;LANGUAGE=${language}:${text(summary)}`,
    ...(description ? [`DESCRIPTION;LANGUAGE=${language}:${text(description)}`] : []),
    ...(categories.length ? [`CATEGORIES:${categories.map(text).join(',')}`] : []),
    // A deadline takes nobody's time.
    'TRANSP:TRANSPARENT',
    ...(remindDaysBefore === undefined || cancelled ? [] : alarm(summary, remindDaysBefore)),
    'END:VEVENT',
  ];
}

/** Writes an iCalendar document (RFC 5545), UTF-8. */
export function icalendar({ name, language, changedAt, entries }: CalendarDocument): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Wuxing//Obligations//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    ...entries.flatMap((entry) => entryLines(entry, changedAt, language)),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
