import { describe, expect, it } from 'vitest';
import { rankingFacts } from '#schemas/presentation/answers/ranking.ts';
import type { Claim, SelfInspections } from '#schemas/results/selfInspections.ts';
import { gapMatrix, rankingRow, requirementRow, standing } from '#test/fixtures/dashboard.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { compareAnswer } from '../../dashboard/pages/compare/answer.ts';
import {
  compareRows,
  differencesOf,
  formatUnits,
  parseUnits,
  suggestions,
} from '../../dashboard/pages/compare/comparison.ts';
import { criterionAnswer, missesOf, scoredUnits } from '../../dashboard/pages/criterion/scores.ts';
import { rankingAnswer } from '../../dashboard/pages/ranking/answer.ts';
import { linesOf, whatIfAnswer } from '../../dashboard/pages/ranking/whatIf/answer.ts';
import {
  formatWeights,
  isPlanned,
  parseWeights,
  weightScale,
} from '../../dashboard/pages/ranking/whatIf/weights.ts';
import { requirementAnswer, requirementView } from '../../dashboard/pages/requirement/distribution.ts';
import { inspectionAnswer, selectClaims } from '../../dashboard/pages/selfInspection/claims.ts';

const zh = wordsOf('zh-CN');
const en = wordsOf('en');

const PLAN = {
  criteria: [
    { id: 'learning', name: { zh: '学习型', en: 'Learning' }, weight: 20 },
    { id: 'unity', name: { zh: '团结型', en: 'Unity' }, weight: 30 },
  ],
};

describe('other weights', () => {
  it('come from the address; what is malformed or unknown weighs what the plan says', () => {
    expect(parseWeights('learning:40,unity:-1,nobody:5,learning', PLAN)).toEqual({ learning: 40, unity: 30 });
    expect(parseWeights('learning:,unity:0', PLAN)).toEqual({ learning: 20, unity: 0 });
  });

  it('go into the address whole, and are known for those of the plan', () => {
    expect(formatWeights({ learning: 2.5 }, PLAN)).toBe('learning:2.5,unity:30');
    expect(isPlanned(parseWeights('plan', PLAN), PLAN)).toBe(true);
    expect(isPlanned({ learning: 21, unity: 30 }, PLAN)).toBe(false);
  });

  it('have room for thrice the greatest, in whole steps, and for whatever was typed', () => {
    expect(weightScale({ learning: 20, unity: 30 }, PLAN)).toEqual({ max: 90, step: 1 });
    expect(weightScale({ learning: 200, unity: 30 }, PLAN)).toEqual({ max: 200, step: 1 });
    const shares = { criteria: PLAN.criteria.map((item) => ({ ...item, weight: 0.5 })) };
    expect(weightScale({}, shares)).toEqual({ max: 1.5, step: 0.01 });
  });

  const zone = { group: null, weightless: false, planned: false };
  const moved = (unit: string, rank: number | null, previousRank: number | null) =>
    rankingRow({ unit, rank, previousRank });

  it('say whether the first three stay the first three', () => {
    const rows = [
      moved('a', 1, 1),
      moved('b', 2, 2),
      moved('c', 3, 3),
      moved('d', 4, 6),
      moved('e', 5, 4),
      moved('f', 6, 5),
    ];
    expect(whatIfAnswer(zh, rows, zone)).toEqual([
      '居前 3 名的单位不变：a、b、c。',
      '3 个单位名次变动。',
      '变动最大：d，第 6 名 → 第 4 名。',
    ]);
    const other = [moved('d', 1, 4), moved('a', 2, 1), moved('b', 3, 2), moved('c', 4, 3)];
    expect(whatIfAnswer(en, other, zone)[0]).toBe(
      'The first 3 places go to d, a and b; they were held by a, b and c.',
    );
  });

  it('say that nothing changes, and that nothing can be ranked without weights', () => {
    expect(whatIfAnswer(zh, [moved('a', 1, 1)], { ...zone, planned: true })).toEqual([
      '权重与方案相同，名次未变。',
    ]);
    // Other weights may move nobody.
    expect(whatIfAnswer(zh, [moved('a', 1, 1)], zone)).toEqual(['名次未变。']);
    expect(whatIfAnswer(en, [moved('a', 1, 1)], zone)).toEqual(['No rank changes.']);
    expect(whatIfAnswer(zh, [moved('a', null, 1)], { ...zone, weightless: true })).toEqual([
      '各项权重都是零，排不出名次。请至少给一项权重。',
    ]);
    // What weighs may not be due yet: that is another reason.
    expect(whatIfAnswer(zh, [moved('a', null, 1)], zone)).toEqual([
      '给了权重的各型还没有可计的要求，暂时排不出名次。',
    ]);
  });

  it('say who has a rank under the plan alone, and that it was among the first', () => {
    const rows = [moved('a', null, 1), moved('b', 1, 1), moved('c', null, 1), moved('d', null, null)];
    expect(whatIfAnswer(zh, rows, zone)).toEqual([
      '居前 1 名的单位变为b；原为a、b、c。',
      '2 个单位按方案有名次，试算中没有。',
    ]);
    expect(whatIfAnswer(en, rows, zone)[1]).toBe('2 units have a rank under the plan and none in the trial.');
    const trial = { group: null, trial: true };
    expect(rankingAnswer(zh, rankingFacts(rows, { group: null, nameless: false }), trial).at(-1)).toBe(
      '3 个单位在给了权重的各型还没有可计的要求，试算中没有名次。',
    );
    const none = rankingFacts([moved('a', null, 1)], { group: null, nameless: false });
    expect(rankingAnswer(zh, none, trial)).toEqual(['给了权重的各型还没有可计的要求，暂时排不出名次。']);
    expect(linesOf([moved('a', null, 1), moved('b', 1, null)])).toEqual([]);
  });
});

