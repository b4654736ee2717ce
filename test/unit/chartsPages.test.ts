import { describe, expect, it } from 'vitest';
import { rankingFacts } from '#schemas/presentation/answers/ranking.ts';
import type { Row } from '#schemas/presentation/answers/rows.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { gapMatrix, rankingRow, requirementRow, standing } from '#test/fixtures/dashboard.ts';
import { visibleRange } from '../../dashboard/composables/visibleRange.ts';
import { uncountedWord } from '../../dashboard/locales/uncountedWord.ts';
import { type Words, wordsOf } from '../../dashboard/locales/words.ts';
import { gapsAnswer } from '../../dashboard/pages/gaps/answer.ts';
import { shortOf, viewOf } from '../../dashboard/pages/gaps/matrix.ts';
import { rankingAnswer } from '../../dashboard/pages/ranking/answer.ts';
import { planWeights, segmentsOf } from '../../dashboard/pages/ranking/bar.ts';
import {
  movementOf,
  nextOrder,
  parseOrder,
  selectRows,
  uncompared,
} from '../../dashboard/pages/ranking/rows.ts';
import { unitAnswer } from '../../dashboard/pages/unit/answer.ts';
import { dueWord, typeWord } from '../../dashboard/pages/unit/gaps.ts';

const zh = wordsOf('zh-CN');
const en = wordsOf('en');

const ROWS = [
  rankingRow({ unit: 'a', rank: 1, total: 91.24, band: [1, 2], previousRank: 4 }),
  rankingRow({ unit: 'b', rank: 2, total: 90.87, band: [1, 4], previousRank: 1, group: 'school' }),
  rankingRow({
    unit: 'c',
    rank: 3,
    total: 59,
    totalWithoutVeto: 84.1,
    band: [3, 3],
    vetoes: ['v'],
    previousRank: null,
  }),
];
const told = (words: Words, rows: readonly Row[], nameless = false): string[] =>
  rankingAnswer(words, rankingFacts(rows, { group: null, nameless }), { group: null, trial: false });
const all: Pick<Ranking, 'rows'> = { rows: ROWS };
const RANK = parseOrder(null);

