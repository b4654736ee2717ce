import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attainmentStep, lossStep, lossSteps, typeTokens } from '#schemas/presentation/palette.ts';
import { missesTable } from '#schemas/presentation/tables/requirements.ts';
import { gapMatrix, rankingRow } from '#test/fixtures/dashboard.ts';
import { cut, wrap } from '../../dashboard/charts/cut.ts';
import { groupSeries, groupSpans } from '../../dashboard/charts/groupLabels.ts';
import type { HeatInput } from '../../dashboard/charts/heat.ts';
import { heatHeight, heatmapOption } from '../../dashboard/charts/heatmap.ts';
import { binsOf, meanOf, mostMean, overviewOption } from '../../dashboard/charts/heatOverview.ts';
import { profileHeight, profileOption } from '../../dashboard/charts/profile.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { lostOverYear, mapMeans, mostLost, viewOf } from '../../dashboard/pages/gaps/matrix.ts';
import { profileCaption, profileRows } from '../../dashboard/pages/unit/peers.ts';

const theme = themeOf((name) => `<${name}>`);
const zh = wordsOf('zh-CN');
const en = wordsOf('en');

const PLAN = {
  criteria: [
    { id: 'learning', name: { zh: '学习型', en: 'Learning' }, weight: 20 },
    { id: 'thrift', name: { zh: '节约型', en: 'Thrift' }, weight: 10 },
  ],
};

const figures = { own: null, zoneMedian: null, zoneBest: null };
const profile = profileRows(
  zh,
  PLAN,
  { criteria: { learning: 80, thrift: null } },
  {
    ofGroup: 2,
    criteria: [
      { id: 'learning', ...figures, groupMedian: 85.5, groupBest: 91 },
      { id: 'thrift', ...figures, groupMedian: 70, groupBest: 70 },
    ],
  },
);

const heatOf = (paper: boolean): HeatInput => {
  const view = viewOf(gapMatrix, { group: null, criterion: null, order: 'pattern' });
  return {
    rows: view.requirements.map(({ id, name, lost }) => ({ id, name: name.zh, token: 'learning', lost })),
    columns: view.units.map(({ unit, name, group, lostTotal }) => ({
      id: unit,
      name,
      group,
      lost: lostTotal,
    })),
    cells: view.requirements.map(({ index }) =>
      view.units.map(({ attainments, lost }) => ({
        attainment: attainments[index] ?? null,
        lost: lost[index] ?? null,
      })),
    ),
    most: mostLost(view),
    selected: null,
    paper,
  };
};

type Formatter = { formatter: (params: unknown) => string; renderMode: string };
const tooltipOf = (option: object): Formatter => (option as { tooltip: Formatter }).tooltip;

