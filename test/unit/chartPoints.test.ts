import { describe, expect, it } from 'vitest';
import { claimOption } from '../../dashboard/charts/claims.ts';
import { compareOption } from '../../dashboard/charts/compareProfile.ts';
import { dotOption } from '../../dashboard/charts/dotplot.ts';
import type { HeatInput } from '../../dashboard/charts/heat.ts';
import { heatmapOption } from '../../dashboard/charts/heatmap.ts';
import { overviewOption } from '../../dashboard/charts/heatOverview.ts';
import { monthOption } from '../../dashboard/charts/monthStrip.ts';
import { clickOf, coordOf, pointsOf, saysAt, stepTo } from '../../dashboard/charts/points.ts';
import { profileOption } from '../../dashboard/charts/profile.ts';
import { slopeOption } from '../../dashboard/charts/slope.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { stripOption } from '../../dashboard/charts/totalStrip.ts';
import { trendOption } from '../../dashboard/charts/trend.ts';
import { wayTo } from '../../dashboard/composables/inSight.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { cellAt } from '../../dashboard/pages/gaps/heatSteps.ts';

const theme = themeOf((token) => `<${token}>`);
const en = wordsOf('en');
const none = { attainment: null, lost: null };
const heat: HeatInput = {
  rows: [
    { id: 'a', name: 'Talks', token: 'type-1', lost: 3, about: '三(一)3 · by 31 Oct' },
    { id: 'b', name: 'Study', token: 'type-2', lost: 0, about: '三(一)1' },
  ],
  columns: [
    { id: 'u1', name: 'Farm 1', group: 'farm', lost: 3, rank: 7 },
    { id: 'u2', name: 'Farm 2', group: 'farm', lost: 0, rank: null },
  ],
  cells: [
    [{ attainment: 0.5, lost: 3 }, none],
    [
      { attainment: 1, lost: 0 },
      { attainment: 1, lost: 0 },
    ],
  ],
  most: 3,
  selected: null,
  paper: false,
};
const dots = Array.from({ length: 60 }, (_, at) => ({
  unit: `u${at}`,
  name: `Unit ${at}`,
  value: at % 2 ? 40 : 60,
  color: '#000',
  says: `Unit ${at}: said`,
}));
const places = Array.from({ length: 50 }, (_, at) => ({
  rank: at + 1,
  total: 90 - at / 9,
  name: at ? null : 'Own',
}));

/** Every chart of the product, and how many things it tells. */
const CHARTS: Record<string, [option: object, told: number]> = {
  'heat map': [heatmapOption(heat, theme, en), 4 + 2 + 2],
  'all units in small': [
    overviewOption(
      {
        rows: heat.rows,
        lost: [
          [3, null],
          [0, 0],
        ],
        units: 2,
        groups: [],
        most: 3,
        lens: { from: 0, to: 1 },
      },
      theme,
      en,
    ),
    4,
  ],
  dots: [dotOption({ dots, suffix: '%', mark: null, narrow: false }, theme, en), 60],
  'counted dots': [
    dotOption({ dots: [...dots, ...dots], suffix: '%', mark: null, narrow: true }, theme, en),
    21,
  ],
  'strip of totals': [stripOption({ places, decimals: 2, narrow: false, width: 1_392 }, theme, en), 50],
  'types of a unit': [
    profileOption(
      [
        { criterion: 'a', name: 'Learning', token: 'type-1', score: 90, median: null, best: null },
        { criterion: 'b', name: 'Unity', token: 'type-2', score: null, median: 80, best: 99 },
      ],
      theme,
      en,
    ),
    2,
  ],
  'units compared': [
    compareOption(
      {
        width: 806,
        units: ['A', 'B'],
        rows: [{ criterion: 'a', name: 'Learning', scores: [90, null] }],
      },
      theme,
      en,
    ),
    1,
  ],
  'ranks before and after': [
    slopeOption(
      {
        lines: [
          { unit: 'a', name: 'A', before: 1, after: 2 },
          { unit: 'b', name: 'B', before: 2, after: 1 },
        ],
        depth: 2,
        width: 672,
      },
      theme,
      en,
    ),
    2,
  ],
  'months of the year': [
    monthOption(
      [
        { month: '2026-01', name: 'Jan', done: 1, owing: 0, missed: 2 },
        { month: '2026-02', name: 'Feb', done: 0, owing: 0, missed: 0 },
      ],
      null,
      theme,
      en,
    ),
    2,
  ],
  'claims and record': [claimOption([{ unit: 'a', name: 'A', self: 90, evidenced: 80 }], theme, en, 896), 1],
  trend: [
    trendOption(
      {
        dots: [
          { day: '2026-01-31', name: '31 Jan', rank: null, of: 9, total: null },
          { day: '2026-02-28', name: '28 Feb', rank: 2, of: 9, total: 90 },
        ],
        narrow: false,
        spots: [],
        told: () => '',
      },
      theme,
      en,
    ),
    2,
  ],
};

