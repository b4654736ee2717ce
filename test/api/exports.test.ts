import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decimalText, pointsText, totalDecimals } from '#schemas/presentation/numbers.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** Documents over HTTP, on the sample. What stands in them is tested beside their makers. */
let product: Product;
const UNIT = 'farm-01';
const VIEW = 'basis=to-date&on=2026-11-20';

beforeAll(async () => {
  product = await startProduct({ sample: { today: '2026-11-20' } });
});
afterAll(() => product?.stop());

const get = (path: string, token?: string | null) =>
  product.call(`/exports/${path}`, token === undefined ? {} : { token });

const bytesOf = async (response: Response): Promise<Uint8Array> =>
  new Uint8Array(await response.arrayBuffer());

/** The real name, as a browser reads it. */
const nameOf = (response: Response): string =>
  decodeURIComponent(
    /filename\*=UTF-8''(\S+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '',
  );

const OPEN: Record<string, (bytes: Uint8Array) => boolean> = {
  csv: (bytes) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf,
  xlsx: (bytes) => 'xl/workbook.xml' in unzipSync(bytes),
  docx: (bytes) => 'word/document.xml' in unzipSync(bytes),
  pptx: (bytes) => 'ppt/presentation.xml' in unzipSync(bytes),
  svg: (bytes) => /^<\?xml[\s\S]*<svg [\s\S]*<\/svg>$/.test(Buffer.from(bytes).toString()),
  png: (bytes) => Buffer.from(bytes.subarray(1, 4)).toString() === 'PNG',
  pdf: (bytes) => Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-',
};

/** Cells of plain CSV rows, quotes taken off. */
const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.replace(/^"|"$/g, ''));

