import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAttachments } from '#api/attachments/attachments.ts';
import { type Blobs, createFolderBlobs } from '#api/attachments/blobs.ts';
import { createS3Blobs, parseS3Url } from '#api/attachments/s3Blobs.ts';
import { pdfFile } from '#test/support/files.ts';

/**
 * One contract for every place that bytes are kept in. A store that speaks S3 is tested where TEST_S3_URL names one, such as
 * `s3://key:secret@127.0.0.1:5000/bucket?tls=false` of moto_server; the bucket is made.
 */
const S3 = process.env.TEST_S3_URL;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuxing-blobs-'));
  const place = S3 === undefined ? undefined : parseS3Url(S3);
  if (!place) return;
  const client = new AwsClient({
    accessKeyId: place.key,
    secretAccessKey: place.secret,
    service: 's3',
    region: place.region,
  });
  await client.fetch(`${place.endpoint}/${place.bucket}`, { method: 'PUT' });
});
afterAll(() => rm(folder, { recursive: true }));

const places: [string, () => Blobs][] = [
  ['a folder', () => createFolderBlobs(join(folder, 'blobs'))],
  ...(S3 === undefined
    ? []
    : [['a bucket', () => createS3Blobs(parseS3Url(S3) as never)] as [string, () => Blobs]]),
];

describe.each(places)('%s', (_, open) => {
  const all = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    return Buffer.concat(parts);
  };
  const file = async (bytes: Buffer): Promise<string> => {
    const path = join(folder, randomBytes(8).toString('hex'));
    await writeFile(path, bytes);
    return path;
  };

  test('gives back what was put, lists it by folder and by beginning, and forgets it', async () => {
    const blobs = open();
    const bytes = randomBytes(3 * 1024 * 1024);
    const before = Date.now() - 2_000;
    await blobs.put('files/第一管理区/abc.pdf', await file(bytes));
    await blobs.put('files/第一管理区/abd.pdf', await file(Buffer.from('x')));
    await blobs.put('files/#a b&c+d/abc.pdf', await file(Buffer.from('y')));
    await blobs.note('pending/第一管理区/abc', '');
    expect(await all(blobs.read('files/第一管理区/abc.pdf'))).toEqual(bytes);
    const keysOf = async (prefix: string) => (await blobs.list(prefix)).map(({ key }) => key).sort();
    expect(await keysOf('files/第一管理区/')).toEqual([
      'files/第一管理区/abc.pdf',
      'files/第一管理区/abd.pdf',
    ]);
    expect(await keysOf('files/第一管理区/abc.')).toEqual(['files/第一管理区/abc.pdf']);
    expect(await keysOf('files/')).toHaveLength(3);
    expect(await keysOf('files/#a b&c+d/')).toEqual(['files/#a b&c+d/abc.pdf']);
    expect(await keysOf('pending/第一管理区/')).toEqual(['pending/第一管理区/abc']);
    expect(await keysOf('nowhere/')).toEqual([]);
    const [found] = await blobs.list('files/第一管理区/abc.');
    expect(found?.size).toBe(bytes.length);
    expect(found?.at).toBeGreaterThan(before);
    await blobs.remove('files/第一管理区/abc.pdf');
    await blobs.remove('files/第一管理区/abc.pdf');
    expect(await keysOf('files/第一管理区/abc.')).toEqual([]);
    await expect(all(blobs.read('files/第一管理区/abc.pdf'))).rejects.toThrow();
  });

  test('keeps what attachments put into it', async () => {
    const attachments = createAttachments({
      blobs: open(),
      folder: join(folder, 'spool'),
      limits: { bytes: 1e6, unitBytes: 1e6 },
      now: Date.now,
    });
    const { Readable } = await import('node:stream');
    const bytes = pdfFile('存放');
    const upload = { name: 'a.pdf', language: 'zh' as const, signal: new AbortController().signal };
    const taken = await attachments.take('u-1', Readable.from([bytes]), upload);
    expect(taken.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const opened = await attachments.open('u-1', taken.sha256);
    expect(opened && (await all(opened.bytes))).toEqual(bytes);
    expect(await attachments.find('u-2', taken.sha256)).toBeUndefined();
  });
});

test('a folder is its owner’s alone', async () => {
  const blobs = createFolderBlobs(join(folder, 'private'));
  await blobs.note('files/u-1/a', '');
  for (const path of ['private', 'private/files', 'private/files/u-1', 'private/files/u-1/a'])
    expect((await stat(join(folder, path))).mode & 0o077).toBe(0);
});

test.each([
  ['s3://AK:s%2Fk@minio:9000/evidence/zone?tls=false&region=cn-north-1', true],
  ['s3://AK:sk@s3.example.cn/evidence', true],
  ['s3://minio/evidence', false],
  ['s3://AK:sk@minio/', false],
  ['s3://AK:sk@minio/evidence?acl=public', false],
  ['https://AK:sk@minio/evidence', false],
  ['evidence', false],
])('%s is an address: %s', (address, is) => {
  expect(parseS3Url(address) !== undefined).toBe(is);
});
