import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Plan, plan as planSchema } from '#schemas/plan.ts';
import { planDifferences } from '#schemas/planDifferences.ts';
import { planFindings } from '#schemas/planFindings.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { seeded } from '../reference/random.ts';
import { randomPlan } from '../reference/randomPlan.ts';

const plans = fc
  .integer({ min: 1, max: 1_000_000 })
  .map((seed) => planSchema.parse(JSON.parse(JSON.stringify(randomPlan(seeded(seed), 2026, 1)))));

const codes = (plan: Plan): string[] => planFindings(plan).map(({ code, id }) => `${code} ${id}`);

describe('given two versions of a plan', () => {
  test('when both ask the same, then nothing differs, whatever their version', () =>
    fc.assert(
      fc.property(plans, (plan) => {
        expect(planDifferences({ ...plan, version: 9 }, plan)).toEqual([]);
      }),
    ));

  test('when they differ, then what is said to be new there is said to be gone here', () =>
    fc.assert(
      fc.property(plans, plans, (one, other) => {
        const [there, back] = [planDifferences(one, other), planDifferences(other, one)];
        const keys = (found: typeof there, change: string) =>
          found.filter((item) => item.change === change).map(({ list, id }) => `${list} ${id}`);
        expect(keys(there, 'added').sort()).toEqual(keys(back, 'dropped').sort());
        expect(keys(there, 'changed').sort()).toEqual(keys(back, 'changed').sort());
      }),
    ));

  test('when a weight, a measure and a rule are changed, then these are named and nothing else', () => {
    const draft: Plan = {
      ...plan2026,
      version: 2,
      counts: 'verified',
      criteria: plan2026.criteria.map((one) => (one.id === 'learning' ? { ...one, weight: 30 } : one)),
      requirements: plan2026.requirements
        .filter(({ id }) => id !== 'unity.review')
        .map((one) =>
          one.id === 'learning.research'
            ? { ...one, measure: { type: 'count', per: 'month', atLeast: 1 } }
            : one,
        ),
    };
    expect(planDifferences(draft, plan2026)).toEqual([
      { list: 'plan', id: 'counts', change: 'changed', fields: ['counts'] },
      { list: 'criteria', id: 'learning', change: 'changed', fields: ['weight'] },
      { list: 'requirements', id: 'learning.research', change: 'changed', fields: ['measure'] },
      { list: 'requirements', id: 'unity.review', change: 'dropped' },
    ]);
  });
});

describe('given a plan that is odd', () => {
  const change = (more: Partial<Plan>): Plan => planSchema.parse({ ...plan2026, ...more });
  const requirement = plan2026.requirements[0] as Plan['requirements'][number];

  test('the plan of 2026 is not', () => {
    expect(planFindings(plan2026)).toEqual([]);
  });

  test('what is asked for and punished is named from the side that asks', () => {
    const [veto] = plan2026.vetoes;
    const odd = { ...requirement, id: 'odd', kind: veto?.kind ?? '' };
    expect(codes(change({ requirements: [...plan2026.requirements, odd] }))).toEqual([
      'asked-and-punished odd',
    ]);
  });

  test('what counts twice, and what is measured by two standards', () => {
    const again = { ...requirement, id: 'again' };
    const other = {
      ...requirement,
      id: 'other',
      measure: { type: 'count', per: 'month', atLeast: 2 } as const,
    };
    expect(codes(change({ requirements: [...plan2026.requirements, again, other] }))).toEqual([
      'asked-twice again',
      'measured-twice other',
    ]);
  });

  test('two requirements that say the opposite of who reports nothing', () => {
    const ratio = (id: string, whenNone: 'zero' | 'full' | 'exclude') => ({
      ...requirement,
      id,
      kind: 'major-decisions',
      measure: { type: 'ratio', whenNone } as const,
    });
    const odd = (whenNone: 'zero' | 'full' | 'exclude'): string[] =>
      codes(change({ requirements: [ratio('one', 'zero'), ratio('two', whenNone)] })).filter((one) =>
        one.startsWith('contradicts'),
      );
    expect([odd('full'), odd('exclude'), odd('zero')]).toEqual([['contradicts two'], [], []]);
  });

  test('a day that is new and over already, where a version is in use; not one that was asked for before', () => {
    const milestone = (by: string) => ({
      ...requirement,
      id: 'early',
      measure: { type: 'milestone', by } as const,
    });
    const asking = (by: string): Plan => change({ requirements: [...plan2026.requirements, milestone(by)] });
    const found = (plan: Plan, adopted: Plan | null): string[] =>
      planFindings(plan, { adopted, today: '2026-06-01' })
        .filter(({ code }) => code === 'day-is-over')
        .map(({ id }) => id);
    expect(found(asking('03-31'), plan2026)).toEqual(['early']);
    expect(found(asking('06-01'), plan2026)).toEqual([]);
    expect(found(asking('03-31'), asking('03-31'))).toEqual([]);
    expect(found(asking('03-31'), asking('09-30'))).toEqual(['early']);
    expect(found(asking('03-31'), null)).toEqual([]);
  });

  test('a criterion that asks for nothing, a deduction above its maximum, a self-inspection as an activity, a clause without text', () => {
    const empty = { ...plan2026.criteria[0], id: 'empty' } as Plan['criteria'][number];
    const [deduction] = plan2026.deductions;
    const odd = change({
      criteria: [...plan2026.criteria, empty],
      deductions: [{ ...(deduction as Plan['deductions'][number]), id: 'large', points: 50, max: 20 }],
      requirements: [
        ...plan2026.requirements,
        { ...requirement, id: 'self', kind: 'self-inspection', clause: '九' },
      ],
    });
    expect(codes(odd)).toEqual([
      'no-activity self',
      'asks-nothing empty',
      'above-maximum large',
      'no-clause self',
    ]);
  });

  test('nothing is said of an item that the plan does not have', () =>
    fc.assert(
      fc.property(plans, (plan) => {
        for (const { list, id } of planFindings(plan))
          expect((plan[list] as { id: string }[]).some((item) => item.id === id)).toBe(true);
      }),
    ));
});
