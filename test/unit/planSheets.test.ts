import { describe, expect, it } from 'vitest';
import { planWorkbook } from '#api/imports/planTemplate.ts';
import { readPlanSheets } from '#ingest/intake/imports/planSheets.ts';
import { openSheet } from '#ingest/intake/sheets/openSheet.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import { BASES, MEASURE_TYPES, PERIODS, planTab, WHEN_NONE } from '#schemas/imports/plan/columns.ts';
import { type ReadPlan, readPlan } from '#schemas/imports/plan/read.ts';
import { NoPlan, type PlanSheet, planSheets, unreadIn, yearIn } from '#schemas/imports/plan/sheets.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import { type Plan, plan as planSchema } from '#schemas/plan.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { enWords } from '#schemas/presentation/vocabulary/en.ts';
import { zhWords } from '#schemas/presentation/vocabulary/zh.ts';
import { en } from '../../dashboard/locales/en.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';
import { seeded } from '../reference/random.ts';
import { randomPlan } from '../reference/randomPlan.ts';

const sheetsOf = async (plan: Plan, language: ImportLanguage): Promise<PlanSheet[]> =>
  readPlanSheets(openSheet(await planWorkbook(plan, language, plan.version)));

function read(
  sheets: readonly PlanSheet[],
  adopted: Plan | undefined = plan2026,
  language: ImportLanguage = 'zh',
): ReadPlan {
  const found = planSheets(language, sheets);
  return readPlan(language, found, { year: yearIn(found) ?? 2026, adopted });
}

/** As the workbook of 2026, with a cell of a list changed: by its row's id and its column's field. */
async function changed(
  list: Parameters<typeof planTab>[0],
  id: string,
  field: string,
  cell: string | number | Date | null,
): Promise<PlanSheet[]> {
  const { name, columns } = planTab(list);
  const place = columns.findIndex((column) => column.field === field);
  return (await sheetsOf(plan2026, 'zh')).map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map(({ row, cells }) => ({
      row,
      cells:
        sheet.name === name.zh && cells[0] === id
          ? Object.assign(Array.from(cells), { [place]: cell })
          : cells,
    })),
  }));
}

const told = ({ lines }: ReadPlan): string[] =>
  lines.flatMap(({ sheet, row, problems }) =>
    problems.map(({ column, message }) => `${sheet} ${row} ${column}: ${message}`),
  );

