import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { recorded, registered } from '#test/support/events.ts';
import { importCalls, NOVEMBER, problems, statuses, UNIT_HEADS, XLSX } from '#test/support/importCalls.ts';
import { type Product, startProduct } from '#test/support/server.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ clock: () => NOVEMBER });
  await product.send([registered('farm-01'), registered('farm-03')]);
  await product.json('/plans/2026', { method: 'PUT', body: plan2026 });
  await product.send([recorded('farm-03', 'a-1')], await product.tokens.unit('farm-03'));
});
afterAll(() => product?.stop());

const { bring, refused } = importCalls(() => product);

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

  it('when it has a column of the office’s own, then it is named as not read', async () => {
    const { sheets } = await readXlsx(await template());
    const own = sheets.map(({ name, rows }) => ({
      name,
      rows: name === '五型' ? rows.map((row, at) => [...row, at === 0 ? '责任科室' : '']) : rows,
    }));
    const rehearsed = await bring('plan', await writeXlsx({ sheets: own }), { dryRun: true, type: XLSX });
    expect(rehearsed.unread).toEqual(['责任科室']);
    expect((await bring('plan', await template(), { dryRun: true, type: XLSX })).unread).toBeUndefined();
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

  it('when nobody could meet what a row asks, then it is refused by name, and adopted once that is said to be meant', async () => {
    const file = await edited('评优条件', 'leading-group', '期限 *', '01-31');
    const rehearsed = await bring('plan', file, { dryRun: true, type: XLSX });
    expect(rehearsed.plan?.unmeetable).toEqual([
      {
        finding: 'day-is-over:leading-group',
        field: 'conditions.leading-group',
        message: 'its day is new in this version and over already',
      },
    ]);
    expect(await refused('plan', file, XLSX)).toMatchObject({
      status: 422,
      despite: ['day-is-over:leading-group'],
    });
    expect(await product.json('/plans/2026')).toMatchObject({ plan: { version: 2 } });
    await product.json('/imports?kind=plan&despite=day-is-over%253Aleading-group', {
      method: 'POST',
      headers: { 'content-type': XLSX },
      body: file,
    });
    expect(await product.json('/plans/2026')).toMatchObject({ plan: { version: 3 } });
    const audit = await product.call('/audit?action=plan.adopted');
    expect(await audit.text()).toContain('day-is-over:leading-group');
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
    expect(await refused('plan', UNIT_HEADS)).toMatchObject({ status: 422, code: 'no-plan' });
    const token = await product.tokens.unit('farm-03');
    expect(await refused('plan', await template(), XLSX, token)).toMatchObject({ status: 403 });
    expect((await product.call('/imports/template?kind=plan', { token })).status).toBe(403);
  });
});
