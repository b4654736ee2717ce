import { describe, expect, it } from 'vitest';
import { markSpots } from '#schemas/presentation/answers/marks.ts';
import { rankWayText } from '#schemas/presentation/answers/rankWay.ts';
import { speechOf } from '#schemas/presentation/speech.ts';
import { MARK_KINDS, type Mark, type MarkKind } from '#schemas/results/marks.ts';
import { MARK_PATHS } from '../../dashboard/charts/marks.ts';
import { leastPlaces, rankScale, sparkLine } from '../../dashboard/charts/sparkline.ts';
import { marksBeyond, marksSentence } from '../../dashboard/locales/markWords.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

const box = { width: 72, height: 22 };

describe('a line as small as a word', () => {
  it('goes from edge to edge, with the best rank at the top and its last value as a dot', () => {
    const ranks = [7, 7, 4, 9, 3];
    const line = sparkLine(ranks, rankScale(ranks, 48), box);
    expect(line.path).toMatchInlineSnapshot(`"M2.5 12.7L19.3 12.7L36 7.6L52.8 16.1L69.5 5.9"`);
    expect(line.last).toEqual({ x: 69.5, y: expect.closeTo(5.9, 1) });
  });

  it('leaves a gap where there is no rank, shows one that stands alone, and has no dot where the last is none', () => {
    const ranks = [null, 2, null, 5, 6, null];
    const line = sparkLine(ranks, rankScale(ranks, 10), box);
    expect(line.path).toMatchInlineSnapshot(`"M15.9 2.5h0M42.7 15.3L56.1 19.5"`);
    expect(line.last).toBeNull();
    expect(sparkLine([null, null], { top: 1, bottom: 2 }, box)).toEqual({ path: '', last: null });
  });

  it('draws one month alone, and ranks that never change, without a division by nothing', () => {
    expect(sparkLine([3], rankScale([3], 1), box).path).toBe('M69.5 11h0');
    expect(sparkLine([3, 3], { top: 3, bottom: 3 }, box).path).not.toContain('NaN');
  });

  it('has a scale of its own, but a step of one place is never drawn as a fall', () => {
    expect(leastPlaces(48)).toBe(10);
    expect(rankScale([3, 4], 48)).toEqual({ top: -1.5, bottom: 8.5 });
    expect(rankScale([1, 40], 48)).toEqual({ top: 1, bottom: 40 });
  });
});

describe('a way through the ranks in words', () => {
  const days = ['2026-01-31', '2026-02-28', '2026-03-31'];
  const told = (ranks: (number | null)[]) =>
    (['zh-CN', 'en'] as const).map((language) => rankWayText(speechOf(language), { days, ranks }));

  it('tells from which rank to which, whether it has one now, and nothing where it never had one', () => {
    expect(told([7, 5, 3])).toEqual(['1 月第 7 名，现第 3 名', 'rank 7 in Jan, 3 now']);
    expect(told([null, 1_200, 3])).toEqual(['2 月第 1,200 名，现第 3 名', 'rank 1,200 in Feb, 3 now']);
    expect(told([null, null, 3])).toEqual(['现第 3 名', 'rank 3 now']);
    expect(told([7, null, null])).toEqual(['1 月第 7 名，现无名次', 'rank 7 in Jan, none now']);
    expect(told([null, null, null])).toEqual([null, null]);
  });
});

