import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsIn, histogramOf } from '#schemas/presentation/histogram.ts';
import { pointsText } from '#schemas/presentation/numbers.ts';
import type { HiddenRow } from '#schemas/results/results.ts';
import { ODD_IDS } from '#test/support/oddIds.ts';
import {
  formatRanges,
  parseRanges,
  rangeKeys,
  rangeOf,
  rowsWithin,
  withRange,
} from '../../dashboard/pages/ranking/ranges.ts';

/** Scores have four decimals. */
const score = fc.integer({ min: 0, max: 1_000_000 }).map((units) => units / 10_000);
const limit = fc.integer({ min: 0, max: 10_000 }).map((units) => units / 100);
const plan = {
  criteria: ODD_IDS.map((id) => ({ id, name: { zh: id, en: id }, clause: '一', weight: 10 })),
};

describe('given any scores', () => {
  it('then the steps of their histogram are even and round, hold all of them, and are few', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 60 }), (values) => {
        const histogram = histogramOf(values);
        if (!histogram) throw new Error('nothing was drawn');
        const { from, to, step, counts } = histogram;
        expect(counts.length).toBeLessThanOrEqual(21);
        expect(from + counts.length * step).toBeCloseTo(to, 6);
        expect(from).toBeLessThanOrEqual(Math.min(...values));
        expect(to).toBeGreaterThanOrEqual(Math.max(...values));
        expect(['1', '2', '5']).toContain(step.toExponential().split('e')[0]);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(countsIn(histogram, values)).toEqual(counts);
      }),
    );
  });

  it('when there are none, then nothing is drawn', () => {
    expect(histogramOf([])).toBeNull();
  });
});

describe('given ranges', () => {
  it('then a row is kept if and only if its figure as it is written lies within', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 30 }), limit, limit, (totals, one, other) => {
        const rows = totals.map((total, at): HiddenRow => ({ rank: at + 1, total }));
        const range = rangeOf(one, other);
        const ranges = withRange(new Map(), 'total', range);
        const written = (row: HiddenRow): number => Number(pointsText(row.total));
        expect(rowsWithin(rows, ranges, plan)).toEqual(
          rows.filter((row) => !range || (written(row) >= range.low && written(row) <= range.high)),
        );
      }),
    );
  });

  it('then the address gives them back, whatever the ids of types', () => {
    const keys = rangeKeys(plan);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), limit, limit), { maxLength: 8 }), (given) => {
        const ranges = given.reduce<ReturnType<typeof parseRanges>>(
          (all, [key, one, other]) => withRange(all, key, rangeOf(one, other)),
          new Map(),
        );
        expect(parseRanges(formatRanges(ranges), plan)).toEqual(ranges);
      }),
    );
  });

  it('when the address is mistyped, then what is wrong narrows nothing', () => {
    expect(parseRanges('total:90~80,total,nobody:1~2,rank:x~3,:1~2,total:~', plan)).toEqual(
      new Map([['total', { low: 80, high: 90 }]]),
    );
    expect(formatRanges(new Map())).toBeNull();
    expect(rangeOf(-5, 200)).toBeNull();
  });

  it('when a row has no figure, then a range leaves it out', () => {
    const rows: HiddenRow[] = [{ rank: null, total: null }];
    expect(rowsWithin(rows, new Map([['total', { low: 0, high: 50 }]]), plan)).toEqual([]);
    expect(rowsWithin(rows, new Map(), plan)).toEqual(rows);
  });

  it('then ten thousand rows are narrowed within 50 ms', () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, at): HiddenRow => ({ rank: at + 1, total: (at % 1_000) / 10 }),
    );
    const ranges = new Map([['total', { low: 20, high: 60 }]]);
    const times = Array.from({ length: 9 }, () => {
      const begun = performance.now();
      const kept = rowsWithin(rows, ranges, plan);
      histogramOf(kept.map(({ total }) => total ?? 0));
      return performance.now() - begun;
    }).sort((a, b) => a - b);
    expect(times[4]).toBeLessThan(50);
  });
});
