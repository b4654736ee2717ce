import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandText, countText, movesText } from '#schemas/presentation/numbers.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';
import { fitOf } from '../../dashboard/pages/ranking/fit.ts';
import {
  AS_MADE,
  arranged,
  moved,
  ordered,
  ownColumns,
  withColumn,
} from '../../dashboard/pages/ranking/ownColumns.ts';

const IDS = ['rank', 'band', 'moved', 'name', 'bars', 'total', 'behind'];
const slots = IDS.map((id) => ({ id, width: '1fr' }));
const ids = (own: Partial<typeof AS_MADE>): string[] =>
  arranged(slots, { ...AS_MADE, ...own }).map(({ id }) => id);

describe('given columns that somebody made their own', () => {
  it('then an order of any columns, also of such as are no more, loses and doubles none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...IDS, 'gone'), { maxLength: 9 }), (order) => {
        const unique = [...new Set(order)];
        const all = ordered(slots, { order: unique }).map(({ id }) => id);
        expect([...all].sort()).toEqual([...IDS].sort());
        expect(all.filter((id) => unique.includes(id))).toEqual(unique.filter((id) => id !== 'gone'));
      }),
    );
  });

  it('then a column that came later stands behind the one that it stands behind by itself', () => {
    expect(ids({ order: ['total', 'name', 'rank'] })).toEqual([
      ...['total', 'behind', 'name', 'bars', 'rank', 'band', 'moved'],
    ]);
  });

  it('then what is hidden is gone, but for the name, and widths stay within bounds', () => {
    expect(ids({ hidden: ['band', 'name', 'bars'] })).toEqual(['rank', 'moved', 'name', 'total', 'behind']);
    const widths = arranged(slots, { ...AS_MADE, widths: { rank: 90, total: 5, band: 9_999 } }).map(
      ({ width }) => width,
    );
    expect(widths.slice(0, 2)).toEqual(['minmax(40px, 90px)', 'minmax(40px, 800px)']);
    expect(widths[5]).toBe('minmax(40px, 40px)');
    expect(widths[3]).toBe('1fr');
  });

  it('then a step moves one column by one place, and none beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
  });

  it('then a column that is ticked is shown wherever the window is, and one that is not is hidden', () => {
    const without = withColumn(withColumn(AS_MADE, 'overYear', true), 'overYear', false);
    expect(without).toEqual({ ...AS_MADE, hidden: ['overYear'] });
    const again = withColumn(withColumn(without, 'overYear', true), 'overYear', true);
    expect(again).toEqual({ ...AS_MADE, added: ['overYear'] });
  });

  it('when what the browser kept is of another make, then what can be read of it holds', () => {
    expect(ownColumns.parse({ order: ['rank'], hidden: 7, widths: { rank: 'wide' } })).toEqual({
      ...AS_MADE,
      order: ['rank'],
    });
  });
});

describe('given rows of any length of ranking', () => {
  it('then there is room for every rank, band and move as it is written', () => {
    const place = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, place, place, place), { minLength: 1, maxLength: 20 }),
        (given) => {
          const rows = given.map(([rank, a, b, previousRank], at) => ({
            ...rankingRow({ unit: `u-${at}`, rank, previousRank, groupRank: a }),
            band: [Math.min(a, b), Math.max(a, b)] as [number, number],
          }));
          const fit = fitOf(rows);
          const longest = (texts: string[]): number => Math.max(...texts.map((text) => text.length));
          expect(fit.rank).toBe(longest(rows.map(({ rank }) => countText(rank))));
          expect(fit.band).toBe(longest(rows.map(({ band }) => bandText(band))));
          expect(fit.moved).toBeGreaterThanOrEqual(
            longest(rows.map(({ rank, previousRank }) => movesText((previousRank ?? 0) - (rank ?? 0)))),
          );
          expect(fit.groupRank).toBeGreaterThanOrEqual(
            longest(rows.map(({ groupRank }) => `${countText(groupRank)}/`)),
          );
        },
      ),
    );
  });
});
