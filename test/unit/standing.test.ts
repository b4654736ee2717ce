import { describe, expect, test } from 'vitest';
import { gapMatrixOf } from '#schemas/gaps.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { rankUnits } from '#schemas/ranks.ts';
import { conditionRow, gapMatrix, requirementRow } from '#schemas/results/results.ts';
import { compilePlan, type Question } from '#schemas/scoring.ts';
import { standingOf } from '#schemas/standing.ts';
import { planWith } from '#test/support/plan.ts';
import { type Deed, tallyOf } from '#test/support/tally.ts';

const deed = (kind: string, occurredOn: string, more: Partial<Deed> = {}): Deed => ({
  kind,
  occurredOn,
  ...more,
});

/** The standing of the first of some units, each given by its deeds. */
function standingIn(
  plan: ReturnType<typeof planWith>,
  question: Question,
  units: readonly (readonly Deed[])[],
) {
  const judge = compilePlan(plan, question);
  const on = question.basis === 'to-date' ? question.on : undefined;
  const tallies = units.map((deeds, index) => tallyOf(plan, deeds, { unit: `u-${index}` }, on));
  const ranked = rankUnits(judge, tallies);
  const own = ranked.verdicts.find(({ tally }) => tally.unit === 'u-0');
  if (!own) throw new Error('no unit u-0');
  const { requirements, ...rest } = standingOf(judge, own, ranked);
  for (const row of requirements) requirementRow.parse(row);
  const row = (id: string) => {
    const found = requirements.find((one) => one.id === id);
    if (!found) throw new Error(`no requirement ${id}`);
    return found;
  };
  return { ...rest, row };
}

const yearOn = (on: string): Question => ({ basis: 'year', on });
const toDate = (on: string): Question => ({ basis: 'to-date', on });

describe('windows', () => {
  test('given a day in November, then research shows what was met, missed and is still open', () => {
    const research = [
      deed('research', '2026-02-01'),
      deed('research', '2026-05-01'),
      deed('research', '2026-05-09'),
    ];
    const { row } = standingIn(plan2026, yearOn('2026-11-22'), [research]);
    expect(row('learning.research')).toMatchObject({
      attainment: 0.5,
      // 100 × 20/100 × 15/100 × 0.5 = 1.5
      lost: 1.5,
      due: '2026-12-31',
      windows: [
        { label: '2026-Q1', from: '2026-01-01', to: '2026-03-31', actual: 1, required: 1, status: 'met' },
        { label: '2026-Q2', from: '2026-04-01', to: '2026-06-30', actual: 2, required: 1, status: 'met' },
        { label: '2026-Q3', from: '2026-07-01', to: '2026-09-30', actual: 0, required: 1, status: 'missed' },
        { label: '2026-Q4', from: '2026-10-01', to: '2026-12-31', actual: 0, required: 1, status: 'open' },
      ],
    });
  });

  test('given January, then later windows are still to come, and the first end is the due day', () => {
    const { row } = standingIn(plan2026, yearOn('2026-01-10'), [[]]);
    expect(row('learning.research').windows.map(({ status }) => status)).toEqual([
      'open',
      'future',
      'future',
      'future',
    ]);
    expect(row('learning.research').due).toBe('2026-03-31');
    expect(standingIn(plan2026, yearOn('2026-03-31'), [[]]).row('learning.research').due).toBe('2026-06-30');
  });

  test('given measures over the year, then one window tells what there is of what is asked, in their unit', () => {
    const deeds = [
      deed('training', '2026-03-01', { form: 'self-study', quantity: 12.5 }),
      deed('study-plan', '2026-03-01', { form: 'annual', members: ['m-1', 'm-2'] }),
      deed('major-decisions', '2026-03-01', { due: 3, done: 2.5 }),
      deed('contest-result', '2026-03-01', { score: 90 }),
      deed('contest-result', '2026-04-01', { score: 80.5 }),
      deed('strategy', '2026-04-01'),
    ];
    const { row } = standingIn(plan2026, yearOn('2026-11-22'), [deeds]);
    const shown = (id: string) => row(id).windows.map(({ actual, required }) => [actual, required]);
    // 40 per member of 5; 5 members; Σdone of Σdue; mean score
    expect(shown('learning.training-hours')).toEqual([[12.5, 200]]);
    expect(shown('learning.training-forms')).toEqual([[1, 3]]);
    expect(shown('learning.study-plans')).toEqual([[2, 5]]);
    expect(shown('unity.collective-decisions')).toEqual([[2.5, 3]]);
    expect(shown('innovation.contest-results')).toEqual([[85.25, 100]]);
    expect(shown('development.strategy')).toEqual([[1, 1]]);
    expect(shown('unity.mass-opinions')).toEqual([[0, 0]]);
    expect(row('development.strategy').windows[0]).toMatchObject({
      from: '2026-01-01',
      to: '2026-12-31',
      status: 'met',
    });
  });

  test('given no indicator assigned, then nothing is asked: no window, no cost, nothing due', () => {
    const { row, gaps } = standingIn(plan2026, yearOn('2027-01-05'), [[]]);
    expect(row('development.indicators')).toMatchObject({
      attainment: null,
      lost: null,
      windows: [],
      due: null,
    });
    expect(gaps).not.toContain('development.indicators');
  });
});

