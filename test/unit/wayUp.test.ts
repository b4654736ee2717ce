import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { rankUnits } from '#schemas/ranks.ts';
import { way as waySchema } from '#schemas/results/wayUp.ts';
import { compilePlan, judgeUnit, pointsOf, type Question } from '#schemas/scoring.ts';
import { wayUpOf } from '#schemas/wayUp/wayUp.ts';
import { planWith } from '#test/support/plan.ts';
import { type Deed, tallyOf } from '#test/support/tally.ts';

type Plan = ReturnType<typeof planWith>;
type Subject = NonNullable<Parameters<typeof tallyOf>[2]>;
const deed = (kind: string, occurredOn = '2026-02-01', more: Partial<Deed> = {}): Deed => ({
  kind,
  occurredOn,
  ...more,
});

/** The way up of `me` among others whose deeds are given. */
function wayUp(
  plan: Plan,
  mine: readonly Deed[],
  others: readonly (readonly Deed[])[],
  {
    question = { basis: 'year', on: '2026-08-01' },
    subject = {},
  }: { question?: Question; subject?: Subject } = {},
) {
  const judge = compilePlan(plan, question);
  const on = question.basis === 'to-date' ? question.on : undefined;
  const ranked = rankUnits(judge, [
    tallyOf(plan, mine, { ...subject, unit: 'me' }, on),
    ...others.map((deeds, index) => tallyOf(plan, deeds, { unit: `u-${index}` }, on)),
  ]);
  const verdict = ranked.verdicts.find(({ tally }) => tally.unit === 'me');
  if (!verdict) throw new Error('I am not ranked');
  return wayUpOf(judge, verdict, ranked);
}

const year = { type: 'count', per: 'year', atLeast: 1 } as const;
const quarter = { type: 'count', per: 'quarter', atLeast: 1 } as const;

