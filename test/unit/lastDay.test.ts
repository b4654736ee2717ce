import { expect, test } from 'vitest';
import { makeAgenda } from '#schemas/agenda.ts';
import { candidatesOf } from '#schemas/candidates.ts';
import { courseIn, missedBy } from '#schemas/course.ts';
import { dayNumber, dayOfNumber } from '#schemas/dates.ts';
import { gapMatrixOf } from '#schemas/gaps.ts';
import { isShare } from '#schemas/measureTraits.ts';
import { dueNews } from '#schemas/news/rules.ts';
import { missesOf } from '#schemas/overview.ts';
import { owedOf } from '#schemas/owed.ts';
import type { Plan } from '#schemas/plan.ts';
import { requirementPageOf } from '#schemas/practice.ts';
import { calendarFacts } from '#schemas/presentation/answers/calendar.ts';
import { commendableOf, rowWithOpen } from '#schemas/presentation/answers/commendable.ts';
import { criterionFacts } from '#schemas/presentation/answers/criterion.ts';
import { gapFacts, missFacts } from '#schemas/presentation/answers/gaps.ts';
import { dueNext, lateOf } from '#schemas/presentation/answers/late.ts';
import { dueFact, verdictFact } from '#schemas/presentation/answers/letter.ts';
import { requirementFacts } from '#schemas/presentation/answers/requirement.ts';
import { gapsOf, unitFacts } from '#schemas/presentation/answers/unit.ts';
import { newsText } from '#schemas/presentation/news/newsText.ts';
import { missingText } from '#schemas/presentation/tables/requirements.ts';
import type { Ranked } from '#schemas/ranks.ts';
import type { GapMatrix, RequirementRow, Standing } from '#schemas/results/results.ts';
import type { Judge, Verdict } from '#schemas/scoring.ts';
import { standingOf } from '#schemas/standing.ts';
import { atOnce } from '#schemas/steps.ts';
import { wayUpOf } from '#schemas/wayUp/wayUp.ts';
import { dayOfYear, windowsOf } from '#schemas/windows.ts';
import { randomZone, standingsOf, ZONES } from '#test/support/randomZone.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { statusOf } from '../../dashboard/pages/calendar/agenda.ts';
import { gapsAnswer } from '../../dashboard/pages/gaps/answer.ts';
import { shortOf, viewOf } from '../../dashboard/pages/gaps/matrix.ts';
import { requirementAnswer, requirementView } from '../../dashboard/pages/requirement/distribution.ts';
import { unitAnswer } from '../../dashboard/pages/unit/answer.ts';
import { closingWindow, dueWord } from '../../dashboard/pages/unit/gaps.ts';
import { wayUpAnswer } from '../../dashboard/pages/unit/wayUp.ts';

/**
 * What is due can be done until its day ends. Every place tells the same of every obligation on every day: too late is
 * what was due before today, and nothing else.
 */

const en = wordsOf('en');
const QUOTA = { quota: { share: 100_000 }, perGroup: { places: 1 } };

/** The days on which something of a plan is due: ends of windows, and the last days of its conditions. */
const deadlines = (plan: Plan): string[] => [
  ...new Set([
    ...plan.requirements.flatMap(({ measure }) =>
      'per' in measure ? windowsOf(plan.year, measure.per).map(({ to }) => to) : [],
    ),
    ...plan.conditions.map(({ by }) => dayOfYear(plan.year, by)),
    `${plan.year}-12-31`,
  ]),
];

type Seen = {
  plan: Plan;
  on: string;
  judge: Judge;
  verdict: Verdict;
  ranked: Ranked;
  toDate: Standing;
  year: Standing;
  listed: boolean;
};

/** Every unit of zones at random, on the days around each deadline, each of them being today. */
function* aroundDeadlines(): Generator<Seen> {
  for (let seed = 0; seed < ZONES / 10; seed++) {
    const { plan, now } = randomZone(seed);
    const tallies = now.ranked.verdicts.slice(0, 3).map(({ tally }) => tally);
    for (const due of deadlines(plan))
      for (const away of [-1, 0, 1]) {
        const on = dayOfNumber(dayNumber(due) + away);
        const toDate = standingsOf(plan, tallies, { basis: 'to-date', on, lasts: true });
        const year = standingsOf(plan, tallies, { basis: 'year', on, lasts: true });
        const { candidates } = candidatesOf(toDate.judge, toDate.ranked, QUOTA);
        const listed = new Set(candidates.map(({ row }) => row.unit));
        for (const [index, verdict] of toDate.ranked.verdicts.entries()) {
          const row = toDate.ranked.rows[index];
          const whole = year.ranked.verdicts.find(({ tally }) => tally === verdict.tally);
          if (!row || !whole) throw new Error('a unit is missing');
          yield {
            plan,
            on,
            judge: toDate.judge,
            verdict,
            ranked: toDate.ranked,
            toDate: {
              ...standingOf(toDate.judge, verdict, toDate.ranked),
              row,
              basis: 'to-date',
            } as Standing,
            year: standingOf(year.judge, whole, year.ranked) as Standing,
            listed: listed.has(verdict.tally.unit),
          };
        }
      }
  }
}

