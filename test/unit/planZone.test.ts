import { describe, expect, it } from 'vitest';
import type { Looks } from '#api/news/looks.ts';
import { yearOfNews } from '#api/news/newsroom.ts';
import { dayIn } from '#schemas/dates.ts';
import { endOfDay } from '#schemas/months.ts';
import { asOfWord, compareWord } from '../../dashboard/components/filterWords.ts';
import { apiParams, compareParam, parseFilters, referenceDay } from '../../dashboard/composables/filters.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

/** The plan's time zone decides where days begin and end, whatever the machine's is. */

const ZONES = [
  ['Asia/Urumqi', '2026-06-30T17:59:59.999Z'],
  ['America/New_York', '2026-07-01T03:59:59.999Z'],
  ['Pacific/Kiritimati', '2026-06-30T09:59:59.999Z'],
  ['Asia/Shanghai', '2026-06-30T15:59:59.999Z'],
] as const;

describe.each(ZONES)('given a plan in %s', (zone, end) => {
  const filters = (query: Record<string, string>, today = '2026-11-22') => parseFilters(query, today, zone);

  it('then "as known on" a day, and "compared with" one, end at that zone’s midnight', () => {
    expect(apiParams(filters({ asOf: '2026-06-30' })).asOf).toBe(end);
    expect(compareParam(filters({ compareTo: '2026-06-30' }))).toBe(end);
    expect(dayIn(zone, Date.parse(end))).toBe('2026-06-30');
    expect(dayIn(zone, Date.parse(end) + 1)).toBe('2026-07-01');
  });

  it('then a recorded time is told by its day there, and looked from it', () => {
    for (const offset of ['Z', '+08:00', '-05:00']) {
      const asOf = `2026-06-30T20:30:00${offset}`;
      const day = dayIn(zone, Date.parse(asOf));
      const seen = filters({ asOf, compareTo: asOf });
      expect(referenceDay(seen, '2026-11-22')).toBe(day);
      const words = wordsOf('en');
      expect(asOfWord(words, seen)).toContain(words.day(day));
      expect(compareWord(words, seen)).toContain(words.day(day));
    }
  });

  it('then every day of a year ends a millisecond before the next begins, changes of the clock included', () => {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10);
      const last = endOfDay(zone, day);
      expect([dayIn(zone, last), dayIn(zone, last + 1) > day]).toEqual([day, true]);
    }
  });
});

describe('the year of news is the zone’s', () => {
  const look = (timezone: string, at: string): Promise<number> =>
    yearOfNews(
      { ranking: async () => ({ plan: { timezone } }) as Awaited<ReturnType<Looks['ranking']>> },
      Date.parse(at),
    );

  it.each([
    ['Asia/Shanghai', '2026-12-31T15:59:59Z', 2026],
    ['Asia/Shanghai', '2026-12-31T16:00:00Z', 2027],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', 2027],
    ['America/New_York', '2026-12-31T20:00:00Z', 2026],
    ['America/New_York', '2027-01-01T05:00:00Z', 2027],
  ])('in %s, at %s, it is %d', async (timezone, at, year) => {
    expect(await look(timezone, at)).toBe(year);
  });
});
