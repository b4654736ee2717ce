import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTo, estimated, linesWithin } from '../../dashboard/charts/measure.ts';
import { slopeOption } from '../../dashboard/charts/slope.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

const theme = themeOf((name) => `<${name}>`);
const zh = wordsOf('zh-CN');

describe('names on the slope', () => {
  /** The labels of a slope with the room that is kept for those of each side. */
  function labelled(names: readonly string[], width: number, far: number) {
    const some = names.map((name, at) => ({ unit: `u${at}`, name, before: 1 + at, after: far + at }));
    const option = slopeOption({ lines: some, depth: names.length, width }, theme, zh) as {
      grid: { left: number; right: number };
      series: { data: { label: { formatter: string } }[] }[];
    };
    const textsOf = (side: number) => option.series.map(({ data }) => data[side]?.label.formatter ?? '');
    const widest = (side: number): number =>
      Math.max(...textsOf(side).map((text) => theme.measure.width(text, 12)));
    return { ...option.grid, texts: [0, 1].map(textsOf), widest: [0, 1].map(widest) };
  }

  it.each([288, 358, 672, 1_600])(
    'has room for every label within %s px, however long the name and large the rank',
    (width) => {
      const long = '北大荒农垦集团建三江分公司七星农场有限公司第二十五作业站';
      const both = [long, 'Seven Stars Farm Limited, Twenty-fifth Station of the Reclamation Area', long];
      const { left, right, texts, widest } = labelled(both, width, 345);
      expect([left >= (widest[0] ?? 0) + 11, right >= (widest[1] ?? 0) + 11]).toEqual([true, true]);
      expect(width - left - right).toBeGreaterThanOrEqual(64);
      expect(texts.flat().some((text) => text.includes('…'))).toBe(width < 1_000);
    },
  );

  it('cuts no name that has room: not by a guess of its width, nor for a side that needs less', () => {
    const names = ['粮食贸易有限公司', '乳业有限公司', '供热有限公司', '粮油加工有限公司'];
    for (const width of [358, 672]) {
      const { texts } = labelled(names, width, 6);
      expect(texts.flat().filter((text) => text.includes('…'))).toEqual([]);
    }
    // A side whose labels are short leaves its room to the other.
    const { series } = slopeOption(
      {
        lines: [
          { unit: 'a', name: '甲', before: 1, after: 1 },
          { unit: 'b', name: '北方垦区投资建设集团有限公司', before: 1, after: 2 },
        ],
        depth: 2,
        width: 358,
      },
      theme,
      zh,
    ) as { series: { data: { label: { formatter: string } }[] }[] };
    expect(series[1]?.data[1]?.label.formatter).toContain('北方垦区投资建设集团有限公司 ▼1');
  });
});

describe('a text within its room', () => {
  const text = fc
    .array(fc.constantFrom('甲', '乙 ', 'Farm ', 'ab', '“', '7', '▲'), { minLength: 1, maxLength: 30 })
    .map((parts) => parts.join('').trim());

  it('is whole where it fits, and else as long as fits with the mark of a cut', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 300 }), (one, room) => {
        const cut = cutTo(one, room, 12, estimated);
        expect(estimated.width(cut, 12)).toBeLessThanOrEqual(room);
        expect(cut === one).toBe(estimated.width(one, 12) <= room);
        const next = [...one].slice(0, [...cut].length).join('');
        if (cut !== one) expect(estimated.width(`${next}…`, 12)).toBeGreaterThan(room);
      }),
    );
  });

  it('is on several lines all there, none wider than the room', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 300 }), (one, room) => {
        const lines = linesWithin(one, room, 11, estimated);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(one.replaceAll(/\s/g, ''));
        for (const line of lines) expect(estimated.width(line, 11)).toBeLessThanOrEqual(room);
      }),
    );
  });
});
