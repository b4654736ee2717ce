import { describe, expect, test } from 'vitest';
import { owedOf } from '#schemas/owed.ts';
import type { Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomZone, standingsOf, ZONES } from '#test/support/randomZone.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { owedAnswer } from '../../dashboard/pages/desk/owedWords.ts';
import { inboxAnswer } from '../../dashboard/pages/inbox/answer.ts';

const [zh, en] = [wordsOf('zh-CN'), wordsOf('en')];

describe('what waits in the inbox', () => {
  const counts = { verification: 1, late: 0, duplicates: 1, appeals: 1, quarantine: 1, vetoes: 0 };

  test('is told in the singular where it is one, in the plural where it is many, and not at all where it is none', () => {
    expect(inboxAnswer(en, 2026, counts, true)).toBe(
      'In 2026, 1 report waits to be verified, 1 appeal is undecided and 1 record is in quarantine.',
    );
    expect(inboxAnswer(en, 2026, { ...counts, verification: 3263, appeals: 0, quarantine: null }, true)).toBe(
      'In 2026, 3,263 reports wait to be verified.',
    );
    expect(inboxAnswer(en, 2026, counts, false)).toBe(
      'In 2026, 1 report waits for you, 1 may be a duplicate.',
    );
    const nothing = { ...counts, verification: 0, appeals: 0, quarantine: 0 };
    for (const isOrganisation of [true, false]) {
      expect(inboxAnswer(en, 2026, nothing, isOrganisation)).toBe('Nothing is waiting in 2026.');
      expect(inboxAnswer(zh, 2026, nothing, isOrganisation)).toBe('2026 年没有等着处理的。');
    }
    expect(inboxAnswer(zh, 2026, counts, true)).toBe('2026 年有 1 件待核实、1 件申诉未决、1 条隔离记录。');
  });
});

test('a desk’s sentences count every row that can still be done, and every one that was missed: windows, and conditions besides', () => {
  let both = 0;
  let bothMissed = 0;
  for (let seed = 0; seed < ZONES / 5; seed++) {
    const { plan, question, now } = randomZone(seed);
    const tallies = now.ranked.verdicts.map(({ tally }) => tally);
    const { judge, ranked } = standingsOf(plan, tallies, { basis: 'year', on: question.on });
    for (const verdict of ranked.verdicts) {
      const owed = owedOf(standingOf(judge, verdict, ranked) as Standing, plan);
      if (owed.open.length === 0) continue;
      const sentences = owedAnswer(
        zh,
        { year: plan.year, today: owed.open[0]?.due ?? '' },
        { ...owed, missed: [] },
      ).join('');
      const told = [...sentences.matchAll(/([\d,]+) 项/g)].map(([, n]) => Number(n?.replace(',', '')));
      expect(told.reduce((sum, n) => sum + n, 0)).toBe(owed.open.length);
      if (told.length > 1) both += 1;
      const today = `${plan.year}-12-31`;
      const missed = owedAnswer(zh, { year: plan.year, today }, { ...owed, open: [], ahead: [] }).join('');
      const over = [...missed.matchAll(/([\d,]+) [项期]/g)].map(([, n]) => Number(n?.replace(',', '')));
      expect(over.reduce((sum, n) => sum + n, 0)).toBe(owed.missed.length);
      if (over.length > 1) bothMissed += 1;
    }
  }
  expect(both).toBeGreaterThan(10);
  expect(bothMissed).toBeGreaterThan(10);
});

test('a desk on which nothing falls due this month says so, and names the next batch', () => {
  let [quiet, busy] = [0, 0];
  for (let seed = 0; seed < ZONES / 5; seed++) {
    const { plan, question, now } = randomZone(seed);
    const tallies = now.ranked.verdicts.map(({ tally }) => tally);
    const { judge, ranked } = standingsOf(plan, tallies, { basis: 'year', on: question.on });
    for (const verdict of ranked.verdicts) {
      const owed = owedOf(standingOf(judge, verdict, ranked) as Standing, plan);
      const dues = [...owed.open, ...owed.ahead].map(({ due }) => due).sort();
      const [next = ''] = dues;
      const [first = ''] = owedAnswer(zh, { year: plan.year, today: question.on }, owed);
      const isQuiet = next.slice(0, 7) > question.on.slice(0, 7);
      expect(first.startsWith('本月没有到期的')).toBe(isQuiet);
      if (isQuiet) {
        const batch = dues.filter((due) => due === next).length;
        expect(first).toBe(`本月没有到期的；下一批在 ${zh.day(next)}，${batch} 项。`);
      }
      if (isQuiet) quiet += 1;
      else busy += 1;
    }
  }
  expect(quiet).toBeGreaterThan(10);
  expect(busy).toBeGreaterThan(10);
});

test('of one candidate alone nothing is said of all', () => {
  const said = (locale: 'zh-CN' | 'en', count: number) =>
    wordsOf(locale).say('commendation.answerAllOpen', {}, count);
  expect([said('en', 1), said('en', 5)]).toEqual([
    'The candidate still has conditions to meet.',
    'All candidates still have conditions to meet.',
  ]);
  expect([said('zh-CN', 1), said('zh-CN', 5)]).toEqual([
    '候选单位还有评优条件待满足。',
    '候选单位都还有评优条件待满足。',
  ]);
});
