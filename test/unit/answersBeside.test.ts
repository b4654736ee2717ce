import { describe, expect, test } from 'vitest';
import type { Candidate } from '#schemas/results/commendations.ts';
import type { UnitRow } from '#schemas/results/results.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';
import { unknownGroupOf } from '../../dashboard/composables/unknownGroup.ts';
import { eligibleSentence } from '../../dashboard/locales/eligibleWords.ts';
import { type Words, wordsOf } from '../../dashboard/locales/words.ts';
import {
  besidesSentence,
  commendationAnswer,
  groupsSentence,
  shortlistOf,
} from '../../dashboard/pages/commendation/candidates.ts';
import { hiddenWord, strangerWord } from '../../dashboard/pages/compare/comparison.ts';
import { ownScoreAnswer } from '../../dashboard/pages/criterion/scores.ts';
import { whatIfAnswer } from '../../dashboard/pages/ranking/whatIf/answer.ts';
import { movementAnswer } from '../../dashboard/pages/unit/movementAnswer.ts';
import { daysSeen } from '../../dashboard/pages/yearOnYear/changes.ts';

/** Sentences that stood beside their rows and not on them. */
const zh = wordsOf('zh-CN');
const en = wordsOf('en');

const candidate = (unit: string, within: Candidate['within'], group = 'farm'): Candidate => ({
  row: rankingRow({ unit, group }),
  within,
  tied: false,
  open: [],
  strongest: [],
  weakest: [],
  notable: [],
});

const shortlistWith = (candidates: Candidate[]) => ({
  quota: { asked: '10%', places: 2, ranked: 20 },
  candidates,
  inZone: candidates.filter(({ within }) => within.includes('overall')).length,
  passedOver: [],
  awards: [],
});

describe('who is listed as a candidate is counted', () => {
  const shortlist = shortlistWith([
    candidate('a', ['overall', 'group'], 'school'),
    candidate('b', ['overall'], 'school'),
    candidate('c', ['group']),
  ]);

  test('those within the places of their group alone, too', () => {
    expect(commendationAnswer(zh, shortlist)).toEqual([
      '全区 2 个名额；在名额之内的是a、b。',
      '另有 1 个候选单位只在本类别名额之内。',
    ]);
    expect(groupsSentence(en, shortlist.candidates)).toEqual([
      '1 more candidate is within the places of its group alone.',
    ]);
  });

  test('and nobody is said to be missing where the table names somebody', () => {
    const [said, ...rest] = commendationAnswer(en, shortlistOf(shortlist, 'farm'));
    expect(said).toBe('Nobody is within the places of the zone; 1 unit is within those of its group: c.');
    expect(rest).toEqual([]);
    expect(besidesSentence(en, shortlistOf(shortlist, 'farm').candidates)).toEqual([said]);
    expect(besidesSentence(en, shortlist.candidates)).toEqual(groupsSentence(en, shortlist.candidates));
    expect(commendationAnswer(zh, shortlistWith([]))).toEqual(['没有可列为候选的单位。']);
    // Places are the zone's, and others may be candidates, too: of one group that is said first.
    const alone = shortlistOf(shortlist, 'school');
    expect(commendationAnswer(zh, alone, { group: 'school' })[0]).toBe('以下只看学校。');
    expect(commendationAnswer(en, alone, { group: 'school' })[0]).toBe('This is of Schools alone.');
  });

  test('and over a year that is not over nobody is out, for what is missing may still come', () => {
    const passed = {
      ...shortlistWith([]),
      passedOver: ['a', 'b'].map((unit) => ({
        unit,
        name: unit,
        group: 'farm',
        rank: 1,
        groupRank: 1,
        total: 90,
        vetoes: [],
        missed: ['self-inspection'],
      })),
    };
    for (const [words, over, running] of [
      [zh, /^没有可列为候选|够但/, /至今没有可列为候选.*至今不符合/s],
      [en, /can be|may not/, /so far.*so far/s],
    ] as const) {
      expect(commendationAnswer(words, passed).join('')).toMatch(over);
      expect(commendationAnswer(words, passed, { running: true }).join('')).toMatch(running);
      expect(commendationAnswer(words, passed, { running: true }).join('')).not.toMatch(over);
    }
  });

  test('with what they have still to meet, whichever places they are within', () => {
    const open = { ...candidate('c', ['group']), open: ['self-inspection'] };
    expect(commendationAnswer(zh, shortlistWith([candidate('a', ['overall']), open]))).toContain(
      '候选单位中有 1 个还有评优条件待满足。',
    );
  });
});

