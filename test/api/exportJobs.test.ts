import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportJob } from '#schemas/results/exportJobs.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** Ordered documents over HTTP, on the sample. */
let product: Product;
const VIEW = { year: 2026, basis: 'to-date', on: '2026-11-20' };

beforeAll(async () => {
  product = await startProduct({ sample: { today: '2026-11-20' } });
});
afterAll(() => product?.stop());

type Answer = { job: ExportJob };

const start = (body: object, token?: string) =>
  product.call('/exports', { method: 'POST', body, ...(token ? { token } : {}) });
const find = async (id: string): Promise<ExportJob> =>
  (await product.json<Answer>(`/exports/jobs/${id}`)).job;

async function until(id: string, state: string): Promise<ExportJob> {
  await expect.poll(async () => (await find(id)).state, { timeout: 110_000, interval: 200 }).toBe(state);
  return find(id);
}

describe('given the sample year', () => {
  it('when all letters of a group are ordered, then each unit of it has one in the archive', async () => {
    const response = await start({ document: 'letters', format: 'docx', group: 'school', ...VIEW });
    expect(response.status).toBe(202);
    const { job } = (await response.json()) as Answer;
    expect(response.headers.get('location')).toBe(`/api/exports/jobs/${job.id}`);
    expect(['queued', 'running']).toContain(job.state);

    const { rows } = await product.json<Ranking>('/rankings/2026?basis=to-date&on=2026-11-20&group=school');
    const done = await until(job.id, 'done');
    expect(done.progress).toEqual({ done: rows.length, of: rows.length });
    const file = await product.call(`/exports/jobs/${job.id}/file`);
    expect(file.headers.get('content-type')).toBe('application/zip');
    expect(file.headers.get('content-length')).toBe(String(done.size));
    expect(decodeURIComponent(file.headers.get('content-disposition') ?? '')).toContain(done.fileName);
    const letters = Object.keys(unzipSync(new Uint8Array(await file.arrayBuffer())));
    expect(letters).toHaveLength(rows.length);
    for (const { name } of rows as RankingRow[])
      expect(letters.some((letter) => letter.includes(name) && letter.endsWith('.docx'))).toBe(true);
  });

  it('when a workbook is ordered, then the activities are in it, and the progress counts them', async () => {
    const { job } = (await (await start({ document: 'ranking', format: 'xlsx', ...VIEW })).json()) as Answer;
    const done = await until(job.id, 'done');
    expect(done.progress.of).toBeGreaterThan(3_000);
    expect(done.fileName).toBe(
      '2026年五型领导班子创建活动统计表（按进度截至2026-11-20，2026-11-20所知）.xlsx',
    );
    const file = await product.call(`/exports/jobs/${job.id}/file`);
    expect('xl/workbook.xml' in unzipSync(new Uint8Array(await file.arrayBuffer()))).toBe(true);
  });

  it('when a job is cancelled, then it stops; when a year has no plan, then the job says so', async () => {
    const { job } = (await (await start({ document: 'letters', format: 'pdf', ...VIEW })).json()) as Answer;
    const hopeless = (await (
      await start({ document: 'letters', format: 'pdf', year: 2031 })
    ).json()) as Answer;
    expect((await product.call(`/exports/jobs/${job.id}`, { method: 'DELETE' })).status).toBe(204);
    await until(job.id, 'cancelled');
    expect((await product.call(`/exports/jobs/${job.id}/file`)).status).toBe(409);
    expect((await until(hopeless.job.id, 'failed')).problem).toContain('2031');
    const { jobs } = await product.json<{ jobs: ExportJob[] }>('/exports/jobs');
    expect(jobs.map(({ id }) => id).slice(0, 2)).toEqual([hopeless.job.id, job.id]);
    expect((await product.call(`/exports/jobs/${job.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await product.call(`/exports/jobs/${job.id}`)).status).toBe(404);
  });

  it.each([
    [{ document: 'letters', format: 'xlsx', ...VIEW }, 422, 'docx or pdf'],
    [{ document: 'letters', format: 'docx', unit: 'farm-01', ...VIEW }, 422, 'unit'],
    [{ document: 'diary', format: 'docx', ...VIEW }, 422, 'document'],
    [{ document: 'meeting', format: 'csv', ...VIEW }, 404, 'xlsx, docx, pptx, pdf'],
    [{ document: 'unit', format: 'docx', ...VIEW }, 400, 'unit'],
  ])('when %o is ordered, then %i, saying what there is', async (body, status, said) => {
    const response = await start(body);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(said);
  });

  it('when somebody else asks for a job, then there is none; a unit may not order', async () => {
    const { job } = (await (await start({ document: 'gaps', format: 'csv', ...VIEW })).json()) as Answer;
    const token = product.tokens.leader;
    for (const path of ['', '/file'])
      expect((await product.call(`/exports/jobs/${job.id}${path}`, { token })).status).toBe(404);
    expect((await product.json<{ jobs: [] }>('/exports/jobs', { token })).jobs).toEqual([]);
    expect((await start({ document: 'gaps', format: 'csv', ...VIEW }, token)).status).toBe(202);
    const unit = await product.tokens.unit('farm-01');
    expect((await start({ document: 'gaps', format: 'csv', ...VIEW }, unit)).status).toBe(403);
    expect((await product.call('/exports/jobs/..%2f..%2fserver')).status).toBe(404);
  });
});