describe('the profile of a unit', () => {
  it('draws a bar a type beside the median and the best of its group alone', () => {
    expect(profile).toMatchObject([
      { criterion: 'learning', token: 'learning', score: 80, median: 85.5, best: 91 },
      { criterion: 'thrift', token: 'type-6', score: null, median: 70, best: 70 },
    ]);
    expect(profileOption(profile, theme, zh)).toMatchSnapshot();
    expect(profileHeight(profile)).toBe(136);
  });

  it('has no marks to compare with while the others are not known, or where it is alone in its group', () => {
    const own = rankingRow({ unit: 'u' });
    expect(profileRows(zh, PLAN, own, undefined).every(({ best }) => best === null)).toBe(true);
    const alone = profileRows(zh, PLAN, own, {
      ofGroup: 1,
      criteria: [{ id: 'learning', ...figures, groupMedian: 80, groupBest: 80 }],
    });
    expect(alone.map(({ median, best }) => [median, best])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(profileOption(alone, theme, zh).legend).toMatchObject({ data: [] });
    // And it is not said to be compared.
    const unit = { name: '甲', group: 'farm' };
    for (const [words, compared] of [
      [zh, '甲的各型得分与农业管理区中位数、最高分'],
      [en, '甲: scores by type against the median and the best of Farms'],
    ] as const) {
      expect(profileCaption(words, unit, profile)).toBe(compared);
      expect(profileCaption(words, unit, alone)).toBe(words.say('unit.profileAlone', { unit: '甲' }));
    }
  });
});

describe('the heat map', () => {
  it('draws requirements by units: ink for lost points, a stroke where nothing is due, sums at the edges', () => {
    expect(heatmapOption(heatOf(false), theme, zh)).toMatchSnapshot();
  });

  it('has the ink of its points in every cell, and of paper where nothing is lost', () => {
    const input = heatOf(false);
    const { series } = heatmapOption(input, theme, zh) as {
      series: { data: number[][]; itemStyle: { color: (cell: { value: number[] }) => string } }[];
    };
    const [cells] = series;
    const inks = cells?.data.map((value) => cells.itemStyle.color({ value }));
    const steps = lossSteps(input.most);
    const expected = input.cells.flat().map(({ lost }) => {
      if (lost === null) return theme.wash;
      return lost === 0 ? theme.paper : theme.loss[lossStep(lost, steps) - 1];
    });
    expect(inks).toEqual(expected);
    expect(new Set(inks).size).toBeGreaterThan(2);
  });

  it('has the whole year at the lower edge of a cell where its ink is another one, and tells both', () => {
    const input = heatOf(false);
    const view = viewOf(gapMatrix, { group: null, criterion: null, order: 'pattern' });
    // The second unit's answer is not there, and requirements come in another order.
    const ofYear = {
      ...gapMatrix,
      requirements: [...gapMatrix.requirements].reverse(),
      units: [
        { ...gapMatrix.units[0], lost: [0, 2.5] },
        { ...gapMatrix.units[2], lost: [5, 2.5] },
      ] as typeof gapMatrix.units,
    };
    const year = lostOverYear(view, view.units, ofYear);
    expect(view.requirements.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(view.units.map(({ unit }) => unit)).toEqual(['u3', 'u1', 'u2']);
    expect(year).toEqual([
      [5, 0, null],
      [2.5, 2.5, null],
    ]);
    const cells = input.cells.map((row, y) =>
      row.map((cell, x) => ({ ...cell, year: year[y]?.[x] ?? null })),
    );
    const option = heatmapOption({ ...input, cells }, theme, en) as {
      series: { type: string; data: unknown }[];
    };
    const edges = option.series.find(({ type }) => type === 'custom');
    // One met to date costs points over the year; all else has the same ink, or is not known.
    expect(edges?.data).toEqual([[1, 1, lossStep(2.5, lossSteps(input.most))]]);
    expect(tooltipOf(option).formatter({ value: [1, 1, 0] })).toMatch(
      /0\.00 points lost; 2\.50 over the whole year$/,
    );
  });

  it('leaves columns more room on paper: a long name of a requirement takes two lines', () => {
    const long = (paper: boolean): HeatInput => {
      const input = heatOf(paper);
      const name = 'Rules of procedure, decision procedures, leadership with divided duties';
      return { ...input, rows: input.rows.map((row) => ({ ...row, name })) };
    };
    const drawn = (paper: boolean) =>
      heatmapOption(long(paper), theme, en) as {
        grid: { left: number }[];
        xAxis: { data: string[]; axisLabel: { show?: boolean } }[];
        yAxis: { data: string[] }[];
      };
    const { xAxis, yAxis, grid } = drawn(true);
    expect(xAxis[0]?.axisLabel.show).not.toBe(false);
    expect(xAxis[0]?.data).toHaveLength(heatOf(true).columns.length);
    expect(yAxis[0]?.data[0]?.split('\n')).toHaveLength(2);
    expect(grid[0]?.left).toBeLessThan(drawn(false).grid[0]?.left ?? 0);
  });

  it('gives a name of any length above the map no more height than forty half signs, and tells it whole', () => {
    const long =
      'Heilongjiang Beidahuang Agricultural Machinery and Water Conservancy Engineering Company Limited';
    const input = heatOf(false);
    const named = { ...input, columns: input.columns.map((column) => ({ ...column, name: long })) };
    expect(heatHeight(named) - heatHeight(input)).toBeLessThan(260);
    const option = heatmapOption(named, theme, en) as { xAxis: { data: string[] }[] };
    expect(option.xAxis[0]?.data[0]).toMatch(/^Heilongjiang .+…$/);
    expect(tooltipOf(option).formatter({ value: [0, 0, 0] })).toContain(long);
  });

  it('leaves blank what costs nothing, and has more ink the more is lost, up to the most that anybody loses', () => {
    const steps = lossSteps(5);
    expect(steps).toEqual([0.75, 1.5, 3, 6]);
    expect([0, 0.1, 0.75, 0.76, 2.9, 5].map((lost) => lossStep(lost, steps))).toEqual([0, 1, 1, 2, 3, 4]);
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (most) => {
        const edges = lossSteps(most);
        expect(edges).toEqual([...edges].sort((a, b) => a - b));
        expect(lossStep(most, edges)).toBe(4);
        expect(edges[3]).toBeLessThanOrEqual(most * 1.7);
      }),
    );
  });

  it('says nothing of an order by what is equal, and nothing of sums where nothing is lost', () => {
    const [first] = gapMatrix.requirements;
    if (!first) throw new Error('the fixture has no requirement');
    /** Points lost of ten at each requirement, unit by unit. */
    const meansOf = (order: 'pattern' | 'plan', losses: (number | null)[][], groups = ['g', 'g']) => {
      const requirements = (losses[0] ?? []).map((_, at) => ({ ...first, id: `${at}` }));
      const units = losses.map((lost, at) => ({
        ...{ unit: `u${at}`, name: `u${at}`, group: groups[at] ?? 'g', rank: 1, lost },
        attainments: lost.map((points) => (points === null ? null : 1 - points / 10)),
      }));
      return mapMeans(
        order,
        viewOf({ ...gapMatrix, requirements, units }, { group: null, criterion: null, order }),
      );
    };
    const [ink, missed, losers, sums] = ['Ink', 'Missed', 'Losers', 'Sums'].map((end) => `gaps.map${end}`);
    const nothing = [
      [0, 0],
      [0, 0],
    ];
    expect([meansOf('pattern', nothing), meansOf('plan', nothing)]).toEqual([
      ['gaps.mapBlank'],
      ['gaps.mapBlank'],
    ]);
    for (const words of [zh, en])
      expect(words.say('gaps.mapBlank')).not.toMatch(/合计|最普遍|名次|sums|most commonly|rank/);
    expect(
      meansOf('pattern', [
        [10, 10],
        [10, 10],
      ]),
    ).toEqual([ink, sums]);
    expect(
      meansOf('pattern', [
        [10, 0],
        [10, 0],
      ]),
    ).toEqual([ink, missed, sums]);
    expect(
      meansOf('pattern', [
        [10, 10],
        [5, 5],
      ]),
    ).toEqual([ink, losers, sums]);
    // What is not counted is not missed less commonly.
    expect(
      meansOf('pattern', [
        [10, null],
        [10, null],
      ]),
    ).toEqual([ink, sums]);
    // Between groups there is no order by losses.
    expect(
      meansOf(
        'pattern',
        [
          [10, 10],
          [5, 5],
        ],
        ['g', 'h'],
      ),
    ).toEqual([ink, sums]);
    expect(
      meansOf('pattern', [
        [10, 0],
        [5, 5],
      ]),
    ).toEqual([ink, missed, sums]);
    expect(
      meansOf('plan', [
        [10, 10],
        [10, 10],
      ]),
    ).toEqual([ink, 'gaps.mapPlan', sums]);
  });

  it('begins a group within a column where units share it', () => {
    const ends = [30, 59];
    const api = {
      value: (of: number) => ends[of] ?? 0,
      coord: ([at = 0]: number[]) => [at * 10 + 5],
      size: () => [10],
    };
    const { children } = groupSeries([{ name: 'a', from: 30, to: 59 }], theme, {
      beyond: 0,
      per: 25,
      levels: [0],
    }).renderItem({ dataIndex: 0 }, api);
    // 30 units at 25 a column are 1.2 columns, 60 are 2.4.
    expect(children.find(({ type }) => type === 'line')?.shape).toMatchObject({ x1: 14, x2: 22 });
  });

  it('stands units of a group side by side, the group that loses most on average first', () => {
    const { units } = viewOf(gapMatrix, { group: null, criterion: null, order: 'pattern' });
    expect(units.map(({ unit, group }) => [unit, group])).toEqual([
      ['u3', 'farm'],
      ['u1', 'farm'],
      ['u2', 'school'],
    ]);
    expect(groupSpans(units.map(({ group }) => group))).toEqual([
      { name: 'farm', from: 0, to: 1 },
      { name: 'school', from: 2, to: 2 },
    ]);
  });

  it('writes a long name on several lines, and cuts only what they cannot hold', () => {
    const name = 'Research on a topic at the grassroots every quarter';
    expect(wrap(name, 22, 3).join(' ')).toBe(name);
    expect(wrap('党委理论学习中心组集体学习研讨', 22, 3).join('')).toBe('党委理论学习中心组集体学习研讨');
    expect(wrap('甲'.repeat(60), 22, 3).at(-1)).toMatch(/…$/);
    expect(wrap('x'.repeat(200), 22, 3).every((line) => line.length <= 23)).toBe(true);
  });

  it('says of a requirement that counts for nobody that it does not count, and of no 0.00 points', () => {
    const input = heatOf(false);
    const none = { ...input, rows: input.rows.map((row) => ({ ...row, lost: null })) };
    const told = tooltipOf(heatmapOption(none, theme, zh)).formatter({
      value: 0,
      dataIndex: 0,
      seriesName: 'rows',
    });
    expect(told).toContain(zh.vocabulary.uncounted);
    expect(told).not.toContain('0.00');
    const row = { id: 'a', criterion: 'learning', name: { zh: '甲', en: 'A' }, clause: '1', mean: null };
    const miss = { ...row, short: 0, counted: 0, lost: 0 };
    const { columns } = missesTable(zh, '', PLAN);
    const cell = (id: string) => columns.find((column) => column.id === id)?.of(miss);
    expect([cell('short'), cell('lost')]).toEqual([zh.vocabulary.uncounted, null]);
  });

  it('names what a cell says, as text and never as HTML', () => {
    const { formatter, renderMode } = tooltipOf(heatmapOption(heatOf(false), theme, en));
    expect(renderMode).toBe('richText');
    expect(formatter({ value: [2, 0, 2.5] })).toBe('<b>二队</b> · 乙\nattainment 50%, 2.50 points lost');
    expect(formatter({ value: [2, 1, -1] })).toBe('<b>二队</b> · 甲\nnot due or not counted');
  });

  it('does not read a name with braces and bars as a style', () => {
    const input = heatOf(false);
    const hostile = {
      ...input,
      rows: [{ id: 'x', name: '{alarm|red}', token: 'unity', lost: 0 }],
      cells: input.cells.slice(0, 1),
    };
    const { formatter } = tooltipOf(heatmapOption(hostile, theme, en));
    expect(formatter({ value: [0, 0, 0] })).not.toMatch(/[{|}]/);
  });
});

