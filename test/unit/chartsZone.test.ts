import { describe, expect, it } from 'vitest';
import { claimHeight, claimOption } from '../../dashboard/charts/claims.ts';
import { compareHeight, compareOption } from '../../dashboard/charts/compareProfile.ts';
import {
  countSteps,
  type Dot,
  type DotInput,
  dotHeight,
  dotOption,
  stackDots,
} from '../../dashboard/charts/dotplot.ts';
import { monthOption } from '../../dashboard/charts/monthStrip.ts';
import { slopeHeight, slopeLines, slopeOption } from '../../dashboard/charts/slope.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

const theme = themeOf((name) => `<${name}>`);
const zh = wordsOf('zh-CN');
const en = wordsOf('en');

type Formatter = { formatter: (params: unknown) => string; renderMode: string };
const tooltipOf = (option: object): Formatter => (option as { tooltip: Formatter }).tooltip;
const HOSTILE = '<img src=x onerror=alert(1)>{a|b}';
/** As it is shown: signs that would be read as a style give way to look-alikes. */
const SHOWN = '<img src=x onerror=alert(1)>｛a｜b｝';

describe('the slope from old to new rank', () => {
  const lines = [
    { unit: 'a', name: '一中', before: 1, after: 2 },
    { unit: 'b', name: '二中', before: 2, after: 1 },
    { unit: 'c', name: '三中', before: 3, after: 3 },
    { unit: 'd', name: HOSTILE, before: 9, after: 4 },
  ];

  it('keeps the units that are among the first on either side', () => {
    expect(slopeLines(lines, 3).map(({ unit }) => unit)).toEqual(['a', 'b', 'c']);
    expect(slopeLines(lines, 4).map(({ unit }) => unit)).toEqual(['a', 'b', 'c', 'd']);
    expect(slopeHeight({ lines: slopeLines(lines, 3), depth: 3, width: 672 }, theme)).toBe(120);
    expect(slopeHeight({ lines, depth: 3, width: 672 }, theme)).toBe(140);
  });

  it('is as high as the last rank that somebody has: of one rank alone nothing is left blank below it', () => {
    const one = ['a', 'b'].map((unit) => ({ unit, name: unit, before: 1, after: 1 }));
    expect(slopeHeight({ lines: one, depth: 15, width: 672 }, theme)).toBe(80);
    const { yAxis, series } = slopeOption({ lines: one, depth: 15, width: 672 }, theme, zh) as {
      yAxis: { min: number; max: number };
      series: { data: { value: number }[] }[];
    };
    expect([yAxis.min, yAxis.max]).toEqual([1, 2]);
    expect(series.flatMap(({ data }) => data.map(({ value }) => value))).toEqual([1, 1, 1, 1]);
    // A rank beyond the depth stands below a gap, wherever the ranks within it end.
    const fell = [...one, { unit: 'c', name: 'c', before: 2, after: 40 }];
    const option = slopeOption({ lines: fell, depth: 15, width: 672 }, theme, zh) as {
      series: typeof series;
    };
    expect(option.series[2]?.data.map(({ value }) => value)).toEqual([2, 4]);
  });

  it('gives a line above it room of its own, so that it does not lie on the heads', () => {
    const topOf = (titled: boolean) =>
      (slopeOption({ lines, depth: 3, width: 358, titled }, theme, zh) as { grid: { top: number } }).grid.top;
    expect(topOf(true) - topOf(false)).toBe(20);
    expect(slopeHeight({ lines, depth: 3, width: 672, titled: true }, theme)).toBe(160);
  });

  it('draws climbs, falls and who stays, each in its own stroke', () => {
    expect(slopeOption({ lines, depth: 4, width: 672 }, theme, zh)).toMatchSnapshot();
  });

  it('draws ranks beyond its depth below the others, each named as any other', () => {
    const { series } = slopeOption({ lines, depth: 4, width: 672 }, theme, zh) as {
      series: { data: { value: number; label: { show: boolean } }[] }[];
    };
    expect(series[3]?.data.map(({ value, label }) => [value, label.show])).toEqual([
      [6, true],
      [4, true],
    ]);
  });

  it('tells by how many places units moved that share a label only where it is true of all of them', () => {
    const shared = [
      { unit: 'a', name: '一中', before: 3, after: 1 },
      { unit: 'b', name: '二中', before: 1, after: 1 },
      { unit: 'c', name: '三中', before: 5, after: 4 },
      { unit: 'd', name: '四中', before: 5, after: 4 },
    ];
    const { series } = slopeOption({ lines: shared, depth: 5, width: 672 }, theme, zh) as {
      series: { data: { label: { formatter: string } }[] }[];
    };
    expect(series.map(({ data }) => data[1]?.label.formatter)).toEqual([
      '1  一中 +1',
      '',
      '4  三中 +1 ▲1',
      '',
    ]);
  });

  it('names a line as text and never as style or HTML', () => {
    const { formatter, renderMode } = tooltipOf(slopeOption({ lines, depth: 4, width: 358 }, theme, en));
    expect(renderMode).toBe('richText');
    expect(formatter({ seriesIndex: 3 })).toBe(`${SHOWN}  9 → 4 ▲5`);
  });
});

