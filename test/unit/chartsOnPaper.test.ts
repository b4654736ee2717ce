import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeatInput } from '../../dashboard/charts/heat.ts';
import { heatmapOption } from '../../dashboard/charts/heatmap.ts';
import { sheetsOf } from '../../dashboard/charts/heatPaper.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

const theme = themeOf((name) => `<${name}>`);
const en = wordsOf('en');
/** Between the margins of A4, in pixels of 1/96 inch. */
const SHEET = 688;
/** Smaller than 7.5 pt nobody reads on paper. */
const SMALLEST = (7.5 / 72) * 96;

const NAMES = [
  '党风巡视',
  'Rules of procedure, decision procedures, collective leadership with divided duties',
];

/** A map of groups of so many units. */
function mapOf(groups: readonly number[], rows = 33, selected: HeatInput['selected'] = null): HeatInput {
  const columns = groups.flatMap((count, group) =>
    Array.from({ length: count }, (_, at) => ({
      id: `${group}-${at}`,
      name: '单位',
      group: `g${group}`,
      lost: at,
    })),
  );
  return {
    rows: Array.from({ length: rows }, (_, at) => ({
      id: `r${at}`,
      name: NAMES[at % 2] ?? '',
      token: 'learning',
      lost: at,
    })),
    columns,
    cells: Array.from({ length: rows }, () => columns.map((_, x) => ({ attainment: 0, lost: x }))),
    most: 60,
    selected,
    paper: false,
  };
}

const drawn = (input: HeatInput) =>
  heatmapOption(input, theme, en) as {
    grid: { left: number; right: number }[];
    xAxis: { axisLabel: { fontSize?: number } }[];
    yAxis: { axisLabel: { fontSize?: number } }[];
  };

describe('given a map of units and requirements on paper', () => {
  it('then of a zone of 47 units each sheet has whole groups', () => {
    const sheets = sheetsOf(mapOf([16, 11, 6, 9, 5]));
    expect(sheets.map(({ columns }) => columns.map(({ group }) => group))).toEqual([
      [...Array(16).fill('g0'), ...Array(11).fill('g1')],
      [...Array(6).fill('g2'), ...Array(9).fill('g3'), ...Array(5).fill('g4')],
    ]);
  });

  it('then nothing is left out or shown twice, and no name is smaller than paper can show or touches the next', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 40 }), (groups, rows) => {
        const whole = mapOf(groups, rows);
        const sheets = sheetsOf(whole);
        expect(sheets.flatMap(({ columns }) => columns)).toEqual(whole.columns);
        expect(sheets.map(({ cells }) => cells.length)).toEqual(sheets.map(() => rows));
        expect(sheets.flatMap(({ cells }) => cells[0] ?? [])).toEqual(whole.cells[0]);
        for (const sheet of sheets) {
          const { grid, xAxis, yAxis } = drawn(sheet);
          const room = SHEET - (grid[0]?.left ?? 0) - (grid[0]?.right ?? 0);
          for (const axis of [xAxis[0], yAxis[0]])
            expect(axis?.axisLabel.fontSize).toBeGreaterThanOrEqual(SMALLEST);
          expect(room / sheet.columns.length).toBeGreaterThanOrEqual(SMALLEST);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('then the selected cell is framed on its own sheet alone', () => {
    expect(sheetsOf(mapOf([20, 20], 3, { x: 22, y: 1 })).map(({ selected }) => selected)).toEqual([
      null,
      { x: 2, y: 1 },
    ]);
  });

  it('then a zone without units has no sheet', () => {
    expect(sheetsOf(mapOf([]))).toEqual([]);
  });
});