describe('what a unit may not see is not told to be otherwise', () => {
  test('a unit that is hidden is not said to have no rank', () => {
    expect(hiddenWord(zh, 'ent-05')).not.toContain('排名');
    expect(hiddenWord(en, 'ent-05')).not.toContain('not ranked');
  });

  test('a unit that is left out is told with why: closed, later, in no register, or none of these', () => {
    const row: UnitRow = {
      ...{ unit: 'ent-12', name: '亚麻纺织厂', group: 'enterprise', teamSize: 7, head: 'm-01' },
      ...{ since: null, closedOn: null },
    };
    const told = (words: Words, found: UnitRow | null): string =>
      strangerWord(words, { unit: 'ent-12', year: 2026, found });
    expect(told(zh, { ...row, closedOn: '2026-06-30' })).toBe(
      '亚麻纺织厂已于 2026 年 6 月 30 日撤销，不参加 2026 年的排名。已略去。',
    );
    expect(told(en, { ...row, closedOn: '2026-06-30' })).toBe(
      '亚麻纺织厂 was closed on 30 Jun 2026 and is not ranked in 2026. It is left out.',
    );
    expect(told(en, { ...row, since: '2027-01-01' })).toContain('takes part from 1 Jan 2027 on');
    expect(told(en, null)).toContain('There is no unit ent-12');
    // Closed after the year, it was ranked in it: no reason is made up.
    expect(told(en, { ...row, closedOn: '2027-06-30' })).toBe(
      '亚麻纺织厂 is not ranked in 2026. It is left out.',
    );
  });

  test('its own score is neither the highest nor the only one', () => {
    const own = [
      { unit: 'u', name: '供热有限公司', group: 'enterprise', rank: 25, score: 60.67, deducted: 0 },
    ];
    expect(ownScoreAnswer(zh, '学习型', own)).toEqual(['供热有限公司的学习型得 60.67 分。']);
  });
});

describe('two years are compared as the page says', () => {
  const seen = { on: '2026-11-26', with: { plan: { year: 2025, version: 1 }, on: '2025-11-26' } };

  test('to date, with the day that each is seen from; the whole year needs none', () => {
    expect(daysSeen(zh, { ...seen, basis: 'to-date' })).toEqual([
      '两年都按进度，各看到同一天：2026 年 11 月 26 日与 2025 年 11 月 26 日；“排名”与 2025 年相比时，取那一年全年。',
    ]);
    expect(daysSeen(zh, { ...seen, basis: 'year' })).toEqual([]);
  });
});

describe('who is ahead no longer is not said to have fallen', () => {
  // A unit that closed, or that was not there before, crosses others without passing anybody.
  test.each(['zh-CN', 'en'] as const)('since it may have left, in %s', (locale) => {
    const units = [{ unit: 'gone', name: '亚麻纺织厂' }];
    const setting = { since: '', day: '', plan: { requirements: [], deductions: [], vetoes: [] } };
    const said = movementAnswer(
      wordsOf(locale),
      [
        { kind: 'overtook', count: 1, units },
        { kind: 'passed-by', count: 1, units },
      ],
      setting,
    ).join('');
    expect(said).toContain('亚麻纺织厂');
    expect(said).not.toMatch(/落到|超过|fell|passed/);
  });
});

describe('a sentence on more than the table shows says so', () => {
  test('slides of one group do not speak of the zone', () => {
    const named = { weakest: '学习型', low: '1.00', strongest: '团结型', high: '2.00' };
    expect(zh.say('slides.profileAnswer', named)).toBe(
      '各单位平均，学习型最低（1.00 分），团结型最高（2.00 分）。',
    );
  });

  test('reports are counted over all years, whichever year the page looks at', () => {
    expect(zh.say('overview.reports')).toContain('各年合计');
    expect(en.say('overview.reports')).toContain('all years');
  });

  test('a veto and a missed condition do not pass: who is barred by them is not barred "for now"', () => {
    const barred = { eligible: false };
    expect(eligibleSentence(zh, barred)).toBe('不符合评优条件');
    expect(eligibleSentence(en, barred)).toBe('Not eligible for commendation');
  });

  test('a trial speaks of the whole zone above the rows of one group', () => {
    const rows = [
      rankingRow({ unit: 'a', rank: 2, previousRank: 1 }),
      rankingRow({ unit: 'b', rank: 1, previousRank: 2 }),
    ];
    const weighs = { weightless: false, planned: false };
    expect(whatIfAnswer(zh, rows, { group: 'farm', ...weighs })[0]).toBe('以下是全区各类别的名次。');
    expect(whatIfAnswer(en, rows, { group: null, ...weighs })[0]).toContain('The first 2 places go to');
    // Of ranks that there are not it does not speak.
    const none = [rankingRow({ unit: 'a', rank: null, previousRank: 1 })];
    expect(whatIfAnswer(zh, none, { group: 'farm', weightless: true, planned: false })).toHaveLength(1);
  });

  test('of an unknown group nothing is said on any page that looks at groups', () => {
    const known = ['farm', 'school'];
    for (const page of [
      'overview',
      'gaps',
      'calendar',
      'criterion',
      'requirement',
      'self-inspection',
      'meeting',
    ])
      expect(unknownGroupOf(page, 'nope', known), page).toBe('nope');
    expect(unknownGroupOf('gaps', 'farm', known)).toBeNull();
    expect(unknownGroupOf('gaps', null, known)).toBeNull();
    // Until the groups are known, and where rows are of a unit and of no group.
    expect(unknownGroupOf('gaps', 'nope', [])).toBeNull();
    expect(unknownGroupOf('unit', 'nope', known)).toBeNull();
  });
});
