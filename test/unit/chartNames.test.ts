import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimOption, unnamedClaims } from '../../dashboard/charts/claims.ts';
import { compareHeight, compareOption } from '../../dashboard/charts/compareProfile.ts';
import { groupSpans } from '../../dashboard/charts/groupLabels.ts';
import type { HeatInput } from '../../dashboard/charts/heat.ts';
import { columnsWithin, heatmapOption } from '../../dashboard/charts/heatmap.ts';
import { overviewOption } from '../../dashboard/charts/heatOverview.ts';
import { cutTo, estimated, linesWithin } from '../../dashboard/charts/measure.ts';
import { slopeHeight, slopeOption } from '../../dashboard/charts/slope.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

const theme = themeOf((name) => `<${name}>`);
/** Where type is wide: capitals take all of their size. */
const wideTheme = {
  ...theme,
  measure: {
    ...theme.measure,
    width: (text: string, size: number): number =>
      [...text].reduce((sum, sign) => sum + (/[a-z .]/.test(sign) ? 0.55 : 1) * size, 0),
  },
};
const zh = wordsOf('zh-CN');
const HOSTILE = '<img src=x onerror=alert(1)>{a|b}';
/** As it is shown: signs that would be read as a style give way to look-alikes. */
const SHOWN = '<img src=x onerror=alert(1)>｛a｜b｝';

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
      Math.max(
        ...textsOf(side).flatMap((text) => text.split('\n').map((line) => theme.measure.width(line, 12))),
      );
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
      expect(texts.flat().some((text) => text.includes('…'))).toBe(width < 672);
      const most = Math.max(...texts.flat().map((text) => text.split('\n').length));
      expect(most).toBe(width < 1_000 ? 3 : 1);
    },
  );

  it('cuts no name that has room: not by a guess of its width, nor for a side that needs less', () => {
    const names = ['粮食贸易有限公司', '乳业有限公司', '供热有限公司', '粮油加工有限公司'];
    for (const width of [358, 672]) {
      const { texts } = labelled(names, width, 6);
      expect(texts.flat().filter((text) => text.includes('…'))).toEqual([]);
    }
    // What is cut in any case takes nothing from the others.
    const long = 'Heilongjiang Beidahuang Agricultural Machinery and Water Conservancy Company Limited';
    for (const at of [0, 1, 2, 3]) {
      const some = names.map((name, place) => (place === at ? long : name));
      const cut = labelled(some, 358, 6)
        .texts.flat()
        .filter((text) => text.includes('…'));
      expect(cut.filter((text) => !text.includes('Heil'))).toEqual([]);
    }
    // A phone has them whole on more lines, and each line of the chart is as high.
    const some = names.map((name, at) => ({ unit: name, name, before: 21 + at, after: 27 - at }));
    const slope = { lines: some, depth: 30, width: 288 };
    const told = labelled(names, 288, 26).texts.flat();
    expect(told.filter((text) => text.includes('…'))).toEqual([]);
    const most = Math.max(...told.map((text) => text.split('\n').length));
    expect(most).toBeGreaterThan(1);
    expect(slopeHeight(slope, theme)).toBeGreaterThan(slopeHeight({ ...slope, width: 672 }, theme));
    // Nor is a label of several lines cut by the picture's edges, or on the heads of the columns.
    const { grid, xAxis } = slopeOption(slope, theme, zh) as {
      grid: { top: number; bottom: number };
      xAxis: { axisLabel: { margin: number } };
    };
    expect(grid.bottom).toBeGreaterThanOrEqual((most * 14) / 2);
    expect(xAxis.axisLabel.margin).toBeGreaterThanOrEqual((most * 14) / 2);
    expect(grid.top - xAxis.axisLabel.margin).toBe(24);
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

describe('names of the units compared', () => {
  it('has whole names within its width: side by side, or one below the other on as many lines as they take', () => {
    const long = 'Heilongjiang Beidahuang Agricultural Machinery and Water Conservancy Company Limited';
    for (const width of [288, 358, 806]) {
      const some = {
        rows: [{ criterion: 'unity', name: '团结型', scores: [82, 91, 60] }],
        width,
        units: ['一中', long, '北方垦区现代农业综合开发投资建设集团有限责任公司'],
      };
      const { legend, grid } = compareOption(some, theme, zh) as {
        legend: { orient: string; itemGap: number; data: string[]; formatter(name: string): string };
        grid: { top: number };
      };
      const written = legend.data.map((name) => legend.formatter(name).split('\n'));
      expect(written.map((lines) => lines.join(' ').replaceAll(' ', ''))).toEqual(
        some.units.map((name) => name.replaceAll(' ', '')),
      );
      for (const line of written.flat()) expect(theme.measure.width(line, 12)).toBeLessThan(width - 26);
      // The chart begins below them all.
      expect(legend.orient).toBe('vertical');
      expect(grid.top).toBeGreaterThan(written.flat().length * 16 + 2 * legend.itemGap);
      expect(compareHeight(some, theme) - grid.top).toBe(16 + 3 * 12 + 28);
    }
  });
});

describe('names of claims', () => {
  const dots = [
    { unit: 'a', name: '一中', self: 95, evidenced: 70 },
    { unit: 'b', name: HOSTILE, self: 65, evidenced: 72 },
  ];
  type Drawn = {
    grid: { width: number; height: number };
    series: [
      {
        label: { formatter(point: { dataIndex: number }): string };
        data: { label: { show: boolean; offset?: [number, number] } }[];
      },
      { data: unknown[] },
    ];
  };
  const drawn = (of: Parameters<typeof claimOption>[0], width: number) =>
    claimOption(of, theme, zh, width) as Drawn;

  it('names all that are close together, and says of how many it cannot', () => {
    const near = ['甲管理区', '乙管理区', '丙管理区', '丁管理区', '戊管理区'].map((name, at) => ({
      ...{ unit: `${at}`, name, self: 90 + at / 2, evidenced: 90 },
    }));
    expect(drawn(near, 896).series[0].data.map(({ label }) => label.show)).toEqual(Array(5).fill(true));
    expect(unnamedClaims(near, theme, 896)).toBe(0);
    // What lies on one spot is named there together.
    const same = near.map((dot) => ({ ...dot, self: 100, evidenced: 100 }));
    const { label, data } = drawn(same, 358).series[0];
    expect(data.map((one) => one.label.show)).toEqual([true, false, false, false, false]);
    expect(label.formatter({ dataIndex: 0 }).split('\n')).toEqual(near.map(({ name }) => name));
    expect(unnamedClaims(same, theme, 358)).toBe(0);
    const crowd = Array.from({ length: 400 }, (_, at) => ({
      ...{ unit: `${at}`, name: `第${at}管理区`, self: 90 + (at % 20) / 4, evidenced: 90 + at / 80 },
    }));
    const shown = drawn(crowd, 896).series[0].data.filter(({ label }) => label.show);
    expect(unnamedClaims(crowd, theme, 896)).toBe(400 - shown.length);
    expect(shown.length).toBeLessThan(400);
  });

  it('gives each point the whole name of its unit, as text, on as many lines as there is room for', () => {
    const long = '北方垦区现代农业综合开发投资建设集团有限责任公司黑龙江分公司第二项目部';
    const some = [...dots, { unit: 'c', name: long, self: 70, evidenced: 90 }];
    for (const width of [358, 896]) {
      const { label, data } = drawn(some, width).series[0];
      const written = data.map((_, dataIndex) => label.formatter({ dataIndex }).replaceAll(/\s/g, ''));
      expect(written).toEqual(['一中', SHOWN.replaceAll(' ', ''), long]);
    }
  });
});

describe('names on the heat map', () => {
  const input: HeatInput = {
    rows: ['“三必谈”', '党风巡视', '{type|x}'].map((name, at) => ({
      ...{ id: `r${at}`, name, lost: 0, token: at === 1 ? 'type-6' : 'integrity' },
    })),
    columns: [{ id: 'a', name: '甲', group: 'g', lost: 0 }],
    cells: Array.from({ length: 3 }, () => [{ attainment: 1, lost: 0 }]),
    most: 1,
    selected: null,
    paper: false,
  };
  type Label = {
    formatter(name: string, at: number): string;
    rich: Record<string, { padding?: number[] }>;
    fontSize: number;
  };
  const { yAxis } = heatmapOption(input, theme, zh) as { yAxis: { data: string[]; axisLabel: Label }[] };
  const label = yAxis[0]?.axisLabel;
  /** What the label is drawn as: signs in the style that is asked for. ECharts knows styles of letters and digits alone. */
  const partsOf = (at: number) =>
    /^\{(?<style>[a-zA-Z0-9_]+)\|■\} (?<name>.*)$/.exec(label?.formatter(yAxis[0]?.data[at] ?? '', at) ?? '')
      ?.groups;

  it('have a square before them in the colour of their type, also of a type beyond the five', () => {
    expect([0, 1, 2].map((at) => partsOf(at)?.name)).toEqual(['“三必谈”', '党风巡视', '｛type｜x｝']);
    for (const at of [0, 1, 2]) expect(Object.keys(label?.rich ?? {})).toContain(partsOf(at)?.style);
  });

  it('stand as near to it where they begin with a sign that has blank before it', () => {
    const closer = [0, 1].map((at) => label?.rich[partsOf(at)?.style ?? '']?.padding?.[1] ?? 0);
    expect(closer).toEqual([-estimated.lead('“', label?.fontSize ?? 0), 0]);
    expect(closer[0]).toBeLessThan(0);
  });

  it('of groups: each is whole over narrow groups, on a line of its own where it reaches over the next', () => {
    const names = ['Farms', 'Enterprises', 'Schools', 'Offices', 'Communities', 'Ageing-care centre'];
    const columns = names.flatMap((group, at) =>
      Array.from({ length: at < 2 ? 9 : 2 }, (_, one) => ({
        id: `${group}${one}`,
        name: '甲',
        group,
        lost: 0,
      })),
    );
    const some = {
      ...input,
      columns,
      cells: input.rows.map(() => columns.map(() => ({ attainment: 1, lost: 0 }))),
    };
    /** All units at a glance, as the page shows them above the map. */
    const glance = (width: number) =>
      overviewOption(
        {
          ...{ rows: some.rows, lost: [], most: 1, width, units: columns.length },
          groups: groupSpans(columns.map(({ group }) => group)),
        },
        theme,
        zh,
      );
    for (const [width, option] of [600, 800, 1_000].flatMap(
      (width) =>
        [
          [width, heatmapOption({ ...some, width }, theme, zh)],
          [width, glance(width)],
        ] as const,
    )) {
      const { series, grid: grids } = option as {
        series: { name?: string; renderItem?: Draw }[];
        grid: Grid | Grid[];
      };
      type Grid = { left: number; right: number; top: number };
      const grid = [grids].flat();
      type Shape = { type: string; style: { text: string; x: number; y: number; width?: number } };
      type Draw = (at: { dataIndex: number }, api: object) => { children: Shape[] };
      const [{ left, right, top } = { left: 0, right: 0, top: 0 }] = grid;
      const unit = (width - left - right) / columns.length;
      const spans = names.map((name) => columns.flatMap(({ group }, at) => (group === name ? [at] : [])));
      const texts = names.map((_, dataIndex) => {
        const span = spans[dataIndex] ?? [];
        const api = {
          value: (of: number) => (of === 0 ? span[0] : span.at(-1)),
          coord: ([at = 0]: number[]) => [left + (at + 0.5) * unit],
          size: () => [unit],
        };
        const draw = series.find(({ name }) => name === 'groups')?.renderItem;
        return draw?.({ dataIndex }, api).children.find(({ type }) => type === 'text')?.style;
      });
      expect(texts.map((style) => [style?.text, style?.width])).toEqual(
        names.map((name) => [name, undefined]),
      );
      texts.forEach((one, at) => {
        const end = (one?.x ?? 0) + theme.measure.width(one?.text ?? '', 12);
        expect(end).toBeLessThanOrEqual(width);
        expect(one?.y).toBeLessThan(top);
        for (const other of texts.slice(at + 1))
          if (other?.y === one?.y) expect(other?.x).toBeGreaterThan(end);
      });
    }
  });

  it('of units stay below the names of groups, however long and wide they are', () => {
    const long = [
      'Eastern Marshland Water Conservancy and Hydropower Engineering Construction Company Limited',
      '北大荒农垦集团建三江分公司七星农场有限公司第二十五作业站水利工程建设与维护中心',
      'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW',
      'Farm',
    ];
    for (const [paper, names] of [false, true].flatMap((paper) =>
      [long, ...long.map((name) => [name])].map((names) => [paper, names] as const),
    )) {
      const columns = names.map((name, at) => ({ id: `${at}`, name, group: 'Farms', lost: 0 }));
      const cells = input.rows.map(() => columns.map(() => ({ attainment: 1, lost: 0 })));
      const { grid, xAxis } = heatmapOption({ ...input, paper, columns, cells }, wideTheme, zh) as {
        grid: { top: number }[];
        xAxis: { data: string[]; axisLabel: { fontSize: number } }[];
      };
      const [axis] = xAxis;
      // Between the names and the cells, and the line of the groups with their names.
      const room = (grid[0]?.top ?? 0) - 8 - 20;
      for (const said of axis?.data ?? [])
        expect(wideTheme.measure.width(said, axis?.axisLabel.fontSize ?? 0), said).toBeLessThanOrEqual(room);
      expect(axis?.data.at(-1)).toBe(names.length > 1 ? 'Farm' : axis?.data[0]);
    }
  });

  it('leave more of a narrow map to units, each whole on more lines', () => {
    const long = {
      ...input,
      rows: input.rows.map((row) => ({
        ...row,
        name: '议事规则、决策程序、集体领导与个人分工负责制度的全部要求',
      })),
    };
    const wide = columnsWithin({ ...long, columns: [] }, 720);
    expect(columnsWithin({ ...long, columns: [], tight: true }, 720)).toBeGreaterThan(wide);
    const { yAxis } = heatmapOption({ ...long, tight: true }, theme, zh) as { yAxis: { data: string[] }[] };
    expect(yAxis[0]?.data[0]?.replaceAll('\n', '')).toBe(long.rows[0]?.name);
  });

  it('do not lie on each other: there are as many columns as their names have room for', () => {
    for (const width of [736, 976, 1_318]) {
      const count = columnsWithin({ ...input, columns: [] }, width);
      const columns = Array.from({ length: count }, (_, at) => ({
        id: `${at}`,
        name: '单位',
        group: 'g',
        lost: 0,
      }));
      const cells = input.rows.map(() => columns.map(() => ({ attainment: 1, lost: 0 })));
      const { grid } = heatmapOption({ ...input, columns, cells }, theme, zh) as {
        grid: { left: number; right: number }[];
      };
      const [{ left, right } = { left: 0, right: 0 }] = grid;
      expect((width - left - right) / count).toBeGreaterThanOrEqual(12);
    }
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
