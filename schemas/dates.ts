import { z } from 'zod';
import { TIME_LETTERS } from './limits.ts';

/** A calendar day as text, `2026-03-31`: days compare as their texts do. */
export type Day = string;

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days in a month (1–12) of a year. */
export const daysIn = (year: number, month: number): number =>
  (LENGTHS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);

function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const day = Number(match[3]);
  return day >= 1 && day <= daysIn(Number(match[1]), Number(match[2]));
}

export const day = z.string().refine(isDay, { error: 'must be a calendar day such as 2026-03-31' });

/** A day of any year, `12-31`; 29 February is refused, since not every year has it. */
export const monthDay = z
  .string()
  .refine((text) => isDay(`2025-${text}`), { error: 'must be a month and day such as 12-31' });

const RFC3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

export const timestamp = z
  .string()
  .refine((text) => text.length <= TIME_LETTERS && isDay(RFC3339.exec(text)?.[1] ?? ''), {
    error: `must be an RFC 3339 time such as 2026-03-31T09:30:00+08:00, of at most ${TIME_LETTERS} signs`,
  });

/** The formatters of one style, one for each time zone: to make one takes a hundred times what it takes to use it. */
export function formattersOf(
  locale: string,
  style: Intl.DateTimeFormatOptions,
): (timezone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (timezone) => {
    const formatter = made.get(timezone) ?? new Intl.DateTimeFormat(locale, { ...style, timeZone: timezone });
    made.set(timezone, formatter);
    return formatter;
  };
}

const days = formattersOf('en-CA', { dateStyle: 'short' });

/** The calendar day of an instant (ms since the epoch) in an IANA time zone. */
export const dayIn = (timezone: string, instant: number): Day => days(timezone).format(instant);

const FIRST_ZONE_HOURS = 14;

/** The day of an instant in UTC+14, the first zone to begin a day: no zone has a later one. */
export const latestDay = (instant: number): Day =>
  new Date(instant + FIRST_ZONE_HOURS * 3_600_000).toISOString().slice(0, 10);

export const isTimezone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** Days since 1970-01-01. */
export const dayNumber = (text: Day): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

export const dayOfNumber = (number: number): Day => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** The instant of a timestamp, ms since the epoch; digits beyond the millisecond are dropped. */
export const instantOf = (text: string): number => Date.parse(text);
