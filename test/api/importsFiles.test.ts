import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportAnswer, ImportRecord } from '#schemas/results/imports.ts';
import { registered } from '#test/support/events.ts';
import { importCalls, NOVEMBER, sheet, UNIT_HEADS, XLSX } from '#test/support/importCalls.ts';
import { type Product, startProduct } from '#test/support/server.ts';

const cell = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const line = (row: number, texts: string[]): string =>
  `<row r="${row}">${texts.map((text, at) => cell(`${'ABCDEFG'[at]}${row}`, text)).join('')}</row>`;

/** A workbook whose one sheet has these rows, as they are written. */
function workbookOf(rows: string, { properties = '', behind = '' } = {}): Uint8Array {
  const part = (name: string, body: string): [string, Uint8Array] => [name, strToU8(body)];
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
        `<workbook xmlns="${main}" xmlns:r="${relations}">${properties}<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
      part(
        'xl/_rels/workbook.xml.rels',
        `<Relationships xmlns="${packageOf}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
      ),
      // The second style is a date's.
      part(
        'xl/styles.xml',
        `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
      ),
      part(
        'xl/worksheets/sheet1.xml',
        `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${behind}</worksheet>`,
      ),
    ]),
    { level: 9 },
  );
}

/**
 * A million rows without a sign between two that say something. Made before the server stands: it takes so long that
 * a connection that rests would be dropped meanwhile, just as it is used again.
 */
function vastWorkbook(): Uint8Array {
  const blank = Array.from({ length: 1_000_000 }, (_, row) => `<row r="${row + 3}"/>`).join('');
  const [first, last] = [
    line(2, ['vast-1', '甲', 'farm', '8', 'm-1']),
    line(1_000_003, ['vast-2', '乙', 'farm', '八', 'm-1']),
  ];
  return workbookOf(`${line(1, UNIT_HEADS.split(','))}${first}${blank}${last}`);
}
const VAST = vastWorkbook();

let product: Product;
beforeAll(async () => {
  product = await startProduct({ clock: () => NOVEMBER });
  await product.send([registered('farm-01'), registered('farm-02')]);
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
    ['an archive of something else', zipSync({ 'word/document.xml': strToU8('<x/>') }), 'other-file'],
    ['an archive with nothing in it', zipSync({}), 'other-file'],
    ['an OpenDocument spreadsheet', zipSync({ 'content.xml': strToU8('<x/>') }), 'other-file'],
    ['a binary workbook', zipSync({ 'xl/workbook.bin': strToU8('x') }), 'other-file'],
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

describe('given a workbook as office programs write it', () => {
  const SERIAL = 46_129; // 2026-04-17, from 1900
  const look = async (rows: string, more: Parameters<typeof workbookOf>[1] = {}, dryRun = true) => {
    const heads = line(3, ['单位编号', '类型', '日期', '标题', '数量', '备注']);
    return (await (
      await product.call(`/imports?kind=activities&dryRun=${dryRun}`, {
        method: 'POST',
        headers: { 'content-type': XLSX },
        body: workbookOf(`${line(1, ['2026 年活动登记表'])}${heads}${rows}`, more) as Uint8Array<ArrayBuffer>,
      })
    ).json()) as ImportAnswer;
  };
  const start = (row: number): string => `${cell(`A${row}`, 'farm-01')}${cell(`B${row}`, 'research')}`;

  it.each([
    ['from 1900', '', SERIAL],
    ['from 1904', '<workbookPr date1904="1"/>', SERIAL - 1_462],
  ])(
    'when it counts days %s, then dates and bare numbers are the days that it shows',
    async (_, properties, serial) => {
      const day = (row: number, written: string): string =>
        `<row r="${row}">${start(row)}${written}${cell(`D${row}`, `调研 ${serial}-${row}`)}</row>`;
      const rows = `${day(4, `<c r="C4" s="1"><v>${serial}</v></c>`)}${day(5, `<c r="C5"><v>${serial}</v></c>`)}${day(6, cell('C6', '2026年4月17日'))}`;
      const merged = { properties, behind: '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>' };
      expect((await look(rows, merged, false)).counts).toMatchObject({ new: 3, refused: 0 });
      const { activities } = await product.json<{ activities: { title: string; occurredOn: string }[] }>(
        '/units/farm-01/activities?limit=100',
      );
      const brought = activities.filter(({ title }) => title.startsWith(`调研 ${serial}`));
      expect(brought.map(({ occurredOn }) => occurredOn)).toEqual(Array(3).fill('2026-04-17'));
    },
  );

  it('when a cell holds a formula, then its kept result counts; one that failed or was not kept is named with its cell', async () => {
    const rows = [
      `<c r="C4" s="1"><v>${SERIAL}</v></c><c r="D4" t="str"><f>A4&amp;"调研"</f><v>春耕调研</v></c><c r="E4"><f>1+1</f><v>2</v></c><c r="F4" t="str"><f>""</f><v></v></c>`,
      `<c r="C5" s="1"><v>${SERIAL}</v></c>${cell('D5', '调研')}<c r="E5"><f>SUM(E1:E4)</f></c>`,
      `<c r="C6" s="1"><v>${SERIAL}</v></c>${cell('D6', '调研')}<c r="F6" t="e"><f>1/0</f><v>#DIV/0!</v></c>`,
    ].map((cells, index) => `<row r="${index + 4}">${start(index + 4)}${cells}</row>`);
    const { rows: told } = await look(rows.join(''));
    expect(told.map(({ row, status }) => `${row} ${status}`)).toEqual(['4 new', '5 refused', '6 refused']);
    expect(told.flatMap(({ problems }) => problems)).toEqual([
      { column: '数量', message: expect.stringContaining('公式没有结果（#CALC!）') },
      { column: '备注', message: expect.stringContaining('公式没有结果（#DIV/0!）') },
    ]);
  });

  it('when it holds more formulas without results than are noted, then it is refused as a whole', async () => {
    const rows = `<row r="4">${'<c r="A4"><f/></c>'.repeat(100_001)}</row>`;
    expect(await look(rows)).toMatchObject({ status: 422, code: 'too-large' });
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

  it('when it is stopped on its way, then what it brought by then is taken back, and the rest never comes', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => [
      'farm-02',
      'lecture',
      '2026-07-01',
      `第 ${index} 讲`,
    ]);
    const { job } = await product.json<{ job: ImportRecord }>('/imports?kind=activities', {
      method: 'POST',
      headers: { 'content-type': XLSX },
      body: await sheet([['单位编号', '类型', '日期', '标题'], ...rows]),
    });
    const find = () => product.json<{ job: ImportRecord }>(`/imports/${job.id}`);
    await expect
      .poll(async () => (await find()).job.done, { timeout: 60_000, interval: 20 })
      .toBeGreaterThan(0);
    const { retracted } = await product.json<{ retracted: number }>(`/imports/${job.id}`, {
      method: 'DELETE',
    });
    expect(retracted).toBeGreaterThan(0);
    expect(retracted).toBeLessThan(30_000);
    const { job: over } = await find();
    // What it says it brought is what was taken back.
    expect(over).toMatchObject({ state: 'undone', done: retracted, counts: { new: retracted, refused: 0 } });
    const { activities } = await product.json<{ activities: unknown[] }>(
      '/units/farm-02/activities?year=2026&state=reported&limit=10',
    );
    expect(activities).toEqual([]);
  });
});
