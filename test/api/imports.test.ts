import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { ASKED_FIELDS, askedOf, reportableKinds } from '#schemas/reportFields.ts';
import type { ImportRecord } from '#schemas/results/imports.ts';
import type { Ranking } from '#schemas/results/results.ts';
import {
  ACTIVITY_HEADS,
  CSV,
  importCalls,
  NOVEMBER,
  problems,
  sheet,
  statuses,
  UNIT_HEADS,
  XLSX,
} from '#test/support/importCalls.ts';
import { type Product, startProduct } from '#test/support/server.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ clock: () => NOVEMBER });
});
afterAll(() => product?.stop());

const { bring, refused } = importCalls(() => product);

const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

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
    ['UTF-16LE', (text: string) => utf16(text)],
    ['UTF-16BE', (text: string) => utf16(text, true)],
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
    expect(statuses(await bring('activities', `${ACTIVITY_HEADS}\n${row('一')}`))).toEqual(['2 new']);
    expect(statuses(await bring('activities', `${ACTIVITY_HEADS}\n${row('二')}`))).toEqual(['2 changed']);
    const answer = await bring('activities', `${ACTIVITY_HEADS}\n${row('二')}${row('三')}`);
    expect(problems(answer)).toEqual(['3 活动编号: 与第 2 行编号相同而内容不同；请只留一行。']);
  });

  it('when it is undone, then what it recorded is retracted, what it changed is as before, and it can be brought again', async () => {
    const before = await gapsOf();
    const file = `${ACTIVITY_HEADS}\nfarm-01,research,2026-08-03,要撤销的,,,,\nfarm-01,research,2026-02-03,改错了,,,是,r-1\n`;
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
    await bring('activities', `${ACTIVITY_HEADS}\n${row('o-1', '部里报的')}`);
    const token = await product.tokens.unit('farm-03');
    await bring('activities', `${ACTIVITY_HEADS}\n${row('o-2', '自己报的')}`, { token });
    const verified = { unit: 'farm-03', activity: 'o-1', decision: 'verified', reason: '属实' };
    await product.json('/reviews', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(verified),
    });
    const answer = await bring(
      'activities',
      `${ACTIVITY_HEADS}\n${row('o-1', '改别人的')}${row('o-2', '改自己的')}`,
      {
        token,
      },
    );
    expect(statuses(answer)).toEqual(['2 refused', '3 changed']);
    await bring('activities', `${ACTIVITY_HEADS}\n${row('o-2', '后来又改')}`, { token });
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
    const file = `${ACTIVITY_HEADS}\nfarm-01,study-plan,2026-03-05,计划,,,,\nfarm-03,lecture,2026-03-05,讲座一,,,,\nfarm-03,lecture,2026-08-05,讲座二,,,,\nfarm-03,research,2026-11-05,第四季度,,,,\n`;
    const rehearsed = await bring('activities', file, { dryRun: true });
    expect(rehearsed.effects?.length).toBeGreaterThan(0);
    const { reckoned } = rehearsed;
    expect(reckoned?.rows).toEqual({ of: rehearsed.counts.new, reckoned: rehearsed.counts.new });
    expect(reckoned?.units.found).toBe(rehearsed.effects?.length);
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
    const foreign = await bring('activities', `${ACTIVITY_HEADS}\nfarm-01,research,2026-07-02,别人的,,,,\n`, {
      token,
    });
    expect(problems(foreign)).toEqual(['2 单位编号: “farm-01”不是本单位；只能上报本单位的活动。']);
    expect((await refused('units', `${UNIT_HEADS}\nz-1,甲,farm,8,m-01\n`, CSV, token)).status).toBe(403);
    const mine = await product.json<{ imports: ImportRecord[] }>('/imports', { token });
    expect(mine.imports).toHaveLength(2);
    const other = await product.tokens.unit('farm-01');
    expect((await product.call(`/imports/${answer.import}`, { token: other })).status).toBe(404);
    expect((await product.call(`/imports/${answer.import}`, { token: other, method: 'DELETE' })).status).toBe(
      404,
    );
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

  it('of one kind of activity, then it asks for what the kind asks and offers its forms', async () => {
    const headsOf = async (query: string) => {
      const response = await product.call(`/imports/template?kind=activities&year=2026&lang=zh&${query}`);
      const { sheets } = await readXlsx(new Uint8Array(await response.arrayBuffer()));
      return { heads: sheets[0]?.rows[0]?.map(String) ?? [], lists: sheets.at(-1)?.rows ?? [] };
    };
    const every = await headsOf('');
    for (const kind of reportableKinds(plan2026)) {
      const { heads, lists } = await headsOf(`of=${kind}`);
      const { fields, forms } = askedOf(plan2026, kind);
      expect(heads.length).toBe(every.heads.length - ASKED_FIELDS.length + fields.length);
      expect(lists[0]?.includes('形式')).toBe(forms.length > 0);
      const place = lists[0]?.indexOf('形式') ?? -1;
      expect(lists.slice(1).flatMap((row) => row[place] ?? [])).toEqual(forms);
    }
    const { heads } = await headsOf('of=training');
    expect(heads).toContain('数量');
    expect(heads).not.toContain('得分');
    for (const query of [
      'kind=activities&of=safety-incident',
      'kind=activities&of=none',
      'kind=units&of=research',
    ])
      expect((await product.call(`/imports/template?year=2026&${query}`)).status).toBe(404);
  });
});