describe('the comparison of a few units', () => {
  const first = rankingRow({ unit: 'a', name: '甲', total: 91, criteria: { learning: 95, unity: 90 } });
  const second = rankingRow({
    unit: 'b',
    name: '乙',
    rank: 2,
    total: 84.5,
    criteria: { learning: 70, unity: null },
  });
  const of = (row: typeof first, lost: (number | null)[]) =>
    standing({
      row,
      requirements: lost.map((value, index) => requirementRow({ id: `r${index}`, lost: value })),
    });

  it('is held in the address: at most four, each once', () => {
    expect(parseUnits('a,b,,a,c,d,e')).toEqual(['a', 'b', 'c', 'd']);
    expect(parseUnits(null)).toEqual([]);
    expect(formatUnits([])).toBeNull();
    expect(formatUnits(['a', 'b'])).toBe('a,b');
  });

  it('puts the requirements in which they differ most first, and those that nobody is counted in last', () => {
    const differences = differencesOf([of(first, [0, 1, null]), of(second, [0.5, 4, 2])]);
    expect(differences.map(({ requirement, spread }) => [requirement.id, spread])).toEqual([
      ['r1', 3],
      ['r0', 0.5],
      ['r2', null],
    ]);
    const rows = [first, second];
    expect(compareAnswer(zh, rows, compareRows(zh, PLAN, rows), differences)).toEqual([
      '甲以 91.00 分领先；乙落后 6.50 分。',
      '各型中差别最大的是学习型：甲 95.00，乙 70.00。',
      '要求中差别最大的是“r1”，相差 3.00 分。',
    ]);
  });

  it('asks for a second unit, and says where totals are equal', () => {
    expect(compareAnswer(zh, [], [], [])).toEqual(['选两到四个单位，并排看各型得分和差别最大的要求。']);
    expect(compareAnswer(zh, [first], [], [])).toEqual(['再选一个单位即可对比。']);
    const tied = [first, { ...second, total: 91, totalWithoutVeto: 91, vetoes: [] }];
    expect(compareAnswer(en, tied, [], [])).toEqual(['甲 and 乙 have the same total, 91.00 points.']);
  });

  it('offers the first two, the two ends and the best of each group to begin with', () => {
    const rows = ['a', 'b', 'c'].map((unit, index) => rankingRow({ unit, rank: index + 1 }));
    expect(suggestions(zh, rows, null)).toEqual([
      { label: '前两名', units: ['a', 'b'] },
      { label: '第一名与最后一名', units: ['a', 'c'] },
      { label: '农业管理区前三名', units: ['a', 'b', 'c'] },
    ]);
    expect(suggestions(zh, rows, 'school')).toEqual([]);
  });
});