const expected = (met: boolean, due: string, on: string): string => {
  if (met) return 'met';
  return due < on ? 'missed' : 'open';
};

test('what is missed most counts what is over, and nobody who lacks only what ends today', () => {
  let open = 0;
  let cheaper = 0;
  for (const { plan, on, judge, verdict, ranked, toDate } of aroundDeadlines()) {
    const one = { rows: ranked.rows, verdicts: [verdict] };
    const over = toDate.requirements.filter(
      ({ attainment, windows }) =>
        attainment !== null &&
        attainment < 1 &&
        windows.some(({ to, status }) => to < on && status !== 'met'),
    );
    const ids = over.map(({ id }) => id).sort();
    const misses = missesOf(judge, one.verdicts, plan.requirements.length);
    expect(misses.map(({ id }) => id).sort(), on).toEqual(ids);
    const matrix = gapMatrixOf(judge, one);
    const columns = matrix.requirements.filter(({ short }) => short > 0);
    expect(columns.map(({ id }) => id).sort(), on).toEqual(ids);
    // The page counts again what it narrows to a group.
    const asked = { ...matrix, plan: { year: plan.year, version: plan.version }, basis: 'to-date' as const };
    const view = viewOf({ ...asked, on, asOf: null, complete: true, watermark: '1' } as GapMatrix, {
      group: verdict.tally.group,
      criterion: null,
      order: 'plan',
    });
    for (const miss of view.requirements) {
      expect([miss.id, miss.short]).toEqual([miss.id, ids.includes(miss.id) ? 1 : 0]);
      expect(shortOf(view, miss).length).toBe(miss.short);
      // Its own page lists the same, and tells how many lack only what ends today.
      const page = atOnce(requirementPageOf(judge, one, miss.id, 1));
      if (!page) throw new Error(miss.id);
      const own = requirementView(page);
      expect([own.behind.length, own.counted.filter((unit) => unit.open).length]).toEqual([
        miss.short,
        miss.open,
      ]);
      const told = requirementFacts(own).map(({ kind }) => kind);
      expect(told.includes('still-open'), miss.id).toBe(miss.open > 0);
      if (miss.open > 0)
        expect(requirementAnswer(en, own).join(' ')).toMatch(
          /none meets it in full and none falls short.*1 lacks only what ends today/,
        );
      expect(matrix.requirements[miss.index]?.open ?? 0).toBe(miss.open);
    }
    // Where some lack what ends today, nobody says that all is met.
    const isOpen = view.requirements.some((miss) => miss.open > 0);
    for (const facts of [gapFacts(view.requirements), criterionFacts([{ score: 1 }], view.requirements)])
      expect(facts.some(({ kind }) => kind === 'still-open')).toBe(isOpen);
    expect(gapFacts(view.requirements).some(({ kind }) => kind === 'all-met') && isOpen).toBe(false);
    // Nor is nothing said of what is missed where nothing is.
    const isNone = view.requirements.every(({ short }) => short === 0);
    expect(gapFacts(view.requirements).some(({ kind }) => kind === 'none-missed')).toBe(isOpen && isNone);
    // What costs most is one of those that are missed: no other is in the list.
    for (const fact of gapFacts(view.requirements))
      if (fact.kind === 'costliest') {
        expect(
          fact.misses.filter(({ short }) => short === 0),
          on,
        ).toEqual([]);
        // The map beside sums what ends today, too: where that costs as much, it is said of what it is the most.
        const others = view.requirements.filter(({ short }) => short === 0).map(({ lost }) => lost);
        const most = Math.max(0, ...others);
        expect(fact.ofMissed, on).toBe(most > 0 && most >= fact.lost);
        const said = gapsAnswer(en, view.requirements).join(' ');
        expect(/Of (?:what|all that) is missed/.test(said), said).toBe(fact.ofMissed);
        if (fact.ofMissed) cheaper++;
      }
    const missed = missFacts(matrix.requirements, 3).map(({ kind }) => kind);
    expect([missed.includes('still-open'), missed.includes('missed')]).toEqual([isOpen, ids.length > 0]);
    expect(missed.includes('all-met') && isOpen).toBe(false);
    // Its own page counts it among its gaps, and says how many of them are of this kind.
    const stillOpen = unitFacts({ ...toDate, on }).find((fact) => fact.kind === 'still-open');
    expect(stillOpen?.open ?? 0, on).toBe(matrix.units[0]?.open?.length ?? 0);
    // More may end today: what was missed of it before is said to be missing, too.
    if (stillOpen)
      expect(unitAnswer(en, { ...toDate, on }).join(' ')).toMatch(/of these lacks? only what ends today/);
    open += matrix.units[0]?.open?.length ?? 0;
  }
  expect(open).toBeGreaterThan(50);
  expect(cheaper).toBeGreaterThan(5);
});

