import { expect, test } from 'vitest';
import type { Plan } from '#schemas/plan.ts';
import { incidentFacts } from '#schemas/presentation/answers/incidents.ts';
import { speechOf } from '#schemas/presentation/speech.ts';
import { deductionEffect, incidentsOf, incidentTable } from '#schemas/presentation/tables/incidents.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';

const plan: Pick<Plan, 'criteria' | 'deductions' | 'vetoes'> = {
  criteria: [{ id: 'unity', name: { zh: '团结型', en: 'Unity' }, weight: 20 }],
  deductions: [
    {
      id: 'discord',
      criterion: 'unity',
      clause: '三(二)3',
      basis: 'default',
      kind: 'talk',
      points: 5,
      max: 20,
    },
  ],
  vetoes: [{ id: 'unlawful', clause: '五', basis: 'text', kind: 'crime', cap: 59 }],
};
const row = rankingRow({
  unit: 'farm-01',
  rank: 3,
  deductions: [{ id: 'discord', count: 2, points: 10 }],
  vetoes: ['unlawful'],
});

test.each([
  ['zh-CN', ['总分封顶 59 分', '团结型得分扣 10 分']],
  ['en', ['total capped at 59', '−10 points of the Unity score']],
] as const)(
  'a deduction says whose score it lowers, since losses beside it are of the total, in %s',
  (language, told) => {
    const table = incidentTable(speechOf(language), plan);
    const effect = table.columns.find(({ id }) => id === 'effect');
    expect(incidentsOf(plan, [row]).map((one) => effect?.of(one))).toEqual(told);
  },
);

test('a deduction that the plan does not have any more says the points alone', () => {
  expect(deductionEffect(speechOf('en'), plan, { id: 'gone', points: 2.5 })).toBe('−2.5 points');
});

test('a veto comes before all deductions, since a slide shows the first few alone', () => {
  const better = rankingRow({ unit: 'farm-02', rank: 1, deductions: row.deductions, vetoes: [] });
  expect(
    incidentsOf(plan, [better, row]).map(({ unit, veto }: { unit?: string; veto: boolean }) => [unit, veto]),
  ).toEqual([
    ['farm-01', true],
    ['farm-02', false],
    ['farm-01', false],
  ]);
  expect(incidentFacts([better, row]).map(({ kind }) => kind)).toEqual(['vetoed', 'deducted']);
});