describe('a requirement over the zone', () => {
  const unit = (id: string, attainment: number | null, lost: number | null, rank = 1) => ({
    unit: id,
    name: id,
    group: 'farm',
    rank,
    attainment,
    lost,
    windows: [],
  });

  it('counts those for which it counts, and puts who loses most first', () => {
    const view = requirementView({
      units: [unit('a', 1, 0), unit('b', 0.5, 2), unit('c', 0, 2, 9), unit('d', null, null)],
    });
    expect(view).toMatchObject({ mean: 0.5, uncounted: 1 });
    expect(view.behind.map((item) => item.unit)).toEqual(['c', 'b']);
    expect(requirementAnswer(zh, view)).toEqual([
      '应计的 3 个单位中，1 个完全达标，2 个未达标；平均达标度 50%。',
      '失分最多的是c、b。',
    ]);
  });

  it('says where all meet it and where nothing is due yet', () => {
    expect(requirementAnswer(en, requirementView({ units: [unit('a', 1, 0)] }))).toEqual([
      'The 1 unit for which it counts meets it.',
    ]);
    expect(requirementAnswer(zh, requirementView({ units: [] }))).toEqual([
      '这项要求还没有到期，也没有单位提前完成。',
    ]);
  });
});

describe('a type over the zone', () => {
  const rows = [
    rankingRow({ unit: 'a', criteria: { learning: 80 } }),
    rankingRow({ unit: 'b', criteria: { learning: 95 }, deductions: [{ id: 'd', count: 1, points: 5 }] }),
    rankingRow({ unit: 'c', criteria: { learning: null }, group: 'school' }),
  ];
  const plan = {
    deductions: [
      {
        id: 'd',
        criterion: 'learning',
        clause: '一',
        basis: 'default' as const,
        kind: 'k',
        points: 5,
        max: 9,
      },
    ],
  };

  it('lists its scores from the top, with what was deducted in it', () => {
    const scored = scoredUnits(rows, plan, 'learning', null);
    expect(scored.map(({ unit, score, deducted }) => [unit, score, deducted])).toEqual([
      ['b', 95, 5],
      ['a', 80, 0],
    ]);
    const misses = missesOf(gapMatrix, 'learning', null);
    expect(criterionAnswer(zh, '学习型', scored, misses)).toEqual([
      '学习型平均 87.50 分；最高是b（95.00 分），最低是a（80.00 分）。',
      '失分最多的要求是“甲”，各单位合计失 2.50 分。',
    ]);
    expect(criterionAnswer(zh, '学习型', [], [])).toEqual(['学习型还没有可计的要求。']);
  });
});

describe('self-inspections', () => {
  const claim = (more: Partial<Claim>): Claim => ({
    unit: 'a',
    name: '甲',
    group: 'farm',
    criterion: 'learning',
    selfScore: 95,
    evidenced: 70,
    difference: 25,
    shortcomings: '',
    remedies: '',
    ...more,
  });
  const claims = [
    claim({}),
    claim({ unit: 'b', group: 'school', difference: -2 }),
    claim({ criterion: 'unity', evidenced: null, difference: null }),
  ];
  const units = [
    { unit: 'a', recordedOn: '2026-12-01' },
    { unit: 'b', recordedOn: null },
  ] as SelfInspections['units'];

  it('are narrowed down by group, type and direction', () => {
    const all = { group: null, criterion: null, over: false };
    expect(selectClaims({ claims }, all)).toHaveLength(3);
    expect(selectClaims({ claims }, { ...all, over: true })).toEqual([claims[0]]);
    expect(selectClaims({ claims }, { ...all, group: 'school' })).toEqual([claims[1]]);
    expect(selectClaims({ claims }, { ...all, criterion: 'unity' })).toEqual([claims[2]]);
  });

  it('name the largest overclaim, or say that there is none', () => {
    expect(inspectionAnswer(zh, PLAN, 2026, units, claims)).toEqual([
      '2 个单位中 1 个已上报自检；高估最多的是甲的学习型：自评 95.00 分，记录支持 70.00 分，高出 25.00 分。',
    ]);
    expect(inspectionAnswer(en, PLAN, 2026, units, claims.slice(1))[0]).toContain('none claims more');
    expect(inspectionAnswer(zh, PLAN, 2026, [], [])).toEqual(['2026 年还没有单位上报自检。']);
  });
});
