import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  asOfWord,
  basisWord,
  compareChoices,
  compareWord,
  fileNameOf,
  filterSentence,
  toDateSentence,
  yearChoices,
} from '../../dashboard/components/filterWords.ts';
import {
  apiParams,
  compareParam,
  landmarks,
  parseFilters,
  referenceDay,
} from '../../dashboard/composables/filters.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { basesApart, trialMoves } from '../../dashboard/pages/ranking/answer.ts';

const TODAY = '2026-11-22';
const at = (query: Record<string, unknown>) => parseFilters(query, TODAY);

describe('the filters of an address', () => {
  it('are this year to date, against the last quarter, where it says nothing', () => {
    expect(at({})).toEqual({
      year: 2026,
      basis: 'to-date',
      on: null,
      group: null,
      asOf: null,
      compareTo: '2026-09-30',
      timezone: 'Asia/Shanghai',
    });
    expect(at({ year: '2025' })).toMatchObject({ basis: 'year', compareTo: null });
    expect(parseFilters({}, '2026-02-01').compareTo).toBeNull();
    // In the first weeks the year before opens: held against itself it would have neither rises nor falls.
    expect(parseFilters({ compareTo: '2025' }, '2026-01-03', 'Asia/Shanghai', 2025)).toMatchObject({
      year: 2025,
      compareTo: null,
    });
  });

  it('fall back part by part where the address is mistyped', () => {
    expect(at({ year: 'abc', basis: 'weekly', on: '2026-02-30', compareTo: 'soon', group: 'farm' })).toEqual({
      ...at({}),
      group: 'farm',
    });
  });

  it('know nothing by, and compare nothing with, a day that is yet to come', () => {
    const plain = at({});
    for (const ahead of ['2026-11-23', '2027-01-01', '2026-11-22T16:00:00Z', '2031-06-30T12:00:00+08:00']) {
      expect(at({ asOf: ahead })).toEqual(plain);
      expect(at({ compareTo: ahead })).toEqual(plain);
      expect(at({ year: '2025', compareTo: ahead }).compareTo).toBeNull();
    }
    for (const known of ['2026-11-22', '2026-11-22T15:59:00Z', '2026-03-31']) {
      expect(at({ asOf: known }).asOf).toBe(known);
      expect(at({ compareTo: known }).compareTo).toBe(known);
    }
    // A year is compared with as a whole, and one may look from a day ahead, at what falls due by then.
    expect(at({ compareTo: '2025' }).compareTo).toBe('2025');
    expect(at({ on: '2026-12-31' }).on).toBe('2026-12-31');
  });

  it('offer years, and say which of them are sealed', () => {
    for (const [locale, says] of [
      ['zh-CN', '结果已封存'],
      ['en', 'result sealed'],
    ] as const) {
      const offered = yearChoices(wordsOf(locale), 2026, 2019, new Set([2025, 2019]));
      expect(offered.map(({ value }) => value)).toEqual([2026, 2025, 2024, 2023, 2022, 2019]);
      expect(offered.filter(({ hint }) => hint === says).map(({ value }) => value)).toEqual([2025, 2019]);
      expect(offered.filter(({ hint }) => hint === undefined)).toHaveLength(4);
    }
  });

  it('read as one sentence in both languages', () => {
    const filters = at({ group: 'farm' });
    const day = referenceDay(filters, TODAY);
    expect(filterSentence(wordsOf('zh-CN'), filters, day)).toBe(
      '2026 年 · 按进度 · 截至 11 月 22 日 · 农业管理区 · 与 9 月 30 日相比',
    );
    expect(filterSentence(wordsOf('en'), at({ year: '2025', asOf: '2026-01-05' }), day)).toBe(
      '2025 · whole year · all groups · as known on 5 Jan 2026',
    );
  });

  it('name files of figures, which are out of their page, by year, day and group', () => {
    const asked = { ...at({ group: 'farm', on: '2026-06-30' }), compareTo: null };
    expect(fileNameOf(wordsOf('zh-CN'), '单位 × 要求', asked, '2026-06-30')).toBe(
      '单位 × 要求 2026 年 · 按进度 · 截至 6 月 30 日 · 农业管理区',
    );
    // What the map of gaps and the list beside it save has the name that every page gives: none of its own.
    for (const file of ['HeatSection.vue', 'MissTable.vue'])
      expect(
        readFileSync(new URL(`../../dashboard/pages/gaps/${file}`, import.meta.url), 'utf8'),
      ).not.toMatch(/:file=/);
    const tools = new URL('../../dashboard/components/SheetTools.vue', import.meta.url);
    expect(readFileSync(tools, 'utf8')).toMatch(/= useFileName\(\);/);
  });

  it('are heard once: the label of a word is not how the word begins', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const words = wordsOf(locale);
      const filters = at({ group: 'farm', asOf: '2026-10-01' });
      const said = [
        ['compareLabel', compareWord(words, filters)],
        ['compareLabel', compareWord(words, at({ compareTo: '2025' }))],
        ['compareLabel', compareWord(words, at({ compareTo: 'none' }))],
        ['asOfLabel', asOfWord(words, filters)],
        ['asOfLabel', asOfWord(words, at({}))],
        ['basisLabel', basisWord(words, 'to-date')],
        ['basisLabel', basisWord(words, 'year')],
        ['onLabel', words.say('filters.on', { day: words.day(TODAY) })],
      ] as const;
      for (const [label, word] of said) {
        const [first = ''] = words.say(`filters.${label}`).toLowerCase().split(' ');
        expect(word.toLowerCase().startsWith(first), `${locale} ${label} ${word}`).toBe(false);
      }
    }
  });

  it('name files of a trial by what it is compared with', () => {
    const asked = { ...at({}), compareTo: null };
    expect(fileNameOf(wordsOf('zh-CN'), '谁升谁降', asked, TODAY, { trial: true })).toContain(
      '与方案权重下的名次相比',
    );
    expect(fileNameOf(wordsOf('en'), 'Who rose', asked, TODAY, { trial: true })).toContain(
      'under the plan’s weights',
    );
  });

  it('say of another year that it is compared with as a whole, beside how this one is seen', () => {
    const filters = at({ compareTo: '2025' });
    for (const [locale, said, named] of [
      ['zh-CN', '按进度 · 截至 11 月 22 日 · 全部类别 · 与 2025 年全年相比', '年度对比'],
      ['en', 'to date · up to 22 Nov · all groups · compared with the whole year 2025', 'Year on year'],
    ] as const) {
      const words = wordsOf(locale);
      expect(filterSentence(words, filters, TODAY)).toContain(said);
      expect(basesApart(words, filters, true).join()).toContain(named);
      expect(words.say('yearOnYear.title')).toBe(named);
      expect(basesApart(words, at({ compareTo: '2025', basis: 'year' }), true)).toEqual([]);
      expect(basesApart(words, at({}), true)).toEqual([]);
      // Nobody is sent where they may not go.
      expect(basesApart(words, filters, false)).toHaveLength(1);
    }
  });

  it('ask the api with times: the end of a day in the plan’s zone', () => {
    expect(apiParams(at({ asOf: '2026-10-01', on: '2026-09-30' }))).toEqual({
      basis: 'to-date',
      on: '2026-09-30',
      asOf: '2026-10-01T15:59:59.999Z',
    });
    expect(compareParam(at({ compareTo: '2025' }))).toBe('2025');
    expect(compareParam(at({ compareTo: 'none' }))).toBeNull();
  });

  it('offers the ends of month, quarter and half, each once and none to come', () => {
    expect(landmarks(TODAY).map(({ day }) => day)).toEqual(['2026-10-31', '2026-09-30', '2026-06-30']);
    expect(landmarks('2026-07-10').map(({ day }) => day)).toEqual(['2026-06-30']);
    expect(landmarks('2026-01-10')).toEqual([]);
  });
});

