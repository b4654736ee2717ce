import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderBlobs } from '#api/attachments/blobs.ts';
import { exportAttachments, importAttachments } from '#api/attachments/copying.ts';
import { createS3Blobs, parseS3Url } from '#api/attachments/s3Blobs.ts';
import type { Attachment } from '#schemas/events.ts';
import { adopted, amended, recorded, registered } from '#test/support/events.ts';
import { pdfFile, pngFile } from '#test/support/files.ts';
import { type S3Server, startS3Server } from '#test/support/s3Server.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool, runToolHere } from '#test/support/tool.ts';
import { attachmentFindings } from '../../wuxing/verify/attachments.ts';

/**
 * Files go along with the stream: out of a bucket whose store checks signatures, in again elsewhere, and held against
 * the events that name them.
 */
describe('given reports with files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-evidence-'));
  const [out, events] = [join(folder, 'files'), join(folder, 'events.ndjson')];
  let store: S3Server;
  let product: Product;
  let env: { DATA_DIR: string; ATTACHMENTS_URL: string };
  let files: Attachment[];
  beforeAll(async () => {
    store = await startS3Server();
    product = await startProduct({ env: { ATTACHMENTS_URL: store.address() } });
    env = { DATA_DIR: product.dataDir, ATTACHMENTS_URL: store.address() };
    await product.send([adopted(2026), registered('farm-01')]);
    const token = await product.tokens.unit('farm-01');
    const upload = (bytes: Buffer, name: string): Promise<Attachment> =>
      product.json(`/units/farm-01/attachments?name=${name}`, {
        method: 'POST',
        token,
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes,
      });
    files = [await upload(pdfFile(), 'a.pdf'), await upload(pngFile(), 'b.png')];
    await product.send(
      [recorded('farm-01', 'a', { attachments: files }), amended('farm-01', 'a', {})],
      token,
    );
    await runTool(['export', 'events', '--out', events], { DATA_DIR: product.dataDir });
  });
  afterAll(async () => {
    await product?.stop();
    await store?.close();
    rmSync(folder, { recursive: true });
  });

  test('when they are exported beside a server and imported elsewhere, then all are there; twice adds nothing', async () => {
    expect([...store.objects.keys()].sort()).toEqual(
      [`${files[0]?.sha256}.pdf`, `${files[1]?.sha256}.png`].map((name) => `files/farm-01/${name}`).sort(),
    );
    const exported = await runTool(['export', 'attachments', out], env);
    expect([exported.code, exported.err]).toEqual([0, '2 files exported, 0 were there already.\n']);
    expect(readdirSync(join(out, 'farm-01'))).toHaveLength(2);
    const elsewhere = { DATA_DIR: join(folder, 'elsewhere') };
    const imported = await runToolHere(['import', 'attachments', out], elsewhere);
    expect([imported.code, imported.err]).toEqual([0, '2 files imported, 0 were there already.\n']);
    const there = join(elsewhere.DATA_DIR, 'attachments');
    const again = await importAttachments(createFolderBlobs(there), out, join(folder, 'aside'));
    expect(again).toEqual({ copied: 0, there: 2, damaged: [] });
    expect(readdirSync(join(elsewhere.DATA_DIR, 'attachments', 'files', 'farm-01'))).toHaveLength(2);
    const back = await runToolHere(['export', 'attachments', join(folder, 'back')], elsewhere);
    expect([back.code, readdirSync(join(folder, 'back', 'farm-01'))]).toEqual([
      0,
      readdirSync(join(out, 'farm-01')),
    ]);
  });

  test('when the bucket’s key is wrong, then nothing is taken, and it is said why without the secret', async () => {
    const wrong = { ...env, ATTACHMENTS_URL: store.address({ secret: 'a-wrong-secret' }) };
    const imported = await runToolHere(['import', 'attachments', out], wrong);
    expect([imported.code, imported.err]).toEqual([1, expect.stringContaining('SignatureDoesNotMatch')]);
    expect(imported.err).not.toContain('a-wrong-secret');
    expect(store.objects.size).toBe(2);
    expect(store.refusals).toContain('SignatureDoesNotMatch');
  });

  test('when they are whole, then verifying finds nothing; what is missing or changed is named, with its event', async () => {
    const whole = await attachmentFindings(events, out);
    expect(whole).toEqual({ findings: [], notes: [{ kind: 'attachments', count: 2 }] });
    const [first, second] = files;
    rmSync(join(out, 'farm-01', `${first?.sha256}.pdf`));
    writeFileSync(join(out, 'farm-01', `${second?.sha256}.png`), 'something else');
    const { findings } = await attachmentFindings(events, out);
    expect(findings).toEqual([
      { kind: 'attachment-damaged', file: `farm-01/${second?.sha256}.png` },
      expect.objectContaining({ kind: 'attachment-missing', name: 'a.pdf', sha256: first?.sha256 }),
      expect.objectContaining({ kind: 'attachment-missing', name: 'b.png', sha256: second?.sha256 }),
    ]);
    const third = createFolderBlobs(join(folder, 'third'));
    const { copied, damaged } = await importAttachments(third, out, join(folder, 'aside'));
    expect([copied, damaged]).toEqual([0, [`farm-01/${second?.sha256}.png`]]);
  });

  test('when a year is sealed, then the seal covers the digests, and the files are held to them', async () => {
    const sealed = join(folder, 'sealed.json');
    await product.json('/freezes/2026', { method: 'POST', body: {} });
    writeFileSync(sealed, await (await product.call('/freezes/2026/file')).text());
    const [text, again] = [readFileSync(events, 'utf8'), join(folder, 'files-again')];
    await exportAttachments(createS3Blobs(parseS3Url(env.ATTACHMENTS_URL) as never), again);
    const verify = (file: string) =>
      runTool(['verify', sealed, '--events', file, '--attachments', again], { LANG: 'zh_CN.UTF-8' });
    const good = await verify(events);
    expect([good.code, good.out]).toEqual([
      0,
      expect.stringContaining('事件所附的 2 个文件都在，逐字节相符。'),
    ]);
    rmSync(join(again, 'farm-01', `${files[0]?.sha256}.pdf`));
    const forged = join(folder, 'forged.ndjson');
    writeFileSync(forged, text.replaceAll(files[1]?.sha256 ?? '', 'f'.repeat(64)));
    const bad = await verify(forged);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('封存后被改动');
    expect(bad.out).toMatch(/a\.pdf（[0-9a-f]{64}）缺失/);
    expect(bad.out).toMatch(/b\.png（f{64}）缺失/);
  });
});
