import { expect, test } from 'vitest';
import { owedOf } from '#schemas/owed.ts';
import type { Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomZone, standingsOf, ZONES } from '#test/support/randomZone.ts';

/** Every unit of a hundred zones at random, as at the end of the year and on a day within it. */
function* everyStanding(lasts = true) {
  for (let seed = 0; seed < ZONES / 5; seed++) {
    const { plan, question, now } = randomZone(seed);
    const tallies = now.ranked.verdicts.map(({ tally }) => tally);
    const year = standingsOf(plan, tallies, { basis: 'year', on: question.on, lasts });
    for (const verdict of year.ranked.verdicts)
      yield { plan, on: question.on, standing: standingOf(year.judge, verdict, year.ranked) as Standing };
  }
}

test('the windows that are owed are worth together what their requirement loses', () => {
  let looked = 0;
  for (const { plan, standing } of everyStanding()) {
    const { open, ahead, missed } = owedOf(standing, plan);
    const all = [...open, ...ahead, ...missed].flatMap((item) => (item.of === 'requirement' ? [item] : []));
    for (const row of standing.requirements) {
      const own = all.filter((item) => item.row.id === row.id);
      if (row.lost === null || row.windows.length === 0) continue;
      const sum = own.reduce((points, { worth }) => points + (worth ?? 0), 0);
      expect(Math.abs(sum - row.lost)).toBeLessThan(0.0001 * (own.length + 1));
      looked += own.length;
    }
    // Nothing that is met is owed, nothing that is owed is left out.
    const owed = standing.requirements.flatMap(({ windows }) =>
      windows.filter(({ status }) => status !== 'met'),
    );
    expect(all.length).toBe(owed.length);
  }
  expect(looked).toBeGreaterThan(1_000);
});

test('what can be done stands by its deadline, what is to come by its beginning, what is over by what it cost', () => {
  for (const { plan, on, standing } of everyStanding()) {
    const { open, ahead, missed } = owedOf(standing, plan);
    const begins = ahead.map(({ window }) => window.from);
    expect(begins).toEqual([...begins].sort());
    expect(open.map(({ due }) => due)).toEqual(open.map(({ due }) => due).sort());
    // On its last day it can still be done.
    for (const { due } of open) expect(due >= on).toBe(true);
    for (const { due } of missed) expect(due < on).toBe(true);
    const lost = missed.flatMap((item) => (item.of === 'requirement' && item.worth ? [item.worth] : []));
    expect(lost).toEqual([...lost].sort((a, b) => b - a));
  }
});

test('what is due today is to be done today, and missed once the day is over', () => {
  let looked = 0;
  const open = (lasts: boolean) =>
    [...everyStanding(lasts)].map(({ plan, on, standing }) =>
      owedOf(standing, plan).open.filter(({ due }) => due === on),
    );
  expect(open(false).flat()).toEqual([]);
  for (const item of open(true).flat()) {
    expect((item.of === 'requirement' ? item.window : item.row).status).toBe('open');
    looked += 1;
  }
  expect(looked).toBeGreaterThan(10);
});
