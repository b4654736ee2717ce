// The reference is what the product is checked against, so it is checked by hand, arithmetic in sight.
import { describe, expect, it } from 'vitest';
import { plan, requirement, stream, toDate, yearEnd } from '#test/support/referenceStream.ts';
import { mulberry32, percentile } from '../reference/bands.ts';
import { dayIn, windowsOf } from '../reference/calendar.ts';
import { replay } from '../reference/history.ts';
import * as r from '../reference/rational.ts';
import { ranking, standing } from '../reference/score.ts';
import type { Data, Measure } from '../reference/types.ts';

describe('rationals', () => {
  it('take a number by its shortest decimal and round halves up, once', () => {
    expect(r.equal(r.plus(r.parse(0.1), r.parse(0.2)), r.parse(0.3))).toBe(true);
    expect(r.parse(1e-7)).toEqual(r.rational(1n, 10_000_000n));
    // 1.005 as a double lies below 1.005; as a decimal it is a tie.
    expect(r.toNumber(r.parse(1.005), 2)).toBe(1.01);
    // 50.00005 / 100 = 0.5000005: a tie at the seventh decimal.
    expect(r.toNumber(r.over(r.parse(50.00005), r.hundred), 6)).toBe(0.500001);
    expect(r.toNumber(r.rational(2n, 3n), 4)).toBe(0.6667);
  });
});

describe('calendar', () => {
  it('ends February where the year does, and days where the zone does', () => {
    expect(windowsOf(2024, 'month')[1]).toEqual({ label: '2024-02', from: '2024-02-01', to: '2024-02-29' });
    expect(windowsOf(2026, 'half').map(({ to }) => to)).toEqual(['2026-06-30', '2026-12-31']);
    expect(dayIn('Asia/Shanghai', Date.parse('2026-03-31T16:00:00Z'))).toBe('2026-04-01');
    expect(dayIn('America/New_York', Date.parse('2026-04-01T03:59:59Z'))).toBe('2026-03-31');
  });
});

