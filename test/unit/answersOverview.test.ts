import { describe, expect, test } from 'vitest';
import { dueDaysAfter, makeAgenda } from '#schemas/agenda.ts';
import { isOnCourse, missedBy } from '#schemas/course.ts';
import { daysAfter } from '#schemas/months.ts';
import { courseOf, missesOf, typesOf, vetoedOf } from '#schemas/overview.ts';
import { batchesOf } from '#schemas/presentation/answers/deadlines.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { dueNext, lateOf } from '#schemas/presentation/answers/late.ts';
import { overviewFacts } from '#schemas/presentation/answers/overview.ts';
import type { Overview } from '#schemas/results/overview.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomZone, standingsOf, ZONES } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { criterionAnswer, scoredUnits, scoreEnds } from '../../dashboard/pages/criterion/scores.ts';
import { overviewAnswer } from '../../dashboard/pages/overview/answer.ts';

/** The overview looks to date, from a day; also from the first days of a year, on which nothing is due. */
const zones = Array.from({ length: ZONES }, (_, seed) => {
  const zone = randomZone(seed);
  const { plan, now, question } = zone;
  const on = seed % 5 === 0 ? `${plan.year}-01-03` : question.on;
  const tallies = now.ranked.verdicts.map(({ tally }) => tally);
  const seen = standingsOf(plan, tallies, { basis: 'to-date', on });
  const { judge, ranked } = seen;
  const due = (from: string, to: string) => {
    const agenda = makeAgenda(judge, { from, to }, 10);
    for (const verdict of ranked.verdicts) agenda.add(verdict);
    return agenda.obligations();
  };
  const ahead = daysAfter(on, 30);
  const later = due(daysAfter(ahead, 1), `${plan.year}-12-31`).filter(({ owing }) => owing > 0);
  const [first] = batchesOf(later);
  const overview = {
    course: courseOf(judge, ranked, 10),
    dueSoon: due(daysAfter(on, 1), ahead),
    dueNext: first ? { due: first.due, obligations: first.items.length } : null,
    misses: missesOf(judge, ranked.verdicts, plan.requirements.length).sort(
      (a, b) => b.short / b.counted - a.short / a.counted,
    ),
    vetoed: vetoedOf(ranked),
  };
  return { ...zone, on, seen, overview };
});

