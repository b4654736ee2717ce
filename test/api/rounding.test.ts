import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { formatsOf } from '#api/exports/documents.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { cellText, headingOf } from '#schemas/presentation/table.ts';
import { rankingTable } from '#schemas/presentation/tables/ranking.ts';
import { documentRows, type Fixture } from '#test/fixtures/documents.ts';
import { bytesOf, orderOf } from '#test/support/documents.ts';
import { bare, officeUnavailable, textOf } from '#test/support/office.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { slotsOf } from '../../dashboard/pages/ranking/slots.ts';

/** Totals whose double lies below their half of a hundredth, and what a spreadsheet makes of them. */
const HALVES = [
  [87.125, '87.13'],
  [81.345, '81.35'],
  [64.285, '64.29'],
  [59.995, '60.00'],
  [1.005, '1.01'],
] as const;
/** A whole point may be lost anywhere; these are nobody's figures but theirs. */
const TRUNCATED = ['87.12', '81.34', '64.28', '59.99'];

/** The fixture with these totals, and nothing else that could be mistaken for them. */
function zone(totals: readonly number[]): Fixture {
  const { rows, gaps, ...rest } = documentRows({ units: totals.length });
  const scored = totals.map((total, index) => {
    const row = rows[index];
    if (!row) throw new RangeError('the fixture has too few rows');
    const criteria = Object.fromEntries(Object.keys(row.criteria).map((id) => [id, total]));
    return { ...row, total, totalWithoutVeto: total, criteria, vetoes: [], deductions: [], rank: index + 1 };
  });
  return { ...rest, gaps, rows: scored };
}

const partsOf = (bytes: Uint8Array, part: RegExp): string =>
  Object.entries(unzipSync(bytes))
    .filter(([name]) => part.test(name))
    .map(([, xml]) => strFromU8(xml))
    .join('\n');

/** Guards against 59.995 read as 59.99 in a programme with a threshold at 60, in whatever way it leaves the house. */
describe.each(LANGUAGES)('given totals that end in half a hundredth, in %s', (language) => {
  const rows = zone(HALVES.map(([total]) => total));
  const order = (format: Parameters<typeof bytesOf>[0]['format']) =>
    bytesOf({ document: 'ranking', format, language, rows, ...(format === 'svg' && { chart: 'ranking' }) });
  const expectHalfUp = (text: string): void => {
    for (const [, written] of HALVES) expect(text).toContain(written);
    for (const wrong of TRUNCATED)
      expect(text).not.toMatch(new RegExp(`(?<![\\d.])${wrong.replace('.', '\\.')}(?!\\d)`));
  };

  it('then screen, CSV, DOCX and charts round them half up, and the workbook keeps them', async () => {
    const described = rankingTable(wordsOf(language), rows.plan, { compared: false });
    const total = described.columns.find(({ id }) => id === 'total');
    if (!total) throw new RangeError('the ranking has no total');
    const heading = headingOf(total, rows.rows, 'screen');
    expect(rows.rows.map((row) => cellText(total.of(row), heading))).toEqual(HALVES.map(([, text]) => text));
    expect(slotsOf([total], 'numbers')).toHaveLength(1);
    expectHalfUp(new TextDecoder().decode(await order('csv')));
    expectHalfUp(partsOf(await order('docx'), /document\.xml$/).replace(/<[^>]*>/g, ' '));
    expectHalfUp(new TextDecoder().decode(await order('svg')));
    const cells = partsOf(await order('xlsx'), /worksheets\/sheet\d+\.xml$/);
    for (const [value] of HALVES) expect(cells).toContain(`<v>${value}</v>`);
  });

  it.skipIf(officeUnavailable())('then PDF does, too', async () => {
    expectHalfUp(await textOf(await order('pdf')).then((text) => text.replaceAll('\n', ' ')));
  });

  it('then slides do, too', async () => {
    expect(formatsOf('ranking')).toContain('pptx');
    const text = partsOf(await order('pptx'), /slides\/slide\d+\.xml$/).replace(/<[^>]*>/g, ' ');
    for (const [, written] of HALVES.slice(0, 3)) expect(bare(text)).toContain(written);
  });
});

it('totals that look alike at two decimals and differ in rank are told apart in table and file', () => {
  const rows = zone([81.3452, 81.3451, 60]);
  const { reportData } = orderOf({ rows });
  const table = reportOf('ranking', reportData, 'zh-CN').sheets[0];
  const at = table?.columns.findIndex(({ id }) => id === 'total') ?? -1;
  const column = table?.columns[at];
  if (!column) throw new RangeError('the sheet has no totals');
  expect(table?.rows.map((row) => cellText(row[at] ?? null, column))).toEqual([
    '81.3452',
    '81.3451',
    '60.0000',
  ]);
});
