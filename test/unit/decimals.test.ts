import { describe, expect, test } from 'vitest';
import { pointsText, totalDecimals } from '#schemas/presentation/numbers.ts';
import { speechOf } from '#schemas/presentation/speech.ts';
import { cellText, type Place, tableAt } from '#schemas/presentation/table.ts';
import { total, uncapped } from '#schemas/presentation/tables/shared.ts';
import { vetoedTable } from '#schemas/presentation/tables/units.ts';
import { orderOf } from '#test/support/documents.ts';
import { reportOf } from '../../api/exports/report/report.ts';

/** Columns of one quantity have one number of decimals, in whichever table and place. */
const speech = speechOf('zh-CN');
const twoTotals = [
  { unit: 'a', name: 'A', group: 'g', rank: 1, total: 99.456, totalWithoutVeto: 99.456, vetoes: [] },
  { unit: 'b', name: 'B', group: 'g', rank: 2, total: 99.4561, totalWithoutVeto: 99.4561, vetoes: [] },
];

describe('figures that stand beside each other are written alike', () => {
  test.each(['screen', 'sheet', 'page'] as const)('totals with and without a veto, on %s', (place: Place) => {
    const description = { id: 't', title: '', columns: [total(speech), uncapped(speech)] };
    const { columns, rows } = tableAt(description, twoTotals, place);
    expect(columns.map(({ decimals }) => decimals)).toEqual([4, 4]);
    expect(rows[0]?.map((cell, index) => cellText(cell, columns[index] ?? { kind: 'number' }))).toEqual([
      '99.4560',
      '99.4560',
    ]);
  });

  test('what a place leaves out counts, too: every place writes a total with as many', () => {
    const { columns } = vetoedTable(speech, '', []);
    const capped = [
      { ...twoTotals[0], total: 59 },
      { ...twoTotals[1], total: 59 },
    ] as typeof twoTotals;
    const alone = { id: 't', title: '', columns: columns.map((one) => ({ ...one, not: ['page' as const] })) };
    const [onlyTotal] = columns.filter(({ id }) => id === 'total');
    const shown = { ...alone, columns: [...alone.columns.filter(({ id }) => id !== 'total'), onlyTotal] };
    const { columns: heads } = tableAt(shown as never, capped as never[], 'page');
    expect(heads.map(({ id, decimals }) => [id, decimals])).toEqual([['total', 4]]);
  });
});

describe('a document writes a total in one way, in prose, tables and charts', () => {
  const order = orderOf({ document: 'meeting', format: 'docx', language: 'zh-CN' });
  const [first, second, ...others] = order.reportData.rows;
  if (!first || !second) throw new Error('the fixture has units');
  const near = { total: 91.2301, totalWithoutVeto: 91.2301 };
  const reportData = {
    ...order.reportData,
    question: { ...order.reportData.question, compareTo: 2025 },
    rows: [
      { ...first, total: 91.2304, totalWithoutVeto: 91.2304 },
      { ...second, ...near },
      ...others.map((row) => ({ ...row, previousRank: 48 })),
    ],
  };
  const report = reportOf('meeting', reportData, 'zh-CN');

  test('where two that differ would look alike, with as many decimals as tell them apart', () => {
    const decimals = totalDecimals(reportData.rows);
    expect(decimals).toBeGreaterThan(2);
    const [leader, follower] = [91.2304, 91.2301].map((value) => pointsText(value, decimals));
    const overall = report.sections.find(({ id }) => id === 'overall');
    expect(overall?.answer).toContain(leader);
    expect(overall?.answer).toContain(follower);
    expect(overall?.charts[0]?.ends?.slice(0, 2)).toEqual([leader, follower]);
    const shown = report.slides.flatMap((slide) => (slide === 'cover' ? [] : slide.tables));
    expect(shown.map(({ id }) => id)).toContain('movers');
    const tables = [...report.sections.flatMap((section) => section.tables), ...report.sheets, ...shown];
    const totals = tables.flatMap(({ columns }) => columns.filter(({ id }) => id === 'total'));
    expect(totals.length).toBeGreaterThan(2);
    for (const { id, columns } of tables)
      for (const column of columns.filter((one) => one.id === 'total'))
        expect(column.decimals, id).toBe(decimals);
  });
});
