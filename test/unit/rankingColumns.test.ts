import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandText, countText, movesText } from '#schemas/presentation/numbers.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';
import { estimated } from '../../dashboard/charts/measure.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { fitOf } from '../../dashboard/pages/ranking/fit.ts';
import { fitting, headsRoom } from '../../dashboard/pages/ranking/inWidth.ts';
import {
  AS_MADE,
  arranged,
  moved,
  ordered,
  ownColumns,
  withColumn,
} from '../../dashboard/pages/ranking/ownColumns.ts';
import { captionRoom, phoneRoom, slotsOf } from '../../dashboard/pages/ranking/slots.ts';

const IDS = ['rank', 'band', 'moved', 'name', 'bars', 'total', 'behind'];
const slots = IDS.map((id) => ({ id, width: '1fr', least: 64 }));
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

describe('given a window', () => {
  const WIDE = { rank: 40, band: 136, moved: 52, overYear: 84, name: 160, bars: 340, total: 136, behind: 56 };
  const made = Object.entries(WIDE).map(([id, least]) => ({ id, least, width: `minmax(${least}px, 1fr)` }));
  const wideOf = (columns: readonly { least: number }[]): number =>
    columns.reduce((sum, { least }) => sum + least, 16 * (columns.length - 1));

  it('then no column stands beyond its edge, and what is least asked for gives way first', () => {
    expect(fitting(made, wideOf(made), [])).toEqual(made);
    const kept = (room: number, added: string[] = []): string[] =>
      fitting(made, room, added).map(({ id }) => id);
    expect(kept(wideOf(made) - 1)).not.toContain('overYear');
    expect(kept(wideOf(made) - 1, ['overYear'])).not.toContain('behind');
    expect(kept(wideOf(made) - 1, ['overYear'])).toContain('overYear');
    fc.assert(
      fc.property(fc.integer({ min: 560, max: 1_700 }), (room) => {
        const columns = fitting(made, room, []);
        expect(wideOf(columns)).toBeLessThanOrEqual(room);
        expect(columns.map(({ id }) => id)).toEqual(
          expect.arrayContaining(['rank', 'name', 'bars', 'total']),
        );
        // Nothing that was left out would have had room.
        const out = made.filter(({ id }) => !columns.some((column) => column.id === id));
        for (const { least } of out) expect(wideOf(columns) + 16 + least).toBeGreaterThan(room);
      }),
    );
    const tight = fitting(made, 560, []);
    expect(tight.map(({ id, width }) => `${id} ${width}`)).toEqual([
      ...[
        'rank minmax(40px, 1fr)',
        'moved minmax(52px, 1fr)',
        'name minmax(112px, 1fr)',
        'bars minmax(200px, 1fr)',
        'total minmax(80px, 1fr)',
      ],
    ]);
  });

  it('then a total has room for what it were without a veto, before it or above', () => {
    for (const [locale, total] of [
      ['zh-CN', '96.13'],
      ['en', '96.13'],
      ['en', '96.1327'],
    ] as const) {
      const said = wordsOf(locale).say('ranking.uncapped', { total });
      const takes = captionRoom(said);
      expect(takes).toBeGreaterThanOrEqual(estimated.width(said, 11.9));
      const column = { id: 'total', heading: '总分', width: 10, kind: 'number' as const, of: () => null };
      const [slot] = slotsOf([column], 'numbers', undefined, 0, takes);
      expect(slot?.least).toBeGreaterThanOrEqual(takes);
      expect(fitting([{ id: 'total', least: 300, width: '300px' }], 10, [])[0]?.least).toBe(80);
    }
  });

  it('then the names of all types have room above the bars', () => {
    expect(headsRoom(['学习型', 'Unity'])).toBeGreaterThanOrEqual(2 * 14 + 36 + 30 + 8);
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

describe('given a phone, whose columns beside the bars have no heads', () => {
  it('then ranks, moves and distances of many units have the room that they take', () => {
    const few = { rank: 2, band: 5, moved: 3, groupRank: 5 };
    expect(phoneRoom(few, '落后 1.50')).toEqual({ '--places': 'max(32px, 2ch, 2ch)', '--behind': '76px' });
    expect(phoneRoom({ ...few, rank: 6, moved: 6 }, '1.5012 behind')).toEqual({
      '--places': 'max(32px, 6ch, 5ch)',
      '--behind': '88px',
    });
    expect(phoneRoom(few, '11.50 behind')['--behind']).toBe('81px');
  });
});