describe('the way up', () => {
  const plan = planWith({
    requirements: [
      { kind: 'a', points: 40, measure: quarter },
      { kind: 'b', points: 30, measure: year },
      { kind: 'c', points: 30, measure: { type: 'count', per: 'year', atLeast: 3 } },
    ],
  });

  test('given one activity that is enough, then it is the way, and what it brings is exact', () => {
    // Mine: a in Q1 alone = 40/4 = 10. The other: b = 30. In August Q3 and Q4 are open: one a brings 10, b 30.
    const way = wayUp(plan, [deed('a')], [[deed('b')]]);
    expect(way).toMatchObject({ rank: 2, of: 2, total: 10, obstacle: null });
    expect(way.next).toMatchObject({
      rank: 1,
      total: 40,
      actions: 1,
      results: 0,
      steps: [{ requirement: 'r2', actions: 1, attainment: 0, reached: 1, gain: 30, due: '2026-12-31' }],
    });
    expect(way.best).toEqual(way.next);
    expect(waySchema.parse(way.next)).toEqual(way.next);
  });

  test('given a tie to be reached, then reaching it gains the place', () => {
    // One a brings 10, as the other has.
    const way = wayUp(plan, [], [[deed('a')], [deed('a'), deed('a', '2026-04-01'), deed('b')]]);
    expect(way).toMatchObject({ rank: 3, total: 0 });
    // b (one activity) brings 30; so does no other single activity: the cheapest way is the one that brings most.
    expect(way.next).toMatchObject({ rank: 2, total: 30, actions: 1 });
    // 50 takes three: b with two of a (20), or with two of c: 30 × 0.666667, a hair more.
    expect(way.best).toMatchObject({ rank: 1, actions: 3, total: 50 });
    expect(way.best?.steps.map(({ requirement, actions }) => [requirement, actions])).toEqual([
      ['r2', 1],
      ['r3', 2],
    ]);
    expect(way.places.map(({ rank, actions }) => [rank, actions])).toEqual([
      [2, 1],
      [1, 3],
    ]);
  });

  test('given windows that have ended, then they stay missed', () => {
    const way = wayUp(
      plan,
      [],
      [[deed('a', '2026-01-01'), deed('a', '2026-04-01'), deed('a', '2026-07-01')]],
      {
        question: { basis: 'year', on: '2026-12-30' },
      },
    );
    // The other has 30. Q4 is left of a: 10; b brings 30 and is the cheapest.
    expect(way.next?.steps.map(({ requirement }) => requirement)).toEqual(['r2']);
    const after = wayUp(plan, [], [[deed('b')]], { question: { basis: 'year', on: '2026-12-31' } });
    expect(after).toMatchObject({ next: null, best: null, places: [], obstacle: 'nothing-left' });
  });

  test('given the first place, a veto or too long a way, then it says so', () => {
    expect(wayUp(plan, [deed('b')], [[]])).toMatchObject({ rank: 1, next: null, obstacle: 'first' });
    const late = { question: { basis: 'year', on: '2026-12-01' } as const };
    const three = ['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'].map((day) => deed('a', day));
    const all = [...three, deed('b'), deed('c'), deed('c'), deed('c')];
    expect(wayUp(plan, [], [all], late)).toMatchObject({ next: null, obstacle: 'out-of-reach' });
    const strict = {
      ...plan,
      vetoes: [{ id: 'v', clause: '三', basis: 'default' as const, kind: 'x', cap: 20 }],
    };
    expect(wayUp(strict, [deed('x')], [[deed('b')]])).toMatchObject({ next: null, obstacle: 'veto' });
    // Beneath the cap there is still a place to gain.
    expect(wayUp(strict, [deed('x')], [[deed('a')]]).next).toMatchObject({ rank: 1, total: 20 });
  });

  test('given results that others measure, then work that is enough goes before them', () => {
    const measured = planWith({
      requirements: [
        { kind: 'i', points: 60, measure: { type: 'target' } },
        { kind: 'c', points: 40, measure: { type: 'count', per: 'year', atLeast: 4 } },
      ],
    });
    const subject = { targets: [{ indicator: 'output', direction: 'atLeast', target: 10 }] as const };
    // The other has no targets, so its 40 points weigh alone: 1 of 4 = 25, 3 of 4 = 75.
    const way = wayUp(measured, [], [[deed('c')], [deed('c'), deed('c'), deed('c')]], { subject });
    expect(way.next).toMatchObject({ rank: 2, total: 30, actions: 3, results: 0 });
    expect(way.best).toMatchObject({ rank: 1, total: 80, actions: 2, results: 1 });
  });

  test('given members, forms, sums and matters, then each is counted in its own things', () => {
    const wide = planWith({
      requirements: [
        { kind: 'p', points: 20, measure: { type: 'coverage' } },
        { kind: 'f', points: 20, measure: { type: 'variety', forms: ['x', 'y', 'z'], atLeast: 2 } },
        { kind: 's', points: 20, measure: { type: 'sum', per: 'half', atLeast: 8 } },
        { kind: 'm', points: 20, measure: { type: 'ratio', whenNone: 'zero' } },
        { kind: 'g', points: 20, measure: { type: 'milestone', by: '09-30' } },
      ],
    });
    const mine = [
      deed('p', '2026-02-01', { members: ['m-1', 'm-2'] }),
      deed('s', '2026-07-01', { quantity: 2 }),
      deed('m', '2026-02-01', { due: 5, done: 2 }),
    ];
    const all = [
      deed('p', '2026-02-01', { members: ['m-1', 'm-2', 'm-3', 'm-4', 'm-5'] }),
      deed('f', '2026-02-01', { form: 'x' }),
      deed('f', '2026-02-01', { form: 'y' }),
      deed('s', '2026-07-01', { quantity: 8 }),
      deed('m', '2026-02-01', { due: 5, done: 5 }),
      deed('g'),
    ];
    const { best } = wayUp(wide, mine, [all]);
    const actions = Object.fromEntries((best?.steps ?? []).map((step) => [step.requirement, step.actions]));
    expect(actions).toEqual({ r1: 3, r2: 2, r3: 1, r4: 3, r5: 1 });
    expect(best).toMatchObject({ rank: 1, total: 90, actions: 10 });
    expect(best?.steps.find(({ requirement }) => requirement === 'r3')).toMatchObject({
      windows: [{ label: '2026-H2', actual: 2, required: 8 }],
      attainment: 0.125,
      reached: 0.5,
      gain: 7.5,
    });
  });

  test('given the basis to date, then a window counts once it is full, and what does not count yet is no gap', () => {
    const way = wayUp(plan, [deed('a')], [[deed('a'), deed('a', '2026-04-01')]], {
      question: { basis: 'to-date', on: '2026-08-01' },
    });
    // a: 1 of 2 windows; Q3 filled early: 2 of 3; both: 3 of 4. The other has 1. Only a is counted.
    expect(way).toMatchObject({ rank: 2, total: 50, next: null, obstacle: 'out-of-reach' });
  });
});

// --- against every possible set, and against the deeds themselves ----------------------------------------------

