import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { type Place, stackPlaces, stripHeight, stripOption } from '../../dashboard/charts/totalStrip.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

const zh = wordsOf('zh-CN');
const theme = themeOf((name) => name);

const placesOf = (totals: readonly number[], own: number): Place[] =>
  [...totals]
    .sort((a, b) => b - a)
    .map((total, at) => ({ rank: at + 1, total, name: at === own ? '第三管理区' : null }));

const totals = fc.array(
  fc.integer({ min: 0, max: 1_000_000 }).map((units) => units / 10_000),
  { minLength: 2, maxLength: 200 },
);

describe('given totals of which one is named', () => {
  it('then each stands once, near its place, and no two on each other; the named one stands on the axis', () => {
    fc.assert(
      fc.property(totals, fc.boolean(), (given, narrow) => {
        const places = placesOf(given, given.length - 1);
        const stacked = stackPlaces({ places, narrow });
        expect(stacked).toHaveLength(places.length);
        expect(new Set(stacked.map(({ at, level }) => `${at} ${level}`)).size).toBe(places.length);
        const span = Math.max(...given) - Math.min(...given);
        for (const { at, total } of stacked)
          expect(Math.abs(at - total)).toBeLessThanOrEqual(Math.max(1, span / 11));
        expect(stacked.find(({ name }) => name !== null)?.level).toBe(0);
      }),
    );
  });

  type Series = { type: string; data: unknown[]; markLine: { label: { formatter: string; align: string } } };
  const seriesOf = (places: Place[]): Series => {
    const option = stripOption({ places, decimals: 2, narrow: false, width: 1_392 }, theme, zh);
    return (option.series as Series[])[0] as Series;
  };

  it('then its line says who, which place and how much, and leans away from the near edge', () => {
    const { type, markLine } = seriesOf(placesOf([60, 70, 97.19], 0));
    expect([type, markLine.label.formatter, markLine.label.align]).toEqual([
      'scatter',
      '第三管理区：第 1 名，97.19 分',
      'right',
    ]);
    expect(seriesOf(placesOf([60, 70, 97.19], 2)).markLine.label.align).toBe('left');
  });

  it('then what it says is whole within the chart, on as many lines as it takes', () => {
    const name = 'Heilongjiang Beidahuang Agricultural Machinery and Water Conservancy Company Limited';
    for (const [width, own] of [288, 358, 1_392].flatMap((one) =>
      [0, 1, 2].map((at) => [one, at] as const),
    )) {
      const places = placesOf([60, 75, 97.19], own).map((one) => (one.name ? { ...one, name } : one));
      const input = { places, decimals: 2, narrow: width < 720, width };
      const { series, grid } = stripOption(input, theme, zh) as unknown as {
        series: Series[];
        grid: { top: number };
      };
      const text = series[0]?.markLine.label.formatter ?? '';
      expect(text.replaceAll(/\s/g, '')).toContain(name.replaceAll(' ', ''));
      const widest = Math.max(...text.split('\n').map((line) => theme.measure.width(line, 12)));
      expect(widest).toBeLessThan(width - 16);
      expect(grid.top).toBe(28 + 15 * (text.split('\n').length - 1));
      expect(stripHeight(input, theme, zh)).toBe(grid.top + 2 * 12 + 28);
    }
  });

  it('then a scale that ends beside a round figure names the round one alone', () => {
    const axisOf = (totals: number[]) =>
      stripOption({ places: placesOf(totals, 0), decimals: 2, narrow: false, width: 1_392 }, theme, zh).xAxis;
    expect(axisOf([59, 70, 98])).toMatchObject({
      min: 59,
      axisLabel: { showMinLabel: false, showMaxLabel: false },
    });
    expect(axisOf([0, 70, 100])).toMatchObject({ axisLabel: { showMinLabel: true, showMaxLabel: true } });
  });

  it('when they are too many to tell apart, then bars count them and the height stays', () => {
    const places = placesOf(
      Array.from({ length: 9_999 }, (_, at) => (at * 7919) % 100),
      4_000,
    );
    const { type, data, markLine } = seriesOf(places);
    expect(type).toBe('bar');
    expect((data as [number, number][]).reduce((sum, [, count]) => sum + count, 0)).toBe(places.length);
    expect(markLine.label.formatter).toContain('4,001');
    expect(stripHeight({ places, decimals: 2, narrow: false, width: 1_392 }, theme, zh)).toBeLessThan(260);
  });
});
