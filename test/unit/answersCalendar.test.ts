import { describe, expect, test } from 'vitest';
import { makeAgenda } from '#schemas/agenda.ts';
import { innerQuotes } from '#schemas/presentation/names.ts';
import type { Obligation } from '#schemas/results/agenda.ts';
import { randomZone, standingsOf, ZONES } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { selectObligations } from '../../dashboard/pages/calendar/agenda.ts';
import { calendarAnswer } from '../../dashboard/pages/calendar/answer.ts';

type Calendar = {
  seed: number;
  year: number;
  unit: string | null;
  obligations: Obligation[];
};

/** The calendar of the zone and of one unit of it, looked at from days in, before and behind the year. */
const calendars: Calendar[] = Array.from({ length: ZONES }, (_, seed) => {
  const { plan, now, question } = randomZone(seed);
  const { year } = plan;
  const edges = [`${year}-01-03`, `${year - 1}-12-30`, `${year + 1}-01-02`, `${year}-12-31`];
  const on = edges[seed % 8] ?? question.on;
  const tallies = now.ranked.verdicts.map(({ tally }) => tally);
  const { judge, ranked } = standingsOf(plan, tallies, { basis: 'to-date', on });
  const [one] = ranked.verdicts;
  return [null, ...(one ? [one] : [])].map((chosen) => {
    const agenda = makeAgenda(judge, { from: `${year}-01-01`, to: `${year}-12-31` }, 10);
    for (const verdict of chosen ? [chosen] : ranked.verdicts) agenda.add(verdict);
    return { seed, year, unit: chosen?.tally.name ?? null, obligations: agenda.obligations() };
  });
}).flat();

const told = (locale: 'zh-CN' | 'en', { year, unit, obligations }: Calendar) =>
  calendarAnswer(wordsOf(locale), { obligations, plan: { year } }, unit);

/** A few by name, in quotation marks. */
const FEW = 3;

describe('the calendar counts what the pages of the units show', () => {
  test('who is asked, who owes and what a debtor has follow from the windows of each unit', () => {
    const seen = { met: 0, owing: 0, notAsked: 0 };
    for (let seed = 0; seed < ZONES; seed++) {
      const { now, plan } = randomZone(seed);
      const { judge, ranked } = now;
      const agenda = makeAgenda(
        judge,
        { from: `${plan.year}-03-01`, to: `${plan.year}-12-30` },
        ranked.verdicts.length,
      );
      for (const verdict of ranked.verdicts) agenda.add(verdict);
      const listed = agenda.obligations().filter((one) => one.of === 'requirement');
      const windows = plan.requirements.flatMap(({ id }, index) =>
        ranked.verdicts.flatMap(({ tally }) => {
          const own = judge.gauges[index]?.prospect(tally).windows ?? [];
          if (own.length === 0) seen.notAsked++;
          return own.map((window) => ({ id, unit: tally.unit, ...window }));
        }),
      );
      const due = windows.filter(({ to }) => to >= `${plan.year}-03-01` && to <= `${plan.year}-12-30`);
      for (const { id, window, asked, owing, units } of listed) {
        const own = due.filter((one) => one.id === id && one.label === window);
        const debtors = own.filter(({ status }) => status !== 'met');
        expect([asked, owing], `seed ${seed}: ${id} ${window}`).toEqual([own.length, debtors.length]);
        expect(units.map(({ unit, actual, required }) => ({ unit, actual, required }))).toEqual(
          debtors.map(({ unit, actual, required }) => ({ unit, actual, required })),
        );
        seen.met += asked - owing;
        seen.owing += owing;
      }
      expect(
        listed.reduce((sum, { asked }) => sum + asked, 0),
        `seed ${seed}`,
      ).toBe(due.length);
    }
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(20);
  });
});

describe('what is said of a calendar follows from the list under it', () => {
  test('the nearest day names all that is owed on it, and the next day is named with how much is due then', () => {
    const words = wordsOf('en');
    const seen = { shared: 0, single: 0, batches: 0 };
    for (const calendar of calendars) {
      const { seed, obligations, unit } = calendar;
      const owed = selectObligations({ obligations } as Parameters<typeof selectObligations>[0], null).filter(
        ({ over, owing }) => !over && owing > 0,
      );
      const said = told('en', calendar);
      const say = `seed ${seed}: ${said.join(' ')}`;
      if (owed.length === 0) {
        expect(said, say).toHaveLength(1);
        expect(said.join(), say).not.toMatch(/next|still/);
        continue;
      }
      const days = [...new Set(owed.map(({ due }) => due))].sort();
      const first = owed.filter(({ due }) => due === days[0]);
      for (const { name, id } of first.slice(0, FEW))
        expect(said[0], say).toContain(`“${innerQuotes(name ? words.name(name) : id)}”`);
      expect(said[0], say).toContain(words.day(days[0] ?? ''));
      expect(said[0]?.includes(`and ${first.length - FEW} more`), say).toBe(first.length > FEW);
      expect(said[0], say).toMatch(new RegExp(`\\b${owed.length} obligation`));
      const then = owed.filter(({ due }) => due === days[1]).length;
      expect(
        said.filter((sentence) => sentence.startsWith('The next batch')),
        say,
      ).toEqual(days[1] ? [`The next batch after that, of ${then}, is due on ${words.day(days[1])}.`] : []);
      // How many owe it is said of one obligation alone: of several there are several numbers.
      expect(
        said.some((sentence) => sentence.includes(`${first[0]?.owing} unit`)),
        say,
      ).toBe(unit === null && first.length === 1);
      if (first.length > 1) seen.shared++;
      else seen.single++;
      if (days[1]) seen.batches++;
    }
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(20);
  });

  test('a year is past only where days have passed, and what was missed stands in the list', () => {
    const seen = { past: 0, clean: 0, empty: 0, done: 0 };
    for (const calendar of calendars) {
      const { seed, obligations, year, unit } = calendar;
      const said = told('en', calendar).join(' ');
      const past = obligations.length > 0 && obligations.every(({ over }) => over);
      expect(said.includes('have fallen due'), `seed ${seed}: ${said}`).toBe(past);
      expect(said.includes('nothing falls due'), `seed ${seed}`).toBe(obligations.length === 0);
      if (obligations.length === 0) seen.empty++;
      if (said.startsWith('Everything')) seen.done++;
      if (!past) continue;
      const missed = obligations.filter(({ owing }) => owing > 0).length;
      expect(said, `seed ${seed}`).toContain(
        missed === 0
          ? `All dates of ${year} have fallen due, and everything is done.`
          : unit === null
            ? `All dates of ${year} have fallen due; ${missed} of them w`
            : `All dates of ${year} have fallen due; ${unit} missed ${missed} of them.`,
      );
      if (missed === 0) seen.clean++;
      else seen.past++;
    }
    expect(seen.past).toBeGreaterThan(20);
    expect(seen.empty).toBeGreaterThan(5);
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands in the list', (locale) => {
    const words = wordsOf(locale);
    for (const calendar of calendars) {
      const { seed, obligations, unit, year } = calendar;
      const said = told(locale, calendar);
      const names = [
        ...obligations.map(({ name, id }) => innerQuotes(name ? words.name(name) : id)),
        ...obligations.map(({ due }) => words.day(due)),
        unit,
      ];
      const figures = [
        year,
        ...obligations.map(({ owing }) => owing),
        ...Array.from({ length: obligations.length + 1 }, (_, n) => n),
      ];
      expect(strayWords(said, names, figures), `seed ${seed}: ${said.join('')}`).toEqual([]);
    }
  });
});