describe('the dot plot', () => {
  const dot = (unit: string, value: number): Dot => ({ unit, name: unit, value, color: '<c>', says: unit });
  const input = (dots: Dot[], narrow = false): DotInput => ({
    dots,
    suffix: '%',
    mark: { value: 50, name: '平均 50%' },
    narrow,
  });

  it('stacks what is nearly equal and never draws nearly done as done', () => {
    const placed = stackDots(
      [dot('a', 100), dot('b', 99.9), dot('c', 0.1), dot('d', 0), dot('e', 50.2), dot('f', 50)],
      false,
    );
    expect(placed.map(({ unit, at, level }) => [unit, at, level])).toEqual([
      ['d', 0, 0],
      ['c', 1, 0],
      ['f', 50, 0],
      ['e', 50, 1],
      ['b', 99, 0],
      ['a', 100, 0],
    ]);
  });

  it('draws every unit, with the mean across', () => {
    expect(dotOption(input([dot('a', 100), dot('b', 50)]), theme, zh)).toMatchSnapshot();
  });

  it('counts by bars where a stack would grow out of the screen', () => {
    const many = Array.from({ length: 40 }, (_, index) => dot(`u${index}`, index < 35 ? 100 : 42));
    const option = dotOption(input(many), theme, en);
    expect(option).toMatchObject({ series: [{ type: 'bar' }] });
    expect(countSteps(many)[8]).toBe(5);
    expect(countSteps(many)[20]).toBe(35);
    expect(tooltipOf(option).formatter({ dataIndex: 20 })).toBe('100%: 35 units');
    expect(dotHeight(input(many))).toBe(264);
  });

  it('keeps the name of a mark at an end of the scale within the picture', () => {
    const sideOf = (value: number, narrow: boolean): string => {
      const option = dotOption(
        { ...input([dot('a', 50)], narrow), mark: { value, name: 'Median 100.00' } },
        theme,
        en,
      );
      const { series } = option as { series: { markLine: { label: { align: string } } }[] };
      return series[0]?.markLine.label.align ?? '';
    };
    for (const narrow of [true, false])
      expect([100, 50, 0].map((value) => sideOf(value, narrow))).toEqual(['right', 'center', 'left']);
  });

  it('says what a dot is as text', () => {
    const hostile = { ...dot('a', 10), says: HOSTILE };
    const { formatter } = tooltipOf(dotOption(input([hostile]), theme, zh));
    expect(formatter({ dataIndex: 0 })).toBe(SHOWN);
  });
});

