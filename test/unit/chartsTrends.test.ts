import { describe, expect, it } from 'vitest';
import { rankWayText } from '#schemas/presentation/answers/rankWay.ts';
import { speechOf } from '#schemas/presentation/speech.ts';
import { leastPlaces, rankScale, sparkLine } from '../../dashboard/charts/sparkline.ts';

const box = { width: 72, height: 22 };

describe('a line as small as a word', () => {
  it('goes from edge to edge, with the best rank at the top and its last value as a dot', () => {
    const ranks = [7, 7, 4, 9, 3];
    const line = sparkLine(ranks, rankScale(ranks, 48), box);
    expect(line.path).toMatchInlineSnapshot(`"M2.5 12.7L19.3 12.7L36 7.6L52.8 16.1L69.5 5.9"`);
    expect(line.last).toEqual({ x: 69.5, y: expect.closeTo(5.9, 1) });
  });

  it('leaves a gap where there is no rank, shows one that stands alone, and has no dot where the last is none', () => {
    const ranks = [null, 2, null, 5, 6, null];
    const line = sparkLine(ranks, rankScale(ranks, 10), box);
    expect(line.path).toMatchInlineSnapshot(`"M15.9 2.5h0M42.7 15.3L56.1 19.5"`);
    expect(line.last).toBeNull();
    expect(sparkLine([null, null], { top: 1, bottom: 2 }, box)).toEqual({ path: '', last: null });
  });

  it('draws one month alone, and ranks that never change, without a division by nothing', () => {
    expect(sparkLine([3], rankScale([3], 1), box).path).toBe('M69.5 11h0');
    expect(sparkLine([3, 3], { top: 3, bottom: 3 }, box).path).not.toContain('NaN');
  });

  it('has a scale of its own, but a step of one place is never drawn as a fall', () => {
    expect(leastPlaces(48)).toBe(10);
    expect(rankScale([3, 4], 48)).toEqual({ top: -1.5, bottom: 8.5 });
    expect(rankScale([1, 40], 48)).toEqual({ top: 1, bottom: 40 });
  });
});

describe('a way through the ranks in words', () => {
  const days = ['2026-01-31', '2026-02-28', '2026-03-31'];
  const told = (ranks: (number | null)[]) =>
    (['zh-CN', 'en'] as const).map((language) => rankWayText(speechOf(language), { days, ranks }));

  it('tells from which rank to which, whether it has one now, and nothing where it never had one', () => {
    expect(told([7, 5, 3])).toEqual(['1月第7名，现第3名', 'rank 7 in Jan, 3 now']);
    expect(told([null, 1_200, 3])).toEqual(['2月第1,200名，现第3名', 'rank 1,200 in Feb, 3 now']);
    expect(told([null, null, 3])).toEqual(['现第3名', 'rank 3 now']);
    expect(told([7, null, null])).toEqual(['1月第7名，现无名次', 'rank 7 in Jan, none now']);
    expect(told([null, null, null])).toEqual([null, null]);
  });
});
