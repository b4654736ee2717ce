import { describe, expect, test } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { compilePlan, judgeUnit, pointsOf, type Question } from '#schemas/scoring.ts';
import { planWith } from '#test/support/plan.ts';
import { type Deed, tallyOf } from '#test/support/tally.ts';

const atYearEnd: Question = { basis: 'year', on: '2026-12-31' };
const deed = (kind: string, occurredOn = '2026-02-01', more: Partial<Deed> = {}): Deed => ({
  kind,
  occurredOn,
  ...more,
});
const times = (count: number, one: Deed): Deed[] => Array.from({ length: count }, () => one);
const year = { type: 'count', per: 'year', atLeast: 1 } as const;

function judged(
  plan: ReturnType<typeof planWith>,
  deeds: readonly Deed[],
  question: Question = atYearEnd,
  subject: Parameters<typeof tallyOf>[2] = {},
) {
  const on = question.basis === 'to-date' ? question.on : undefined;
  const { criteria, total, totalWithoutVeto, ...verdict } = judgeUnit(
    compilePlan(plan, question),
    tallyOf(plan, deeds, subject, on),
  );
  const points = (score: number | null) => (score === null ? null : pointsOf(score));
  return {
    ...verdict,
    criteria: criteria.map(points),
    total: points(total),
    totalWithoutVeto: points(totalWithoutVeto),
  };
}

describe('criterion scores and total', () => {
  const plan = planWith({
    criteria: { learning: 20, unity: 30 },
    requirements: [
      { kind: 'a', points: 10, measure: { type: 'count', per: 'year', atLeast: 3 } },
      { kind: 'b', points: 5, measure: year },
      { kind: 'c', criterion: 'unity', measure: year },
    ],
  });

  test('given attainments, then each step takes the rounded figure of the step before', () => {
    // a: 1/3 → 0.333333; learning: 100 × (10 × 0.333333 + 5 × 1) / 15 = 55.55553333… → 55.5555
    // (from a third unrounded it would be 55.5556); total: (20 × 55.5555 + 30 × 100) / 50 = 82.2222
    const { criteria, total } = judged(plan, [deed('a'), deed('b'), deed('c')]);
    expect(criteria).toEqual([55.5555, 100]);
    expect(total).toBe(82.2222);
  });

  test('given weights to see what if, then only the named ones change, and 0 takes one out', () => {
    const deeds = [deed('b'), deed('c')];
    // learning: 100 × 5 / 15 = 33.3333; (20 × 33.3333 + 30 × 100) / 50 = 73.33332 → 73.3333
    expect(judged(plan, deeds).total).toBe(73.3333);
    // (20 × 33.3333 + 10 × 100) / 30 = 55.55553… → 55.5555
    expect(judged(plan, deeds, { ...atYearEnd, weights: { unity: 10, other: 7 } }).total).toBe(55.5555);
    expect(judged(plan, deeds, { ...atYearEnd, weights: { unity: 0 } }).total).toBe(33.3333);
    expect(judged(plan, deeds, { ...atYearEnd, weights: { unity: 0, learning: 0 } }).total).toBeNull();
  });

  test('given a criterion of which nothing counts, then it leaves both sums', () => {
    const { criteria, total } = judged(plan, [deed('c')], { basis: 'to-date', on: '2026-06-30' });
    expect(criteria).toEqual([null, 100]);
    expect(total).toBe(100);
    expect(judged(plan, [], { basis: 'to-date', on: '2026-06-30' })).toMatchObject({
      total: null,
      totalWithoutVeto: null,
    });
  });

  test('given a half at the fourth decimal, then it is rounded up', () => {
    const forms = Array.from({ length: 32 }, (_, index) => `f${index}`);
    const halves = planWith({
      criteria: { learning: 1, unity: 1 },
      requirements: [
        { kind: 'a', measure: { type: 'variety', forms, atLeast: 32 } },
        { kind: 'b', measure: year },
        { kind: 'c', criterion: 'unity', measure: year },
      ],
    });
    // learning: 100 × (0.03125 + 0) / 2 = 1.5625; total: (1.5625 + 0) / 2 = 0.78125 → 0.7813
    const { criteria, total } = judged(halves, [deed('a', '2026-02-01', { form: 'f7' })]);
    expect(criteria).toEqual([1.5625, 0]);
    expect(total).toBe(0.7813);
  });
});

