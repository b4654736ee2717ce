import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { ASKED_FIELDS, askedOf, reportableKinds } from '#schemas/reportFields.ts';
import type { ImportRecord } from '#schemas/results/imports.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { registered } from '#test/support/events.ts';
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

describe('given activities', () => {
  beforeAll(async () => {
    await product.send(['farm-01', 'farm-02', 'farm-03'].map((unit) => registered(unit)));
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
    expect(undone).toMatchObject({ retracted: 0, restored: 0, kept: 1 });
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

  it('then any reader may have it', async () => {
    for (const token of [product.tokens.leader, await product.tokens.unit('farm-01')])
      for (const kind of ['activities', 'units', 'targets', 'incidents']) {
        const { status } = await product.call(`/imports/template?kind=${kind}&year=2026`, { token });
        expect([kind, status]).toEqual([kind, 200]);
      }
  });

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