test('a unit’s page, its desk, its letter and the list of commendations tell the same', () => {
  let onTheDay = 0;
  for (const { plan, on, judge, verdict, toDate, year, listed } of aroundDeadlines()) {
    for (const row of toDate.requirements) {
      for (const { status, to } of row.windows)
        expect([status === 'future' ? 'open' : status, to]).toEqual([expected(status === 'met', to, on), to]);
      if (row.windows.every(({ to }) => to < on)) expect(row.due).toBeNull();
      if (row.due !== null) expect(row.due >= on).toBe(true);
      if (row.attainment !== null) {
        expect([row.rankIfCaughtUp === null, row.id, on]).toEqual([row.due === null, row.id, on]);
        // Where nothing is too late all of it can be caught up with, on the last day, too.
        if (row.due !== null && row.windows.every(({ status }) => status !== 'missed'))
          expect([row.rankIfCaughtUp, row.id, on]).toEqual([row.rankIfClosed, row.id, on]);
      }
      if (row.windows.some(({ to, status }) => to === on && status === 'open')) {
        expect(row.due).toBe(on);
        expect(closingWindow(row as RequirementRow)?.status).toBe('open');
        expect(dueWord(en, row, on).late).toBe(false);
        onTheDay += 1;
      }
    }
    for (const { status, by, metOn } of toDate.conditions) {
      expect(status).toBe(expected(metOn !== null, by, on));
      if (by === on && status === 'open') onTheDay += 1;
    }
    // What can be done at the desk is what the page shows as open, what is missed there is missed here.
    const { open, ahead, missed } = owedOf(year, plan);
    for (const { due } of [...open, ...ahead]) expect(due >= on).toBe(true);
    for (const { due } of missed) expect(due < on).toBe(true);
    const conditionsOf = (items: typeof open) => items.filter(({ of }) => of === 'condition').length;
    const barred = toDate.conditions.filter(({ status }) => status === 'missed').length;
    expect(conditionsOf(missed)).toBe(barred);
    expect(lateOf(toDate).conditions).toHaveLength(barred);
    const next = dueNext(toDate);
    if (next) expect(next.due >= on).toBe(true);
    expect(next?.due).toBe([...open, ...ahead].map(({ due }) => due).sort()[0]);
    // The letter and the commendation.
    const fact = dueFact(toDate);
    if (fact.kind === 'due') for (const { day } of fact.days) expect(day >= on).toBe(true);
    const isAhead = ({ attainment, windows }: RequirementRow): boolean =>
      attainment === 1 && windows.some(({ status }) => status === 'open' || status === 'future');
    expect([fact.ahead, on]).toEqual([toDate.requirements.filter(isAhead).length, on]);
    // Of what lacks windows, those are named, also where they end today.
    for (const row of gapsOf(toDate))
      if (row.windows.length > 1 && !isShare(row.measure))
        expect(missingText(en, { basis: 'to-date', on }, row), `${row.id} on ${on}`).not.toBeNull();
    expect(verdict.eligible).toBe(verdict.vetoes.length === 0 && barred === 0);
    expect(verdict.open).toBe(toDate.conditions.filter(({ status }) => status === 'open').length);
    expect(verdictFact(toDate)).toMatchObject({
      kind: commendableOf(rowWithOpen(toDate)),
      missed: { length: barred },
    });
    if (listed) expect(barred).toBe(0);
    // The overview counts what a unit has missed as its page does: nothing of what ends today alone.
    const late = toDate.requirements.filter(
      ({ attainment, windows }) =>
        attainment !== null &&
        attainment < 1 &&
        windows.some(({ to, status }) => to < on && status !== 'met'),
    );
    expect([missedBy(judge, verdict), on]).toEqual([late.length + barred, on]);
    expect(lateOf(toDate).all).toBe(late.length + barred);
    const isClear = verdict.vetoes.length === 0 && verdict.deductions.length === 0;
    if (late.length + barred === 0 && isClear) expect([courseIn(judge, verdict), on]).toEqual([0, on]);
  }
  expect(onTheDay).toBeGreaterThan(200);
});