describe('given the sample year', () => {
  it.each([
    ['ranking.csv', '2026年五型领导班子创建活动统计表（按进度截至2026-11-20）.csv'],
    ['ranking.xlsx', '2026年五型领导班子创建活动统计表（按进度截至2026-11-20）.xlsx'],
    ['ranking.docx', null],
    ['ranking.pptx', null],
    ['ranking.pdf', null],
    ['gaps.csv', null],
    ['gaps.xlsx', null],
    ['meeting.docx', null],
    ['meeting.pptx', null],
    [`unit.docx?unit=${UNIT}`, null],
    [`unit.xlsx?unit=${UNIT}`, null],
    [`unit.csv?unit=${UNIT}`, null],
    ['ranking.png', '2026年五型领导班子创建活动各单位总分与各型构成（按进度截至2026-11-20）.png'],
    ['meeting.pdf?layout=slides&notes=true&slides=cover,next&occasion=交流会', null],
    ['meeting.svg?chart=groups', '2026年五型领导班子创建活动各类别的各型平均分（按进度截至2026-11-20）.svg'],
    ['gaps.png?chart=requirements', null],
    [`unit.svg?unit=${UNIT}`, null],
    [`unit.png?unit=${UNIT}&chart=gaps`, null],
  ])('when %s is asked for, then it comes whole, under a name of its own', async (path, name) => {
    const response = await get(`${path}${path.includes('?') ? '&' : '?'}year=2026&${VIEW}`);
    expect(response.status).toBe(200);
    const format = /\.(\w+)/.exec(path)?.[1] ?? '';
    expect(OPEN[format]?.(await bytesOf(response))).toBe(true);
    expect(nameOf(response)).toMatch(/2026年\p{Script=Han}+（按进度截至2026-11-20）\p{Script=Han}*\.\w+$/u);
    expect(nameOf(response).endsWith(`.${format}`)).toBe(true);
    if (name) expect(nameOf(response)).toBe(name);
    expect(response.headers.get('x-watermark')).toMatch(/^\d/);
  });

  it('when the table is asked for, then its numbers are those of the ranking, of the same time', async () => {
    for (const view of [VIEW, 'asOf=2026-07-01T00:00:00Z&basis=to-date', 'group=school&basis=to-date']) {
      const { rows } = await product.json<Ranking>(`/rankings/2026?${view}`);
      const csv = await (await get(`ranking.csv?year=2026&${view}`)).text();
      const lines = csv.split('\r\n').slice(1).filter(Boolean).map(cellsOf);
      expect(lines).toHaveLength(rows.length);
      const decimals = totalDecimals(rows as RankingRow[]);
      (rows as RankingRow[]).forEach((row, index) => {
        expect(lines[index]).toContain(row.name);
        if (row.total !== null) expect(lines[index]).toContain(decimalText(row.total, decimals));
      });
    }
  });

  it('when a chart is asked for, then it says what the ranking says of the same group and time', async () => {
    const view = 'asOf=2026-07-01T00:00:00Z&basis=to-date&group=school';
    const { rows } = await product.json<Ranking>(`/rankings/2026?${view}`);
    const response = await get(`ranking.svg?year=2026&${view}`);
    expect(response.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(nameOf(response)).toContain('学校');
    const svg = await response.text();
    for (const { name, total } of rows as RankingRow[]) {
      expect(svg).toContain(name);
      if (total !== null) expect(svg).toContain(pointsText(total, totalDecimals(rows as RankingRow[])));
    }
    expect((await get(`ranking.png?year=2026&${view}`)).headers.get('content-type')).toBe('image/png');
  });

  it('when it is asked for in English, then name and words are English', async () => {
    const response = await get(`ranking.csv?year=2026&lang=en&${VIEW}`);
    expect(nameOf(response)).not.toMatch(/\p{Script=Han}/u);
    expect((await response.text()).split('\r\n')[0]).toContain('Rank');
  });

  it('when it is read again, then 304', async () => {
    const first = await get(`ranking.csv?year=2026&${VIEW}`);
    await first.text();
    const again = await product.call(`/exports/ranking.csv?year=2026&${VIEW}`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it.each([
    ['diary.csv?year=2026', 404, 'ranking, unit, gaps, meeting'],
    ['meeting.csv?year=2026', 404, 'xlsx, docx, pptx, pdf, svg, png'],
    ['ranking.odt?year=2026', 404, 'csv, xlsx, docx, pptx, pdf, svg, png'],
    ['ranking.svg?year=2026&chart=radar', 400, 'ranking, groups, misses, requirements'],
    ['gaps.png?year=2026&chart=ranking', 400, 'misses, requirements'],
    ['ranking.docx?year=2026&chart=groups', 400, 'svg and png'],
    ['meeting.pptx?year=2026&slides=cover,weather', 400, 'there are cover, leaders, groups'],
    ['meeting.pptx?year=2026&slides=-cover', 400, 'leaves out every slide'],
    ['meeting.pptx?year=2026&heldOn=soon', 400, 'heldOn'],
    ['meeting.pdf?year=2026&slides=cover', 400, 'layout=slides'],
    ['meeting.pptx?year=2026&notes=true', 400, 'notes'],
    ['ranking.pdf?year=2026&layout=slides', 400, 'layout'],
    ['ranking.pptx?year=2026&occasion=x', 400, 'occasion'],
    ['unit.png?year=2026', 400, 'unit'],
    ['ranking.csv', 400, 'year'],
    ['ranking.csv?year=2026&lang=fr', 400, 'zh-CN'],
    ['ranking.csv?year=2026&weights=nothing:50', 400, 'weights'],
    ['meeting.docx?year=2026&weights=learning:50', 400, 'weights'],
    ['unit.docx?year=2026', 400, 'unit'],
    ['unit.docx?year=2026&unit=farm-01&group=farm', 400, 'group'],
    ['ranking.docx?year=2026&unit=farm-01', 400, 'unit'],
    ['unit.docx?year=2026&unit=nobody', 404, 'nobody'],
    ['ranking.csv?year=2026&group=navy', 404, 'navy'],
    ['ranking.csv?year=1999', 404, '1999'],
  ])('when %s is asked for, then %i, saying what there is', async (path, status, said) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(said);
  });

  it('when other weights are tried, then the ranking under these, marked in its name and first line', async () => {
    const response = await get('ranking.csv?year=2026&weights=learning:50');
    expect(response.status).toBe(200);
    const name = decodeURIComponent(response.headers.get('content-disposition') ?? '');
    expect(name).toContain('试算 · 非正式结果');
    const [first, , leader = ''] = (await response.text()).replace('\uFEFF', '').split('\r\n');
    expect(first).toBe('试算 · 非正式结果');
    const trial = await product.json<Ranking>('/rankings/2026?weights=learning:50');
    const [top] = trial.rows;
    expect(leader).toContain(top && 'name' in top ? top.name : '');
  });

  it('when a unit asks, or nobody, then no document comes', async () => {
    expect((await get('ranking.csv?year=2026', await product.tokens.unit(UNIT))).status).toBe(403);
    expect((await get('ranking.csv?year=2026', null)).status).toBe(401);
    const own = await product.tokens.unit(UNIT);
    expect((await get(`unit.png?year=2026&unit=${UNIT}`, own)).status).toBe(403);
    expect((await get('ranking.svg?year=2026', null)).status).toBe(401);
    expect((await get(`ranking.csv?year=2026&${VIEW}`, product.tokens.leader)).status).toBe(200);
  });
});
