import { strFromU8, unzipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { isFull, type Row } from '#schemas/presentation/answers/rows.ts';
import { columnsAt, type Description, share } from '#schemas/presentation/table.ts';
import { rankingTable } from '#schemas/presentation/tables/ranking.ts';
import { bytesOf, fixture } from '#test/support/documents.ts';
import { bare, officeUnavailable, textOf } from '#test/support/office.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { slotsOf } from '../../dashboard/pages/ranking/slots.ts';

/** The line that somebody would add to the description. */
const line = () =>
  share<Row>('part', '另列', (row) => (isFull(row) && row.rank ? row.rank / (10 * row.of) : null));

vi.mock('#schemas/presentation/tables/ranking.ts', async (original) => {
  const real = await original<typeof import('#schemas/presentation/tables/ranking.ts')>();
  const described = (...given: Parameters<typeof real.rankingTable>): Description<Row> => {
    const table = real.rankingTable(...given);
    return { ...table, columns: [...table.columns, line()] };
  };
  return { ...real, rankingTable: described };
});

const documentXml = (bytes: Uint8Array, part: RegExp): string =>
  Object.entries(unzipSync(bytes))
    .filter(([name]) => part.test(name))
    .map(([, part]) => strFromU8(part))
    .join('');

/** Guards against tables that are written down once for the screen and again for each kind of paper. */
it('a column added to the ranking in one place stands on screen, in CSV, XLSX, DOCX and PDF', async () => {
  const { plan } = fixture;
  const made = async (format: 'csv' | 'xlsx' | 'docx' | 'pdf') =>
    bytesOf({ document: 'ranking', format, language: 'zh-CN' });
  const columns = columnsAt(rankingTable(wordsOf('zh-CN'), plan, { compared: true }), 'screen');
  for (const view of ['bars', 'numbers'] as const)
    expect(slotsOf(columns, view).map(({ column }) => column?.heading)).toContain('另列');
  const [head = ''] = new TextDecoder().decode(await made('csv')).split('\r\n');
  expect(head.endsWith(',另列')).toBe(true);
  expect(documentXml(await made('xlsx'), /sharedStrings|sheet\d+\.xml/)).toContain('另列');
  expect(documentXml(await made('docx'), /document\.xml/).replace(/<[^>]*>/g, '')).toContain('另列');
  if (!officeUnavailable()) expect(bare(await textOf(await made('pdf')))).toContain('另列');
});
