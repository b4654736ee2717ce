import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportAnswer, ImportRecord } from '#schemas/results/imports.ts';
import { registered } from '#test/support/events.ts';
import { importCalls, NOVEMBER, sheet, UNIT_HEADS, XLSX } from '#test/support/importCalls.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/**
 * A million rows without a sign between two that say something. Made before the server stands: it takes so long that
 * a connection that rests would be dropped meanwhile, just as it is used again.
 */
function vastWorkbook(): Uint8Array {
  const part = (name: string, body: string): [string, Uint8Array] => [name, strToU8(body)];
  const blank = Array.from({ length: 1_000_000 }, (_, row) => `<row r="${row + 3}"/>`).join('');
  const cell = (ref: string, text: string): string =>
    `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const line = (row: number, texts: string[]): string =>
    `<row r="${row}">${texts.map((text, at) => cell(`${'ABCDE'[at]}${row}`, text)).join('')}</row>`;
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packageOf = 'http://schemas.openxmlformats.org/package/2006';
  return zipSync(
    Object.fromEntries([
      part(
        '[Content_Types].xml',
        `<Types xmlns="${packageOf}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
      ),
      part(
        '_rels/.rels',
        `<Relationships xmlns="${packageOf}/relationships"><Relationship Id="r" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
      part(
        'xl/workbook.xml',
        `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
      part(
        'xl/_rels/workbook.xml.rels',
        `<Relationships xmlns="${packageOf}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      part(
        'xl/worksheets/sheet1.xml',
        `<worksheet xmlns="${main}"><sheetData>${line(1, UNIT_HEADS.split(','))}${line(2, ['vast-1', '甲', 'farm', '8', 'm-1'])}${blank}${line(1_000_003, ['vast-2', '乙', 'farm', '八', 'm-1'])}</sheetData></worksheet>`,
      ),
    ]),
    { level: 9 },
  );
}
const VAST = vastWorkbook();

let product: Product;
beforeAll(async () => {
  product = await startProduct({ clock: () => NOVEMBER });
  await product.send([registered('farm-01')]);
});
afterAll(() => product?.stop());

const { refused } = importCalls(() => product);

describe('given a file that is no spreadsheet', () => {
  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    [
      'an old .xls or a workbook with a password',
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
      'xls',
    ],
    ['a PDF', strToU8('%PDF-1.7 …'), 'other-file'],
    [
      'an archive cut in the middle',
      zipSync({ 'xl/workbook.xml': strToU8('<x/>'.repeat(100)) }).slice(0, 80),
      'broken',
    ],
    ['macros', zipSync({ 'xl/vbaProject.bin': strToU8('x'), 'xl/workbook.xml': strToU8('<x/>') }), 'macros'],
    [
      'an encrypted package, whatever it is called',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(504),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'xls',
    ],
    [
      'a PDF that is an archive, too',
      Buffer.concat([strToU8('%PDF-1.7\n'), zipSync({ 'xl/workbook.xml': strToU8('<x/>') })]),
      'other-file',
    ],
    [
      'a picture that is a web page, too',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), strToU8('<script>alert(1)</script>')]),
      'other-file',
    ],
    ['an archive of something else', zipSync({ 'word/document.xml': strToU8('<x/>') }), 'broken'],
    ['binary', Uint8Array.of(0, 1, 2, 3, 0xff, 0xff, 0, 0, 0xfe), 'no-text'],
    ['a bomb', zipSync({ 'xl/sharedStrings.xml': new Uint8Array(100 * 1024 * 1024) }), 'too-large'],
  ])('%s: it is refused with what to do', async (_, bytes, code) => {
    const answer = await refused('units', bytes, 'application/octet-stream');
    expect(answer).toMatchObject({ status: 422, code });
    expect(answer.detail.length).toBeGreaterThan(5);
  });
});

describe('given a workbook of a million rows without a sign', () => {
  it('then the rows that say something are read, and blank ones take neither memory nor names', async () => {
    const sent = await product.json<{ job: ImportRecord } | ImportAnswer>('/imports?kind=units&dryRun=true', {
      method: 'POST',
      headers: { 'content-type': XLSX },
      body: VAST,
    });
    const id = 'job' in sent ? sent.job.id : sent.import;
    const find = () => product.json<{ job: ImportRecord; rows: ImportAnswer['rows'] }>(`/imports/${id}`);
    await expect.poll(async () => (await find()).job.state, { timeout: 60_000, interval: 200 }).toBe('done');
    expect((await find()).rows.map(({ row, status }) => `${row} ${status}`)).toEqual([
      '2 new',
      '1000003 refused',
    ]);
  });
});

describe('given a large file', () => {
  it('then it is answered at once, goes on, tells how far it is, and stays to be looked at', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => [
      'farm-01',
      'research',
      '2026-07-01',
      `第 ${index} 次调研`,
    ]);
    const file = await sheet([['单位编号', '类型', '日期', '标题'], ...rows]);
    const { job } = await product.json<{ job: ImportRecord }>('/imports?kind=activities', {
      method: 'POST',
      headers: { 'content-type': XLSX },
      body: file,
    });
    expect(job.state).toBe('running');
    const find = () => product.json<{ job: ImportRecord; rows: unknown[] }>(`/imports/${job.id}`);
    await expect.poll(async () => (await find()).job.state, { timeout: 100_000, interval: 200 }).toBe('done');
    const { job: done, rows: told } = await find();
    expect(done).toMatchObject({ done: 30_000, counts: { new: 30_000, already: 0, changed: 0, refused: 0 } });
    expect(told).toHaveLength(30_000);
  });
});