describe('incidents', () => {
  const plan = planWith({
    requirements: [{ measure: year }],
    deductions: [
      { kind: 'talk', points: 5, max: 20 },
      { kind: 'petition', points: 33.35, max: 90 },
    ],
    vetoes: [
      { kind: 'violation', cap: 59 },
      { kind: 'accident', cap: 40.00005 },
    ],
  });
  const full = deed('study');

  test('given talks, then 5 points each off, at most 20', () => {
    expect(judged(plan, [full, ...times(2, deed('talk'))])).toMatchObject({
      total: 90,
      deductions: [{ id: 'less.talk', count: 2, points: 10 }],
    });
    expect(judged(plan, [full, ...times(7, deed('talk'))])).toMatchObject({
      total: 80,
      deductions: [{ id: 'less.talk', count: 7, points: 20 }],
    });
  });

  test('given more taken off than there is, then the criterion is 0, not less', () => {
    // 20 + min(3 × 33.35, 90) = 110 > 100
    const { criteria } = judged(plan, [full, ...times(4, deed('talk')), ...times(3, deed('petition'))]);
    expect(criteria).toEqual([0]);
    // 100 − 2 × 33.35 = 33.3
    expect(judged(plan, [full, ...times(2, deed('petition'))]).total).toBe(33.3);
  });

  test('given nothing counted yet, then a deduction waits and is told all the same', () => {
    expect(judged(plan, [deed('talk')], { basis: 'to-date', on: '2026-06-30' })).toMatchObject({
      criteria: [null],
      total: null,
      deductions: [{ id: 'less.talk', count: 1, points: 5 }],
    });
  });

  test('given a veto, then the total is capped, the one without it stands beside, and nobody is commended', () => {
    expect(judged(plan, [full, deed('violation')])).toMatchObject({
      total: 59,
      totalWithoutVeto: 100,
      vetoes: ['veto.violation'],
      eligible: false,
    });
    // the smallest cap, rounded as every total is: 40.00005 → 40.0001
    expect(judged(plan, [full, deed('violation'), deed('accident')]).total).toBe(40.0001);
    expect(judged(plan, [deed('violation')])).toMatchObject({
      total: 0,
      totalWithoutVeto: 0,
      eligible: false,
    });
  });

  test('given incidents that do not stand, then they cost nothing', () => {
    const waived = { counts: true, incident: false };
    expect(
      judged(plan, [full, deed('talk', '2026-02-01', waived), deed('violation', '2026-02-01', waived)]),
    ).toMatchObject({ total: 100, deductions: [], vetoes: [], eligible: true });
  });
});

describe('conditions', () => {
  const plan = planWith({
    requirements: [{ measure: year }],
    conditions: [
      { kind: 'group-formed', by: '03-31' },
      { kind: 'self-inspection', by: '12-31' },
    ],
  });
  const inspected = { selfInspectedOn: '2026-12-31' };

  test('given the year, then each must be met by its day', () => {
    expect(judged(plan, [deed('group-formed', '2026-03-31')], atYearEnd, inspected).eligible).toBe(true);
    expect(judged(plan, [deed('group-formed', '2026-04-01')], atYearEnd, inspected).eligible).toBe(false);
    expect(judged(plan, [deed('group-formed')], atYearEnd).eligible).toBe(false);
    const late = { selfInspectedOn: '2027-01-01' };
    expect(judged(plan, [deed('group-formed')], atYearEnd, late).eligible).toBe(false);
  });

  test('given a day, then a condition that is not due does not bar', () => {
    expect(judged(plan, [], { basis: 'to-date', on: '2026-03-30' }).eligible).toBe(true);
    expect(judged(plan, [], { basis: 'to-date', on: '2026-03-31' }).eligible).toBe(false);
    expect(judged(plan, [deed('group-formed')], { basis: 'to-date', on: '2026-06-30' }).eligible).toBe(true);
  });
});

test('given the 2026 plan and research missed in one quarter, then it is three quarters of 15 points in 100', () => {
  const research = ['2026-02-01', '2026-05-01', '2026-11-01'].map((day) => deed('research', day));
  const { criteria, total } = judged(plan2026, research);
  // learning: 100 × 15 × 0.75 / 100 = 11.25; nothing else: 20 × 11.25 / 100 = 2.25
  expect(criteria).toEqual([11.25, 0, 0, 0, 0]);
  expect(total).toBe(2.25);
});

test('given points and weights of many decimals, then sums beyond 2⁵³ stay exact', () => {
  const plan = planWith({
    criteria: { learning: 999_999_999_999, unity: 0.000001 },
    requirements: [
      { kind: 'a', points: 999_999_999_999, measure: { type: 'count', per: 'year', atLeast: 3 } },
      { kind: 'b', points: 0.000001, measure: year },
      { kind: 'c', criterion: 'unity', measure: year },
    ],
  });
  // a: 0.666667 of nearly everything; b and unity are a millionth of a millionth of a millionth
  const { criteria, total } = judged(plan, [...times(2, deed('a')), deed('b'), deed('c')]);
  expect(criteria).toEqual([66.6667, 100]);
  expect(total).toBe(66.6667);
});