describe('a plan as a workbook', () => {
  it.each(['zh', 'en'] as const)('of 2026, read back (%s), is the same to the sign', async (language) => {
    const { document, differences, lines } = read(await sheetsOf(plan2026, language), plan2026, language);
    expect([differences, new Set(lines.map(({ status }) => status))]).toEqual([[], new Set(['already'])]);
    expect(canonicalJson({ ...document, version: 1 })).toBe(canonicalJson(plan2026));
    expect(document?.version).toBe(2);
    expect(unreadIn(planSheets(language, await sheetsOf(plan2026, language)))).toEqual([]);
  });

  it('names the columns that it does not read, and the rows of its first sheet, each once', async () => {
    const [head, ...lists] = await sheetsOf(plan2026, 'zh');
    const sheets = [
      ...(head ? [{ ...head, rows: [...head.rows, { row: 99, cells: ['主办单位', '组织部'] }] }] : []),
      ...lists.map((sheet) => ({
        ...sheet,
        rows: sheet.rows.map(({ row, cells }, at) => ({
          row,
          cells: [...cells, at === 0 ? '责任科室' : '科'],
        })),
      })),
    ];
    expect(unreadIn(planSheets('zh', sheets))).toEqual(['主办单位', '责任科室']);
    expect(read(sheets).differences).toEqual([]);
  });

  it('of any kind of plan, read back, is the same', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const plan = planSchema.parse(randomPlan(seeded(seed), 2026, 3));
      const { document } = read(await sheetsOf(plan, seed % 2 ? 'zh' : 'en'), undefined, 'zh');
      expect(canonicalJson({ ...document, version: 3 }), `seed ${seed}`).toBe(canonicalJson(plan));
    }
  });

  it('says what differs from the adopted one, row by row', async () => {
    const { document, differences, lines } = read(
      await changed('requirements', 'learning.research', 'measure.per', '每月'),
    );
    expect(differences).toEqual([
      { list: 'requirements', id: 'learning.research', change: 'changed', fields: ['measure'] },
    ]);
    expect(lines.filter(({ status }) => status !== 'already')).toEqual([
      { sheet: '要求', row: 11, id: 'learning.research', status: 'changed', problems: [] },
    ]);
    expect(document?.requirements[9]?.measure).toEqual({ type: 'count', per: 'month', atLeast: 1 });
  });

  it('of which a sheet is left out keeps that list; whose row is left out drops the item', async () => {
    const all = await sheetsOf(plan2026, 'zh');
    const one = all
      .filter(({ name }) => name === '五型' || name === '一票否决')
      .map(({ name, rows }) => ({ name, rows: name === '五型' ? rows : rows.slice(0, -1) }));
    const last = plan2026.vetoes.at(-1)?.id;
    expect(read(one).differences).toEqual([{ list: 'vetoes', id: last, change: 'dropped' }]);
  });

  it('as one list without a name, as pasted rows are, is known by its heads', async () => {
    const all = await sheetsOf(plan2026, 'en');
    const pasted = all.filter(({ name }) => name === 'Deductions').map(({ rows }) => ({ name: '', rows }));
    expect([read(pasted).differences, read(pasted).lines.length]).toEqual([[], plan2026.deductions.length]);
  });

  it('has its day of the year in any spelling, and as the date that a spreadsheet makes of it', async () => {
    for (const cell of ['11-30', '11/30', '11月30日', '2026-11-30', new Date('2026-11-30T00:00:00Z')]) {
      const { document } = read(await changed('conditions', 'leading-group', 'by', cell));
      expect(document?.conditions[0]?.by).toBe('11-30');
    }
  });

  it.each([
    ['criteria', 'learning', 'weight', '二十', '五型 2 权重 *: “二十”不是数字，或超过六位小数。'],
    [
      'requirements',
      'learning.research',
      'id',
      'learning.visits',
      '要求 11 编号 *: 编号“learning.visits”用了两次；每项只用一个编号。',
    ],
    ['criteria', 'unity', 'name.en', null, '五型 3 英文名称 *: 没有填写。'],
    ['requirements', 'learning.research', 'measure.per', null, '要求 11 周期: 没有填写。'],
    [
      'requirements',
      'learning.research',
      'measure.share',
      0.5,
      '要求 11 覆盖比例: 计量方式“次数”不看这一列；请留空，或改计量方式。',
    ],
    [
      'requirements',
      'learning.research',
      'criterion',
      'learn',
      '要求 11 所属的型 *: “五型”表里没有编号“learn”。',
    ],
    [
      'requirements',
      'learning.research',
      'measure.per',
      '每周',
      '要求 11 周期: “每周”看不懂；可填：全年、每半年、每季度、每月。',
    ],
    [
      'requirements',
      'learning.research',
      'points',
      -5,
      '要求 11 分值 *: “-5”不合适：要大于 0，并在允许的范围之内。',
    ],
    ['conditions', 'leading-group', 'by', '31日', '评优条件 2 期限 *: “31日”不是月和日；请写成 12-31。'],
    [
      'conditions',
      'leading-group',
      'by',
      '02-29',
      '评优条件 2 期限 *: “02-29”不是每年都有的日子；请写成 12-31。',
    ],
  ] as const)('%s %s %s = %s is named with its cell', async (list, id, field, cell, sentence) => {
    const found = read(await changed(list, id, field, cell));
    expect([told(found), found.document]).toEqual([[sentence], null]);
  });

  it('that was filled in from an older version, or asks for one that is taken, says so and stays a draft', async () => {
    const adopted = { ...plan2026, version: 2, counts: 'verified' as const };
    const old = read(await sheetsOf(plan2026, 'zh'), adopted);
    expect([old.document?.version, told(old)]).toEqual([
      3,
      ['方案 3 : 其间已采用第 2 版，这张表是照第 1 版填的；请核对下面的不同之处，再把这里改成 2。'],
    ]);
    const taken = await changed('plan', '版本', 'version', null);
    const [head, ...rest] = taken;
    const rows = (head as PlanSheet).rows.map(({ row, cells }) => ({
      row,
      cells: row === 2 ? [cells[0] ?? null, 2] : row === 3 ? [] : cells,
    }));
    expect(told(read([{ name: '方案', rows }, ...rest], adopted))).toEqual([
      '方案 2 : 第 2 版已经采用；请填 3，或留空。',
    ]);
  });

  it('is none without a list of a plan, or with one that lacks columns', () => {
    const rows = [
      ['单位编号', '名称'],
      ['farm-01', '甲'],
    ].map((cells, index) => ({ row: index + 1, cells }));
    expect(() => read([{ name: '单位', rows }])).toThrow(NoPlan);
    const lame = [{ row: 1, cells: ['编号', '中文名称'] }];
    expect(() => read([{ name: '五型', rows: lame }])).toThrow(
      expect.objectContaining({
        lacking: expect.arrayContaining([expect.objectContaining({ field: 'weight' })]),
      }),
    );
    expect(
      told(read([{ name: '五型', rows: [{ row: 1, cells: ['编号', '中文名称', '英文名称', '权重'] }] }])),
    ).toEqual(['五型 1 : “五型”表是空的，或文件里没有这张表。']);
  });

  it('nothing of which is left out in silence: a second sheet of a list, a row twice, a name twice', async () => {
    const all = await sheetsOf(plan2026, 'zh');
    const criteria = all.find(({ name }) => name === '五型') as PlanSheet;
    const [last] = criteria.rows.slice(-1);
    if (!last) throw new Error('no row');
    for (const name of ['五型', 'Types', '五型 (2)']) {
      const twice = read([...all, { name, rows: criteria.rows }]);
      expect([told(twice), twice.document]).toEqual([
        [`${name} 1 : “五型”已有一张表“五型”；同一内容只留一张，请合并或删去这张。`],
        null,
      ]);
    }
    const repeated = { ...criteria, rows: [...criteria.rows, { row: last.row + 1, cells: last.cells }] };
    expect(told(read(all.map((sheet) => (sheet === criteria ? repeated : sheet))))).toEqual([
      `五型 ${last.row + 1} 编号 *: 与第 ${last.row} 行完全相同；请删去一行。`,
    ]);
    const [head, ...lists] = all as [PlanSheet, ...PlanSheet[]];
    const counts = head.rows.find(({ cells }) => String(cells[0]).startsWith('怎样计入'));
    const end = (head.rows.at(-1)?.row ?? 0) + 1;
    for (const [row, cells] of [
      [end, [...(counts?.cells ?? []).slice(0, 1), '核实后计入']],
      [end, [...(counts?.cells ?? [])]],
    ] as const) {
      const more = { ...head, rows: [...head.rows, { row, cells }] };
      expect(told(read([more, ...lists]))).toEqual([
        `方案 ${end} : “${counts?.cells[0]}”在第 ${counts?.row} 行已经填过；只留一行。`,
      ]);
    }
  });

  it('calls choices as the page does', () => {
    const zh = (choices: Record<string, readonly string[]>) =>
      Object.fromEntries(Object.entries(choices).map(([id, [name]]) => [id, name]));
    const english = (choices: Record<string, readonly string[]>) =>
      Object.fromEntries(Object.entries(choices).map(([id, [, name]]) => [id, name]));
    expect([zh(MEASURE_TYPES), zh(WHEN_NONE), zh(PERIODS), zh(BASES)]).toEqual([
      zhCN.plan.measureType,
      zhCN.plan.none,
      zhCN.measure.per,
      zhWords.basisOf,
    ]);
    expect([english(MEASURE_TYPES), english(WHEN_NONE), english(PERIODS), english(BASES)]).toEqual([
      en.plan.measureType,
      en.plan.none,
      en.measure.per,
      enWords.basisOf,
    ]);
  });
});
