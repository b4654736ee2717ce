import { strToU8, zipSync } from 'fflate';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import type { ImportAnswer, ImportRecord } from '#schemas/results/imports.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** A day on which the whole of the plan's year until November may be reported. */
const NOW = Date.parse('2026-11-22T02:00:00Z');

let product: Product;
beforeAll(async () => {
  product = await startProduct({ clock: () => NOW });
});
afterAll(() => product?.stop());

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const bring = (
  kind: string,
  body: string | Uint8Array,
  {
    dryRun = false,
    token,
    type = CSV,
    lang = 'zh',
  }: { dryRun?: boolean; token?: string; type?: string; lang?: string } = {},
): Promise<ImportAnswer> =>
  product.json(`/imports?kind=${kind}&dryRun=${dryRun}&lang=${lang}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    ...(token === undefined ? {} : { token }),
  });
const refused = async (kind: string, body: string | Uint8Array, type = CSV, token?: string) => {
  const response = await product.call(`/imports?kind=${kind}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    ...(token === undefined ? {} : { token }),
  });
  return { status: response.status, ...((await response.json()) as { detail: string; code?: string }) };
};
const statuses = ({ rows }: ImportAnswer): string[] => rows.map(({ row, status }) => `${row} ${status}`);
const problems = ({ rows }: ImportAnswer): string[] =>
  rows.flatMap(({ row, problems: all }) => all.map(({ column, message }) => `${row} ${column}: ${message}`));
const sheet = (rows: unknown[][], before: unknown[][][] = []): Promise<Uint8Array> =>
  writeXlsx({ sheets: [...before, rows].map((all, index) => ({ name: `s${index}`, rows: all as never })) });

