import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { renderDocument } from '#api/exports/documents.ts';
import { make } from '#api/exports/render.ts';
import { foldedLines, halves } from '#api/exports/report/fold.ts';
import { activityRows, documentRows } from '#test/fixtures/documents.ts';
import { bytesOf, fixture, orderOf } from '#test/support/documents.ts';
import { packageFaults } from '#test/support/package.ts';

const HOSTILE = '=HYPERLINK("http://x.test","<b>&点</b>")';

async function sheetsOf(bytes: Uint8Array) {
  const { sheets } = await readXlsx(bytes, { readStyles: true });
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

async function gather(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('given the workbook of the year', () => {
  it('when it is read back, then its figures are those of the rows, to the last digit', async () => {
    const sheets = await sheetsOf(await bytesOf({ format: 'xlsx' }));
    const [head, ...rows] = sheets.get('排名')?.rows ?? [];
    expect(head?.slice(0, 3)).toEqual(['名次', '单位', '编号']);
    expect(rows.map((row) => [row[0], row[1], row[2], row[9], row[10], row[11], row[12], row[13]])).toEqual(
      fixture.rows.map(({ rank, name, unit, total, totalWithoutVeto, band, topShare }) => [
        rank,
        name,
        unit,
        total,
        totalWithoutVeto,
        band?.[0],
        band?.[1],
        topShare,
      ]),
    );
  });

  it('then the matrix holds every attainment, and an empty cell where nothing counts', async () => {
    const sheets = await sheetsOf(await bytesOf({ format: 'xlsx', document: 'gaps' }));
    const [, ...rows] = sheets.get('单位×要求')?.rows ?? [];
    expect(rows.map((row) => row.slice(3).map((cell) => cell ?? null))).toEqual(
      fixture.gaps.units.map(({ attainments }) => attainments),
    );
  });

  it('then it is printed with its head on every page, in either language', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const bytes = await bytesOf({ format: 'xlsx', language });
      expect(packageFaults(bytes)).toEqual([]);
      const xml = strFromU8(unzipSync(bytes)['xl/workbook.xml'] ?? new Uint8Array());
      const sheets = xml.match(/<sheet /g)?.length ?? 0;
      // All but the cover and the charts.
      expect(xml.match(/_xlnm\.Print_Titles/g)).toHaveLength(sheets - 2);
    }
  });

  it('then a trial’s long scope is printed over nothing, on the cover and at the head of each page', async () => {
    const criteria = fixture.plan.criteria.map((one, index) => ({ ...one, weight: 10 + 5 * index }));
    const rows = { ...fixture, plan: { ...fixture.plan, criteria } };
    const question = { trial: true, asOf: '2026-09-30T16:00:00Z', compareTo: 2025 };
    let wrapped = 0;
    for (const language of ['zh-CN', 'en'] as const) {
      const bytes = await bytesOf({ format: 'xlsx', language, question, rows });
      const xml = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
      const [cover] = (await readXlsx(bytes)).sheets;
      for (const [index, row] of cover?.rows.entries() ?? []) {
        const lines = foldedLines(String(row[1] ?? ''), 70);
        if (lines > 1) wrapped += 1;
        const height = new RegExp(`<row r="${index + 1}"[^>]* ht="([\\d.]+)"`).exec(xml)?.[1] ?? 15;
        expect(Number(height), String(row[1])).toBeGreaterThanOrEqual(15 * lines);
      }
      const names = cover?.rows.map(([name]) => name).filter(Boolean) ?? [];
      expect(new Set(names).size, names.join()).toBe(names.length);
      const [, left = '', right = ''] =
        /<oddHeader>&amp;L(.*?)(?:&amp;R(.*?))?<\/oddHeader>/s.exec(xml) ?? [];
      if (right !== '') expect(halves(left) + halves(right)).toBeLessThanOrEqual(84);
    }
    expect(wrapped).toBeGreaterThan(1);
  });

  it('then no text is cut: a column is as wide as its longest, or its rows are higher', async () => {
    const bytes = await bytesOf({ format: 'xlsx', language: 'en' });
    const sheets = await sheetsOf(bytes);
    let long = 0;
    for (const name of ['Ranking', 'Gaps', 'Gaps by unit', 'Deductions and vetoes', 'Pairs']) {
      const sheet = sheets.get(name);
      expect(sheet?.rows.length, name).toBeGreaterThan(1);
      for (const [index, row] of sheet?.rows.entries() ?? [])
        for (const [at, cell] of row.entries()) {
          if (String(cell ?? '').length <= Math.ceil(sheet?.columns?.[at]?.width ?? 0)) continue;
          long++;
          expect(sheet?.rowDefs?.get(index)?.height ?? 0, String(cell)).toBeGreaterThanOrEqual(30);
        }
    }
    expect(long).toBeGreaterThan(0);
  });

  it('then it has native charts, and a cover that says what it rests on', async () => {
    const sheets = await sheetsOf(await bytesOf({ format: 'xlsx' }));
    expect(sheets.get('图')?.charts).toHaveLength(3);
    const cover =
      sheets
        .get('说明')
        ?.rows.map((row) => row.join(' '))
        .join('\n') ?? '';
    expect(cover).toContain('数据位置 4096');
    expect(cover).toContain('2026 年 · 按全年 · 全部类别 · 截至 11 月 22 日');
  });

  it('then days are days and filters are set', async () => {
    const sheets = await sheetsOf(await bytesOf({ format: 'xlsx', document: 'unit' }));
    const conditions = sheets.get('评优条件');
    expect(conditions?.rows[1]?.[2]).toEqual(new Date('2026-03-31T00:00:00Z'));
    expect(conditions?.autoFilter?.range).toBe('A1:E8');
    expect(conditions?.freezePane?.rows).toBe(1);
  });

  it('when a unit is named like a formula, then it stays text', async () => {
    const rows = documentRows({ hostile: HOSTILE });
    const sheets = await sheetsOf(await bytesOf({ format: 'xlsx', rows }));
    expect(sheets.get('排名')?.rows.some((row) => row[1] === HOSTILE)).toBe(true);
  });
});

describe('given activities beyond what is held in memory', () => {
  it('when they are poured in, then all arrive, with real days and numbers, in a sound package', async () => {
    let told = 0;
    const { body, fileName } = await renderDocument(orderOf({ format: 'xlsx' }), {
      make,
      activities: () => activityRows(2_000),
      onRows: (rows) => {
        told = rows;
      },
    });
    expect(fileName).toBe('2026年五型领导班子创建活动统计表.xlsx');
    const bytes = await gather(body);
    expect(packageFaults(bytes)).toEqual([]);
    const rows = (await sheetsOf(bytes)).get('活动')?.rows ?? [];
    expect(rows).toHaveLength(2_001);
    expect(rows[6]?.[2]).toEqual(new Date('2026-01-09T00:00:00Z'));
    expect(rows[6]?.[5]).toBe(1.25);
    expect(told).toBe(2_000);
  });

  it('when the job is cancelled, then it stops', async () => {
    const stop = new AbortController();
    const { body } = await renderDocument(orderOf({ format: 'xlsx' }), {
      make,
      signal: stop.signal,
      activities: () => activityRows(100_000),
      onRows: () => stop.abort(),
    });
    await expect(gather(body)).rejects.toThrow(/abort/i);
  });
});
