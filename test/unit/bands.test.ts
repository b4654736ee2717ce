import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandInput } from '#schemas/bands/bandInput.ts';
import { type BandInput, rankBands, withBands } from '#schemas/bands/bands.ts';
import { ceilingOfNinetyFifth, floorOfFifth } from '#schemas/bands/percentiles.ts';
import { makeRanker, rankTotals } from '#schemas/bands/ranker.ts';
import { mulberry32 } from '#schemas/mulberry32.ts';
import { rankUnits } from '#schemas/ranks.ts';
import { compilePlan } from '#schemas/scoring.ts';
import { planWith } from '#test/support/plan.ts';
import { type Deed, tallyOf } from '#test/support/tally.ts';

type Unit = { scores: (number | null)[]; cap?: number };

function inputOf(
  units: readonly Unit[],
  weights: readonly number[],
  more: Partial<BandInput> = {},
): BandInput {
  return {
    year: 2026,
    weights: Float64Array.from(weights),
    scores: Float64Array.from(
      weights.flatMap((_, index) => units.map(({ scores }) => scores[index] ?? Number.NaN)),
    ),
    caps: Float64Array.from(units, ({ cap }) => cap ?? Number.POSITIVE_INFINITY),
    ...more,
  };
}

/** Type 7, as statistics books have it: h = (n − 1) p, linear between its neighbours. */
function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const h = (sorted.length - 1) * p;
  const low = sorted[Math.floor(h)] ?? 0;
  return low + (h - Math.floor(h)) * ((sorted[Math.ceil(h)] ?? 0) - low);
}

/** The bands as docs/scoring.md words them, one draw, one unit, one pair at a time. */
function plainly(units: readonly Unit[], weights: readonly number[], draws: number, top: number) {
  const random = mulberry32(2026);
  const ranks: number[][] = units.map(() => []);
  for (let draw = 0; draw < draws; draw++) {
    const drawn = weights.map((weight) => weight * (1 + 0.25 * (2 * (random() / 2 ** 32) - 1)));
    const totals = units.map(({ scores, cap = 101 }) => {
      let [sum, all] = [0, 0];
      for (const [index, score] of scores.entries()) {
        if (score === null) continue;
        sum += (drawn[index] ?? 0) * score;
        all += drawn[index] ?? 0;
      }
      return Math.min(sum / all, cap);
    });
    for (const [index, total] of totals.entries())
      ranks[index]?.push(1 + totals.filter((other) => other > total).length);
  }
  // A hair's breadth keeps the errors of doubles from pushing a whole number over the edge.
  return ranks.map((own) => [
    Math.floor(percentile(own, 0.05) + 1e-9),
    Math.ceil(percentile(own, 0.95) - 1e-9),
    own.filter((rank) => rank <= top).length,
  ]);
}

const listed = ({ lo, hi, inTop }: ReturnType<typeof rankBands>) =>
  Array.from(lo, (low, unit) => [low, hi[unit] ?? 0, inTop[unit] ?? 0]);

test('given a seed, then mulberry32 gives the numbers that others get', () => {
  // The published reference, seeded with 0 and 2026, divided by 2³².
  const first = mulberry32(0);
  expect([first(), first(), first()]).toEqual([1144304738, 1416247, 958946056]);
});

describe('bands', () => {
  const score = fc.oneof(
    fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 10_000),
    fc.constantFrom(0, 59, 100),
  );
  const weights = fc.array(fc.constantFrom(20, 12.5, 0.333333, 30), { minLength: 1, maxLength: 5 });
  const world = weights.chain((weighed) =>
    fc.record({
      weighed: fc.constant(weighed),
      units: fc.array(
        fc.record(
          {
            scores: fc.tuple(score, ...weighed.slice(1).map(() => fc.option(score))),
            cap: fc.constantFrom(59, 40.5),
          },
          { requiredKeys: ['scores'] },
        ),
        { minLength: 1, maxLength: 25 },
      ),
      draws: fc.integer({ min: 1, max: 60 }),
      top: fc.integer({ min: 1, max: 4 }),
    }),
  );

  test('given any units, then they are those of the plain recomputation', () => {
    fc.assert(
      fc.property(world, ({ weighed, units, draws, top }) => {
        const bands = rankBands(inputOf(units, weighed, { draws, top }));
        expect(listed(bands)).toEqual(plainly(units, weighed, draws, top));
      }),
    );
  });

  test('given units in another order, or fewer ranks held at once, then each has the same band', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 200 }), ({ weighed, units, draws }, held) => {
        const bands = listed(rankBands(inputOf(units, weighed, { draws })));
        expect(listed(rankBands(inputOf(units, weighed, { draws }), held))).toEqual(bands);
        const backwards = rankBands(inputOf([...units].reverse(), weighed, { draws }));
        expect(listed(backwards).reverse()).toEqual(bands);
      }),
    );
  });

  test('given the same scores everywhere, then the band is the rank itself', () => {
    const units = [80, 70, 70, 60].map((value) => ({ scores: [value, value] }));
    const { lo, hi, inTop, draws } = rankBands(inputOf(units, [20, 20], { top: 1 }));
    // 70 × w over w is 70 for both or for neither, so the two tie in every draw
    expect([...lo]).toEqual([1, 2, 2, 4]);
    expect([...hi]).toEqual([1, 2, 2, 4]);
    expect([...inTop]).toEqual([draws, 0, 0, 0]);
  });

  test('given no top, then it is a tenth of the units, rounded up', () => {
    const units = Array.from({ length: 11 }, (_, index) => ({ scores: [100 - index] }));
    const { inTop, draws } = rankBands(inputOf(units, [20], { draws: 10 }));
    expect([...inTop.slice(0, 3)]).toEqual([draws, draws, 0]);
  });

  test('given no units, then there are no bands', () => {
    expect(rankBands(inputOf([], [20])).lo).toHaveLength(0);
  });

  test('given more units than 16 bits can rank, then ranks stay right', () => {
    const units = 70_000;
    const scores = Float64Array.from({ length: units }, (_, unit) => ((unit * 7919) % units) / 1_000);
    const caps = new Float64Array(units).fill(Number.POSITIVE_INFINITY);
    const { lo, hi } = rankBands({ year: 2026, weights: Float64Array.of(20), scores, caps, draws: 2 });
    // one criterion: the weight does not matter; scores are 0 … 69999 thousandths, each once
    const expected = Uint32Array.from(scores, (value) => units - Math.round(value * 1_000));
    expect(lo).toEqual(expected);
    expect(hi).toEqual(expected);
  });
});

