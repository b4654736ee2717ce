import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '#schemas/presentation/text.ts';
import {
  actionEntries,
  type Entry,
  found,
  pageEntries,
  sectionEntries,
  unitEntries,
} from '../../dashboard/finder/entries.ts';
import { namesOfMonthEnd } from '../../dashboard/finder/otherNames.ts';
import { loadSpelling, nameSearch, saidAs } from '../../dashboard/finder/spelling.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { rankingRow } from '../fixtures/dashboard.ts';

const page = (label: string): Entry => ({
  key: label,
  kind: 'page',
  label,
  hint: '',
  texts: [label],
  to: '/',
});
const unit = (label: string): Entry => ({ ...page(label), kind: 'unit' });

describe('names by how they are said', () => {
  it('finds by initials, syllables in full, and both mixed, from any sign of the name on', async () => {
    await loadSpelling();
    const finds = (name: string, search: string): boolean => nameSearch.value([name], search);
    for (const search of ['dsglq', 'disiguanliqu', 'guanli', 'glq', 'dsguanliq', 'DSGLQ', "di'si", 'di si'])
      expect(finds('第四管理区', search), search).toBe(true);
    for (const search of ['dslq', 'guanlin', 'x', 'dsglqq'])
      expect(finds('第四管理区', search), search).toBe(false);
    // A sign that is said in two ways is read as the word has it.
    expect(finds('重庆路社区', 'cqlsq')).toBe(true);
    expect(finds('绿化公司', 'lhgs')).toBe(true);
  });

  it('takes a digit among the letters for itself, wide or not, and each sign of a number for one', async () => {
    await loadSpelling();
    const finds = (name: string, search: string): boolean => nameSearch.value([name], search);
    for (const search of ['d3glq', 'd3', 'di3', 'di3guanliqu', 'di 3', '3glq', 'ｄ３ｇ'])
      expect(finds('第３管理区', search), search).toBe(true);
    for (const search of ['d4glq', 'dglq', 'd33', '3d', '3x'])
      expect(finds('第３管理区', search), search).toBe(false);
    expect(finds('第12管理区', 'd12glq')).toBe(true);
    expect(finds('第12管理区', 'd2glq')).toBe(false);
  });

  it('still finds by letters, and never a name in letters by its sound', async () => {
    await loadSpelling();
    expect(nameSearch.value(['第４管理区'], '4管理')).toBe(true);
    expect(nameSearch.value(['Farm bureau'], 'fb')).toBe(false);
    expect(nameSearch.value(['Farm bureau'], 'bur')).toBe(true);
  });

  it('says yes to each run of beginnings of neighbouring syllables, and to no other letters', () => {
    const syllable = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(
        fc.array(syllable, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(5)),
        (all, lengths) => {
          const said = all.map((one) => one.slice(0, 1 + ((lengths.next().value ?? 0) % one.length)));
          for (let from = 0; from < all.length; from++)
            expect(saidAs(all, said.slice(from).join(''))).toBe(true);
          expect(saidAs(all, `${all.join('')}0`)).toBe(false);
        },
      ),
    );
  });
});

describe('the finder', () => {
  const many = Array.from({ length: 9 }, (_, at) => unit(`第${at}管理区`));

  it('finds a comparison by the month as people call it, where its label writes a day', () => {
    const asked = (label: string, locale: 'zh-CN' | 'en', search: string): number => {
      const also = namesOfMonthEnd('2026-06-30', locale);
      const entries = actionEntries([{ id: 'compare', label, also, act: () => undefined }]);
      return found(entries, search, matches).length;
    };
    for (const search of ['end of June', 'june', '30 June', 'jun'])
      expect(asked('End of the first half (30 Jun)', 'en', search), search).toBe(1);
    for (const search of ['6月底', '6月末', '6 月 30'])
      expect(asked('与上半年末（6 月 30 日）相比', 'zh-CN', search), search).toBe(1);
    expect(asked('End of the first half (30 Jun)', 'en', 'july')).toBe(0);
  });

  it('lists pages while nothing is typed, then a few of each kind and how many more there are', () => {
    const sections = sectionEntries([{ id: 'gaps', label: '差距', act: () => undefined }]);
    const kinds = (search: string): string[] =>
      found([...many, ...sections, page('差距')], search, matches).map(({ kind }) => kind);
    expect(kinds(' ')).toEqual(['page', 'section']);
    // A page goes before a section of the same name: the page leads on from everywhere.
    expect(kinds('差距')).toEqual(['page', 'section']);
    const [units] = found([...many, page('排名')], '管理', matches);
    expect(units).toMatchObject({ kind: 'unit', more: 4 });
    expect(units?.entries).toHaveLength(5);
    expect(found(many, '没有', matches)).toEqual([]);
  });

  it('names a unit with its group and rank', () => {
    const row = rankingRow({ unit: 'u', name: '一队', group: 'farm', rank: 3 });
    const [entry] = unitEntries([row], wordsOf('zh-CN'), () => '/units/u');
    expect(entry?.hint).toMatch(/ · 第 3 名$/);
  });

  it('finds a page by what people call it, says by which word, and by its own name first', () => {
    const pages = ['meeting', 'commendation', 'inbox', 'ranking', 'weights', 'desk'].map((id) => ({
      id,
      label: id === 'inbox' ? '名单与待办' : `〈${id}〉`,
      to: '/',
    }));
    const by = (search: string, locale: 'zh-CN' | 'en' = 'zh-CN') =>
      found(pageEntries(pages, locale), search, matches).flatMap(({ entries }) =>
        entries.map(({ key, hint }) => [key.replace('page ', ''), hint]),
      );
    expect(by('统计')).toEqual([['meeting', '统计']]);
    expect(by('ppt')).toEqual([['meeting', 'PPT']]);
    expect(by('名单')).toEqual([
      ['inbox', ''],
      ['commendation', '名单'],
    ]);
    expect(by('申诉')).toEqual([['inbox', '申诉']]);
    expect(by('升降')).toEqual([['ranking', '升降']]);
    expect(by('试算')).toEqual([['weights', '试算']]);
    expect(by('欠')).toEqual([['desk', '还欠什么']]);
    expect(by('statistics', 'en')).toEqual([['meeting', 'statistics']]);
    expect(by('fell', 'en')).toEqual([['ranking', 'fell']]);
  });
});