describe('what closing a gap would bring', () => {
  const plan = planWith({
    requirements: [
      { kind: 'study', points: 10, measure: { type: 'count', per: 'quarter', atLeast: 1 } },
      { kind: 'talk', points: 10, measure: { type: 'count', per: 'year', atLeast: 1 } },
    ],
  });
  const quarters = (count: number) =>
    ['2026-01-05', '2026-04-05', '2026-07-05', '2026-10-05'].slice(0, count).map((day) => deed('study', day));
  const talk = deed('talk', '2026-02-01');

  test('given two quarters missed for good, then closing and catching up lead to different ranks', () => {
    // own: (1/4 + 1) / 2 = 62.5; closed 100; caught up, with the fourth quarter: (2/4 + 1) / 2 = 75
    const others = [
      [...quarters(4), talk],
      [...quarters(3), talk],
      [...quarters(2), talk],
    ];
    const { row, gaps } = standingIn(plan, yearOn('2026-10-01'), [[...quarters(1), talk], ...others]);
    expect(row('r1')).toMatchObject({ attainment: 0.25, lost: 37.5, due: '2026-12-31' });
    // closed it ties with the first; caught up it ties with the third
    expect(row('r1')).toMatchObject({ rankIfClosed: 1, rankIfCaughtUp: 3 });
    // nothing is missing of r2, so it stays where it is, and nothing of it can be caught up
    expect(row('r2')).toMatchObject({
      attainment: 1,
      lost: 0,
      rankIfClosed: 4,
      rankIfCaughtUp: null,
      due: null,
    });
    expect(gaps).toEqual(['r1']);
  });

  test('given the last day of the year, then nothing can be caught up any more', () => {
    const { row } = standingIn(plan, yearOn('2026-12-31'), [quarters(1), quarters(2)]);
    expect(row('r1')).toMatchObject({ rankIfClosed: 1, rankIfCaughtUp: null, due: null });
    expect(row('r2')).toMatchObject({ rankIfClosed: 1, rankIfCaughtUp: null, due: null });
    expect(standingIn(plan, yearOn('2026-12-30'), [quarters(1)]).row('r2').rankIfCaughtUp).toBe(1);
  });

  test('given a requirement that does not count yet, then it costs nothing, but is due all the same', () => {
    const { row, gaps } = standingIn(plan, toDate('2026-08-01'), [quarters(1)]);
    expect(row('r2')).toMatchObject({
      attainment: null,
      lost: null,
      rankIfClosed: null,
      rankIfCaughtUp: null,
      due: '2026-12-31',
    });
    expect(gaps).toEqual(['r1']);
    // to date, two windows count; caught up, all four would: (1 + 0 + 1 + 1) / 4
    expect(row('r1')).toMatchObject({ attainment: 0.5, lost: 50, due: '2026-09-30', rankIfCaughtUp: 1 });
  });

  test('given a veto, then a closed gap does not lift the cap', () => {
    const capped = planWith({
      requirements: [{ measure: { type: 'count', per: 'half', atLeast: 1 } }],
      vetoes: [{ kind: 'violation', cap: 20 }],
    });
    const own = [deed('study', '2026-02-01'), deed('violation', '2026-02-01')];
    const { row } = standingIn(capped, yearOn('2026-08-01'), [own, [deed('study', '2026-02-01')]]);
    expect(row('r1')).toMatchObject({ rankIfClosed: 2, rankIfCaughtUp: 2, lost: 50 });
  });

  test('given several gaps, then the dearest comes first, and equal ones in plan order', () => {
    const { gaps } = standingIn(plan2026, yearOn('2026-06-01'), [[]]);
    // innovation: 30 points of 100; unity.life-meeting 25; learning.center-group 20 … of the 40 points that
    // development has without its indicators, standing is 20: half of a fifth
    expect(gaps.slice(0, 6)).toEqual([
      'development.standing',
      'innovation.methods',
      'innovation.mechanisms',
      'unity.life-meeting',
      'development.goals',
      'learning.center-group',
    ]);
  });
});