const KINDS = ['a', 'b', 'c'] as const;
const small = planWith({
  criteria: { learning: 20, unity: 30 },
  requirements: [
    { kind: 'a', points: 7, measure: quarter },
    { kind: 'b', points: 5, measure: { type: 'count', per: 'half', atLeast: 2 } },
    { kind: 'c', points: 3, criterion: 'unity', measure: year },
  ],
  deductions: [{ kind: 'bad', criterion: 'unity', points: 30, max: 60 }],
});
/** What can still be done on 1 April, window by window, and what each asks. */
const WINDOWS = [
  ...['2026-04-02', '2026-07-01', '2026-10-01'].map((day) => ({ kind: 'a', day, months: 3, asks: 1 })),
  ...['2026-04-02', '2026-07-01'].map((day) => ({ kind: 'b', day, months: 6, asks: 2 })),
  { kind: 'c', day: '2026-12-01', months: 12, asks: 1 },
];
const april: Question = { basis: 'year', on: '2026-04-01' };

const deeds = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS, 'bad'),
    occurredOn: fc.constantFrom('2026-01-05', '2026-02-05', '2026-03-05', '2026-04-01'),
  }),
  { maxLength: 6 },
);

const windowOf = (day: string, months: number): number => Math.floor((Number(day.slice(5, 7)) - 1) / months);

/** Everything that can be added, up to what each window asks. */
function allSets(mine: readonly Deed[]): Deed[][] {
  return WINDOWS.reduce<Deed[][]>(
    (sets, { kind, day, months, asks }) => {
      const there = mine.filter(
        (one) => one.kind === kind && windowOf(one.occurredOn, months) === windowOf(day, months),
      );
      const most = Math.max(0, asks - there.length);
      return sets.flatMap((set) =>
        Array.from({ length: most + 1 }, (_, more) => [
          ...set,
          ...Array.from({ length: more }, () => deed(kind, day)),
        ]),
      );
    },
    [[]],
  );
}

describe('the way up, against all that could be done', () => {
  test('no set gains the next place with fewer activities, nor the same number with a greater total', () => {
    const judge = compilePlan(small, april);
    fc.assert(
      fc.property(deeds, fc.array(deeds, { minLength: 1, maxLength: 3 }), (mine, others) => {
        const { rank, next, best } = wayUp(small, mine, others, { question: april });
        const totals = others.map((own) => judgeUnit(judge, tallyOf(small, own)).total ?? 0);
        const tried = allSets(mine).map((added) => {
          const total = judgeUnit(judge, tallyOf(small, [...mine, ...added])).total ?? 0;
          return { rank: 1 + totals.filter((one) => one > total).length, actions: added.length, total };
        });
        const better = tried
          .filter((one) => one.rank < (rank ?? 0))
          .sort((x, y) => x.actions - y.actions || y.total - x.total);
        const expected = better[0];
        expect(next && { actions: next.actions, total: next.total, rank: next.rank }).toEqual(
          expected ? { ...expected, total: pointsOf(expected.total) } : null,
        );
        const bestRank = Math.min(rank ?? 0, ...tried.map((one) => one.rank));
        expect(best?.rank ?? rank).toBe(bestRank);
      }),
      { numRuns: 60 },
    );
  });

  test('given the steps are taken, then the unit has the total and the rank that were promised', () => {
    const judge = compilePlan(small, april);
    fc.assert(
      fc.property(deeds, fc.array(deeds, { minLength: 1, maxLength: 3 }), (mine, others) => {
        const { best } = wayUp(small, mine, others, { question: april });
        const kinds: Record<string, string> = { r1: 'a', r2: 'b', r3: 'c' };
        const done = (best?.steps ?? []).flatMap(({ requirement, windows, actions }) =>
          windows
            .flatMap(({ to, required, actual }) =>
              Array.from({ length: required - actual }, () => deed(kinds[requirement] ?? '', to)),
            )
            .slice(0, actions),
        );
        if (!best) return;
        expect(done).toHaveLength(best.actions);
        const ranked = rankUnits(judge, [
          tallyOf(small, [...mine, ...done], { unit: 'me' }),
          ...others.map((own, index) => tallyOf(small, own, { unit: `u-${index}` })),
        ]);
        const row = ranked.rows.find(({ unit }) => unit === 'me');
        expect({ rank: row?.rank, total: row?.total }).toEqual({ rank: best.rank, total: best.total });
      }),
      { numRuns: 60 },
    );
  });

  test('a unit with everything still to do under the 2026 plan finds its way in a moment', () => {
    const judge = compilePlan(plan2026, { basis: 'year', on: '2026-01-02' });
    const ranked = rankUnits(judge, [
      tallyOf(plan2026, [], { unit: 'me', teamSize: 9 }),
      tallyOf(plan2026, [deed('learning-platform')], { unit: 'other' }),
    ]);
    const own = ranked.verdicts.find(({ tally }) => tally.unit === 'me');
    // Processor time, not the clock's: a search that has become exponential takes minutes of it.
    const before = process.cpuUsage();
    const found = own && wayUpOf(judge, own, ranked);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
    expect(found?.next).toMatchObject({ rank: 1, actions: 1 });
  });
});
