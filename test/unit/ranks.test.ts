import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Measure } from '#schemas/plan.ts';
import { rankSupposing, rankUnits } from '#schemas/ranks.ts';
import { rankingRow } from '#schemas/results/results.ts';
import { compilePlan } from '#schemas/scoring.ts';
import { planWith } from '#test/support/plan.ts';
import { tallyOf } from '#test/support/tally.ts';

const appraisal: Measure = { type: 'appraisal', whenNone: 'exclude' };
const plan = planWith({ requirements: [{ measure: appraisal }], vetoes: [{ kind: 'violation', cap: 59 }] });
const judge = compilePlan(plan, { basis: 'year', on: '2026-12-31' });

/** A unit whose total is its score; null for none. */
const scoring = (unit: string, score: number | null, group = 'farm', vetoed = false) => {
  const occurredOn = '2026-02-01';
  return tallyOf(
    plan,
    [
      ...(score === null ? [] : [{ kind: 'study', occurredOn, score }]),
      ...(vetoed ? [{ kind: 'violation', occurredOn }] : []),
    ],
    { unit, group },
  );
};

const places = (tallies: ReturnType<typeof scoring>[]) =>
  rankUnits(judge, tallies).rows.map(({ unit, rank, groupRank, total }) => [unit, rank, groupRank, total]);

describe('ranks', () => {
  test('given equal totals, then they share the smaller rank and are listed by id', () => {
    expect(places([scoring('d', 70), scoring('c', 80), scoring('b', 80), scoring('a', 90)])).toEqual([
      ['a', 1, 1, 90],
      ['b', 2, 2, 80],
      ['c', 2, 2, 80],
      ['d', 4, 4, 70],
    ]);
  });

  test('given ids, then they are listed by code units: capitals first, digits as they stand', () => {
    const ids = ['u-2', 'u-10', 'Z', 'ä', 'a', '二', '\u{20000}', '\uffee'];
    expect(places(ids.map((id) => scoring(id, 50))).map(([id]) => id)).toEqual([
      'Z',
      'a',
      'u-10',
      'u-2',
      'ä',
      '二',
      // above U+FFFF an id begins with a surrogate, U+D840, which comes before U+FFEE
      '\u{20000}',
      '\uffee',
    ]);
  });

  test('given groups and a unit without total, then each group ranks its own and the unit comes last', () => {
    expect(
      places([
        scoring('a', null, 'school'),
        scoring('b', 60, 'school'),
        scoring('c', 70),
        scoring('d', 60, 'school'),
        scoring('e', 50, 'school'),
      ]),
    ).toEqual([
      ['c', 1, 1, 70],
      ['b', 2, 1, 60],
      ['d', 2, 1, 60],
      ['e', 4, 3, 50],
      ['a', null, null, null],
    ]);
  });

  test('given a veto, then the unit keeps its row, at the rank of its capped total', () => {
    const { rows } = rankUnits(judge, [scoring('a', 95, 'farm', true), scoring('b', 60), scoring('c', 40)]);
    expect(rows.map(({ unit }) => unit)).toEqual(['b', 'a', 'c']);
    expect(rows[1]).toEqual({
      unit: 'a',
      name: 'Unit 1',
      group: 'farm',
      rank: 2,
      groupRank: 2,
      of: 3,
      total: 59,
      totalWithoutVeto: 95,
      criteria: { learning: 95 },
      band: null,
      topShare: null,
      eligible: false,
      vetoes: ['veto.violation'],
      deductions: [],
    });
  });

  test('given a criterion named as objects name their prototype, then its score is told like any other', () => {
    const odd = planWith({ criteria: { ['__proto__']: 1 }, requirements: [{ measure: appraisal }] });
    const tally = tallyOf(odd, [{ kind: 'study', occurredOn: '2026-02-01', score: 70 }]);
    const { rows } = rankUnits(compilePlan(odd, { basis: 'year', on: '2026-12-31' }), [tally]);
    expect(JSON.stringify(rows[0]?.criteria)).toBe('{"__proto__":70}');
  });

  const unit = fc.record({
    score: fc.option(fc.integer({ min: 0, max: 12 }).map((tenth) => 50 + tenth / 10)),
    group: fc.constantFrom('farm', 'school'),
    vetoed: fc.boolean(),
  });

  test('given any units, then ranks follow totals, ties included, and rows are what the API promises', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
        const tallies = units.map(({ score, group, vetoed }, index) =>
          scoring(`u-${index}`, score, group, vetoed),
        );
        const { rows, totals } = rankUnits(judge, tallies);
        expect(rows).toHaveLength(units.length);
        for (const row of rows) {
          rankingRow.parse(row);
          const { total, group } = row;
          const better = rows.filter((other) => (other.total ?? -1) > (total ?? 101));
          expect(row.rank).toBe(total === null ? null : 1 + better.length);
          expect(row.groupRank).toBe(
            total === null ? null : 1 + better.filter((other) => other.group === group).length,
          );
          expect(row.of).toBe(totals.length);
        }
        const keys = rows.map(({ rank, unit }) => [rank ?? 1_000, unit] as const);
        const sorted = [...keys].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
        expect(keys).toEqual(sorted);
      }),
    );
  });

  test('given units in any order, then the rows are the same to the byte', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (units, dice) => {
        const tallies = units.map(({ score, group, vetoed }, index) =>
          scoring(`u-${index}`, score, group, vetoed),
        );
        const shuffled = tallies
          .map((tally) => [dice.next().value, tally] as const)
          .sort(([a], [b]) => a - b)
          .map(([, tally]) => tally);
        expect(JSON.stringify(rankUnits(judge, shuffled).rows)).toBe(
          JSON.stringify(rankUnits(judge, tallies).rows),
        );
      }),
    );
  });
});

test('given another total, then the rank is one more than the others that are greater', () => {
  const totals = Int32Array.from([90, 80, 80, 70]);
  expect(rankSupposing(totals, 70, 70)).toBe(4);
  expect(rankSupposing(totals, 70, 80)).toBe(2);
  expect(rankSupposing(totals, 70, 85)).toBe(2);
  expect(rankSupposing(totals, 70, 90)).toBe(1);
  expect(rankSupposing(totals, 90, 75)).toBe(3);
  expect(rankSupposing(totals, 90, 0)).toBe(4);
  expect(rankSupposing(totals, null, 75)).toBe(4);
  expect(rankSupposing(totals, 70, null)).toBeNull();
});