describe('scores', () => {
  it('follow from rounded figures, step by step', () => {
    const { events, adopt, register, record, send } = stream();
    adopt(plan);
    register('a');
    record('a', 'a-1', 'research', '2026-02-01');
    record('a', 'a-2', 'research', '2026-03-31');
    record('a', 'a-3', 'research', '2026-09-30');
    record('a', 'a-4', 'training', '2026-05-05', { quantity: 40.1 });
    record('a', 'a-5', 'training', '2026-05-06'); // no quantity: counts for nothing
    record('a', 'a-6', 'meeting', '2026-06-30');
    for (const id of ['i-1', 'i-2', 'i-3'])
      send('2026-07-01', '/organisation', 'activity.recorded', {
        ...{ activity: id, unit: 'a', year: 2026, kind: 'admonition', occurredOn: '2026-07-01', title: '-' },
      });
    const state = replay(events);
    expect(state.quarantined).toEqual([]);
    const row = ranking(state, yearEnd)?.rows[0];
    // research: quarters 1, 0, 1, 0 → 0.5. hours: 40.1 / (40 × 3) = 0.3341666… → 0.334167.
    // learning: 100 × (15 × 0.5 + 5 × 0.334167) / 20 = 100 × 9.170835 / 20 = 45.854175 → 45.8542.
    // unity: halves 1, 0 → 0.5 → 50, less min(3 × 5, 12) = 12 → 38.
    // total: (20 × 45.8542 + 30 × 38) / 50 = (917.084 + 1140) / 50 = 41.14168 → 41.1417.
    expect(row).toMatchObject({
      criteria: { learning: 45.8542, unity: 38 },
      total: 41.1417,
      eligible: false,
    });
    expect(row?.deductions).toEqual([{ id: 'unity.discord', count: 3, points: 12 }]);
    const [research, hours] = standing(state, 'a', yearEnd) ?? [];
    // research: 100 × 20/50 × 15/20 × 0.5 = 15. hours: 100 × 0.4 × 0.25 × 0.665833 = 6.65833.
    expect(research).toMatchObject({ attainment: 0.5, lost: 15, rankIfClosed: 1, rankIfCaughtUp: null });
    expect(hours).toMatchObject({ attainment: 0.334167, lost: 6.6583 });
    expect(research?.windows.map(({ status }) => status)).toEqual(['met', 'missed', 'met', 'missed']);
  });

  it('to date, count a window once it has ended or is full', () => {
    const { events, adopt, register, record } = stream();
    adopt(plan);
    register('a');
    record('a', 'a-1', 'research', '2026-02-01');
    record('a', 'a-2', 'research', '2026-07-01');
    const state = replay(events);
    const research = (on: string) => standing(state, 'a', toDate(on))?.[0]?.attainment;
    expect(research('2026-01-31')).toBeNull();
    expect(research('2026-06-29')).toBe(1); // Q1 alone
    expect(research('2026-06-30')).toBe(0.5); // Q1, and Q2 in vain
    expect(research('2026-07-01')).toBe(0.666667); // Q3 is full before its end
    expect(research('2026-12-31')).toBe(0.5);
    // Nothing of unity is due on 29 June: learning alone makes the total.
    const row = ranking(state, toDate('2026-06-29'))?.rows[0];
    expect(row).toMatchObject({ criteria: { learning: 100, unity: null }, total: 100, eligible: true });
    // On 1 July: quarters 1, 0, 1 → 2/3; caught up with Q4: (1 + 0 + 1 + 1) / 4, and still alone.
    expect(standing(state, 'a', toDate('2026-07-01'))?.[0]).toMatchObject({
      ...{ rankIfCaughtUp: 1, due: '2026-12-31', rankIfClosed: 1 },
    });
  });

  it('rank ties alike, cap vetoed totals, and list units without a total last', () => {
    const { events, adopt, register, record, send } = stream();
    const { requirements } = plan;
    adopt({ ...plan, requirements: requirements.slice(2), conditions: [], deductions: [] });
    for (const unit of ['d', 'c', 'b']) register(unit);
    register('a', { group: 'school' });
    register('late', { since: '2027-01-01' });
    for (const unit of ['a', 'b', 'c']) record(unit, 'a-1', 'meeting', '2026-01-05');
    record('b', 'a-2', 'meeting', '2026-07-01');
    send('2026-08-01', '/organisation', 'activity.recorded', {
      ...{ activity: 'v', unit: 'd', year: 2026, kind: 'violation', occurredOn: '2026-08-01', title: '-' },
    });
    record('d', 'a-1', 'meeting', '2026-01-05');
    const state = replay(events);
    const rows = ranking(state, yearEnd)?.rows ?? [];
    // b 100; a and c 50; d 50, capped at 30.
    expect(rows.map((row) => [row.unit, row.rank, row.groupRank, row.total])).toEqual([
      ['b', 1, 1, 100],
      ['a', 2, 1, 50],
      ['c', 2, 2, 50],
      ['d', 4, 3, 30],
    ]);
    expect(rows[3]).toMatchObject({ totalWithoutVeto: 50, vetoes: ['violation'], eligible: false, of: 4 });
    // One criterion is left, so no weight moves anything; N = ⌈4 / 10⌉ = 1.
    expect(rows.map(({ band, topShare }) => [band, topShare])).toEqual([
      [[1, 1], 1],
      [[2, 2], 0],
      [[2, 2], 0],
      [[4, 4], 0],
    ]);
    // Full attainment lifts a to b's 100, and d only to its cap.
    expect(standing(state, 'a', yearEnd)?.[0]?.rankIfClosed).toBe(1);
    expect(standing(state, 'd', yearEnd)?.[0]?.rankIfClosed).toBe(4);
    const early = ranking(state, toDate('2026-01-31'))?.rows ?? [];
    expect(early.map((row) => [row.unit, row.rank])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
      ['d', 1],
    ]);
    const first = ranking(state, toDate('2026-01-03'))?.rows[0];
    expect(first).toMatchObject({ unit: 'a', rank: null, groupRank: null, total: null, band: null, of: 0 });
  });

  it.each<[Measure, Data[], number | null]>([
    [{ type: 'coverage', share: 0.8 }, [{ members: ['m-1'] }, { members: ['m-1', 'm-2'] }], 0.833333], // 2/3/0.8
    [{ type: 'variety', forms: ['x', 'y', 'z'], atLeast: 3 }, [{ form: 'x' }, { form: 'w' }], 0.333333],
    [
      { type: 'ratio', whenNone: 'zero' },
      [
        { due: 3, done: 1 },
        { due: 4, done: 4 },
      ],
      0.714286,
    ], // 5/7
    [{ type: 'ratio', whenNone: 'zero' }, [{ due: 0, done: 0 }], 1],
    [{ type: 'ratio', whenNone: 'full' }, [{ due: 1, done: 2 }], 1], // impossible, so no report
    [{ type: 'ratio', whenNone: 'exclude' }, [], null],
    [{ type: 'appraisal', whenNone: 'zero' }, [{ score: 50.00005 }], 0.500001],
    [{ type: 'milestone', by: '03-01' }, [{}], 1],
    [{ type: 'milestone', by: '02-28' }, [{}], 0],
    // Targets 80 at least, 50 at most, one without a value: (60/80 + 50/60 + 0) / 3 = 0.527777…
    [
      { type: 'target' },
      [
        { indicator: 'i', value: 60 },
        { indicator: 'j', value: 60 },
      ],
      0.527778,
    ],
    // Same day: the later event is the latest. (0 + 1 + 0) / 3; negative values are held at 0.
    [
      { type: 'target' },
      [
        { indicator: 'i', value: 90 },
        { indicator: 'i', value: -1 },
        { indicator: 'j', value: 9 },
      ],
      0.333333,
    ],
  ])('attain %o with %o', (measure, bodies, expected) => {
    const { events, adopt, register, record, send } = stream();
    adopt({ ...plan, requirements: [requirement('learning.x', 'x', 1, measure)] });
    register('a');
    const targets = { i: [80, 'atLeast'], j: [50, 'atMost'], k: [5, 'atLeast'] };
    for (const [indicator, [target, direction]] of Object.entries(targets))
      send('2026-01-03', '/organisation', 'target.assigned', {
        ...{ unit: 'a', year: 2026, indicator, target, direction },
      });
    bodies.forEach((body, index) => {
      record('a', `a-${index}`, 'x', '2026-03-01', body);
    });
    expect(standing(replay(events), 'a', yearEnd)?.[0]?.attainment).toBe(expected);
  });
});