describe('what happened on the way of a trend', () => {
  const mark = (kind: MarkKind, on: string, more: Partial<Mark> = {}): Mark => ({
    ...{ kind, on, recordedOn: '2026-06-01', unit: 'u', id: null, count: 1, number: null, ...more },
  });
  const plan = {
    year: 2026,
    deductions: [],
    vetoes: [
      {
        id: 'v',
        name: { zh: '违法违纪', en: 'violation' },
        clause: '三',
        basis: 'default' as const,
        kind: 'violation',
        cap: 59,
      },
    ],
  };
  const marks = [
    mark('veto', '2026-05-10', { id: 'v' }),
    mark('late', '2026-08-20', { count: 2 }),
    mark('late', '2026-08-31', { count: 1 }),
    mark('late', '2026-09-02', { count: 4 }),
    mark('plan', '2025-12-29', { number: 1, unit: null }),
    mark('seal', '2027-01-10', { number: 2, unit: null }),
  ];
  const told = (locale: 'zh-CN' | 'en', of: readonly Mark[], known: 'now' | 'then' = 'now') =>
    marksSentence(wordsOf(locale), plan, of, known);

  it('tells of one day what there was more than once, each kind with its number', () => {
    const twice = [
      mark('plan', '2026-06-15', { number: 2, unit: null }),
      mark('plan', '2026-06-15', { number: 3, unit: null }),
      mark('veto', '2026-05-10', { id: 'v' }),
      mark('veto', '2026-05-10', { id: 'v', unit: 'b' }),
      mark('publication', '2026-07-01', { number: null, unit: null }),
      mark('publication', '2026-07-01', { number: null, unit: null }),
    ];
    expect(told('en', twice)).toBe(
      'Meanwhile: 2 vetoes (10 May: violation × 2); plan adopted 2 times (15 Jun: version 2 and version 3); published or extended 2 times (1 Jul: 2 times).',
    );
    expect(told('zh-CN', twice)).toMatch(/违法违纪 × 2）.*第 2 版[、和]第 3 版）.*7 月 1 日，2 次）/);
  });

  it('is told in a sentence, late reports by the month, a day of another year with that year', () => {
    expect(told('zh-CN', marks)).toBe(
      '期间：一票否决 1 次（5 月 10 日，违法违纪）；晚报（30 天以后才报）7 件（8 月 3 件；9 月 4 件）；方案采用 1 次（2025 年 12 月 29 日，第 1 版）；封存 1 次（2027 年 1 月 10 日，第 2 次）。',
    );
    expect(told('en', marks)).toBe(
      'Meanwhile: 1 veto (10 May: violation); 7 reports more than 30 days late (3 in Aug; 4 in Sep); plan adopted once (29 Dec 2025: version 1); sealed once (10 Jan 2027: number 2).',
    );
    // As known then it is there from its record on, and tells on which day it was: the other page names that day alone.
    expect(told('en', marks.slice(0, 1), 'then')).toContain('(of 10 May, recorded 1 Jun: violation)');
    expect(told('zh-CN', marks.slice(0, 1), 'then')).toContain('（5 月 10 日发生、6 月 1 日记录，违法违纪）');
    const atOnce = { ...marks.slice(0, 1)[0], recordedOn: '2026-05-10' } as Mark;
    expect(told('en', [atOnce], 'then')).toBe(told('en', [atOnce]));
    expect(told('zh-CN', [])).toBe('期间没有一票否决、扣分、晚报、封存和公示。');
  });

  it('tells a late report of the next year by its month, not by the first day of that', () => {
    const late = (day: string) => mark('late', day, { id: null, unit: null, count: 2 });
    expect(told('zh-CN', [late('2026-12-09'), late('2027-03-20')])).toContain(
      '（12 月 2 件；2027 年 3 月 2 件）',
    );
    const many = [
      '2026-02-03',
      '2026-04-05',
      '2026-05-05',
      '2026-06-05',
      '2026-07-05',
      '2026-08-05',
      '2027-03-20',
    ];
    // Over a New Year both ends have their year: “Feb to Mar 2027” would be two months of 2027.
    expect(told('zh-CN', many.map(late))).toContain('14 件（2026 年 2 月至 2027 年 3 月）');
    expect(told('en', many.map(late))).toContain('(Feb 2026 to Mar 2027)');
    const vetoes = many.map((day) => mark('veto', day, { id: 'v', unit: null }));
    expect(told('en', vetoes)).toContain('(3 Feb 2026 to 20 Mar 2027)');
    expect(
      told('en', vetoes.slice(0, -1).concat(mark('veto', '2026-09-05', { id: 'v', unit: null }))),
    ).toContain('(3 Feb to 5 Sep)');
  });

  it('is told by its ends where there is much of it, and counts all of it', () => {
    const many = Array.from({ length: 9 }, (_, month) =>
      mark('veto', `2026-0${month + 1}-15`, { id: 'v', unit: null, count: 2 }),
    );
    expect(told('zh-CN', many)).toBe('期间：一票否决 18 次（1 月 15 日至 9 月 15 日）。');
  });

  it('is told to stand at an end of the line where it is of another year than the months of it', () => {
    const one = (on: string): Mark => ({ ...(marks[0] as Mark), on, recordedOn: on });
    for (const locale of ['zh-CN', 'en'] as const) {
      const words = wordsOf(locale);
      const told = (...days: string[]): string[] =>
        marksBeyond(words, { year: 2026, deductions: [], vetoes: [] }, days.map(one), 'now');
      expect(told('2026-01-01', '2026-12-31')).toEqual([]);
      const [first, last] = [told('2025-12-29'), told('2027-01-05')];
      expect([first, last].map(({ length }) => length)).toEqual([1, 1]);
      expect(first).not.toEqual(last);
      expect(told('2027-01-05', '2026-03-03', '2025-12-29')).toEqual([...first, ...last]);
    }
  });

  it('stands at the first day that could show it, and after the last day at that one', () => {
    const spots = markSpots(marks, ['2026-05-31', '2026-08-31', '2026-12-31'], 'now');
    expect(spots.map(({ kind, slot, count }) => [kind, slot, count])).toEqual([
      ['veto', 0, 1],
      ['late', 1, 3],
      ['late', 2, 4],
      ['plan', 0, 1],
      ['seal', 2, 1],
    ]);
    expect(markSpots(marks, [], 'now')).toEqual([]);
    // Where a place is named by its month and counted, what came after the last month is none of it.
    const apart = markSpots(marks, ['2026-05-31', '2026-08-31', '2026-12-31'], 'now', 'apart');
    for (const { slot, marks: of } of apart) expect(of.every(({ on }) => on > '2026-12-31')).toBe(slot === 3);
    expect(apart.map(({ kind, slot }) => [kind, slot])).toContainEqual(['seal', 3]);
    // No two kinds have one sign.
    expect(new Set(Object.values(MARK_PATHS)).size).toBe(MARK_KINDS.length);
  });
});
