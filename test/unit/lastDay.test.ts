import { expect, test } from 'vitest';
import { makeAgenda } from '#schemas/agenda.ts';
import { agendaToday, standingToday } from '#schemas/lastDay.ts';
import { owedOf } from '#schemas/owed.ts';
import { calendarFacts } from '#schemas/presentation/answers/calendar.ts';
import { dueNext } from '#schemas/presentation/answers/late.ts';
import type { Agenda } from '#schemas/results/agenda.ts';
import type { RequirementRow, Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomZone, standingsOf, ZONES } from '#test/support/randomZone.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { closingWindow, dueWord } from '../../dashboard/pages/unit/gaps.ts';
import { wayUpAnswer } from '../../dashboard/pages/unit/wayUp.ts';

/** On the day on which something is due, no page says that it is too late: it can be done until the day ends. */

const DAYS = ['2026-06-30', '2026-12-31'];
const en = wordsOf('en');

/** Every unit of the zones at random on the last days of the half-years, and what is due then. */
function* lastDays() {
  for (let seed = 0; seed < ZONES / 5; seed++) {
    const { plan, now } = randomZone(seed);
    const tallies = now.ranked.verdicts.map(({ tally }) => tally);
    for (const day of DAYS) {
      const on = `${plan.year}${day.slice(4)}`;
      const { judge, ranked } = standingsOf(plan, tallies, { basis: 'to-date', on });
      yield { plan, on, judge, ranked };
    }
  }
}

test('a unit’s page and its desk agree on which windows can still be done', () => {
  let looked = 0;
  for (const { plan, on, judge, ranked } of lastDays())
    for (const verdict of ranked.verdicts) {
      const counted = standingOf(judge, verdict, ranked) as Standing;
      const shown = standingToday(counted, on);
      const { open } = owedOf(counted, plan, on);
      const today = open.filter(({ of, due }) => of === 'requirement' && due === on);
      const windows = shown.requirements.flatMap((row) =>
        row.windows.filter(({ to, status }) => to === on && status === 'open'),
      );
      expect(windows.length).toBe(today.length);
      for (const row of shown.requirements)
        if (row.windows.some(({ to, status }) => to === on && status === 'open')) {
          const word = dueWord(en, row, on);
          expect(word.late).toBe(false);
          expect(row.due).toBe(on);
          expect(closingWindow(row as RequirementRow)?.status).toBe('open');
          expect(dueNext(shown)?.due).toBe(on);
          looked += 1;
        }
      // From tomorrow on it is what it counts as.
      expect(standingToday(counted, '2999-01-01')).toEqual(counted);
    }
  expect(looked).toBeGreaterThan(100);
});

test('the calendar has what is due today among what is to come', () => {
  let looked = 0;
  for (const { plan, on, judge, ranked } of lastDays()) {
    const made = makeAgenda(judge, { from: `${plan.year}-01-01`, to: `${plan.year}-12-31` }, 10);
    for (const verdict of ranked.verdicts) made.add(verdict);
    const agenda = { obligations: made.obligations() } as unknown as Agenda;
    const owed = agenda.obligations.filter(({ due, owing }) => due === on && owing > 0);
    if (owed.length === 0) continue;
    const [fact] = calendarFacts(agendaToday(agenda, on).obligations);
    expect(fact).toMatchObject({ kind: 'due', first: { due: on } });
    expect(agendaToday(agenda, '2999-01-01')).toEqual(agenda);
    looked += 1;
  }
  expect(looked).toBeGreaterThan(20);
});

test('the way up is not told to be closed while the last day lasts', () => {
  const way = {
    rank: 2,
    next: null,
    best: null,
    obstacle: 'nothing-left',
    on: '2026-12-31',
    plan: { year: 2026 },
  };
  const told = (today: string) => wayUpAnswer(en, way as never, today).join('');
  expect(told('2026-12-31')).toContain('Today is the last day');
  expect(told('2027-01-01')).toContain('no gap can be closed any more');
});