describe('all units at a glance', () => {
  it('has a column a unit while they fit, and the mean of equally many neighbours when they do not', () => {
    expect(binsOf(3)).toEqual([0, 1, 2].map((from) => ({ from, to: from + 1 })));
    const bins = binsOf(10_000);
    expect(bins.length).toBeLessThanOrEqual(400);
    expect(bins.at(-1)?.to).toBe(10_000);
    expect(new Set(bins.map(({ from, to }) => to - from))).toEqual(new Set([25]));
    expect(meanOf([1, null, 3, 8], { from: 0, to: 3 })).toBe(2);
    expect(meanOf([null, 4], { from: 0, to: 1 })).toBeNull();
  });

  it('has its ink by the greatest mean, so that columns are told apart though one unit loses far more', () => {
    const lost = [[16, 0, 2, 2, ...Array(996).fill(1)], Array(1_000).fill(0.2)];
    const input = {
      rows: ['a', 'b'].map((id) => ({ id, name: id })),
      lost,
      units: 1_000,
      groups: [],
    };
    const most = mostMean(input);
    expect(most).toBe(6);
    const { series } = overviewOption({ ...input, most }, theme, zh) as {
      series: { itemStyle: { color: (at: { value: number[] }) => unknown } }[];
    };
    const ink = [6, 1, 0.2].map((mean) => series[0]?.itemStyle.color({ value: [0, 0, mean] }));
    expect(new Set(ink).size).toBe(3);
    expect(mostMean({ lost: [[null]], units: 1 })).toBe(0);
  });

  it('frames what the map shows, and says how many units a column stands for', () => {
    const input = {
      rows: [{ id: 'a', name: '甲' }],
      lost: [Array.from({ length: 1_000 }, (_, at) => at % 4)],
      units: 1_000,
      groups: groupSpans(Array.from({ length: 1_000 }, (_, at) => (at < 500 ? '农业' : '社区'))),
      most: 3,
      lens: { from: 60, to: 120 },
    };
    const option = overviewOption(input, theme, en) as { series: { data: unknown[] }[] };
    expect(option.series[0]?.data).toHaveLength(334);
    // The names of the groups stand over their units, though several share a column.
    expect(option.series[1]?.data).toEqual([
      [0, 499],
      [500, 999],
    ]);
    expect(option.series[2]?.data).toEqual([[20, 40]]);
    expect(tooltipOf(option).formatter({ value: [1, 0, 1] })).toBe(
      '甲\n农业\nunits 4–6\n1.33 points lost on average',
    );
  });
});

describe('the palette', () => {
  it('gives the five types their own colours and further ones the next', () => {
    expect([...typeTokens(['unity', 'new', 'learning', 'newer'])]).toEqual([
      ['unity', 'unity'],
      ['new', 'type-6'],
      ['learning', 'learning'],
      ['newer', 'type-7'],
    ]);
  });

  it.each([
    [0, 0],
    [0.249999, 0],
    [0.25, 1],
    [0.75, 3],
    [0.999999, 3],
    [1, 4],
  ])('shades an attainment of %d as step %d', (attainment, step) => {
    expect(attainmentStep(attainment)).toBe(step);
  });

  it('cuts a name by the room it takes, a Chinese sign counting double', () => {
    expect(cut('党委中心组学习', 8)).toBe('党委中心…');
    expect(cut('Research', 8)).toBe('Research');
  });
});
