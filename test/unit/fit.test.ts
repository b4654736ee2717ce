import { describe, expect, test } from 'vitest';
import { fitsMeasure, kindsOf, misfits } from '#schemas/fit.ts';
import type { Measure } from '#schemas/plan.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { planWith } from '#test/support/plan.ts';

const fieldsOf = (body: Parameters<typeof misfits>[1]) => misfits(plan2026, body).map(({ field }) => field);

describe('at the door', () => {
  test('given a kind that the plan does not name, then the fault names the kinds it does', () => {
    const [fault] = misfits(plan2026, { kind: 'reserch' });
    expect(fault?.field).toBe('data.kind');
    expect(fault?.message).toContain('"reserch" is no kind of the plan for 2026; it has center-group-study');
    expect(fault?.message).toContain('petition-incident');
  });

  test('given the 2026 plan, then incidents and conditions are kinds, and a self-inspection is none', () => {
    expect(kindsOf(plan2026)).toContain('violation');
    expect(kindsOf(plan2026)).toContain('leading-group-formed');
    expect(kindsOf(plan2026)).not.toContain('self-inspection');
    expect(fieldsOf({ kind: 'admonition-talk' })).toEqual([]);
  });

  test('given a kind with several measures, then each must get what it needs', () => {
    // study-plan is measured by coverage and by variety, training by variety and by sum
    expect(fieldsOf({ kind: 'study-plan' })).toEqual(['data.members', 'data.form']);
    expect(fieldsOf({ kind: 'study-plan', members: [], form: 'annual' })).toEqual(['data.members']);
    expect(fieldsOf({ kind: 'study-plan', members: ['m-01'], form: 'annual' })).toEqual([]);
    expect(fieldsOf({ kind: 'training', form: 'self-study', quantity: -1 })).toEqual(['data.quantity']);
  });

  test('given a form that is not listed, then the fault names the listed ones', () => {
    expect(misfits(plan2026, { kind: 'goal', form: 'short' })).toEqual([
      { field: 'data.form', message: 'is "short"; must be one of near, mid, long' },
    ]);
    expect(misfits(plan2026, { kind: 'goal' })[0]?.message).toBe('is missing: one of near, mid, long');
  });

  test('given more done than due, then the fault says so at the field', () => {
    expect(misfits(plan2026, { kind: 'major-decisions', due: 3, done: 5 })).toEqual([
      { field: 'data.due', message: 'must be at least the number done (5), not 3' },
    ]);
    expect(fieldsOf({ kind: 'major-decisions' })).toEqual(['data.due', 'data.done']);
    expect(fieldsOf({ kind: 'major-decisions', due: 0, done: -1 })).toEqual(['data.done']);
    expect(fieldsOf({ kind: 'major-decisions', due: 0, done: 0 })).toEqual([]);
  });

  test('given a score or an indicator that is missing or impossible, then its field is named', () => {
    expect(fieldsOf({ kind: 'contest-result' })).toEqual(['data.score']);
    expect(misfits(plan2026, { kind: 'contest-result', score: 101 })[0]?.message).toBe(
      'must be a number from 0 to 100, not 101',
    );
    expect(fieldsOf({ kind: 'indicator' })).toEqual(['data.indicator', 'data.value']);
    expect(fieldsOf({ kind: 'indicator', indicator: 'grain', value: -5 })).toEqual([]);
  });

  test('given a count that the head must lead, then others may be reported too', () => {
    expect(fieldsOf({ kind: 'heart-talk' })).toEqual([]);
  });

  test('given two lists of forms for one kind, then a form of either fits the door', () => {
    const plan = planWith({
      requirements: [
        { measure: { type: 'variety', forms: ['a', 'b'], atLeast: 1 } },
        { measure: { type: 'variety', forms: ['b', 'c'], atLeast: 1 } },
      ],
    });
    expect(misfits(plan, { kind: 'study', form: 'c' })).toEqual([]);
    expect(misfits(plan, { kind: 'study', form: 'd' })[0]?.message).toBe('is "d"; must be one of a, b, c');
  });
});

test.each<[Measure, Parameters<typeof fitsMeasure>[1], boolean]>([
  [{ type: 'count', per: 'year', atLeast: 1 }, {}, true],
  [{ type: 'count', per: 'year', atLeast: 1, ledByHead: true }, {}, false],
  [{ type: 'count', per: 'year', atLeast: 1, ledByHead: true }, { ledByHead: false }, false],
  [{ type: 'count', per: 'year', atLeast: 1, ledByHead: true }, { ledByHead: true }, true],
  [{ type: 'count', per: 'year', atLeast: 1, ledByHead: false }, {}, true],
  [{ type: 'sum', per: 'year', atLeast: 1 }, { quantity: 0 }, true],
  [{ type: 'sum', per: 'year', atLeast: 1 }, { quantity: -0.000001 }, false],
  [{ type: 'sum', per: 'year', atLeast: 1 }, {}, false],
  [{ type: 'coverage', share: 1 }, { members: ['m-1'] }, true],
  [{ type: 'coverage', share: 1 }, { members: [] }, false],
  [{ type: 'variety', forms: ['a'], atLeast: 1 }, { form: 'a' }, true],
  [{ type: 'variety', forms: ['a'], atLeast: 1 }, { form: 'b' }, false],
  [{ type: 'ratio', whenNone: 'zero' }, { due: 2, done: 2 }, true],
  [{ type: 'ratio', whenNone: 'zero' }, { due: 1, done: 2 }, false],
  [{ type: 'ratio', whenNone: 'zero' }, { due: 1, done: -1 }, false],
  [{ type: 'ratio', whenNone: 'zero' }, { due: 1 }, false],
  [{ type: 'target' }, { indicator: 'grain', value: -1 }, true],
  [{ type: 'target' }, { indicator: 'grain' }, false],
  [{ type: 'milestone', by: '12-31' }, {}, true],
  [{ type: 'appraisal', whenNone: 'zero' }, { score: 0 }, true],
  [{ type: 'appraisal', whenNone: 'zero' }, { score: 100 }, true],
  [{ type: 'appraisal', whenNone: 'zero' }, { score: 100.5 }, false],
])('given %j and a body %j, then it counts there: %s', (measure, body, expected) => {
  expect(fitsMeasure(measure, body)).toBe(expected);
});
