import { describe, expect, test } from 'vitest';
import type { ActivityBody } from '#schemas/events.ts';
import { fitsMeasure, kindsOf, misfits } from '#schemas/fit.ts';
import { measureType } from '#schemas/measureTraits.ts';
import { incidentKinds, type Measure } from '#schemas/plan.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { ASKED_FIELDS, askedOf, onlyAsked, readsOf, reportableKinds } from '#schemas/reportFields.ts';
import { planWith } from '#test/support/plan.ts';

/** One of each type, with what fills it. */
const MEASURES: { [T in Measure['type']]: Extract<Measure, { type: T }> } = {
  count: { type: 'count', per: 'quarter', atLeast: 1, ledByHead: true },
  sum: { type: 'sum', per: 'year', atLeast: 40, perMember: true },
  coverage: { type: 'coverage', share: 1 },
  variety: { type: 'variety', forms: ['annual', 'stage'], atLeast: 2 },
  ratio: { type: 'ratio', whenNone: 'zero' },
  target: { type: 'target' },
  milestone: { type: 'milestone', by: '06-30' },
  appraisal: { type: 'appraisal', whenNone: 'zero' },
};
const FULL: ActivityBody = {
  kind: 'study',
  occurredOn: '2026-03-03',
  title: '学习',
  quantity: 3,
  due: 2,
  done: 1,
  members: ['m-01'],
  form: 'annual',
  score: 90,
  indicator: 'grain',
  value: 5,
  ledByHead: true,
};

describe.each(measureType.options)('given a measure of the type %s', (type) => {
  const measure = MEASURES[type];
  const reads = readsOf(measure);

  test('when all that it asks is filled in and nothing else, then the report fits it and the door', () => {
    const plan = planWith({ requirements: [{ measure }] });
    const kind = plan.requirements[0]?.kind ?? '';
    const body = onlyAsked(askedOf(plan, kind), { ...FULL, kind });
    expect(
      Object.keys(body)
        .filter((field) => (ASKED_FIELDS as readonly string[]).includes(field))
        .sort(),
    ).toEqual([...reads].sort());
    expect(fitsMeasure(measure, body)).toBe(true);
    expect(misfits(plan, body)).toEqual([]);
  });

  test('when any of it is left out, then it does not fit; what it does not ask is no matter', () => {
    for (const field of ASKED_FIELDS) {
      const without = { ...FULL };
      delete without[field];
      expect([field, fitsMeasure(measure, without)]).toEqual([field, !reads.includes(field)]);
    }
  });
});

test('a kind with several measures asks what all of them read, once, in the order of the form', () => {
  expect(askedOf(plan2026, 'training')).toEqual({
    kind: 'training',
    fields: ['form', 'quantity'],
    forms: ['concentrated', 'correspondence', 'off-job', 'self-study'],
  });
  expect(askedOf(plan2026, 'study-plan').fields).toEqual(['form', 'members']);
  expect(askedOf(plan2026, 'research').fields).toEqual([]);
  expect(askedOf(plan2026, 'heart-talk').fields).toEqual(['ledByHead']);
});

test('of conditions nothing is asked beside day and title; incidents are no reports of a unit', () => {
  expect(askedOf(plan2026, 'leading-group-formed').fields).toEqual([]);
  const reportable = reportableKinds(plan2026);
  expect(reportable).toContain('leading-group-formed');
  expect(new Set([...reportable, ...incidentKinds(plan2026)])).toEqual(new Set(kindsOf(plan2026)));
  expect(reportable).not.toContain('violation');
});

test('every kind of the plan is asked exactly what the door misses of it', () => {
  for (const kind of kindsOf(plan2026)) {
    const asked = askedOf(plan2026, kind).fields.filter((field) => field !== 'ledByHead');
    const missed = misfits(plan2026, { kind }).map(({ field }) => field.replace('data.', ''));
    expect([kind, [...asked].sort()]).toEqual([kind, missed.sort()]);
  }
});
