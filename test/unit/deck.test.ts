import { describe, expect, it } from 'vitest';
import {
  deck,
  placedSlides,
  readSlides,
  SLIDES,
  shownSlides,
  type usualSlides,
  writeSlides,
} from '#schemas/deck.ts';
import { mulberry32 } from '#schemas/mulberry32.ts';
import { dotPlotOf, placeOn, ticksOf } from '#schemas/presentation/dotPlot.ts';
import type { RankingRow } from '#schemas/results/results.ts';

const ALL = { compared: true, grouped: false };

describe('slides as addresses write them', () => {
  it('are read in their order, and written as they were read', () => {
    const text = 'next,cover,-groups,leaders';
    const read = readSlides(text);
    if ('fault' in read) throw new Error(read.fault.kind);
    expect(writeSlides(read.slides)).toBe(text);
    expect(shownSlides({ slides: text }, ALL)).toEqual(['next', 'cover', 'leaders']);
  });

  it('keep every slide in its place, and those that are not named behind, left out', () => {
    const placed = placedSlides({ slides: 'next,-cover' }, ALL);
    expect(placed.map(({ id }) => id).sort()).toEqual([...SLIDES].sort());
    expect(placed.filter(({ shown }) => shown).map(({ id }) => id)).toEqual(['next']);
  });

  it.each([
    ['cover,weather', 'there is no slide "weather"; there are cover, leaders'],
    ['cover,cover', 'twice'],
    ['-cover,-next', 'leaves out every slide'],
    ['', 'there is no slide ""'],
  ])('%j is refused: %s', (text, said) => {
    const { error } = deck.safeParse({ slides: text });
    expect(error?.issues[0]?.message).toContain(said);
  });

  it('are as usual where nobody chose, without what has nothing to show', () => {
    const shown = (scope: Parameters<typeof usualSlides>[0]) => shownSlides({}, scope);
    expect(shown(ALL)).toEqual([...SLIDES]);
    expect(shown({ compared: false, grouped: true })).toEqual(
      SLIDES.filter((id) => id !== 'movers' && id !== 'groups'),
    );
  });
});

const rowsOf = (totals: readonly number[], bands: readonly ([number, number] | null)[] = []): RankingRow[] =>
  totals.map(
    (total, at) =>
      ({
        unit: `u${at}`,
        name: `u${at}`,
        rank: at + 1,
        groupRank: at + 1,
        total,
        band: bands[at] ?? null,
        vetoes: [],
      }) as unknown as RankingRow,
  );

describe('dots with the reach of their bands', () => {
  it('are for totals that bars from zero do not tell apart, and for no others', () => {
    expect(dotPlotOf(rowsOf([90, 89, 88.5]))).not.toBeNull();
    expect(dotPlotOf(rowsOf([90, 40]))).toBeNull();
    expect(dotPlotOf(rowsOf([90, 90, 90]))).toBeNull();
    expect(dotPlotOf(rowsOf([90]))).toBeNull();
    expect(dotPlotOf([])).toBeNull();
  });

  it('reach as far as the totals of the places in the band', () => {
    const plot = dotPlotOf(rowsOf([91, 90, 89, 88], [[1, 3], [1, 2], [2, 4], null]));
    expect(plot?.dots.map(({ span }) => span)).toEqual([[89, 91], [90, 91], [88, 90], null]);
  });

  it('lie within their axis, which begins above zero and names few round values, whatever the totals', () => {
    const random = mulberry32(20_261_126);
    for (let round = 0; round < 500; round++) {
      const next = (): number => random() / 2 ** 32;
      const [top, width] = [20 + next() * 80, 10 ** (next() * 5 - 4)];
      const totals = Array.from({ length: 2 + Math.floor(next() * 9) }, () =>
        Number((top * (1 - (next() * width) / 10)).toFixed(4)),
      ).sort((a, b) => b - a);
      const bands = totals.map((_, at): [number, number] => [
        Math.max(1, at - 1),
        Math.min(totals.length, at + 3),
      ]);
      const plot = dotPlotOf(rowsOf(totals, bands));
      if (!plot) continue;
      expect(plot.from).toBeGreaterThan(0);
      expect(plot.to).toBeLessThanOrEqual(100);
      const ticks = ticksOf(plot);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const { row, span } of plot.dots)
        for (const value of [row.total, ...(span ?? [])]) {
          expect(placeOn(plot, value)).toBeGreaterThanOrEqual(0);
          expect(placeOn(plot, value)).toBeLessThanOrEqual(1);
        }
    }
  });
});
