import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { AwsClient } from 'aws4fetch';
import type { Blob, Blobs } from './blobs.ts';

/** In a bucket of a store that speaks S3, addressed by path, so that any such store will do. */

export type S3Place = {
  endpoint: string;
  bucket: string;
  /** What all keys begin with: '' or a folder and its slash. */
  prefix: string;
  region: string;
  key: string;
  secret: string;
};

/**
 * Reads `s3://key:secret@host[:port]/bucket[/folder]?region=…&tls=false`. Undefined for what is no such address; the
 * secret is percent-encoded where it holds signs that an address gives a meaning to.
 */
export function parseS3Url(text: string): S3Place | undefined {
  // A percent sign that stands for itself is no address either.
  if (!URL.canParse(text) || /%(?![0-9a-f]{2})/i.test(text)) return undefined;
  const { protocol, username, password, host, pathname, searchParams } = new URL(text);
  const [, bucket = '', ...folders] = pathname.split('/');
  if (protocol !== 's3:' || !username || !password || !host || !/^[a-z0-9][a-z0-9.-]{1,62}$/.test(bucket))
    return undefined;
  if ([...searchParams.keys()].some((name) => name !== 'region' && name !== 'tls')) return undefined;
  const folder = folders.filter(Boolean).map(decodeURIComponent).join('/');
  return {
    endpoint: `${searchParams.get('tls') === 'false' ? 'http' : 'https'}://${host}`,
    bucket,
    prefix: folder === '' ? '' : `${folder}/`,
    region: searchParams.get('region') ?? 'us-east-1',
    key: decodeURIComponent(username),
    secret: decodeURIComponent(password),
  };
}

const RETRIES = 3;
const NOT_FOUND = 404;

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => SIGNS[name] ?? '');
const within = (xml: string, tag: string): string =>
  unescaped(new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '');

export function createS3Blobs({
  endpoint,
  bucket,
  prefix,
  region,
  key: accessKeyId,
  secret,
}: S3Place): Blobs {
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey: secret,
    service: 's3',
    region,
    retries: RETRIES,
    initRetryMs: 100,
  });
  const addressOf = (key: string): string =>
    `${endpoint}/${bucket}/${`${prefix}${key}`.split('/').map(encodeURIComponent).join('/')}`;

  /** Throws what the store says, without the address's secrets, which it does not know. */
  async function ask(method: string, address: string, init: RequestInit = {}): Promise<Response> {
    const response = await client.fetch(address, { method, ...init });
    if (response.ok || response.status === NOT_FOUND) return response;
    const said = (await response.text()).slice(0, 500);
    throw new Error(`the store of attachments answered ${method} with ${response.status}: ${said}`);
  }

  async function put(key: string, body: Body, sha256: string): Promise<void> {
    const headers = { 'x-amz-content-sha256': sha256 };
    const answer = await ask('PUT', addressOf(key), { body, headers });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the store of attachments has no bucket ${bucket}`);
  }

  async function page(begin: string, token: string | undefined) {
    const query = new URLSearchParams({
      'list-type': '2',
      'encoding-type': 'url',
      prefix: `${prefix}${begin}`,
    });
    if (token !== undefined) query.set('continuation-token', token);
    const answer = await ask('GET', `${endpoint}/${bucket}?${query}`);
    const xml = await answer.text();
    if (!answer.ok) throw new Error(`the store of attachments has no bucket ${bucket}`);
    const found = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(
      ([, one = '']): Blob => ({
        key: decodeURIComponent(within(one, 'Key').replaceAll('+', ' ')).slice(prefix.length),
        size: Number(within(one, 'Size')),
        at: Date.parse(within(one, 'LastModified')),
      }),
    );
    return { found, next: within(xml, 'NextContinuationToken') || undefined };
  }

  return {
    put: async (key, path) => put(key, await openAsBlob(path), await digestOf(path)),
    note: (key, text) => put(key, text, createHash('sha256').update(text).digest('hex')),
    async *read(key) {
      const answer = await ask('GET', addressOf(key));
      if (!answer.ok || !answer.body) throw new Error(`the store of attachments has no ${key}`);
      yield* answer.body;
    },
    async list(begin) {
      const blobs: Blob[] = [];
      let token: string | undefined;
      do {
        const { found, next } = await page(begin, token);
        blobs.push(...found);
        token = next;
      } while (token !== undefined);
      return blobs;
    },
    async remove(key) {
      await (await ask('DELETE', addressOf(key))).body?.cancel();
    },
  };
}

/** What `fetch` sends whole, with its length. */
type Body = Exclude<RequestInit['body'], null | undefined>;