describe('what is said of the zone follows from the lists under it', () => {
  test('of a type, not on course are those with a score below the one named', () => {
    let low = 0;
    for (const { seed, seen, overview } of zones) {
      const { judge, ranked } = seen;
      for (const [type, { id, behind }] of typesOf(judge, ranked.verdicts).entries()) {
        const { atLeast } = overview.course;
        const below = ranked.verdicts.filter(({ criteria }) => {
          const score = criteria[type] ?? null;
          return score !== null && score / 1e4 < atLeast;
        });
        expect(behind, `seed ${seed}, ${id}`).toBe(below.length);
        low += behind;
      }
    }
    expect(low).toBeGreaterThan(ZONES);
    for (const locale of ['zh-CN', 'en'] as const)
      for (const key of ['overview.typesMean', 'overview.typesMeanToday'] as const)
        expect(wordsOf(locale).say(key, { atLeast: 90 })).toContain('90');
  });

  test('everybody is on course, held back, or behind by as many as stand in the list', () => {
    let [idle, level, uncounted] = [0, 0, 0];
    for (const { seed, seen, overview } of zones) {
      const { course } = overview;
      const all = courseOf(seen.judge, seen.ranked, Number.POSITIVE_INFINITY);
      const say = `seed ${seed}`;
      expect(course.onCourse + course.held + course.few + course.many, say).toBe(course.units);
      // Who stands in the list of those that owe owes something, and who owes nothing is not behind.
      expect(
        all.furthestBehind.every(({ missed }) => missed > 0),
        say,
      ).toBe(true);
      expect(all.furthestBehind.filter(({ missed }) => missed <= 2).length, say).toBe(course.few);
      expect(all.furthestBehind.filter(({ missed }) => missed > 2).length, say).toBe(course.many);
      const cut = courseOf(seen.judge, seen.ranked, 2);
      const last = cut.furthestBehind.at(-1)?.missed;
      expect(cut.furthestLevel, say).toBe(
        all.furthestBehind.slice(2).filter(({ missed }) => missed === last).length,
      );
      level += cut.furthestLevel;
      // Of whom nothing counts yet nobody says that it is behind, or held back.
      for (const verdict of seen.ranked.verdicts)
        if (verdict.total === null && verdict.eligible) {
          uncounted++;
          expect(isOnCourse(seen.judge, verdict), say).toBe(true);
        }
      if (course.due === 0) {
        idle++;
        expect(course.spotless, say).toBe(course.units);
        expect(course.few + course.many, say).toBe(0);
      }
    }
    // The list has those alone, and others may have missed as much: it says so of itself, and of who is left out.
    for (const [locale, apart] of [
      ['zh-CN', /未按期履责/],
      ['en', /not on course/i],
    ] as const) {
      expect(wordsOf(locale).say('overview.furthestBehind')).toMatch(apart);
      expect(wordsOf(locale).say('overview.levelUnits', {}, 3)).toMatch(apart);
    }
    expect(idle).toBeGreaterThan(10);
    expect(uncounted).toBeGreaterThan(100);
    expect(level).toBeGreaterThan(10);
  });

  test('the headline counts everybody once: what it tells of classes adds up to all units', () => {
    let told = 0;
    for (const { seed, overview } of zones) {
      if (!overviewFacts(overview).some(({ kind }) => kind === 'course')) continue;
      for (const locale of ['zh-CN', 'en'] as const) {
        const [sentence = ''] = overviewAnswer(wordsOf(locale), overview as Overview);
        const [units = 0, ...classes] = (sentence.match(/\d+/g) ?? []).map(Number);
        expect([units, classes.reduce((sum, count) => sum + count, 0)], `seed ${seed} ${sentence}`).toEqual([
          overview.course.units,
          overview.course.units,
        ]);
        told++;
      }
    }
    expect(told).toBeGreaterThan(100);
  });

  test('the same is true of each type by itself, and what is missed in them is what requirements are missed by', () => {
    for (const { seed, seen } of zones) {
      const { judge, ranked } = seen;
      const say = `seed ${seed}`;
      const types = typesOf(judge, ranked.verdicts);
      types.forEach(({ id, onCourse, behind }, type) => {
        const course = courseOf(judge, ranked, Number.POSITIVE_INFINITY, type);
        expect([course.onCourse, course.held + course.few + course.many], say).toEqual([onCourse, behind]);
        expect(course.furthestBehind, say).toHaveLength(course.few + course.many);
        expect(course.due, say).toBeLessThanOrEqual(
          judge.plan.requirements.filter(({ criterion }) => criterion === id).length,
        );
      });
      for (const verdict of ranked.verdicts) {
        const short = types.reduce((sum, _, type) => sum + missedBy(judge, verdict, type), 0);
        const conditions = judge.conditions.filter(({ due, metOn }) => due && metOn(verdict.tally) === null);
        expect(missedBy(judge, verdict), say).toBe(short + conditions.length);
      }
    }
  });

  test('one count of what a unit is late with, conditions included, on its page and in the overview', () => {
    let withConditions = 0;
    for (const { seed, seen } of zones)
      for (const verdict of seen.ranked.verdicts) {
        const late = lateOf(standingOf(seen.judge, verdict, seen.ranked));
        expect(late.all, `seed ${seed}`).toBe(missedBy(seen.judge, verdict));
        expect(late.all).toBe(late.requirements.length + late.conditions.length);
        if (late.conditions.length > 0) withConditions++;
      }
    expect(withConditions).toBeGreaterThan(50);
  });

  test('what is missed by most is all that as great a share misses, and who is vetoed is everybody who is', () => {
    let shared = 0;
    for (const { seed, overview } of zones) {
      const facts = overviewFacts(overview);
      const share = ({ short, counted }: Overview['misses'][number]): number => short / counted;
      const most = Math.max(0, ...overview.misses.map(share));
      const expected = overview.misses.filter((miss) => share(miss) === most).map(({ id }) => id);
      const missed = facts.find((fact) => fact.kind === 'missed');
      expect(missed?.misses.map(({ id }) => id) ?? [], `seed ${seed}`).toEqual(expected);
      if (expected.length > 1) shared++;
      const vetoed = facts.find((fact) => fact.kind === 'vetoed');
      expect(vetoed?.units.map(({ unit }) => unit) ?? [], `seed ${seed}`).toEqual(
        overview.vetoed.map(({ unit }) => unit),
      );
    }
    expect(shared).toBeGreaterThan(50);
  });

  test('what is due next is all that is due on the nearest day, and the next batch is named', () => {
    let [batches, partly] = [0, 0];
    for (const { seed, on, plan, seen, overview } of zones) {
      const facts = overviewFacts(overview);
      const owed = overview.dueSoon.filter(({ owing }) => owing > 0);
      const due = facts.find(({ kind }) => kind === 'due');
      const days = owed.map((item) => item.due).sort();
      expect(due, `seed ${seed}`).toEqual(
        owed.length === 0
          ? undefined
          : {
              kind: 'due',
              // As many as the list below it has.
              obligations: overview.dueSoon.length,
              done: overview.dueSoon.length - owed.length,
              first: { due: days[0], items: owed.filter((item) => item.due === days[0]) },
            },
      );
      for (const locale of ['zh-CN', 'en'] as const) {
        const said = overviewAnswer(wordsOf(locale), overview as Overview).join(' ');
        const rest = overview.dueSoon.length - owed.length;
        if (owed.length > 0)
          expect(said, `seed ${seed}`).toMatch(
            locale === 'en'
              ? new RegExp(`${overview.dueSoon.length} obligations? falls? due`)
              : new RegExp(`有 ${overview.dueSoon.length} 项到期`),
          );
        if (owed.length > 0 && rest > 0) {
          partly++;
          expect(said).toMatch(
            locale === 'en'
              ? new RegExp(`${rest} of them done by all`)
              : new RegExp(`其中 ${rest} 项各单位均已完成`),
          );
        }
        // The list has some that all have done: nobody says that nothing falls due.
        if (owed.length === 0 && rest > 0) expect(said).not.toMatch(/没有期限到期|Nothing falls due/);
      }
      const next = facts.find((fact) => fact.kind === 'next-batch');
      // Whatever is due before it.
      expect(next !== undefined, `seed ${seed}`).toBe(overview.dueNext !== null);
      if (next?.kind === 'next-batch') {
        batches++;
        expect(dueDaysAfter(plan, daysAfter(on, 30))).toContain(next.due);
        expect(next.soon).toBe(owed.length > 0);
      }
      for (const verdict of seen.ranked.verdicts) {
        const standing = { ...standingOf(seen.judge, verdict, seen.ranked), on };
        const own = dueNext(standing);
        // The list of what the unit has still to do stands on the same page.
        const agenda = makeAgenda(seen.judge, { from: daysAfter(on, 1), to: `${plan.year}-12-31` }, 1);
        agenda.add(verdict);
        const [listed] = batchesOf(agenda.obligations());
        expect(own?.due ?? null, `seed ${seed}`).toBe(listed?.due ?? null);
        expect(own?.items.map(({ id }) => id) ?? []).toEqual(listed?.items.map(({ id }) => id) ?? []);
      }
    }
    expect(batches).toBeGreaterThan(50);
    expect(partly).toBeGreaterThan(4);
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands in the lists', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, on, overview, plan } of zones) {
      const said = overviewAnswer(words, overview as Overview);
      const { course, dueSoon, misses } = overview;
      const names = [...plan.requirements, ...plan.conditions].map(({ id, name }) =>
        name ? words.name(name) : id,
      );
      const days = [...dueDaysAfter(plan, on)].map((day) => words.day(day));
      const figures = [
        ...Object.values(course).filter((value) => typeof value === 'number'),
        ...misses.flatMap(({ short, counted }) => [
          short,
          counted,
          words.share(short / counted).replace(/\s?%/, ''),
        ]),
        ...Array.from(
          { length: Math.max(dueSoon.length, overview.dueNext?.obligations ?? 0, misses.length) + 1 },
          (_, n) => n,
        ),
        overview.vetoed.length,
        30,
      ];
      const stray = strayWords(said, [...names, ...days], figures);
      expect(stray, `seed ${seed}: ${said.join('')}`).toEqual([]);
      // Of all nobody says which share of them they are.
      expect(said.join('')).not.toMatch(/应做单位的 100%|by 100% of/);
    }
  });
});