test('given conditions, then each tells by when, whether and when it was met', () => {
  const plan = planWith({
    conditions: [
      { kind: 'group-formed', by: '03-31' },
      { kind: 'publicity', by: '06-30' },
      { kind: 'sharing', by: '12-31' },
      { kind: 'self-inspection', by: '12-31' },
    ],
  });
  const deeds = [
    deed('group-formed', '2026-03-31'),
    deed('group-formed', '2026-03-30'),
    deed('publicity', '2026-07-01'),
  ];
  const { conditions } = standingIn(plan, yearOn('2026-08-01'), [deeds]);
  for (const condition of conditions) conditionRow.parse(condition);
  expect(conditions.map(({ id, by, metOn, status }) => [id, by, metOn, status])).toEqual([
    ['if.group-formed', '2026-03-31', '2026-03-30', 'met'],
    ['if.publicity', '2026-06-30', null, 'missed'],
    ['if.sharing', '2026-12-31', null, 'open'],
    ['if.self-inspection', '2026-12-31', null, 'open'],
  ]);
});

test('given units, then the matrix has their attainments and costs, and what the zone misses', () => {
  const plan = planWith({
    requirements: [
      { kind: 'study', points: 10, measure: { type: 'count', per: 'year', atLeast: 3 } },
      { kind: 'goal', points: 30, measure: { type: 'target' } },
    ],
  });
  const judge = compilePlan(plan, yearOn('2026-12-31'));
  const target = { indicator: 'grain', direction: 'atLeast', target: 2 } as const;
  const study = deed('study', '2026-02-01');
  const ranked = rankUnits(judge, [
    tallyOf(plan, [study], { unit: 'a' }),
    tallyOf(plan, [study, study, deed('goal', '2026-02-01', { indicator: 'grain', value: 1 })], {
      unit: 'b',
      targets: [target],
    }),
  ]);
  const matrix = gapMatrixOf(judge, ranked);
  gapMatrix.pick({ requirements: true, units: true }).parse(matrix);
  // b: 100 × (10 × 0.666667 + 30 × 0.5) / 40 = 54.1667; a: 33.3333, since no indicator is assigned to it
  expect(
    matrix.units.map(({ unit, rank, attainments, lost }) => ({ unit, rank, attainments, lost })),
  ).toEqual([
    // 100 × 10/40 × 0.333333 = 8.333325 → 8.3333; 100 × 30/40 × 0.5 = 37.5
    { unit: 'b', rank: 1, attainments: [0.666667, 0.5], lost: [8.3333, 37.5] },
    { unit: 'a', rank: 2, attainments: [0.333333, null], lost: [66.6667, null] },
  ]);
  expect(matrix.requirements.map(({ mean, short, counted }) => ({ mean, short, counted }))).toEqual([
    { mean: 0.5, short: 2, counted: 2 },
    { mean: 0.5, short: 1, counted: 1 },
  ]);
});
