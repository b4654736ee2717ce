import { z } from 'zod';
import { type Day, day, dayIn, dayNumber, dayOfNumber, instantOf, timestamp } from '#schemas/dates.ts';
import { endOfDay } from '#schemas/months.ts';
import { DEFAULT_TIMEZONE, year as planYear } from '#schemas/plan.ts';
import { type Basis, basis } from '#schemas/results/results.ts';

/** What all pages look at, as one sentence; it lives in the address and nowhere else. */
export type Filters = {
  year: number;
  basis: Basis;
  /** The day that `to-date` looks from; null = today, or the day of `asOf`. */
  on: Day | null;
  group: string | null;
  /** A day or a time: only what was recorded by then. */
  asOf: string | null;
  /** A day, a time or a year to compare ranks with. */
  compareTo: string | null;
  /** The year to compare with has no plan, so that there is nothing to compare with. */
  nothingThen?: true;
  /** The plan's time zone: where days begin and end. */
  timezone: string;
};

const dayOrTime = z.union([day, timestamp]);
const optional = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** A malformed part falls back to its default, so that a mistyped address still opens. */
const address = z.object({
  year: optional(z.coerce.number().pipe(planYear)),
  basis: optional(basis),
  on: optional(day),
  group: optional(z.string().min(1).max(64)),
  asOf: optional(dayOrTime),
  compareTo: optional(z.union([z.literal('none'), z.string().regex(/^\d{4}$/), dayOrTime])),
});

export const FILTER_NAMES = Object.keys(address.shape) as (keyof Filters)[];

/** The year that an address names. */
export const readYear = (query: Readonly<Record<string, unknown>>): number | undefined =>
  address.parse(query).year;

/** The day of a day, or of a time in a zone. */
export const dayOf = (dayOrTime: string, timezone: string): Day =>
  dayOrTime.length === 10 ? dayOrTime : dayIn(timezone, instantOf(dayOrTime));

/** The last days of quarters, latest first, before a day and within its year. */
const quarterEnds = (reference: Day): Day[] =>
  ['09-30', '06-30', '03-31']
    .map((end) => `${reference.slice(0, 4)}-${end}`)
    .filter((end) => end < reference);

/** The day that the filters look from. */
export const referenceDay = (
  filters: Pick<Filters, 'on' | 'asOf' | 'year' | 'timezone'>,
  today: Day,
): Day => {
  const known = filters.asOf ? dayOf(filters.asOf, filters.timezone) : today;
  const on = filters.on ?? known;
  return on > `${filters.year}-12-31` ? `${filters.year}-12-31` : on;
};

/**
 * Reads the filters out of an address's query. `today` decides the defaults: this year, as far as it has gone, or
 * the year that `opens` while this one has nothing to show.
 */
export function parseFilters(
  query: Readonly<Record<string, unknown>>,
  today: Day,
  timezone: string = DEFAULT_TIMEZONE,
  opens: number = Number(today.slice(0, 4)),
): Filters {
  const given = withoutFuture(address.parse(query), today, timezone);
  const thisYear = Number(today.slice(0, 4));
  const year = given.year ?? opens;
  const base = {
    year,
    basis: given.basis ?? (year < thisYear ? 'year' : 'to-date'),
    on: given.on ?? null,
    group: given.group ?? null,
    asOf: given.asOf ?? null,
    timezone,
  };
  return { ...base, compareTo: compareOf(given.compareTo, base, today) };
}

/** Of a day that is yet to come nothing is known: as nothing was known by then, nothing is compared with it. */
function withoutFuture<G extends { asOf?: string; compareTo?: string }>(
  given: G,
  today: Day,
  timezone: string,
): G {
  const isAhead = (text: string | undefined): boolean =>
    text !== undefined && text.length >= 10 && dayOf(text, timezone) > today;
  return {
    ...given,
    ...(isAhead(given.asOf) && { asOf: undefined }),
    ...(isAhead(given.compareTo) && { compareTo: undefined }),
  };
}

function compareOf(given: string | undefined, base: Omit<Filters, 'compareTo'>, today: Day): string | null {
  if (given === 'none') return null;
  // Held against itself a year has neither rises nor falls.
  if (given && given !== String(base.year)) return given;
  if (base.basis === 'year' || base.year !== Number(today.slice(0, 4))) return null;
  return quarterEnds(referenceDay(base, today))[0] ?? null;
}

const asTime = (text: string | null, timezone: string): string | null =>
  text && text.length === 10 ? new Date(endOfDay(timezone, text)).toISOString() : text;

/** Another year has other days: what was picked for one does not go along. */
export const yearPatch = (year: number | null) => ({
  year,
  basis: null,
  on: null,
  asOf: null,
  compareTo: null,
});

/** The parameters that the api takes. `group` stays behind: pages narrow down themselves, without asking again. */
export function apiParams(filters: Filters) {
  return {
    basis: filters.basis,
    on: filters.basis === 'to-date' ? filters.on : null,
    asOf: asTime(filters.asOf, filters.timezone),
  };
}

export const compareParam = (filters: Filters): string | null =>
  filters.compareTo && filters.compareTo.length > 4
    ? asTime(filters.compareTo, filters.timezone)
    : filters.compareTo;

/** Days that people compare with or look from, latest first. */
export function landmarks(reference: Day): { kind: 'monthEnd' | 'quarterEnd' | 'halfEnd'; day: Day }[] {
  const year = reference.slice(0, 4);
  const monthEnd = dayOfNumber(dayNumber(`${reference.slice(0, 7)}-01`) - 1);
  const quarterEnd = quarterEnds(reference)[0];
  const marks = [
    { kind: 'monthEnd' as const, day: monthEnd },
    ...(quarterEnd ? [{ kind: 'quarterEnd' as const, day: quarterEnd }] : []),
    { kind: 'halfEnd' as const, day: `${year}-06-30` },
  ];
  const seen = new Set<Day>();
  return marks.filter((mark) => {
    const fresh = mark.day < reference && mark.day.startsWith(year) && !seen.has(mark.day);
    seen.add(mark.day);
    return fresh;
  });
}