describe('the ranking', () => {
  it('says that the first two cannot be told apart where their bands overlap', () => {
    expect(told(zh, ROWS)).toEqual([
      'a 以 91.24 分居首，但与b 的差距小于权重的出入，先后难分。',
      '升幅最大：a（▲3）。',
      '降幅最大：b（▼1）。',
      '1 个单位被一票否决。',
    ]);
  });

  it('names a clear leader with the lead, and a tie as a tie', () => {
    const clear = [
      rankingRow({ unit: 'a', total: 91 }),
      rankingRow({ unit: 'b', rank: 2, total: 90.5, band: [2, 3] }),
    ];
    expect(told(en, clear)[0]).toContain('a leads with 91.00 points, 0.50 ahead');
    const tied = [rankingRow({ unit: 'a' }), rankingRow({ unit: 'b' })];
    expect(told(en, tied)[0]).toBe('All 2 ranked units have the same total: 90.00 points.');
    const behind = rankingRow({ unit: 'c', rank: 3, total: 80, band: [3, 3] });
    expect(told(en, [...tied, behind])[0]).toBe('a and b share first place with 90.00 points.');
  });

  it('tells a unit its own place only', () => {
    const own = [ROWS[1] as (typeof ROWS)[number], { rank: 1, total: 91.24 }];
    expect(told(en, own, true)).toEqual(['b is in place 2 of 3 with 90.87 points.']);
  });

  it('knows who moved, who stayed and who had no rank', () => {
    expect(ROWS.map(movementOf)).toEqual([
      { kind: 'up', places: 3 },
      { kind: 'down', places: 1 },
      { kind: 'fresh' },
    ]);
    expect(movementOf(rankingRow({ unit: 'x' }))).toEqual({ kind: 'unknown' });
  });

  it('calls nobody new where nobody had a rank then, such as in a year without a plan', () => {
    const none = [
      rankingRow({ unit: 'a', previousRank: null }),
      rankingRow({ unit: 'b', previousRank: null }),
    ];
    expect(uncompared(none).map((row) => movementOf(row))).toEqual([
      { kind: 'unknown' },
      { kind: 'unknown' },
    ]);
  });

  it('narrows down by group and name, and sorts with what is missing last either way round', () => {
    const names = (rows: readonly object[]) => rows.map((row) => (row as { unit: string }).unit);
    expect(names(selectRows(all, { group: 'school', search: null, order: RANK }))).toEqual(['b']);
    expect(names(selectRows(all, { group: null, search: 'C', order: RANK }))).toEqual(['c']);
    expect(names(selectRows(all, { group: null, search: null, order: parseOrder('movement') }))).toEqual([
      'b',
      'a',
      'c',
    ]);
    expect(names(selectRows(all, { group: null, search: null, order: parseOrder('-movement') }))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('hides what a unit may not name as soon as anything is looked for', () => {
    const hidden = { rows: [...ROWS, { rank: 4, total: 50 }] };
    expect(selectRows(hidden, { group: null, search: null, order: RANK })).toHaveLength(4);
    expect(selectRows(hidden, { group: 'farm', search: null, order: RANK })).toHaveLength(2);
  });

  it('turns a column round on the second click', () => {
    expect(nextOrder(RANK, 'total')).toBe('-total');
    expect(nextOrder(parseOrder('-total'), 'total')).toBe('total');
    expect(nextOrder(RANK, 'rank')).toBe('-rank');
    expect(nextOrder(parseOrder('-rank'), 'rank')).toBeNull();
  });

  it('makes bars whose segments add up to the total, leaving out what is not counted', () => {
    const weights = planWeights({
      criteria: [
        { id: 'learning', name: { zh: '', en: '' }, weight: 30 },
        { id: 'unity', name: { zh: '', en: '' }, weight: 10 },
        { id: 'late', name: { zh: '', en: '' }, weight: 60 },
      ],
    });
    const row = { criteria: { learning: 80, unity: 100, late: null } };
    const segments = segmentsOf(row, ['learning', 'unity', 'late'], weights);
    expect(segments.map(({ points }) => points)).toEqual([60, 25]);
  });

  it('renders only the rows near the window', () => {
    expect(visibleRange(-36_000, 720, 36, 10_000, 10)).toEqual({ first: 990, last: 1_030 });
    expect(visibleRange(5_000, 720, 36, 10, 10)).toEqual({ first: 0, last: 0 });
  });
});

describe('a unit', () => {
  const rows = [
    requirementRow({
      id: 'late',
      lost: 3,
      due: null,
      rankIfCaughtUp: null,
      windows: [
        { label: 'Q1', from: '2026-01-01', to: '2026-03-31', actual: 0, required: 1, status: 'missed' },
      ],
    }),
    requirementRow({
      id: 'open',
      lost: 1,
      due: '2026-11-30',
      rankIfCaughtUp: 2,
      windows: [
        {
          label: '2026-11',
          from: '2026-11-01',
          to: '2026-11-30',
          actual: 0,
          required: 1,
          status: 'open',
        },
      ],
    }),
    requirementRow({ id: 'met', attainment: 1, lost: 0 }),
  ];

  it('hears what it lacks, what is due next, and how far one step would lead', () => {
    expect(unitAnswer(en, standing({ requirements: rows, gaps: ['late', 'open'] }))).toEqual([
      'u falls short of 2 requirements and loses 4.00 points, most by “late” (3.00).',
      'What is due next, on 30 Nov, is “open”.',
      'Catching up on “open” alone would still lead to place 2 (now 3).',
    ]);
    expect(unitAnswer(zh, standing({ requirements: rows.slice(2), gaps: [] }))).toEqual([
      'u 现在应达到的要求全部达标。',
    ]);
  });

  it('hears what is no gap and costs it all the same: deductions, and a veto', () => {
    const deductions = [
      { id: 'talk', count: 2, points: 10 },
      { id: 'fire', count: 1, points: 7.5 },
    ];
    const said = (words: typeof en, row: Omit<Partial<RankingRow>, 'unit'>) =>
      unitAnswer(words, {
        ...standing({ requirements: rows.slice(2), gaps: [] }),
        row: rankingRow({ unit: 'u', ...row }),
      });
    expect(said(en, { deductions })[1]).toBe('Deductions take 17.5 points off the scores of its types.');
    const capped = { vetoes: ['v'], total: 59, totalWithoutVeto: 81.5 };
    expect(said(en, capped)[1]).toBe(
      'It is vetoed: its total counts as 59.00 points (81.50 without the veto).',
    );
    expect(said(zh, { ...capped, totalWithoutVeto: 59 })[1]).toBe('已被一票否决，不得评优。');
  });

  it('never reads of a type that all is met where something was taken off its score, or not all counts', () => {
    const met = requirementRow({ id: 'met', attainment: 1, lost: 0 });
    const none = requirementRow({ id: 'none', attainment: null, lost: null });
    const taken = [{ id: 'talk', count: 2, points: 10 }];
    expect(typeWord(en, [met], [])).toEqual({ text: 'all met', alarm: false });
    expect(typeWord(en, [met], taken)).toEqual({ text: 'all met · 10 points deducted', alarm: true });
    expect(typeWord(zh, [met, none], taken)).toEqual({ text: '已计的全部达标 · 扣 10 分', alarm: true });
    expect(typeWord(zh, [none], [])).toEqual({ text: '无计分项', alarm: false });
  });

  it('hears until when, or that it is too late', () => {
    expect(dueWord(en, rows[1] as (typeof rows)[number], '2026-11-22')).toEqual({
      text: 'by 30 Nov',
      hint: '8 days left',
      late: false,
    });
    expect(dueWord(zh, rows[0] as (typeof rows)[number], '2026-11-22')).toMatchObject({ late: true });
    expect(dueWord(en, rows[1] as (typeof rows)[number], '2026-11-30').hint).toBe('due today');
    // Of whom nothing is asked, nothing is late.
    const excluded = requirementRow({ id: 'none', attainment: null, lost: null, due: null, windows: [] });
    const hint = 'nothing is assigned or reported, so it does not count';
    expect(dueWord(en, excluded, '2026-11-22')).toEqual({ text: '', hint, late: false });
    expect(uncountedWord(en, excluded)).toBe('not counted');
  });
});

describe('the gaps', () => {
  it('gather what is missed most at the top and who loses most at the left of its group', () => {
    const view = viewOf(gapMatrix, { group: null, criterion: null, order: 'pattern' });
    expect(view.requirements.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(view.units.map(({ unit }) => unit)).toEqual(['u3', 'u1', 'u2']);
    expect(gapsAnswer(en, view.requirements)[0]).toBe(
      '“B” is missed most commonly: of the 3 units for which it counts, 2 fall short; its mean attainment is 50%.',
    );
  });

  it('are taken over the group that is chosen', () => {
    const view = viewOf(gapMatrix, { group: 'farm', criterion: 'unity', order: 'plan' });
    expect(view.requirements).toMatchObject([{ id: 'b', short: 1, counted: 2, mean: 0.5, lost: 5 }]);
    expect(shortOf(view, { index: 1 })).toMatchObject([{ unit: 'u3', attainment: 0, cost: 5 }]);
  });
});
