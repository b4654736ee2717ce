import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importCalls,
  NOVEMBER,
  problems,
  sheet,
  statuses,
  UNIT_HEADS,
  utf16,
  XLSX,
} from '#test/support/importCalls.ts';
import { type Product, startProduct } from '#test/support/server.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ clock: () => NOVEMBER });
});
afterAll(() => product?.stop());

const { bring, refused } = importCalls(() => product);

describe('given a register of units', () => {
  it('when a sign of it is odd, then every row arrives or is named; never a part in silence', async () => {
    const answer = await bring(
      'units',
      `${UNIT_HEADS}\nfarm-01,第"一"管理区,农业,８,m-01\nfarm-02,"第二管理区,farm,8,m-02\nfarm-03,第三管理区,farm,8.0,m-03\n\nfarm-04,第四管理区,farm,八,m-04\nfarm-05,第五管理区,farm,,姓名\n`,
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
    ['UTF-16LE', (text: string) => utf16(`\ufeff${text}`)],
    ['UTF-16BE', (text: string) => utf16(`\ufeff${text}`, true)],
    ['GB18030', (text: string) => Buffer.from(text.replace('旗舰', ''), 'latin1')],
  ])(
    'when it is saved as %s, with comma, tab or semicolon, then it says which encoding it found',
    async (encoding, encode) => {
      for (const [index, delimiter] of [',', '\t', ';'].entries()) {
        const unit = `enc-${encoding.toLowerCase()}-${index}`;
        const heads = encoding === 'GB18030' ? 'unit,name,group,teamSize,head' : UNIT_HEADS;
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
      `${UNIT_HEADS}\nword-01,甲,农业管理区,8,m-01\nword-02,乙, schools ,8,m-02\nword-03,丙,水利,8,m-03\n`,
    );
    const { units } = await product.json<{ units: { unit: string; group: string }[] }>('/units');
    expect(units.filter(({ unit }) => unit.startsWith('word-')).map(({ group }) => group)).toEqual([
      'farm',
      'school',
      '水利',
    ]);
  });

  it('when heads of columns are not known, or said twice by other names, then they are named as not read', async () => {
    const dryRun = true;
    const row = 'un-01,甲,farm,8,m-01';
    const known = await bring('units', `${UNIT_HEADS}\n${row}\n`, { dryRun });
    expect(known.unread).toBeUndefined();
    const more = await bring('units', `${UNIT_HEADS},电话,,备 注\n${row},1,2,3\n`, { dryRun });
    expect(more.unread).toEqual(['电话', '备 注']);
    expect(statuses(more)).toEqual(['2 new']);
    // A sheet of refused rows has columns of ours, which nobody misses.
    expect(
      (await bring('units', `原行号,问题,${UNIT_HEADS}\n2,x,${row}\n`, { dryRun })).unread,
    ).toBeUndefined();
  });

  it('when rows are hidden, then they are read and named', async () => {
    const rows = [
      UNIT_HEADS.split(','),
      ...['01', '02', '03'].map((id) => [`hid-${id}`, id, 'farm', 8, 'm-1']),
    ];
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
      `${UNIT_HEADS}\nmend-01,甲,farm,8,m-01\nmend-02,乙,farm,八,m-02\nmend-03,丙,farm,,m-03\n`,
    );
    const workbook = await readXlsx(
      new Uint8Array(await (await product.call(`/imports/${id}/refused.xlsx`)).arrayBuffer()),
    );
    const [heads = [], ...rows] = workbook.sheets[0]?.rows ?? [];
    expect(heads).toEqual(['原行号', '问题', '单位编号', '名称', '类别', '班子人数', '一把手']);
    expect(rows.map((row) => [row[0], row[1], row[2]])).toEqual([
      [3, '班子人数：“八”不是整数。', 'mend-02'],
      [4, '班子人数：没有填写。', 'mend-03'],
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
        await bring(
          'units',
          `${UNIT_HEADS}\nfarm-01,第"一"管理区,农业,8,m-01\nfarm-03,第三管理区,farm,9,m-03\n`,
        ),
      ),
    ).toEqual(['2 already', '3 changed']);
    const rows = `${UNIT_HEADS}\nfarm-03,第三管理区,farm,8,m-03\n`;
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

  it('when a later sheet is such a list too, then it is told, for one sheet is read', async () => {
    const list = (id: string) => [UNIT_HEADS.split(','), [id, '甲', 'farm', 8, 'm-01']];
    const notes = [['填写说明', '名称'], ['请认真填写']];
    const file = await sheet(list('xs-02'), [notes, list('xs-01'), notes]);
    for (const dryRun of [true, false]) {
      const answer = await bring('units', file, { type: XLSX, dryRun });
      expect(statuses(answer)).toEqual(['2 new', '1 refused']);
      expect(answer.counts).toEqual({ new: 1, already: 0, changed: 0, refused: 1 });
      expect(answer.rows[1]).toMatchObject({ sheet: 's3' });
      expect(problems(answer)).toEqual([
        '1 : “s3”表也是这样的清单，没有读；一次只读一张表，请并入前面那张，或另存为一个文件再传。',
      ]);
    }
  });

  it('when a workbook has more sheets than are looked at, then it is refused, and the last that is looked at is read', async () => {
    const notes = (count: number) => Array.from({ length: count }, () => [['填写说明']]);
    const list = [UNIT_HEADS.split(','), ['xm-01', '甲', 'farm', 8, 'm-01']];
    expect(statuses(await bring('units', await sheet(list, notes(15)), { type: XLSX }))).toEqual(['2 new']);
    for (const kind of ['units', 'activities', 'targets', 'incidents', 'plan'])
      expect(await refused(kind, await sheet(list, notes(16)), XLSX)).toMatchObject({
        status: 422,
        code: 'too-many-sheets',
        detail: '工作簿超过 16 张表（隐藏的也算）。请删去无关的表，或把要导入的另存为一个文件。',
      });
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