describe('ranking of totals', () => {
  const rank = (totals: Float64Array, likely = totals) => {
    const ranks = new Uint16Array(totals.length);
    rankTotals(makeRanker(likely), totals, ranks);
    return [...ranks];
  };
  const byDefinition = (totals: Float64Array) =>
    Array.from(totals, (total) => 1 + totals.filter((other) => other > total).length);

  test('given a crowd of totals that differ in the last bit beside a far one, then each has its rank', () => {
    const crowd = Array.from({ length: 300 }, (_, index) => 59 + (index % 150) * 2 ** -47);
    const totals = Float64Array.from([...crowd, 0, 100]);
    expect(rank(totals)).toEqual(byDefinition(totals));
  });

  test('given a crowd of equal totals, then they share their rank', () => {
    const totals = Float64Array.from([...new Array<number>(300).fill(59), 60, 58]);
    expect(rank(totals)).toEqual(byDefinition(totals));
  });

  test('given totals beyond the likely range, then ranks are right all the same', () => {
    const total = fc.double({ min: 0, max: 101, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(total, total), { minLength: 1, maxLength: 60 }), (pairs) => {
        const totals = Float64Array.from(pairs, ([one]) => one);
        const likely = Float64Array.from(pairs, ([, other]) => other);
        expect(rank(totals, likely)).toEqual(byDefinition(totals));
      }),
    );
  });
});

test('given any ranks, then percentiles are those of the definition, rounded outwards', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 120 }), (ranks) => {
      const times = new Uint32Array(52);
      for (const rank of ranks) times[rank] = (times[rank] ?? 0) + 1;
      expect(floorOfFifth(times, ranks.length, Math.min(...ranks))).toBe(
        Math.floor(percentile(ranks, 0.05) + 1e-9),
      );
      expect(ceilingOfNinetyFifth(times, ranks.length, Math.max(...ranks))).toBe(
        Math.ceil(percentile(ranks, 0.95) - 1e-9),
      );
    }),
  );
});

test('given a ranking, then its ranked rows get bands and shares, and the others none', () => {
  const plan = planWith({
    criteria: { learning: 20, unity: 20 },
    requirements: [
      { measure: { type: 'appraisal', whenNone: 'exclude' } },
      { kind: 'talk', criterion: 'unity', measure: { type: 'appraisal', whenNone: 'exclude' } },
    ],
    vetoes: [{ kind: 'violation', cap: 40 }],
  });
  const judge = compilePlan(plan, { basis: 'year', on: '2026-12-31' });
  const deed = (kind: string, score?: number): Deed => ({ kind, occurredOn: '2026-02-01', score });
  const ranked = rankUnits(judge, [
    tallyOf(plan, [deed('study', 90), deed('talk', 50)], { unit: 'a' }),
    tallyOf(plan, [deed('study', 50), deed('talk', 89)], { unit: 'b' }),
    tallyOf(plan, [deed('study', 100), deed('violation')], { unit: 'c' }),
    tallyOf(plan, [], { unit: 'd' }),
  ]);
  const rows = withBands(ranked.rows, rankBands(bandInput(judge, ranked, 1)));
  expect(rows.map(({ unit, rank, band }) => [unit, rank, band])).toEqual([
    ['a', 1, [1, 2]],
    ['b', 2, [1, 2]],
    ['c', 3, [3, 3]],
    ['d', null, null],
  ]);
  const [a = 0, b = 0] = rows.map(({ topShare }) => topShare ?? 0);
  expect(a + b).toBe(1);
  expect(a).toBeGreaterThan(b);
  expect(rows[3]?.topShare).toBeNull();
});
