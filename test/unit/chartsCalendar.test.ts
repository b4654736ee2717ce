import { describe, expect, it } from 'vitest';
import type { Agenda, Obligation } from '#schemas/results/agenda.ts';
import type { Mover } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import { ASKED } from '#test/fixtures/dashboard.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import {
  byMonth,
  monthCounts,
  selectObligations,
  stateWord,
  statusOf,
} from '../../dashboard/pages/calendar/agenda.ts';
import { calendarAnswer } from '../../dashboard/pages/calendar/answer.ts';
import { nothingDue, overviewAnswer, reasonWord } from '../../dashboard/pages/overview/answer.ts';

const zh = wordsOf('zh-CN');
const en = wordsOf('en');

const obligation = (more: Partial<Obligation>): Obligation => ({
  due: '2026-12-31',
  of: 'requirement',
  id: 'r',
  criterion: 'learning',
  name: { zh: '调研', en: 'Research' },
  clause: '一',
  kind: 'research',
  window: '2026-Q4',
  from: '2026-10-01',
  over: false,
  asked: 10,
  owing: 4,
  units: [],
  ...more,
});
const agenda = (...obligations: Obligation[]): Agenda => ({
  obligations,
  from: '2026-01-01',
  to: '2026-12-31',
  ...ASKED,
});

describe('the calendar', () => {
  it('calls the parts of its months in the caption what the legend calls them', () => {
    for (const words of [zh, en])
      for (const part of ['calendar.done', 'calendar.missedName', 'calendar.owing'] as const)
        expect(words.say('calendar.monthsCaption').toLowerCase()).toContain(words.say(part).toLowerCase());
  });

  const past = obligation({ due: '2026-09-30', window: '2026-Q3', over: true, owing: 2 });
  const soon = obligation({ due: '2026-11-30', window: '2026-11', name: { zh: '“一把手”谈心', en: 'Talk' } });
  const whole = agenda(past, soon, obligation({}));

  it('shows what is to come unless a month or the year is asked for; of a year gone by, all of it', () => {
    expect(selectObligations(whole, null)).toEqual([soon, obligation({})]);
    expect(selectObligations(whole, '2026-09')).toEqual([past]);
    expect(selectObligations(whole, 'all')).toHaveLength(3);
    expect(selectObligations(agenda(past), null)).toEqual([past]);
    expect(byMonth(whole.obligations).map(({ month }) => month)).toEqual(['2026-09', '2026-11', '2026-12']);
  });

  it('counts a month unit by unit: done, missed and owed', () => {
    const months = monthCounts(zh, 2026, whole.obligations);
    expect(months).toHaveLength(12);
    expect(months[8]).toEqual({ month: '2026-09', name: '9 月', done: 8, missed: 2, owing: 0 });
    expect(months[11]).toMatchObject({ done: 6, missed: 0, owing: 4 });
  });

  it('says how each stands, for the zone and for one unit', () => {
    const states = [past, soon, obligation({ owing: 0 }), obligation({ from: '2026-12-01' })];
    expect(states.map((item) => statusOf(item, '2026-11-22'))).toEqual(['missed', 'open', 'met', 'future']);
    expect(states.map((item) => stateWord(zh, item, false))).toEqual([
      '没按期做到 2 个',
      '还差 4 个单位',
      '全部完成',
      '还差 4 个单位',
    ]);
    expect(states.map((item) => stateWord(en, item, true))).toEqual([
      'missed',
      'not done yet',
      'done',
      'not done yet',
    ]);
  });

  it('answers what is next, with quotes within quotes; and what was missed once all is past', () => {
    expect(calendarAnswer(zh, whole, null)).toEqual([
      '到年底还有 2 项没有全部完成，最近的在 11 月 30 日：“‘一把手’谈心”。',
      '4 个单位还没完成。',
      '其后最近的一批在 12 月 31 日，1 项。',
    ]);
    expect(calendarAnswer(en, whole, 'Farm 3')[0]).toContain(
      'Farm 3 still owes 2 obligations this year, next on 30 Nov: “Talk”.',
    );
    expect(calendarAnswer(zh, agenda(past), null)).toEqual([
      '2026 年的期限都已到期，其中 1 项有单位没有按期做到。',
    ]);
    expect(calendarAnswer(zh, agenda(obligation({ owing: 0 })), null)).toEqual(['余下的期限都已完成。']);
  });
});