describe('the comparison', () => {
  const input = {
    width: 806,
    units: ['一中', HOSTILE],
    rows: [
      { criterion: 'learning', name: '学习型', scores: [82, 91] },
      { criterion: 'unity', name: '团结型', scores: [null, 100] },
    ],
  };

  it('draws how far they are apart where both are known', () => {
    expect(compareOption(input, theme, zh)).toMatchSnapshot();
    expect(compareHeight(input, theme)).toBe(144);
  });

  it('has all marks of a row on its line, and a lane each where some would cover each other', () => {
    const lanes = (...scores: (number | null)[]) => {
      const { series } = compareOption(
        {
          width: 358,
          units: ['一中', '二中', '三中'],
          rows: [{ criterion: 'unity', name: '团结型', scores }],
        },
        theme,
        zh,
      );
      return (series as { type: string; data: { symbolOffset: [number, number] }[] }[])
        .filter(({ type }) => type === 'scatter')
        .map(({ data }) => data[0]?.symbolOffset[1]);
    };
    expect(lanes(0, 50, 100)).toEqual([0, 0, 0]);
    expect(lanes(50, null, 100)).toEqual([0, 0, 0]);
    expect(lanes(50, 0, 51)).toEqual([-12, 0, 12]);
  });

  it('begins its scale at the last step below the lowest', () => {
    expect(compareOption(input, theme, zh)).toMatchObject({ xAxis: { min: 80, max: 100 } });
    const low = { ...input, rows: [{ criterion: 'x', name: 'x', scores: [12, 91] }] };
    expect(compareOption(low, theme, zh)).toMatchObject({ xAxis: { min: 0 } });
  });

  it('lists all units of a type as text', () => {
    const { formatter } = tooltipOf(compareOption(input, theme, en));
    expect(formatter([{ dataIndex: 1 }])).toBe(`团结型\n一中  –\n${SHOWN}  100.00`);
  });
});

describe('the months', () => {
  const months = [
    { month: '2026-11', name: '11 月', done: 15, owing: 32, missed: 0 },
    { month: '2026-12', name: '12 月', done: 990, owing: 850, missed: 0 },
  ];

  it('stacks done, missed and owed, the chosen month in full', () => {
    expect(monthOption(months, '2026-12', theme, zh)).toMatchSnapshot();
  });

  it('shows a month in which little falls due as well as the one in which nearly all does', () => {
    const due = [2, 0, 3, 1, 2, 1_850];
    const year = due.map((owing, index) => ({
      ...{ month: `2026-${index + 7}`, name: `${index + 7}`, owing, done: owing * 2, missed: owing },
    }));
    const { series, xAxis } = monthOption(year, null, theme, zh) as {
      series: { data: { value: number }[] }[];
      xAxis: { axisLabel: { formatter(name: string, index: number): string } };
    };
    const heights = due.map((_, at) => series.reduce((sum, { data }) => sum + (data[at]?.value ?? 0), 0));
    expect(heights).toEqual(due.map((count) => (count > 0 ? 100 : 0)));
    // How many they are stands below, since the bar does not say it.
    const below = due.map((_, at) => xAxis.axisLabel.formatter(`${at}`, at).split('|').at(-1));
    expect(below).toEqual(['8}', '}', '12}', '4}', '8}', '7,400}']);
    // Where they have no room beside each other, every second one stands below the others, and none is left out.
    const { axisLabel } = (monthOption(year, null, theme, zh, true) as { xAxis: typeof xAxis }).xAxis;
    const lines = due.map((_, at) => axisLabel.formatter(`${at}`, at).split('\n').length);
    expect(lines).toEqual([2, 4, 2, 4, 2, 4]);
    expect(axisLabel).toMatchObject({ interval: 0, hideOverlap: false });
  });

  it('names a month with its figures', () => {
    const { formatter } = tooltipOf(monthOption(months, null, theme, en));
    expect(formatter([{ dataIndex: 0 }])).toBe('11 月\nDone  15\nMissed  0\nOwing  32');
    expect(formatter([])).toBe('');
  });
});

describe('claims against the record', () => {
  const dots = [
    { unit: 'a', name: '一中', self: 95, evidenced: 70 },
    { unit: 'b', name: HOSTILE, self: 65, evidenced: 72 },
  ];

  it('tells overclaims by shape as well as by colour, on a scale that has them all', () => {
    expect(claimOption(dots, theme, zh, 896)).toMatchSnapshot();
    for (const width of [288, 358, 896]) {
      const { grid } = claimOption(dots, theme, zh, width) as { grid: { width: number; height: number } };
      expect(grid.width).toBe(grid.height);
      expect(grid.width).toBeLessThan(width - 56);
      expect(claimHeight(width)).toBeGreaterThan(grid.height);
    }
  });

  it('names a dot as text', () => {
    const { formatter } = tooltipOf(claimOption(dots, theme, en, 896));
    expect(formatter({ dataIndex: 1 })).toBe(`${SHOWN}: claimed 65.00, record 72.00`);
  });
});