describe('pages that always look to date', () => {
  it('say so where the filters ask for the whole of a year that is not over, and only there', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const told = (query: Record<string, unknown>, on: string) =>
        toDateSentence(wordsOf(locale), at(query), on).length;
      expect(told({ basis: 'year' }, TODAY)).toBe(1);
      expect(told({}, TODAY)).toBe(0);
      // Of a year that is over both are the same.
      expect(told({ year: '2025' }, '2025-12-31')).toBe(0);
    }
  });
});

describe('moves of a trial', () => {
  it('are told to be against the plan’s weights, where there are some', () => {
    const moved = [{ kind: 'rose', units: [], places: 2 }] as never;
    expect(trialMoves(wordsOf('zh-CN'), moved)).toEqual(['升降是与方案权重下的名次相比。']);
    expect(trialMoves(wordsOf('zh-CN'), [])).toEqual([]);
  });

  it('offer the year before where it has a plan alone, and say of one without that there is nothing to compare with', () => {
    for (const words of [wordsOf('zh-CN'), wordsOf('en')]) {
      const filters = parseFilters({ compareTo: '2025' }, TODAY);
      const offered = (before: boolean) =>
        compareChoices(words, filters, TODAY, before).map(({ value }) => value);
      expect(offered(true)).toEqual([...offered(false), String(filters.year - 1)]);
      const [said, nothing] = [filters, { ...filters, nothingThen: true as const }].map((seen) =>
        filterSentence(words, seen, TODAY),
      );
      expect(said).toMatch(/与 2025 年全年相比|compared with the whole year 2025/);
      expect(nothing).toMatch(/2025 年没有方案，无从比较|nothing to compare with in 2025/);
      expect(nothing).not.toMatch(/全年相比|compared with/);
    }
  });
});