const HEADS = '单位编号,名称,类别,班子人数,一把手';
const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describe('given a register of units', () => {
  it('when a sign of it is odd, then every row arrives or is named; never a part in silence', async () => {
    const answer = await bring(
      'units',
      `${HEADS}\nfarm-01,第"一"管理区,农业,８,m-01\nfarm-02,"第二管理区,farm,8,m-02\nfarm-03,第三管理区,farm,8.0,m-03\n\nfarm-04,第四管理区,farm,八,m-04\nfarm-05,第五管理区,farm,,姓名\n`,
    );
    expect(statuses(answer)).toEqual(['2 new', '3 refused', '4 new', '6 refused', '7 refused']);
    expect(problems(answer)).toEqual([
      '3 : 引号只有一半，从这里读不下去；请补上或删去引号。',
      '6 班子人数: “八”不是整数。',
      '7 班子人数: 没有填写。',
    ]);
    expect(answer.counts).toEqual({ new: 2, already: 0, changed: 0, refused: 3 });
    const { units } = await product.json<{ units: { unit: string; name: string; group: string }[] }>(
      '/units',
    );
    expect(units.map(({ unit, name, group }) => `${unit} ${name} ${group}`)).toEqual([
      'farm-01 第"一"管理区 农业',
      'farm-03 第三管理区 farm',
    ]);
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', (text: string) => utf16(text)],
    ['UTF-16BE', (text: string) => utf16(text, true)],
    ['GB18030', (text: string) => Buffer.from(text.replace('旗舰', ''), 'latin1')],
  ])(
    'when it is saved as %s, with comma, tab or semicolon, then it says which encoding it found',
    async (encoding, encode) => {
      for (const [index, delimiter] of [',', '\t', ';'].entries()) {
        const unit = `enc-${encoding.toLowerCase()}-${index}`;
        const heads = encoding === 'GB18030' ? 'unit,name,group,teamSize,head' : HEADS;
        const name = encoding === 'GB18030' ? '\xb5\xda\xd2\xbb' : '第一';
        const text = `${heads}\r\n${unit},${name},farm,8,m-01\r\n`.replaceAll(',', delimiter);
        const answer = await bring('units', encode(text));
        expect([answer.encoding, ...statuses(answer)]).toEqual([encoding, '2 new']);
        const { units } = await product.json<{ units: { unit: string; name: string }[] }>('/units');
        expect(units.find((one) => one.unit === unit)?.name).toBe(encoding === 'GB18030' ? '第一' : '第一');
      }
    },
  );

  it('when a group is named by its word, then it is the group that the product shows by that word', async () => {
    await bring(
      'units',
      `${HEADS}\nword-01,甲,农业管理区,8,m-01\nword-02,乙, schools ,8,m-02\nword-03,丙,水利,8,m-03\n`,
    );
    const { units } = await product.json<{ units: { unit: string; group: string }[] }>('/units');
    expect(units.filter(({ unit }) => unit.startsWith('word-')).map(({ group }) => group)).toEqual([
      'farm',
      'school',
      '水利',
    ]);
  });

  it('when rows are hidden, then they are read and named', async () => {
    const rows = [HEADS.split(','), ...['01', '02', '03'].map((id) => [`hid-${id}`, id, 'farm', 8, 'm-1'])];
    const hidden = { name: 'list', rows: rows as never, rowDefs: new Map([[2, { hidden: true }]]) };
    const answer = await bring(
      'units',
      await writeXlsx({ sheets: [{ name: 'notes', rows: [['read this']] }, hidden] }),
      { type: XLSX, dryRun: true },
    );
    expect(statuses(answer)).toEqual(['2 new', '3 new', '4 new']);
    expect(problems(answer)).toEqual(['3 : 这一行在表中是隐藏的，也读了进来；不要的话请删去。']);
  });

  it('when rows are refused, then they can be fetched with what is wrong, corrected, and brought again', async () => {
    const { import: id } = await bring(
      'units',
      `${HEADS}\nmend-01,甲,farm,8,m-01\nmend-02,乙,farm,八,m-02\nmend-03,丙,farm,,m-03\n`,
    );
    const workbook = await readXlsx(
      new Uint8Array(await (await product.call(`/imports/${id}/refused.xlsx`)).arrayBuffer()),
    );
    const [heads = [], ...rows] = workbook.sheets[0]?.rows ?? [];
    expect(heads).toEqual(['原行号', '问题', '单位编号', '名称', '类别', '班子人数', '一把手']);
    expect(rows.map((row) => [row[0], row[1], row[2]])).toEqual([
      [3, '班子人数 “八”不是整数。', 'mend-02'],
      [4, '班子人数 没有填写。', 'mend-03'],
    ]);
    const mended = rows.map((row) => row.map((cell, place) => (place === 5 ? 8 : cell)));
    const again = await bring('units', await sheet([heads, ...mended]), { type: XLSX });
    expect(again.counts).toEqual({ new: 2, already: 0, changed: 0, refused: 0 });
    const none = await product.call(`/imports/${again.import}/refused.xlsx`);
    expect(none.status).toBe(404);
  });

  it('when a unit stands already, then only what differs is changed', async () => {
    expect(
      statuses(
        await bring('units', `${HEADS}\nfarm-01,第"一"管理区,农业,8,m-01\nfarm-03,第三管理区,farm,9,m-03\n`),
      ),
    ).toEqual(['2 already', '3 changed']);
    const rows = `${HEADS}\nfarm-03,第三管理区,farm,8,m-03\n`;
    // There and back again: the third change is the first once more, and must count.
    expect(statuses(await bring('units', rows))).toEqual(['2 changed']);
    expect(statuses(await bring('units', rows.replace('8', '9')))).toEqual(['2 changed']);
  });

  it('when it has titles above its heads, behind a sheet of explanations, then the list is found', async () => {
    const list = [
      ['开发区单位登记表'],
      [null],
      ['编号', '单位名称', '类别', '人数', '一把手代号', '备注'],
      ['xl-01', '甲', 'farm', 8, 'm-01', 'x'],
    ];
    const answer = await bring('units', await sheet(list, [[['填写说明'], ['请认真填写']]]), { type: XLSX });
    expect(statuses(answer)).toEqual(['4 new']);
  });

  it('when a column is missed, then it is named, and nothing is recorded', async () => {
    expect(await refused('units', '单位编号,名称,类别\nx-01,甲,farm\n')).toMatchObject({
      status: 422,
      code: 'no-heads',
      detail: '表中缺少列：班子人数、一把手。请补上，或使用模板填写。',
    });
    expect((await refused('units', 'a,b\n1,2\n')).detail).toContain('前 20 行里没有找到表头');
  });
});

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
    const part = (name: string, body: string): [string, Uint8Array] => [name, strToU8(body)];
    const blank = Array.from({ length: 1_000_000 }, (_, row) => `<row r="${row + 3}"/>`).join('');
    const cell = (ref: string, text: string): string =>
      `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const line = (row: number, texts: string[]): string =>
      `<row r="${row}">${texts.map((text, at) => cell(`${'ABCDE'[at]}${row}`, text)).join('')}</row>`;
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const packageOf = 'http://schemas.openxmlformats.org/package/2006';
    const bytes = zipSync(
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
          `<worksheet xmlns="${main}"><sheetData>${line(1, HEADS.split(','))}${line(2, ['vast-1', '甲', 'farm', '8', 'm-1'])}${blank}${line(1_000_003, ['vast-2', '乙', 'farm', '八', 'm-1'])}</sheetData></worksheet>`,
        ),
      ]),
      { level: 9 },
    );
    const sent = await product.json<{ job: ImportRecord } | ImportAnswer>('/imports?kind=units&dryRun=true', {
      method: 'POST',
      headers: { 'content-type': XLSX },
      body: bytes,
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

const ACTIVITY = '单位编号,类型,日期,标题,应做数,完成数,一把手带头,活动编号';

describe('given activities', () => {
  beforeAll(async () => {
    await product.json('/plans/2026', { method: 'PUT', body: plan2026 });
  });
  const gapsOf = async (): Promise<number> => {
    const { activities } = await product.json<{ activities: { state: string }[] }>(
      '/units/farm-01/activities?year=2026',
    );
    return activities.filter(({ state }) => state !== 'retracted').length;
  };

  it('when rows are new, known by the name of the requirement, faulty, and there already, then each is told', async () => {
    const file = await sheet([
      ['单位编号', '类型', '日期', '标题', '应做数', '完成数', '形式'],
      ['farm-01', 'research', new Date('2026-04-17T00:00:00Z'), '大棚调研', null, null, null],
      ['farm-01', '每季度专题调研', '2026年5月3日', '水利调研', null, null, null],
      ['farm-01', 'major-decisions', 46_100, '讨论三项', 3, 5, null],
      ['farm-01', 'life-meeting', '2026/6/31', '民主生活会', null, null, null],
      ['nobody', 'research', '20260418', '无此单位', null, null, null],
      ['farm-01', 'knowledge-study', '2026.3.1', '学法', null, null, '法学'],
      ['farm-01', 'research', '2026-04-17', '大棚调研', null, null, null],
      ['farm-01', 'research', '2026-12-31', '还没有到', null, null, null],
    ]);
    const rehearsed = await bring('activities', file, { type: XLSX, dryRun: true });
    expect(await gapsOf()).toBe(0);
    const answer = await bring('activities', file, { type: XLSX });
    expect(answer.rows).toEqual(rehearsed.rows);
    expect(statuses(answer)).toEqual([
      '2 new',
      '3 new',
      '4 refused',
      '5 refused',
      '6 refused',
      '7 refused',
      '8 already',
      '9 refused',
    ]);
    expect(problems(answer)).toEqual([
      '4 应做数: 应做数没有填写，或小于完成数（5）。',
      '5 日期: “2026/6/31”不是日期；请写成 2026-04-17。',
      '6 单位编号: 没有编号为“nobody”的单位；请核对编号，或先登记该单位。',
      '7 形式: 形式没有填写，或不在方案所列之内。可填：economics, finance, law, technology, management。',
      '9 日期: 日期晚于今天。',
    ]);
    expect(await gapsOf()).toBe(2);
    expect((await bring('activities', file, { type: XLSX })).counts).toMatchObject({ new: 0, already: 3 });
  });

  it('when an activity is named by its id, then its row corrects it; two rows that differ are refused', async () => {
    const row = (title: string): string => `farm-01,research,2026-02-03,${title},,,是,r-1\n`;
    expect(statuses(await bring('activities', `${ACTIVITY}\n${row('一')}`))).toEqual(['2 new']);
    expect(statuses(await bring('activities', `${ACTIVITY}\n${row('二')}`))).toEqual(['2 changed']);
    const answer = await bring('activities', `${ACTIVITY}\n${row('二')}${row('三')}`);
    expect(problems(answer)).toEqual(['3 活动编号: 与第 2 行编号相同而内容不同；请只留一行。']);
  });

  it('when it is undone, then what it recorded is retracted, what it changed is as before, and it can be brought again', async () => {
    const before = await gapsOf();
    const file = `${ACTIVITY}\nfarm-01,research,2026-08-03,要撤销的,,,,\nfarm-01,research,2026-02-03,改错了,,,是,r-1\n`;
    const { import: id } = await bring('activities', file);
    expect(await gapsOf()).toBe(before + 1);
    const undone = await product.json(`/imports/${id}`, { method: 'DELETE' });
    expect(undone).toMatchObject({ import: id, retracted: 1, restored: 1, kept: 0 });
    expect(await gapsOf()).toBe(before);
    const { activities } = await product.json<{ activities: { activity: string; title: string }[] }>(
      '/units/farm-01/activities?year=2026',
    );
    expect(activities.find(({ activity }) => activity === 'r-1')?.title).toBe('二');
    expect(statuses(await bring('activities', file))).toEqual(['2 new', '3 changed']);
    expect(await gapsOf()).toBe(before + 1);
  });

  it('when it is undone, then what it was refused to change, or others changed since, is left alone', async () => {
    const row = (id: string, title: string): string => `farm-03,research,2026-03-04,${title},,,是,${id}\n`;
    await bring('activities', `${ACTIVITY}\n${row('o-1', '部里报的')}`);
    const token = await product.tokens.unit('farm-03');
    await bring('activities', `${ACTIVITY}\n${row('o-2', '自己报的')}`, { token });
    const verified = { unit: 'farm-03', activity: 'o-1', decision: 'verified', reason: '属实' };
    await product.json('/reviews', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(verified),
    });
    const answer = await bring(
      'activities',
      `${ACTIVITY}\n${row('o-1', '改别人的')}${row('o-2', '改自己的')}`,
      {
        token,
      },
    );
    expect(statuses(answer)).toEqual(['2 refused', '3 changed']);
    await bring('activities', `${ACTIVITY}\n${row('o-2', '后来又改')}`, { token });
    const undone = await product.json(`/imports/${answer.import}`, { method: 'DELETE', token });
    expect(undone).toMatchObject({ retracted: 0, restored: 0, kept: 2 });
    const { activities } = await product.json<{
      activities: { activity: string; title: string; state: string }[];
    }>('/units/farm-03/activities?year=2026');
    expect(
      activities
        .filter(({ activity }) => activity.startsWith('o-'))
        .map(({ activity, title, state }) => `${activity} ${title} ${state}`)
        .sort(),
    ).toEqual(['o-1 部里报的 verified', 'o-2 后来又改 reported']);
  });

  it('when they are rehearsed, then totals and ranks are told as they are once they are in', async () => {
    const file = `${ACTIVITY}\nfarm-01,study-plan,2026-03-05,计划,,,,\nfarm-03,lecture,2026-03-05,讲座一,,,,\nfarm-03,lecture,2026-08-05,讲座二,,,,\nfarm-03,research,2026-11-05,第四季度,,,,\n`;
    const rehearsed = await bring('activities', file, { dryRun: true });
    expect(rehearsed.effects?.length).toBeGreaterThan(0);
    const confined = await bring('activities', `类型,日期,标题\nlecture,2026-03-06,讲座三\n`, {
      dryRun: true,
      token: await product.tokens.unit('farm-03'),
    });
    expect(confined.effects?.map(({ unit }) => unit)).toEqual(['farm-03']);
    await bring('activities', file);
    const { rows } = await product.json<Ranking>('/rankings/2026?basis=to-date');
    for (const { unit, total, rank } of rehearsed.effects ?? []) {
      const row = rows.find((one) => 'unit' in one && one.unit === unit);
      // Ranks that change by each other's rows are told for each unit alone.
      expect([unit, total.after]).toEqual([unit, row?.total ?? null]);
      expect(rank.of).toBe(rows.length);
    }
    expect(rehearsed.effects?.some(({ total }) => total.before !== total.after)).toBe(true);
  });

  it('when a unit brings them, then for itself alone; the rest is the department’s', async () => {
    const token = await product.tokens.unit('farm-03');
    const answer = await bring('activities', `类型,日期,标题\nresearch,2026-07-01,本单位的\n`, { token });
    expect(statuses(answer)).toEqual(['2 new']);
    const foreign = await bring('activities', `${ACTIVITY}\nfarm-01,research,2026-07-02,别人的,,,,\n`, {
      token,
    });
    expect(problems(foreign)).toEqual(['2 单位编号: “farm-01”不是本单位；只能上报本单位的活动。']);
    expect((await refused('units', `${HEADS}\nz-1,甲,farm,8,m-01\n`, CSV, token)).status).toBe(403);
    const mine = await product.json<{ imports: ImportRecord[] }>('/imports', { token });
    expect(mine.imports).toHaveLength(2);
    const other = await product.tokens.unit('farm-01');
    expect((await product.call(`/imports/${answer.import}`, { token: other })).status).toBe(404);
    expect((await product.call(`/imports/${answer.import}`, { token: other, method: 'DELETE' })).status).toBe(
      404,
    );
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

describe('given a template', () => {
  it.each(['activities', 'units', 'targets', 'incidents'])(
    'of %s, then it can be filled in and brought',
    async (kind) => {
      for (const lang of ['zh', 'en']) {
        const response = await product.call(`/imports/template?kind=${kind}&year=2026&lang=${lang}`);
        expect(response.headers.get('content-type')).toBe(XLSX);
        const answer = await bring(kind, new Uint8Array(await response.arrayBuffer()), {
          type: XLSX,
          dryRun: true,
        });
        expect(answer.rows).toEqual([]);
      }
    },
  );
});

describe('given a plan as a workbook', () => {
  const template = async (): Promise<Uint8Array> =>
    new Uint8Array(await (await product.call('/imports/template?kind=plan&year=2026&lang=zh')).arrayBuffer());
  /** The workbook with one cell changed, as a clerk would. */
  async function edited(tab: string, id: string, head: string, cell: string | number): Promise<Uint8Array> {
    const { sheets } = await readXlsx(await template());
    const own = sheets.find(({ name }) => name === tab);
    const place = own?.rows[0]?.indexOf(head) ?? -1;
    const row = own?.rows.find(([first]) => first === id);
    if (row && place >= 0) row[place] = cell;
    return writeXlsx({ sheets: sheets.map(({ name, rows }) => ({ name, rows })) });
  }

  it('when it is brought as it was handed out, then nothing differs and nothing is adopted', async () => {
    const rehearsed = await bring('plan', await template(), { dryRun: true, type: XLSX });
    expect([rehearsed.plan?.differences, rehearsed.plan?.adopted, rehearsed.counts.refused]).toEqual([
      [],
      { year: 2026, version: 1 },
      0,
    ]);
    const { counts } = await bring('plan', await template(), { type: XLSX });
    expect([counts.new, counts.changed, counts.refused]).toEqual([0, 0, 0]);
    expect(await product.json('/plans/2026')).toMatchObject({ plan: { version: 1 } });
  });

  it('when a weight is changed, then difference and effect are told first, and it is adopted once', async () => {
    const file = await edited('五型', 'learning', '权重 *', 40);
    const rehearsed = await bring('plan', file, { dryRun: true, type: XLSX });
    expect(rehearsed.plan?.differences).toEqual([
      { list: 'criteria', id: 'learning', change: 'changed', fields: ['weight'] },
    ]);
    expect(rehearsed.effects?.length).toBeGreaterThan(0);
    expect(await product.json('/plans/2026')).toMatchObject({ plan: { version: 1 } });
    const { rows } = await bring('plan', file, { type: XLSX });
    expect(rows.filter(({ status }) => status !== 'already')).toMatchObject([
      { sheet: '五型', row: 2, status: 'changed', id: 'learning' },
    ]);
    const { plan } = await product.json<{ plan: { version: number; criteria: { weight: number }[] } }>(
      '/plans/2026',
    );
    expect([plan.version, plan.criteria[0]?.weight]).toEqual([2, 40]);
    const effects = await product.json<Ranking>('/rankings/2026?basis=to-date');
    const [first] = rehearsed.effects ?? [];
    const own = effects.rows.find((row) => 'unit' in row && row.unit === first?.unit);
    expect([own?.total, own?.rank]).toEqual([first?.total.after, first?.rank.after]);
    // It says the version that it was filled in from, which is not the adopted one any more; but nothing differs.
    expect(statuses(await bring('plan', file, { type: XLSX })).every((line) => /already/.test(line))).toBe(
      true,
    );
    const audit = await product.json<{ items: { action: string; details?: object }[] }>(
      '/audit?action=plan.adopted',
    );
    expect(JSON.stringify(audit)).toContain('"version":2');
  });

  it('when a row is wrong, then its cell is named and nothing is adopted', async () => {
    const file = await edited('要求', 'learning.research', '周期', '每周');
    const rehearsed = await bring('plan', file, { dryRun: true, type: XLSX });
    expect([rehearsed.plan?.document, problems(rehearsed)]).toEqual([
      null,
      ['11 周期: “每周”看不懂；可填：全年、每半年、每季度、每月。'],
    ]);
    expect(await refused('plan', file, XLSX)).toMatchObject({
      status: 422,
      code: 'faulty-plan',
      errors: [{ field: '要求 11 周期' }],
    });
    expect(await product.json('/plans/2026')).toMatchObject({ plan: { version: 2 } });
  });

  it('when a year has none yet, then the workbook begins with the last one, and is its first version', async () => {
    const file = new Uint8Array(
      await (await product.call('/imports/template?kind=plan&year=2027&lang=en')).arrayBuffer(),
    );
    const { plan, rows } = await bring('plan', file, { dryRun: true, type: XLSX, lang: 'en' });
    expect([plan?.document?.year, plan?.document?.version, plan?.adopted]).toEqual([2027, 1, null]);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['new']));
  });

  it('when the file is none, or a unit brings it, then it is refused in a sentence', async () => {
    expect(await refused('plan', HEADS)).toMatchObject({ status: 422, code: 'no-plan' });
    const token = await product.tokens.unit('farm-03');
    expect(await refused('plan', await template(), XLSX, token)).toMatchObject({ status: 403 });
    expect((await product.call('/imports/template?kind=plan', { token })).status).toBe(403);
  });
});