describe('bands', () => {
  it('draw with mulberry32 and take percentiles of type 7', () => {
    // The generator's published first values for the seeds 0 and 1.
    expect(mulberry32(0)() / 2 ** 32).toBe(0.26642920868471265);
    expect(mulberry32(1)() / 2 ** 32).toBe(0.6270739405881613);
    const ranks = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(r.toNumber(percentile(ranks, 5))).toBe(1.45); // place 9 × 0.05 = 0.45
    expect(r.toNumber(percentile(ranks, 95))).toBe(9.55);
  });

  it('are wide where the weights decide', () => {
    const { events, adopt, register, record } = stream();
    const criteria = plan.criteria.map((one) => ({ ...one, weight: 20 }));
    const requirements = [plan.requirements[0], plan.requirements[2]].filter((one) => one !== undefined);
    adopt({ ...plan, criteria, requirements });
    register('a');
    register('b');
    ['02-01', '05-01', '08-01', '11-01'].forEach((day, index) => {
      record('a', `a-${index}`, 'research', `2026-${day}`);
      record('b', `a-${index}`, 'meeting', `2026-${day}`);
    });
    const [a, b] = ranking(replay(events), yearEnd)?.rows ?? [];
    expect([a?.total, b?.total, a?.rank, b?.rank]).toEqual([50, 50, 1, 1]);
    expect([a?.band, b?.band]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect((a?.topShare ?? 0) + (b?.topShare ?? 0)).toBeCloseTo(1, 12);
  });
});
