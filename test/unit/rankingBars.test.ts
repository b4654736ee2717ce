import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignmentOf, type Segment, shiftOf } from '../../dashboard/pages/ranking/bar.ts';

const ORDER = ['learning', 'unity', 'innovation', 'integrity', 'development'];

/** Bars as weights make them: some types not counted, all together at most 100 points. */
const bar = fc
  .array(fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }), { minLength: 5, maxLength: 5 })
  .map((scores): Segment[] => {
    const counted = scores.filter((score) => score !== null).length;
    return ORDER.flatMap((criterion, place) => {
      const score = scores[place] ?? null;
      return score === null ? [] : [{ criterion, token: 'type-8', score, points: score / counted }];
    });
  });

const upTo = (segments: readonly Segment[], criterion: string): number =>
  segments
    .filter((segment) => ORDER.indexOf(segment.criterion) < ORDER.indexOf(criterion))
    .reduce((sum, { points }) => sum + points, 0);
const all = (segments: readonly Segment[]): number => segments.reduce((sum, { points }) => sum + points, 0);

describe('given bars of any units', () => {
  it('when they are aligned at a type, then it begins at one line in all of them, and no bar leaves the column', () => {
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 12 }), fc.constantFrom(...ORDER), (bars, criterion) => {
        const alignment = alignmentOf(bars, ORDER, criterion);
        expect(alignment.scale).toBeGreaterThanOrEqual(100);
        for (const segments of bars) {
          const shift = shiftOf(segments, ORDER, alignment);
          expect(shift + upTo(segments, criterion)).toBeCloseTo(alignment.baseline, 9);
          expect(shift).toBeGreaterThanOrEqual(0);
          expect(shift + all(segments)).toBeLessThanOrEqual(alignment.scale + 1e-9);
        }
      }),
    );
  });

  it('when all types count for all, then the column keeps its scale', () => {
    const equal = (scores: readonly number[]): Segment[] =>
      ORDER.map((criterion, place) => ({
        criterion,
        token: 'type-8',
        score: scores[place] ?? 0,
        points: (scores[place] ?? 0) / 5,
      }));
    const bars = [equal([100, 100, 50, 0, 0]), equal([0, 0, 100, 100, 100])];
    expect(alignmentOf(bars, ORDER, 'innovation')).toEqual({
      criterion: 'innovation',
      baseline: 40,
      scale: 100,
    });
  });

  it('when the first type is chosen, then nothing moves', () => {
    fc.assert(
      fc.property(fc.array(bar, { minLength: 1, maxLength: 5 }), (bars) => {
        const alignment = alignmentOf(bars, ORDER, 'learning');
        expect(bars.map((segments) => shiftOf(segments, ORDER, alignment))).toEqual(bars.map(() => 0));
      }),
    );
  });
});