describe.each(Object.entries(CHARTS))('the chart %s by keyboard', (_, [option, told]) => {
  const points = pointsOf(option);
  const walked = (key: string, from: number | null): number[] => {
    const seen: number[] = [];
    let at = from;
    for (let steps = 0; steps <= points.length; steps++) {
      const next = stepTo(option, points, at, key);
      if (next === undefined || next === at) break;
      seen.push(next);
      at = next;
    }
    return seen;
  };

  it('is walked from end to end, and every step says something', () => {
    const there = walked('ArrowRight', null);
    expect(there.length).toBe(told);
    expect(there[0]).toBe(0);
    for (const at of there) expect(saysAt(option, points[at] as (typeof points)[number])).not.toBe('');
    expect(walked('ArrowLeft', there.at(-1) ?? 0).length).toBe(told - 1);
    expect(stepTo(option, points, null, 'End')).toBe(points.length - 1);
    expect(stepTo(option, points, 0, 'x')).toBeUndefined();
  });
});

describe('a point', () => {
  const option = heatmapOption(heat, theme, en);
  const points = pointsOf(option);
  const said = (at: number): string => saysAt(option, points[at] as (typeof points)[number]);

  it('of a requirement carries clause, deadline and rank', () => {
    expect(said(0)).toBe('Farm 1 · Talks\n三(一)3 · by 31 Oct · rank 7\nattainment 50%, 3.00 points lost');
    expect(said(1)).toBe('Farm 2 · Talks\n三(一)3 · by 31 Oct\nnot due or not counted');
    expect(said(4)).toContain('三(一)3 · by 31 Oct');
  });

  it('of a map goes up and down by rows, and below the last one to the sums', () => {
    expect(stepTo(option, points, 1, 'ArrowDown')).toBe(3);
    expect(stepTo(option, points, 3, 'ArrowUp')).toBe(1);
    expect(stepTo(option, points, 0, 'ArrowUp')).toBe(0);
    expect(said(stepTo(option, points, 3, 'ArrowDown') ?? -1)).toContain('Talks');
  });

  it('is reached a page of rows at a time, and no further than the map goes', () => {
    expect(stepTo(option, points, null, 'PageDown')).toBeDefined();
    expect(said(stepTo(option, points, 0, 'PageDown') ?? -1)).toContain('in all');
    expect(stepTo(option, points, 3, 'PageUp')).toBe(1);
    const some = { rows: Array(14).fill(heat.rows[0]), columns: Array(5).fill(heat.columns[0]) };
    const at = (key: string, x: number, y: number, ctrlKey = false) =>
      cellAt(some, { x, y }, { key, ctrlKey });
    expect(at('PageDown', 2, 1)).toEqual({ x: 2, y: 11 });
    expect(at('PageDown', 2, 11)).toEqual({ x: 2, y: 13 });
    expect(at('PageUp', 2, 3)).toEqual({ x: 2, y: 0 });
    expect([at('Home', 2, 3), at('End', 2, 3)]).toEqual([
      { x: 0, y: 3 },
      { x: 4, y: 3 },
    ]);
    expect([at('Home', 2, 3, true), at('End', 2, 3, true)]).toEqual([
      { x: 0, y: 0 },
      { x: 4, y: 13 },
    ]);
    expect([at('x', 2, 3), at('ArrowUp', 2, 3, true)]).toEqual([null, null]);
  });

  it('is brought into sight, and nothing is scrolled for what is seen', () => {
    const seen = { from: 96, to: 900 };
    expect(wayTo(100, 140, seen)).toBe(0);
    expect(wayTo(-300, -260, seen)).toBe(-396);
    expect(wayTo(1_000, 1_040, seen)).toBe(140);
    // What is higher than the window is seen from its top.
    expect(wayTo(800, 1_900, seen)).toBe(704);
    expect(coordOf(option, { series: 0, data: 3 })).toEqual([1, 1]);
  });

  it('is pressed as the pointer would press it', () => {
    expect(clickOf(option, { series: 0, data: 3 })).toMatchObject({ dataIndex: 3, value: [1, 1, 0] });
    expect(clickOf(CHARTS.dots?.[0] ?? {}, { series: 0, data: 0 })).toMatchObject({ name: 'u1' });
  });
});
