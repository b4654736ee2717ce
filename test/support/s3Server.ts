import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A store that speaks as much of S3 as attachments need, and checks each request's signature by itself, as "Signature
 * Version 4" is published; it shares no code with the client. Keys are held in memory.
 */
export type S3Server = {
  /** As `ATTACHMENTS_URL` takes it. */
  address(options?: { key?: string; secret?: string; folder?: string; region?: string }): string;
  objects: Map<string, Buffer>;
  /** Why requests were refused, in their order. */
  refusals: string[];
  close(): Promise<void>;
};

const KEY = 'AKIDEXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const BUCKET = 'evidence';
const REGION = 'cn-north-1';
/** Of keys a page, so that a list of a few takes several. */
const PAGE = 2;
/** How far the clocks of both may be apart. */
const SKEW_MS = 15 * 60_000;

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986: everything but letters, digits and `-._~`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export type Signed = {
  method: string;
  /** As it was sent: path and query. */
  target: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
};

const headerOf = ({ headers }: Signed, name: string): string => String(headers[name] ?? '');

function canonicalOf(request: Signed, signed: readonly string[], hash: string): string {
  const { pathname, searchParams } = new URL(request.target, 'http://store');
  const path = pathname
    .split('/')
    .map((part) => encoded(decodeURIComponent(part)))
    .join('/');
  const query = [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const heads = signed.map((name) => `${name}:${headerOf(request, name).trim().replace(/\s+/g, ' ')}\n`);
  return [request.method, path, query, heads.join(''), signed.join(';'), hash].join('\n');
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Why a request is refused, in the words of S3's codes; undefined where its signature is right. */
export function refusalOf(
  request: Signed,
  known: { key: string; secret: string; region: string; now: number },
): string | undefined {
  const [, key, date, region, service, names = '', signature = ''] =
    AUTHORIZATION.exec(headerOf(request, 'authorization')) ?? [];
  if (key === undefined || date === undefined) return 'AccessDenied';
  if (key !== known.key) return 'InvalidAccessKeyId';
  if (region !== known.region || service !== 's3') return 'AuthorizationHeaderMalformed';
  const signed = names.split(';');
  if (!signed.includes('host')) return 'AccessDenied';
  const stamp = headerOf(request, 'x-amz-date');
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!stamp.startsWith(date) || !(Math.abs(at - known.now) <= SKEW_MS)) return 'RequestTimeTooSkewed';
  const declared = headerOf(request, 'x-amz-content-sha256') || sha256(request.body);
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== sha256(request.body))
    return 'XAmzContentSHA256Mismatch';
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonicalOf(request, signed, declared))].join(
    '\n',
  );
  const dayKey = hmac(`AWS4${known.secret}`, date);
  const signingKey = hmac(hmac(hmac(dayKey, known.region), 's3'), 'aws4_request');
  const right = hmac(signingKey, toSign);
  return timingSafeEqual(right, Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch';
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function listed(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const after = Number(query.get('continuation-token') ?? 0);
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const rows = keys.slice(after, after + PAGE).map((key) => {
    const shown = query.get('encoding-type') === 'url' ? encoded(key) : escaped(key);
    const size = objects.get(key)?.length ?? 0;
    return `<Contents><Key>${shown}</Key><LastModified>${new Date().toISOString()}</LastModified><Size>${size}</Size></Contents>`;
  });
  const next = after + PAGE < keys.length ? String(after + PAGE) : undefined;
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${rows.join('')}${next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>`;
}

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const refusals: string[] = [];

  function answer({ method, target, body }: Signed, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(target, 'http://store');
    const [, bucket = '', ...parts] = pathname.split('/');
    const key = parts.map(decodeURIComponent).join('/');
    if (bucket !== BUCKET) response.writeHead(404).end('<Error><Code>NoSuchBucket</Code></Error>');
    else if (method === 'GET' && key === '') response.end(listed(objects, searchParams));
    else if (method === 'PUT') {
      objects.set(key, body);
      response.end();
    } else if (method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else {
      const found = objects.get(key);
      if (found) response.end(found);
      else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    }
  }

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const signed = {
      method: request.method ?? '',
      target: request.url ?? '',
      headers: request.headers,
      body,
    };
    const refusal = refusalOf(signed, { key: KEY, secret: SECRET, region: REGION, now: Date.now() });
    if (refusal === undefined) return answer(signed, response);
    refusals.push(refusal);
    response
      .writeHead(403, { 'content-type': 'application/xml' })
      .end(`<Error><Code>${refusal}</Code></Error>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    objects,
    refusals,
    address: ({ key = KEY, secret = SECRET, folder = '', region = REGION } = {}) =>
      `s3://${encodeURIComponent(key)}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${BUCKET}${folder && `/${folder}`}?tls=false&region=${region}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