test('the calendar and the news tell the same, and what is due today is due today', () => {
  let today = 0;
  for (const { plan, on, judge, verdict, toDate } of aroundDeadlines()) {
    const made = makeAgenda(judge, { from: `${plan.year}-01-01`, to: `${plan.year}-12-31` }, 1);
    made.add(verdict);
    const obligations = made.obligations();
    for (const one of obligations) {
      expect(one.over).toBe(one.due < on);
      const status = statusOf(one, on);
      expect(status === 'future' ? 'open' : status).toBe(expected(one.owing === 0, one.due, on));
      const shown =
        one.of === 'condition'
          ? toDate.conditions.find(({ id }) => id === one.id)?.status
          : toDate.requirements
              .find(({ id }) => id === one.id)
              ?.windows.find(({ label }) => label === one.window)?.status;
      expect([one.id, one.window, status]).toEqual([one.id, one.window, shown]);
    }
    for (const fact of calendarFacts(obligations))
      if (fact.kind === 'due') expect(fact.first.due >= on).toBe(true);
    const about = { unit: 'u', name: '单位' };
    for (const { body } of dueNews(obligations, { year: plan.year, today: on, about })) {
      if (body.kind !== 'due' && body.kind !== 'overdue') throw new Error('no news of a deadline');
      expect(body.kind).toBe(body.due < on ? 'overdue' : 'due');
      if (body.due !== on) continue;
      expect(newsText('zh-CN', body, { seesAll: false }).title).toContain('今天');
      expect(newsText('en', body, { seesAll: false }).title).toContain('today');
      today += 1;
    }
  }
  expect(today).toBeGreaterThan(50);
});

test('seen from a later day, a last day is over', () => {
  for (let seed = 0; seed < ZONES / 10; seed++) {
    const { plan, now } = randomZone(seed);
    const tallies = now.ranked.verdicts.map(({ tally }) => tally);
    for (const on of deadlines(plan)) {
      const { judge, ranked } = standingsOf(plan, tallies, { basis: 'to-date', on });
      for (const verdict of ranked.verdicts) {
        const { requirements, conditions } = standingOf(judge, verdict, ranked);
        for (const { to, status } of requirements.flatMap(({ windows }) => windows))
          if (to <= on) expect(['met', 'missed']).toContain(status);
        for (const { by, status } of conditions) if (by <= on) expect(['met', 'missed']).toContain(status);
      }
    }
  }
});

test('whether the day lasts changes no score and no rank', () => {
  for (let seed = 0; seed < ZONES / 10; seed++) {
    const { plan, now, question } = randomZone(seed);
    const tallies = now.ranked.verdicts.map(({ tally }) => tally);
    for (const on of [...deadlines(plan), question.on]) {
      const figures = (lasts: boolean) =>
        standingsOf(plan, tallies, { ...question, on, lasts }).ranked.rows.map(
          ({ unit, rank, total, totalWithoutVeto, criteria }) => ({
            unit,
            rank,
            total,
            totalWithoutVeto,
            criteria,
          }),
        );
      expect(figures(true)).toEqual(figures(false));
    }
  }
});

test('the way up is told to be closed where nothing can be done any more, and only there', () => {
  const seen = { closed: 0, lastDay: 0 };
  for (const { plan, on, judge, verdict, ranked, toDate } of aroundDeadlines()) {
    if (!/-12-3[01]$|-01-01$/.test(on)) continue;
    const way = wayUpOf(judge, verdict, ranked);
    if (way.rank === null || way.rank === 1) continue;
    const open = toDate.requirements.filter(({ attainment, due }) => attainment !== null && due !== null);
    const told = wayUpAnswer(en, { ...way, on, plan } as never).join('');
    expect([told.includes('no gap can be closed any more'), on]).toEqual([
      open.length === 0 && way.obstacle !== 'veto',
      on,
    ]);
    if (open.length === 0) seen.closed += 1;
    else if (on === `${plan.year}-12-31`) seen.lastDay += 1;
  }
  expect(seen.closed).toBeGreaterThan(0);
  expect(seen.lastDay).toBeGreaterThan(0);
});
