import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Measure, Period } from '#schemas/plan.ts';
import type { Basis } from '#schemas/results/results.ts';
import { compilePlan, judgeUnit } from '#schemas/scoring.ts';
import { planWith } from '#test/support/plan.ts';
import { type Deed, type Target, tallyOf } from '#test/support/tally.ts';

/** Attainment of one measure of kind `study`; at year end, or to date on a day. */
function attained(
  measure: Measure,
  deeds: readonly (Partial<Deed> & { on?: string })[],
  { on, teamSize = 5, targets = [] }: { on?: string; teamSize?: number; targets?: readonly Target[] } = {},
): number | null {
  const plan = planWith({ requirements: [{ measure }] });
  const basis: Basis = on ? 'to-date' : 'year';
  const judge = compilePlan(plan, { basis, on: on ?? '2026-12-31' });
  const all = deeds.map(({ on: day, ...deed }) => ({
    kind: 'study',
    occurredOn: day ?? '2026-02-01',
    ...deed,
  }));
  const [attainment = null] = judgeUnit(judge, tallyOf(plan, all, { teamSize, targets }, on)).attainments;
  return attainment === null ? null : attainment / 1_000_000;
}

describe('at year end', () => {
  test('count: given research in three quarters of four, then 3/4, however much in each', () => {
    const research: Measure = { type: 'count', per: 'quarter', atLeast: 1 };
    expect(
      attained(
        research,
        ['2026-01-05', '2026-04-30', '2026-09-30', '2026-09-30'].map((on) => ({ on })),
      ),
    ).toBe(0.75);
    // min(1/3, 1) + min(4/3, 1) over 2 halves = 2/3
    const thrice: Measure = { type: 'count', per: 'half', atLeast: 3 };
    const days = ['2026-06-30', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'];
    expect(
      attained(
        thrice,
        days.map((on) => ({ on })),
      ),
    ).toBe(0.666667);
  });

  test('count: given that the head must lead, then only what the head led counts', () => {
    const talks: Measure = { type: 'count', per: 'half', atLeast: 1, ledByHead: true };
    expect(attained(talks, [{ ledByHead: true }, { on: '2026-08-01' }])).toBe(0.5);
  });

  test('sum: given hours per member, then the team needs that many times its size', () => {
    // 150 / (40 × 5) = 0.75
    const hours: Measure = { type: 'sum', per: 'year', atLeast: 40, perMember: true };
    expect(attained(hours, [{ quantity: 100.5 }, { quantity: 49.5 }, {}])).toBe(0.75);
    expect(attained(hours, [{ quantity: 200 }])).toBe(1);
    // 0.1 + 0.2 of 0.3 is full, as it is not in doubles
    expect(attained({ type: 'sum', per: 'year', atLeast: 0.3 }, [{ quantity: 0.1 }, { quantity: 0.2 }])).toBe(
      1,
    );
  });

  test('coverage: given members twice, then they count once, of the share asked', () => {
    const plans: Measure = { type: 'coverage', share: 1 };
    const deeds = [{ members: ['m-1', 'm-2'] }, { members: ['m-2', 'm-3'] }, {}];
    expect(attained(plans, deeds)).toBe(0.6);
    // 3 / (5 × 0.8) = 0.75
    expect(attained({ ...plans, share: 0.8 }, deeds)).toBe(0.75);
    expect(attained(plans, deeds, { teamSize: 2 })).toBe(1);
  });

  test('variety: given forms, then distinct listed ones count', () => {
    const forms: Measure = { type: 'variety', forms: ['a', 'b', 'c', 'd'], atLeast: 3 };
    expect(attained(forms, [{ form: 'a' }, { form: 'a' }, { form: 'c' }, { form: 'x' }, {}])).toBe(0.666667);
  });

  test('ratio: given reports, then Σdone / Σdue; given none, what the plan says', () => {
    const decisions: Measure = { type: 'ratio', whenNone: 'zero' };
    // (2 + 5) / (3 + 5) = 0.875; the report of 4 done of 2 due does not fit
    expect(
      attained(decisions, [
        { due: 3, done: 2 },
        { due: 5, done: 5 },
        { due: 2, done: 4 },
      ]),
    ).toBe(0.875);
    expect(attained(decisions, [{ due: 0, done: 0 }])).toBe(1);
    expect(attained(decisions, [])).toBe(0);
    expect(attained({ ...decisions, whenNone: 'full' }, [])).toBe(1);
    expect(attained({ ...decisions, whenNone: 'exclude' }, [])).toBeNull();
  });

  test('target: given indicators of both directions, then the mean of what each has reached', () => {
    const measure: Measure = { type: 'target' };
    const grain: Target = { indicator: 'grain', direction: 'atLeast', target: 100 };
    const debt: Target = { indicator: 'debt', direction: 'atMost', target: 30 };
    const value = (indicator: string, amount: number, on: string) => ({ indicator, value: amount, on });
    // grain: the later report, 80 of 100; debt: 30 / 40 = 0.75; mean 0.775
    const deeds = [
      value('grain', 80, '2026-09-30'),
      value('grain', 95, '2026-06-30'),
      value('debt', 40, '2026-06-30'),
    ];
    expect(attained(measure, deeds, { targets: [grain, debt] })).toBe(0.775);
    // the later report of one day; a value below nothing is 0 of at least, and within at most
    const same = [
      value('grain', 5, '2026-09-30'),
      value('grain', -5, '2026-09-30'),
      value('debt', -1, '2026-06-30'),
    ];
    expect(attained(measure, same, { targets: [grain, debt] })).toBe(0.5);
    // no value yet: 0
    expect(attained(measure, deeds, { targets: [grain, { ...grain, indicator: 'profit' }] })).toBe(0.4);
    expect(attained(measure, deeds)).toBeNull();
  });

  test('milestone: given the day itself, then it is reached; a day later it is not', () => {
    const strategy: Measure = { type: 'milestone', by: '03-31' };
    expect(attained(strategy, [{ on: '2026-03-31' }])).toBe(1);
    expect(attained(strategy, [{ on: '2026-04-01' }])).toBe(0);
  });

  test('appraisal: given scores, then their mean of a hundred', () => {
    const results: Measure = { type: 'appraisal', whenNone: 'zero' };
    // (90 + 80.5 + 85) / 300 = 0.851666…
    expect(attained(results, [{ score: 90 }, { score: 80.5 }, { score: 85 }, { score: 101 }])).toBe(0.851667);
    expect(attained(results, [])).toBe(0);
    expect(attained({ ...results, whenNone: 'exclude' }, [])).toBeNull();
  });
});

describe('to date', () => {
  const quarterly: Measure = { type: 'count', per: 'quarter', atLeast: 2 };

  test('given windows, then those that have ended count, and those full before their end', () => {
    const first = [{ on: '2026-01-05' }];
    expect(attained(quarterly, first, { on: '2026-03-30' })).toBeNull();
    expect(attained(quarterly, first, { on: '2026-03-31' })).toBe(0.5);
    // the third quarter is full in August: (0.5 + 0 + 1) / 3
    const more = [...first, { on: '2026-07-02' }, { on: '2026-08-02' }];
    expect(attained(quarterly, more, { on: '2026-08-02' })).toBe(0.5);
    // on 1 August, it is not: (0.5 + 0) / 2
    expect(attained(quarterly, more, { on: '2026-08-01' })).toBe(0.25);
  });

  test('given a measure without windows, then it counts from its day on, or once it is exactly 1', () => {
    const forms: Measure = { type: 'variety', forms: ['a', 'b'], atLeast: 2 };
    expect(attained(forms, [{ form: 'a' }], { on: '2026-12-30' })).toBeNull();
    expect(attained(forms, [{ form: 'a' }], { on: '2026-12-31' })).toBe(0.5);
    expect(attained(forms, [{ form: 'a' }, { form: 'b' }], { on: '2026-02-01' })).toBe(1);
    const strategy: Measure = { type: 'milestone', by: '06-30' };
    expect(attained(strategy, [], { on: '2026-06-29' })).toBeNull();
    expect(attained(strategy, [], { on: '2026-06-30' })).toBe(0);
  });

  test('given an attainment that only rounds to 1, then it does not count early', () => {
    // 9999999 / 10000000 = 0.9999999 → 1.000000
    const sum: Measure = { type: 'sum', per: 'year', atLeast: 10_000_000 };
    expect(attained(sum, [{ quantity: 9_999_999 }], { on: '2026-06-30' })).toBeNull();
    expect(attained(sum, [{ quantity: 9_999_999 }])).toBe(1);
    const ratio: Measure = { type: 'ratio', whenNone: 'zero' };
    expect(attained(ratio, [{ due: 10_000_000, done: 9_999_999 }], { on: '2026-06-30' })).toBeNull();
  });
});

describe('more activity never lowers attainment', () => {
  const per = fc.constantFrom<Period>('year', 'half', 'quarter', 'month');
  const measure: fc.Arbitrary<Measure> = fc.oneof(
    fc.record({ type: fc.constant('count' as const), per, atLeast: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      type: fc.constant('sum' as const),
      per,
      atLeast: fc.constantFrom(0.3, 1, 33.333333, 999_999_999_999),
      perMember: fc.boolean(),
    }),
    fc.record({ type: fc.constant('coverage' as const), share: fc.constantFrom(1, 0.5, 0.333333) }),
    fc.constant<Measure>({ type: 'variety', forms: ['a', 'b', 'c'], atLeast: 2 }),
    fc.constant<Measure>({ type: 'milestone', by: '06-30' }),
  );
  const deed = fc.record({
    on: fc
      .integer({ min: 0, max: 364 })
      .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10)),
    quantity: fc.integer({ min: 0, max: 10 ** 15 }).map((value) => value / 1000),
    members: fc.array(fc.constantFrom('m-1', 'm-2', 'm-3'), { minLength: 1, maxLength: 3 }),
    form: fc.constantFrom('a', 'b', 'c', 'x'),
  });

  test('given any activities and one more, at year end', () => {
    fc.assert(
      fc.property(measure, fc.array(deed, { maxLength: 12 }), deed, (asked, deeds, more) => {
        const before = attained(asked, deeds);
        const after = attained(asked, [...deeds, more]);
        expect(after).toBeGreaterThanOrEqual(before ?? 0);
        expect(after).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('given any activities and one more, to date: neither the attainment nor whether it counts', () => {
    const on = fc.constantFrom('2026-03-30', '2026-03-31', '2026-08-15', '2026-12-31');
    fc.assert(
      fc.property(measure, fc.array(deed, { maxLength: 12 }), deed, on, (asked, deeds, more, day) => {
        const before = attained(asked, deeds, { on: day });
        const after = attained(asked, [...deeds, more], { on: day });
        if (before !== null) expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test('given activities in any order, then the attainment is the same', () => {
    fc.assert(
      fc.property(measure, fc.array(deed, { maxLength: 8 }), (asked, deeds) => {
        expect(attained(asked, [...deeds].reverse())).toBe(attained(asked, deeds));
      }),
    );
  });
});
