import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distancesOf } from '#schemas/presentation/answers/neighbours.ts';
import { exactDifference, pointsText, totalDecimals } from '#schemas/presentation/numbers.ts';
import type { HiddenRow } from '#schemas/results/results.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { apartWord } from '../../dashboard/pages/ranking/apart.ts';

/** As a ranking gives them: descending, equal totals in one place, those without one last. */
const ranking = fc
  .array(fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null, freq: 8 }), { maxLength: 30 })
  .map((totals): HiddenRow[] => {
    const told = totals.filter((total) => total !== null).sort((a, b) => b - a);
    return [
      ...told.map((total) => ({ rank: told.indexOf(total) + 1, total: total / 10_000 })),
      ...totals.filter((total) => total === null).map(() => ({ rank: null, total: null })),
    ];
  });

describe('given the rows of a ranking', () => {
  it('then a distance is what the two totals as they are written differ by, and never nothing', () => {
    fc.assert(
      fc.property(ranking, (rows) => {
        const decimals = totalDecimals(rows);
        const distances = distancesOf(rows, decimals);
        const written = (row: HiddenRow): number => Number(pointsText(row.total, decimals));
        for (const row of rows) {
          const distance = distances.get(row);
          expect(distance === undefined).toBe(row.total === null);
          if (!distance) continue;
          const { behind, ahead, level } = distance;
          const better = rows.filter(({ rank }) => rank !== null && rank < (row.rank ?? 0)).at(-1);
          const worse = rows.find(({ rank }) => rank !== null && rank > (row.rank ?? 0));
          expect(behind).toEqual(
            better ? { points: exactDifference(written(better), written(row)), place: better.rank } : null,
          );
          expect(ahead).toEqual(
            worse ? { points: exactDifference(written(row), written(worse)), place: worse.rank } : null,
          );
          expect(behind?.points).not.toBe(0);
          expect(level).toBe(rows.filter(({ rank }) => rank === row.rank).length - 1);
        }
      }),
    );
  });

  it('when a total is not told, then the row has no distance and is nobody’s neighbour', () => {
    const [first, hidden, last] = [
      { rank: 1, total: 90 },
      { rank: 2, total: null },
      { rank: 3, total: 80.5 },
    ] as const;
    const distances = distancesOf([first, hidden, last], 2);
    expect(distances.get(hidden)).toBeUndefined();
    expect(distances.get(last)).toEqual({ behind: { points: 9.5, place: 1 }, ahead: null, level: 0 });
  });

  it('when places are those of a group, then neighbours are named by them', () => {
    const rows = [
      { rank: 4, total: 90, at: 1 },
      { rank: 9, total: 80, at: 2 },
    ];
    const distances = distancesOf(rows, 2, (row) => (row as { at?: number }).at ?? null);
    const own = distances.get(rows[1] as HiddenRow);
    expect(own?.behind).toEqual({ points: 10, place: 1 });
    // The column beside it says 4 and 9: in the zone somebody else is first.
    const told = (locale: 'zh-CN' | 'en', within: boolean) =>
      own && apartWord(wordsOf(locale), own, { within, decimals: 2 });
    expect(told('zh-CN', true)).toBe('落后类内第 1 名 10.00 分');
    expect(told('en', true)).toBe('10.00 behind place 1 of the group');
    expect(told('en', false)).toBe('10.00 behind place 1');
  });
});