describe('highest and lowest', () => {
  test('all that share an end are named, and where all are equal nobody is highest', () => {
    const words = wordsOf('en');
    for (const { seed, plan, seen } of zones)
      for (const { id } of plan.criteria) {
        const scored = scoredUnits(seen.ranked.rows, plan, id, null);
        const [said = ''] = criterionAnswer(words, 'X', scored, []);
        const scores = scored.map(({ score }) => score);
        const ends = endsOf(scored, ({ score }) => score);
        if (new Set(scores).size <= 1) {
          expect(ends?.equal ?? true, `seed ${seed}`).toBe(true);
          expect(said, `seed ${seed}`).not.toMatch(/highest|lowest/);
          continue;
        }
        if (!ends || ends.equal) throw new Error(`seed ${seed}: ${scores}`);
        expect(ends.highest.length).toBe(scores.filter((score) => score === Math.max(...scores)).length);
        expect(ends.lowest.length).toBe(scores.filter((score) => score === Math.min(...scores)).length);
        for (const unit of [...ends.highest.slice(0, 3), ...ends.lowest.slice(0, 3)])
          expect(said, `seed ${seed}`).toContain(unit.name);
      }
  });

  test('no score stands in the list of the highest and in that of the lowest, however few they show', () => {
    let equals = 0;
    for (const { seed, plan, seen } of zones)
      for (const { id } of plan.criteria)
        for (const few of [1, 3, 8]) {
          const scored = scoredUnits(seen.ranked.rows, plan, id, null);
          const { equal, whole, best, behind } = scoreEnds(scored, few);
          // What is called all of them is.
          expect(whole, `seed ${seed}`).toBe(best.shown.length === scored.length);
          const scores = scored.map(({ score }) => score);
          // Nobody in one list has a score that the other tells, too, and each says how many share its last one.
          const least = Math.min(...best.shown.map(({ score }) => score));
          const most = Math.max(...behind.shown.map(({ score }) => score));
          expect(most, `seed ${seed}`).toBeLessThan(least);
          for (const { shown, level } of [best, behind]) {
            const sharing = scores.filter((score) => score === shown.at(-1)?.score).length;
            expect(shown.filter(({ score }) => score === shown.at(-1)?.score).length + level).toBe(sharing);
          }
          expect(equal, `seed ${seed}`).toBe(scores.length > 1 && new Set(scores).size === 1);
          expect([...best.shown, ...behind.shown]).toHaveLength(
            new Set([...best.shown, ...behind.shown].map(({ unit }) => unit)).size,
          );
          if (equal) equals += 1;
        }
    expect(equals).toBeGreaterThan(0);
  });
});