describe('the overview', () => {
  const overview = (more: Partial<Overview>): Overview => ({
    types: [],
    course: {
      units: 47,
      onCourse: 6,
      few: 20,
      many: 21,
      held: 0,
      due: 30,
      atLeast: 90,
      spotless: 1,
      furthestBehind: [],
      furthestLevel: 0,
    },
    dueSoon: [obligation({ due: '2026-11-30' }), obligation({ owing: 0 })],
    dueNext: { due: '2026-12-31', obligations: 38 },
    misses: [
      {
        id: 'r',
        criterion: 'learning',
        name: { zh: '调研', en: 'Research' },
        clause: '一',
        mean: 0.5,
        short: 30,
        counted: 47,
        lost: 1.5,
      },
    ],
    since: '2026-10-23',
    vetoed: [],
    pending: { verification: 3, appeals: 1 },
    freshness: { lastReported: null, reports: 9, quarantined: 0 },
    ...ASKED,
    ...more,
  });

  it('says how many are on course, what is due next and what is missed most', () => {
    expect(overviewAnswer(zh, overview({}))).toEqual([
      '47 个单位中，6 个按期履责，20 个未按期履责且一两项未完成，21 个未按期履责且三项以上未完成。',
      '未来 30 天有 2 项到期（其中 1 项各单位均已完成），未完成的在 11 月 30 日：“调研”。',
      '其后最近的一批在 12 月 31 日，38 项。',
      '最普遍没做到的是“调研”（30 / 47 个单位）。',
    ]);
  });

  it('of a year that is over says that all its deadlines are past, whatever the next year asks', () => {
    expect(nothingDue(en, 2026, '2026-02-28')).toBe('Nothing falls due in the 30 days after 28 Feb.');
    expect(nothingDue(en, 2025, '2026-01-03')).toBe('All deadlines of 2025 are past.');
    expect(nothingDue(zh, 2025, '2026-01-03')).toBe('2025 年的期限都已到期。');
  });

  it('says so where all is well', () => {
    const fine = {
      units: 3,
      onCourse: 3,
      few: 0,
      many: 0,
      held: 0,
      due: 30,
      atLeast: 90,
      spotless: 2,
      furthestBehind: [],
      furthestLevel: 0,
    };
    expect(overviewAnswer(en, overview({ course: fine, dueSoon: [], dueNext: null, misses: [] }))).toEqual([
      'All 3 units are on course.',
    ]);
  });

  it.each<[Mover['reason'], string]>([
    [{ because: 'requirement', id: 'r', effect: -1.5 }, '主要因为“‘三必谈’”（−1.50 分）'],
    [
      { because: 'requirement', id: 'r', effect: -1.5, level: 2 },
      '主要因为“‘三必谈’”（−1.50 分，另有 2 项相同）',
    ],
    [{ because: 'deduction', id: 'd', effect: -10 }, '因扣分“诫勉”（−10.00 分）'],
    [{ because: 'veto', id: 'v', effect: -30 }, '因一票否决“v”'],
    [{ because: 'veto', id: 'v', effect: 30 }, '一票否决“v”不再计'],
    [{ because: 'others', id: null, effect: -0.35 }, '自身总分下降 0.35 分；11 个单位排到了它前面'],
  ])('gives the reason of a move in words: %o', (reason, sentence) => {
    const plan = {
      requirements: [
        {
          id: 'r',
          criterion: 'learning',
          name: { zh: '“三必谈”', en: 'Talks' },
          clause: '一',
          basis: 'text' as const,
          points: 1,
          kind: 'k',
          measure: { type: 'target' as const },
        },
      ],
      deductions: [
        {
          id: 'd',
          criterion: 'unity',
          name: { zh: '诫勉', en: 'Admonition' },
          clause: '一',
          basis: 'default' as const,
          kind: 'k',
          points: 5,
          max: 10,
        },
      ],
      vetoes: [{ id: 'v', clause: '一', basis: 'default' as const, kind: 'k', cap: 59 }],
    };
    const place = { rank: 1, of: 48, total: 90, totalWithoutVeto: 90 };
    const mover: Mover = {
      unit: 'u',
      name: 'u',
      group: 'farm',
      before: place,
      after: { rank: 12, of: 48, total: 89.65, totalWithoutVeto: 89.65 },
      places: -11,
      split: { own: -1, others: -10 },
      crossed: 11,
      reason,
    };
    expect(reasonWord(zh, plan, mover)).toBe(sentence);
  });
});
