import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRACE_MS } from '#api/attachments/attachments.ts';
import type { Attachment } from '#schemas/events.ts';
import type { AuditEntry } from '#schemas/results/access.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { adopted, amended, recorded, registered } from '#test/support/events.ts';
import { exif, jpegFile, officeFile, pdfFile, pngFile } from '#test/support/files.ts';
import { type Product, startProduct } from '#test/support/server.ts';

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('given a unit that proves what it reports', () => {
  let product: Product;
  let [own, other] = ['', ''];
  beforeAll(async () => {
    product = await startProduct();
    await product.send([registered('farm-01'), registered('farm-02'), adopted(2026)]);
    [own, other] = [await product.tokens.unit('farm-01'), await product.tokens.unit('farm-02')];
  });
  afterAll(() => product?.stop());

  const upload = (bytes: Uint8Array, name: string, token = own, unit = 'farm-01', headers = {}) =>
    product.call(`/units/${unit}/attachments?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      token,
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: bytes,
    });
  const uploaded = async (bytes: Uint8Array, name: string): Promise<Attachment> =>
    (await (await upload(bytes, name)).json()) as Attachment;
  const fetched = (sha256: string, token = own, unit = 'farm-01') =>
    product.call(`/units/${unit}/attachments/${sha256}`, { token });
  const sendOne = (event: object, token = own) =>
    product.call('/events', {
      method: 'POST',
      token,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
  const activity = async (id: string): Promise<ActivityRow | undefined> =>
    (await product.json<{ activities: ActivityRow[] }>('/units/farm-01/activities')).activities.find(
      (row) => row.activity === id,
    );
  const auditOf = async (action: string): Promise<AuditEntry[]> =>
    (await product.json<{ entries: AuditEntry[] }>(`/audit?action=${action}&limit=50`)).entries;

  test('when a file is uploaded, then it is kept, and fetched as a download and nothing else', async () => {
    const bytes = pdfFile('粮食加工厂专题调研');
    const answer = await upload(bytes, '专题调研报告.pdf');
    expect(answer.status).toBe(200);
    const sha256 = digestOf(bytes);
    expect(await answer.json()).toEqual({
      sha256,
      name: '专题调研报告.pdf',
      type: 'application/pdf',
      size: bytes.length,
    });
    const path = join(product.dataDir, 'attachments', 'files', 'farm-01', `${sha256}.pdf`);
    expect(await readFile(path)).toEqual(bytes);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await readdir(join(product.dataDir, 'attachments', 'incoming'))).toEqual([]);
    const download = await fetched(sha256);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(download.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');
    expect(download.headers.get('cache-control')).toBe('private, no-store');
    expect(download.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
    const [last] = await auditOf('attachment.uploaded');
    expect(last?.details).toMatchObject({ unit: 'farm-01', sha256, name: '专题调研报告.pdf' });
    expect((await auditOf('attachment.downloaded'))[0]?.details).toMatchObject({
      unit: 'farm-01',
      digest: sha256,
    });
  });

  test('when a report names it, then it stands beside the report, and stays when a sheet amends that', async () => {
    const file = await uploaded(officeFile('docx'), '方案.docx');
    expect((await sendOne(recorded('farm-01', 'with-file', { attachments: [file] }))).status).toBe(202);
    await expect.poll(async () => (await activity('with-file'))?.attachments).toEqual([file]);
    const named = await fetched(file.sha256);
    expect(named.headers.get('content-disposition')).toContain(encodeURIComponent('方案.docx'));
    const sheet =
      'unit,activity,year,kind,occurredOn,title\nfarm-01,with-file,2026,research,2026-02-03,改了题目\n';
    const imported = await product.call('/imports?kind=activities', {
      method: 'POST',
      token: own,
      headers: { 'content-type': 'text/csv' },
      body: sheet,
    });
    expect(await imported.json()).toMatchObject({ counts: { changed: 1 } });
    await expect.poll(async () => (await activity('with-file'))?.title).toBe('改了题目');
    expect((await activity('with-file'))?.attachments).toEqual([file]);
  });

  test('when a report names what was not uploaded, then 422 says which; a batch takes the others', async () => {
    const ghost = { sha256: 'f'.repeat(64), name: '没有传.pdf', type: 'application/pdf', size: 3 };
    const answer = await sendOne(recorded('farm-01', 'ghost', { attachments: [ghost] }));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('没有传.pdf');
    const { receipts } = await product.send(
      [
        recorded('farm-01', 'b-1'),
        recorded('farm-01', 'b-2', { attachments: [ghost] }),
        recorded('farm-01', 'b-3'),
      ],
      own,
    );
    expect(receipts.map(({ status }) => status)).toEqual(['appended', 'rejected', 'appended']);
    expect(receipts[1]?.faults?.[0]?.field).toBe('data.attachments[0]');
    const real = await uploaded(pdfFile('type'), 'a.pdf');
    const lies = { ...real, type: 'image/png' };
    expect((await sendOne(recorded('farm-01', 'lies', { attachments: [lies] }))).status).toBe(422);
  });

  test('when another producer names a file that is not here, then the report stands, and may be amended with it', async () => {
    const ghost = { sha256: 'e'.repeat(64), name: '丢失.pdf', type: 'application/pdf', size: 3 };
    await product.send([
      recorded('farm-01', 'foreign', { attachments: [ghost] }, { source: '/organisation' }),
    ]);
    expect((await activity('foreign'))?.attachments).toEqual([ghost]);
    expect((await fetched(ghost.sha256)).status).toBe(404);
    const { total } = await product.json<{ total: number }>('/quarantine');
    expect(total).toBe(0);
    await product.send([recorded('farm-01', 'mine', {})], own);
    const kept = await sendOne(amended('farm-01', 'mine', { attachments: [ghost] }));
    expect(kept.status).toBe(202);
  });

  test('when a photo is uploaded, then where it was taken is gone', async () => {
    const secret = 'GPS 47.35N 130.27E';
    const { sha256 } = await uploaded(jpegFile({ exifData: exif(6, secret), behind: secret }), '现场.jpg');
    const bytes = Buffer.from(await (await fetched(sha256)).arrayBuffer());
    expect(bytes.includes(secret)).toBe(false);
    expect(digestOf(bytes)).toBe(sha256);
  });

  test('when uploads are not referred to for two weeks, then they are let go of; those that are stay', async () => {
    const kept = await uploaded(pngFile({ side: 9 }), 'kept.png');
    const unused = await uploaded(pngFile({ side: 10 }), 'unused.png');
    await sendOne(recorded('farm-01', 'refers', { attachments: [kept] }));
    const { createAttachments } = await import('#api/attachments/attachments.ts');
    const { createFolderBlobs } = await import('#api/attachments/blobs.ts');
    const folder = join(product.dataDir, 'attachments');
    const at = (now: number) =>
      createAttachments({
        blobs: createFolderBlobs(folder),
        folder: join(product.dataDir, 'elsewhere'),
        limits: { bytes: 1e6, unitBytes: 1e6 },
        now: () => now,
      });
    expect(await at(Date.now()).prune('farm-01', () => false)).toBe(0);
    const later = at(Date.now() + GRACE_MS + 60_000);
    expect(await later.prune('farm-01', () => false)).toBeGreaterThan(0);
    expect((await fetched(unused.sha256)).status).toBe(404);
    expect((await fetched(kept.sha256)).status).toBe(200);
  });

  test('when another unit asks, by whatever way, then it gets nothing and writes nothing', async () => {
    const { sha256 } = await uploaded(pdfFile('秘密'), 'secret.pdf');
    expect((await fetched(sha256, other)).status).toBe(403);
    expect((await fetched(sha256, other, 'farm-02')).status).toBe(404);
    expect((await upload(pdfFile(), 'a.pdf', other)).status).toBe(403);
    expect((await upload(pdfFile(), 'a.pdf', product.tokens.leader)).status).toBe(403);
    expect((await fetched(sha256, product.tokens.leader)).status).toBe(200);
    const stolen = { sha256, name: 'a.pdf', type: 'application/pdf', size: pdfFile('秘密').length };
    const claimed = await sendOne(recorded('farm-02', 'stolen', { attachments: [stolen] }), other);
    expect(claimed.status).toBe(422);
  });
});
