import { describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { makeReweigh } from '#schemas/reweigh.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';

const context = { basis: 'year', on: '2026-12-31' } as const;
const IDS = plan2026.criteria.map(({ id }) => id);
const scores = (...values: (number | null)[]): RankingRow['criteria'] =>
  Object.fromEntries(IDS.map((id, index) => [id, values[index] ?? null]));

const ROWS = [
  rankingRow({ unit: 'a', rank: 1, total: 80, criteria: scores(100, 100, 100, 50, 50) }),
  rankingRow({ unit: 'b', rank: 2, total: 79, criteria: scores(60, 60, 75, 100, 100) }),
  rankingRow({
    unit: 'c',
    rank: 3,
    total: 59,
    totalWithoutVeto: 90,
    criteria: scores(90, 90, 90, 90, 90),
    vetoes: ['integrity.violation'],
  }),
];

describe('other weights', () => {
  it('give the ranking itself where they are those of the plan', () => {
    expect(
      makeReweigh(plan2026, ROWS, context)({}).map(({ unit, rank, total }) => [unit, rank, total]),
    ).toEqual([
      ['a', 1, 80],
      ['b', 2, 79],
      ['c', 3, 59],
    ]);
  });

  it('move ranks, keep the rank before, and hold a vetoed total at its cap', () => {
    const rows = makeReweigh(plan2026, ROWS, context)({ integrity: 40 });
    expect(rows.map(({ unit, rank, previousRank, total }) => [unit, rank, previousRank, total])).toEqual([
      ['b', 1, 2, 82.5],
      ['a', 2, 1, 75],
      ['c', 3, 3, 59],
    ]);
    expect(rows[2]?.totalWithoutVeto).toBe(90);
  });

  it('leave a unit without rank whose only scored criterion weighs nothing', () => {
    const alone = rankingRow({ unit: 'd', rank: 4, total: 10, criteria: scores(10) });
    const rows = makeReweigh(plan2026, [...ROWS, alone], context)({ learning: 0 });
    expect(rows.at(-1)).toMatchObject({ unit: 'd', rank: null, total: null, of: 3 });
  });

  it('draw bands anew for as many units as asked', () => {
    const few = makeReweigh(plan2026, ROWS, context, 3)({ integrity: 40 });
    expect(
      few.every(({ band, rank }) => band !== null && rank !== null && band[0] <= rank && rank <= band[1]),
    ).toBe(true);
    expect(makeReweigh(plan2026, ROWS, context, 2)({})[0]?.band).toBeNull();
  });
});
