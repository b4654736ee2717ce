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
import { refusalOf, type S3Server, startS3Server } from '#test/support/s3Server.ts';

/**
 * One contract for every place that bytes are kept in: a folder, a bucket whose store checks signatures as S3 does, and,
 * where TEST_S3_URL names one, such as `s3://key:secret@127.0.0.1:5000/bucket?tls=false` of moto_server, that bucket,
 * which is made.
 */
const S3 = process.env.TEST_S3_URL;

let folder: string;
let store: S3Server;
const bucket = (options?: Parameters<S3Server['address']>[0]): Blobs =>
  createS3Blobs(parseS3Url(store.address(options)) as never);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuxing-blobs-'));
  store = await startS3Server();
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
afterAll(async () => {
  await store?.close();
  await rm(folder, { recursive: true });
});

const places: [string, () => Blobs][] = [
  ['a folder', () => createFolderBlobs(join(folder, 'blobs'))],
  ['a bucket that checks signatures', () => bucket({ folder: '甲 (1)' })],
  ...(S3 === undefined
    ? []
    : [['a bucket elsewhere', () => createS3Blobs(parseS3Url(S3) as never)] as [string, () => Blobs]]),
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

describe('a bucket that checks signatures', () => {
  test.each([
    ['another secret', { secret: 'guessed' }, 'SignatureDoesNotMatch'],
    ['another key', { key: 'AKIDNOBODY' }, 'InvalidAccessKeyId'],
    ['another region', { region: 'us-east-1' }, 'AuthorizationHeaderMalformed'],
  ])('refuses %s, and nothing is taken for kept', async (_, wrong, code) => {
    const blobs = bucket(wrong);
    const before = store.objects.size;
    const path = join(folder, randomBytes(8).toString('hex'));
    await writeFile(path, 'x');
    const refused = new RegExp(`answered (PUT|GET|DELETE) with 403: .*${code}`);
    await expect(blobs.put('files/u-1/a.pdf', path)).rejects.toThrow(refused);
    await expect(blobs.note('pending/u-1/a', '')).rejects.toThrow(refused);
    await expect(blobs.list('files/u-1/')).rejects.toThrow(refused);
    await expect(blobs.remove('files/u-1/a.pdf')).rejects.toThrow(refused);
    await expect(blobs.read('files/u-1/a.pdf')[Symbol.asyncIterator]().next()).rejects.toThrow(refused);
    expect(store.objects.size).toBe(before);
  });

  /** The examples of "Authenticating Requests: Using the Authorization Header" of Amazon's S3 reference. */
  test.each([
    [
      'an object',
      'GET',
      '/test.txt',
      '',
      { range: 'bytes=0-9' },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'a list',
      'GET',
      '/?max-keys=2&prefix=J',
      '',
      {},
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
    [
      'an upload',
      'PUT',
      '/test%24file.text',
      'Welcome to Amazon S3.',
      { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
  ])('takes the published signature of %s, and no other', (_, method, target, content, more, signature) => {
    const heads: Record<string, string> = {
      host: 'examplebucket.s3.amazonaws.com',
      'x-amz-content-sha256': createHash('sha256').update(content).digest('hex'),
      'x-amz-date': '20130524T000000Z',
      ...more,
    };
    const names = Object.keys(heads).sort().join(';');
    const asked = (signed: string, body = content) =>
      refusalOf(
        {
          method,
          target,
          body: Buffer.from(body),
          headers: {
            ...heads,
            authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${signed}`,
          },
        },
        {
          key: 'AKIAIOSFODNN7EXAMPLE',
          secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
          region: 'us-east-1',
          now: Date.parse('2013-05-24T00:00:00Z'),
        },
      );
    expect(asked(signature)).toBeUndefined();
    expect(asked('0'.repeat(64))).toBe('SignatureDoesNotMatch');
    expect(asked(signature, 'another')).toBe('XAmzContentSHA256Mismatch');
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
