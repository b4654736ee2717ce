import { existsSync, readdirSync } from 'node:fs';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attachment } from '#schemas/events.ts';
import type { AuditEntry } from '#schemas/results/access.ts';
import { registered } from '#test/support/events.ts';
import {
  encryptedOffice,
  exif,
  hugeWebp,
  jpegFile,
  macroWorkbook,
  officeFile,
  pdfFile,
  pngFile,
  zipOf,
} from '#test/support/files.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** What people and programs may try with files, and that it fails safely. */

const OCTETS = { 'content-type': 'application/octet-stream' };
const MB = 1024 * 1024;

describe('given units that upload files', () => {
  let product: Product;
  let [own, other] = ['', ''];
  beforeAll(async () => {
    product = await startProduct({ env: { UPLOAD_LIMIT_MB: '1', ATTACHMENTS_UNIT_MB: '2' } });
    await product.send(['farm-01', 'farm-02', 'farm-03'].map((unit) => registered(unit)));
    [own, other] = [await product.tokens.unit('farm-01'), await product.tokens.unit('farm-02')];
  });
  afterAll(() => product?.stop());

  type Try = { token?: string | null; unit?: string; headers?: Record<string, string>; lang?: string };
  const upload = (
    bytes: Uint8Array,
    name: string,
    { token = own, unit = 'farm-01', headers = {}, lang = 'zh' }: Try = {},
  ) =>
    product.call(`/units/${unit}/attachments?lang=${lang}&name=${encodeURIComponent(name)}`, {
      method: 'POST',
      token,
      headers: { ...OCTETS, ...headers },
      body: bytes,
    });
  const spool = (): string[] => readdirSync(join(product.dataDir, 'attachments', 'incoming'));
  const files = async (unit: string): Promise<string[]> => {
    const folder = join(product.dataDir, 'attachments', 'files', unit);
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const audited = async (action: string): Promise<AuditEntry[]> =>
    (await product.json<{ entries: AuditEntry[] }>(`/audit?action=${action}&limit=100`)).entries;

  const bomb = officeFile('docx', [{ name: 'word/a.xml', content: Buffer.alloc(40 * MB), claims: 2_000 }]);
  test.each<[what: string, name: string, bytes: Buffer, code: string, zh: RegExp]>([
    ['a picture called a PDF', 'a.pdf', pngFile(), 'wrong-ending', /后缀与内容不符/],
    ['a program called a PDF', 'a.pdf', Buffer.from('MZ\x90'), 'program', /可执行程序/],
    ['SVG with a script', 'a.svg', Buffer.from('<svg><script>alert(1)</script></svg>'), 'svg', /导出为 PNG/],
    ['a web page called a picture', 'a.png', Buffer.from('<html><script>1</script>'), 'html', /网页/],
    [
      'a picture that is an archive, too',
      'a.jpg',
      jpegFile({ behind: zipOf([{ name: 'a', content: 'a' }]) }),
      'two-in-one',
      /藏着/,
    ],
    [
      'a PDF that is an archive, too',
      'a.pdf',
      Buffer.concat([pdfFile(), zipOf([{ name: 'a', content: 'a' }])]),
      'two-in-one',
      /藏着/,
    ],
    ['a document that unpacks to far more than it says', 'a.docx', bomb, 'bomb', /展开后过大/],
    ['a workbook with macros', 'a.xlsm', macroWorkbook(), 'macros', /不带宏/],
    ['a workbook with macros under another name', 'a.xlsx', macroWorkbook(), 'macros', /不带宏/],
    ['a workbook with a password', 'a.xlsx', encryptedOffice(), 'encrypted', /去掉密码/],
    [
      'an archive with a password',
      'a.zip',
      zipOf([{ name: 'a', content: 'a', encrypted: true }]),
      'encrypted',
      /密码/,
    ],
    ['an archive', 'a.zip', zipOf([{ name: 'a', content: 'a' }]), 'archive', /解压/],
    [
      'a part that leads out of its folder',
      'a.docx',
      officeFile('docx', [{ name: '../../evil', content: 'x' }]),
      'broken',
      /损坏/,
    ],
    ['nothing', 'a.pdf', Buffer.alloc(0), 'empty', /空的/],
  ])(
    'when %s comes, then it is refused in words, kept nowhere, and written down',
    async (_, name, bytes, code, zh) => {
      const before = await files('farm-01');
      const answer = await upload(bytes, name);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        422,
        'application/problem+json; charset=utf-8',
      ]);
      expect(await answer.json()).toMatchObject({ code, detail: expect.stringMatching(zh) });
      const english = (await (await upload(bytes, name, { lang: 'en' })).json()) as { detail: string };
      expect(english.detail).toMatch(/^[\x20-\x7e’“”]+$/);
      expect(await files('farm-01')).toEqual(before);
      expect(spool()).toEqual([]);
      expect((await audited('attempt'))[0]?.details).toMatchObject({
        what: 'attachment.refused',
        unit: 'farm-01',
        name,
        why: code,
      });
    },
  );

  test.each([
    ['../../../etc/passwd.pdf', 'passwd.pdf'],
    ['..\\..\\boot.pdf', 'boot.pdf'],
    ['a\0.pdf', 'a.pdf'],
    ['\u202Efdp.exe.pdf', 'fdp.exe.pdf'],
    ['<img src=x onerror=alert(1)>.pdf', 'img src=x onerror=alert(1).pdf'],
    ['\r\nSet-Cookie: a=b.pdf', 'Set-Cookie a=b.pdf'],
  ])('when a file is called %j, then it is kept as %j, and its header is one line', async (name, kept) => {
    const taken = (await (await upload(pdfFile(name), name)).json()) as Attachment;
    expect(taken.name).toBe(kept);
    expect(await files('farm-01')).toContain(`${taken.sha256}.pdf`);
    const { headers } = await product.call(`/units/farm-01/attachments/${taken.sha256}`, { token: own });
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/,
    );
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('when a name has a megabyte, then it is refused, and the server goes on', async () => {
    expect([400, 431]).toContain((await upload(pdfFile(), 'x'.repeat(MB))).status);
    expect([400, 431]).toContain((await upload(pdfFile(), 'x'.repeat(2_000))).status);
    expect((await upload(pdfFile('after'), 'a.pdf')).status).toBe(200);
  });

  test('when a file is larger than allowed, announced or not, then 413 and nothing is left', async () => {
    expect((await upload(Buffer.alloc(MB + 1), 'a.pdf')).status).toBe(413);
    const unannounced = await fetch(`${product.url}/api/units/farm-01/attachments?name=a.pdf`, {
      method: 'POST',
      headers: { authorization: `Bearer ${own}`, ...OCTETS },
      body: Readable.toWeb(Readable.from([Buffer.alloc(MB), Buffer.alloc(MB)])) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    expect(unannounced.status).toBe(413);
    expect(await unannounced.json()).toMatchObject({ detail: expect.stringContaining('1 MB') });
    await expect.poll(spool).toEqual([]);
  });

  test('when a body is cut off, then nothing is left', async () => {
    for (let round = 0; round < 5; round++) {
      const cut = send(`${product.url}/api/units/farm-01/attachments?name=a.pdf`, {
        method: 'POST',
        headers: { authorization: `Bearer ${own}`, ...OCTETS, 'content-length': 500_000 },
      });
      cut.on('error', () => {});
      await new Promise((resolve) => cut.write(Buffer.alloc(100_000), resolve));
      cut.destroy();
    }
    await expect.poll(spool, { timeout: 10_000 }).toEqual([]);
    // A kept connection of the client's may just have been closed.
    const again = () => upload(pdfFile('still there'), 'a.pdf').then(({ status }) => status, String);
    await expect.poll(again, { timeout: 10_000 }).toBe(200);
  });

  test('when a unit has used up its room, then it is told whom to ask, and others are not held up', async () => {
    const third = await product.tokens.unit('farm-03');
    const large = (mark: string): Buffer =>
      Buffer.concat([pdfFile(mark), Buffer.alloc(MB - 2_048, ' '), pdfFile(mark)]);
    for (const mark of ['a', 'b'])
      expect((await upload(large(mark), 'a.pdf', { token: third, unit: 'farm-03' })).status).toBe(200);
    const full = await upload(large('c'), 'a.pdf', { token: third, unit: 'farm-03' });
    expect(await full.json()).toMatchObject({ code: 'quota', detail: expect.stringContaining('组织部') });
    expect((await upload(pdfFile('room'), 'a.pdf', { token: other, unit: 'farm-02' })).status).toBe(200);
  });

  test('when another unit knows a digest, then no way leads to the file, nor tells that it is there', async () => {
    const { sha256 } = (await (await upload(pdfFile('机密'), 'a.pdf')).json()) as Attachment;
    const ask = (path: string, token = other, headers = {}) => product.call(path, { token, headers });
    expect((await ask(`/units/farm-01/attachments/${sha256}`)).status).toBe(403);
    expect((await ask('/units/farm-01/attachments')).status).toBe(403);
    const mine = await product.call('/units/farm-01/attachments', { token: own });
    const etag = mine.headers.get('etag') ?? '';
    expect((await ask('/units/farm-01/attachments', other, { 'if-none-match': etag })).status).toBe(403);
    expect((await ask(`/units/farm-02/attachments/${sha256}`)).status).toBe(404);
    expect((await ask(`/units/farm-02/attachments/${'0'.repeat(64)}`)).status).toBe(404);
    const tricks = [
      `/units/farm-02/attachments/..%2Ffarm-01%2F${sha256}`,
      `/units/farm-02%2F..%2Ffarm-01/attachments/${sha256}`,
      `/units/farm-02/attachments/${sha256.toUpperCase()}`,
      `/units/farm-02/attachments/${sha256}.pdf`,
      `/units/FARM-01/attachments/${sha256}`,
    ];
    for (const path of tricks) expect([path, (await ask(path)).ok]).toEqual([path, false]);
    expect(await (await ask('/units/farm-02/attachments')).text()).not.toContain(sha256);
  });

  test('when a picture is looked at small, then pixels alone are sent, to those who may have the file', async () => {
    const photo = jpegFile({ exifData: exif(6, 'GPS 45.5') });
    const { sha256 } = (await (await upload(photo, 'a.jpg')).json()) as Attachment;
    const look = (token: string | null, unit = 'farm-01', digest = sha256, headers = {}) =>
      product.call(`/units/${unit}/attachments/${digest}/preview`, { token, headers });
    const shown = await look(own);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(shown.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(shown.headers.get('vary')).toContain('Cookie');
    const bytes = Buffer.from(await shown.arrayBuffer());
    expect(bytes.toString('latin1', 0, 8)).toBe('\x89PNG\r\n\x1a\n');
    expect(bytes.toString('latin1')).not.toMatch(/Exif|GPS/);
    const again = await look(own, 'farm-01', sha256, { 'if-none-match': shown.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await look(product.tokens.leader)).status).toBe(200);
    expect((await look(null)).status).toBe(401);
    expect((await look(other)).status).toBe(403);
    expect((await look(other, 'farm-02')).status).toBe(404);
    expect((await look(own, 'farm-01', '0'.repeat(64))).status).toBe(404);
  });

  test('when a picture is a bomb, or a file is no picture, then there is no preview, soon, and memory stays', async () => {
    const bomb = pngFile({ claims: 50_000 });
    const before = process.memoryUsage().rss;
    for (const [name, bytes] of [
      ['a.png', bomb],
      ['a.webp', hugeWebp()],
      ['a.pdf', pdfFile('no picture')],
    ] as const) {
      const { sha256 } = (await (await upload(bytes, name)).json()) as Attachment;
      const looked = await product.call(`/units/farm-01/attachments/${sha256}/preview`, { token: own });
      expect([looked.status, await looked.text()]).toEqual([204, '']);
      const whole = await product.call(`/units/farm-01/attachments/${sha256}`, { token: own });
      expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MB);
  });

  test.each([
    'bytes=0-',
    'bytes=-5',
    'bytes=5-2',
    'bytes=999999999-',
    'bytes=-99999999999999999999',
    'bytes=a-b',
    'pages=1-2',
    `bytes=${Array.from({ length: 3_000 }, (_, at) => `${at}-`).join(',')}`.slice(0, 12_000),
  ])(
    'when a part of it is asked for (%.30s), then the whole comes once, or the request is refused',
    async (range) => {
      const bytes = pdfFile('a part of it');
      const { sha256 } = (await (await upload(bytes, 'a.pdf')).json()) as Attachment;
      const answer = await product.call(`/units/farm-01/attachments/${sha256}`, {
        token: own,
        headers: { range },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-range')).toBeNull();
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    },
  );

  test('when a download is asked for again, then no cache has it', async () => {
    const { sha256 } = (await (await upload(pdfFile('cache'), 'a.pdf')).json()) as Attachment;
    const first = await product.call(`/units/farm-01/attachments/${sha256}`, { token: own });
    expect(first.headers.get('cache-control')).toBe('private, no-store');
    expect(first.headers.get('etag')).toBeNull();
    const head = await product.call(`/units/farm-01/attachments/${sha256}`, { token: own, method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test('when a token is revoked, then its very next upload and download are refused', async () => {
    const issued = await product.access.issue({
      kind: 'bearer',
      rights: { roles: ['unit'], unit: 'farm-01' },
      label: 'soon gone',
      expiresAt: null,
    });
    const token = issued.secret;
    const { sha256 } = (await (await upload(pdfFile('revoked'), 'a.pdf', { token })).json()) as Attachment;
    await product.call(`/tokens/${issued.credential.id}`, { method: 'DELETE' });
    expect((await upload(pdfFile('late'), 'a.pdf', { token })).status).toBe(401);
    expect((await product.call(`/units/farm-01/attachments/${sha256}`, { token })).status).toBe(401);
    expect((await upload(pdfFile(), 'a.pdf', { token: null })).status).toBe(401);
  });

  test('when a person is disabled, or another site posts with their cookie, then nothing comes in', async () => {
    const invited = await product.json<{ token: string }>('/invitations', {
      method: 'POST',
      body: { label: 'zhang', rights: { roles: ['unit'], unit: 'farm-01' } },
    });
    const made = await product.call('/accounts', {
      method: 'POST',
      token: null,
      headers: { 'x-requested-with': 'wuxing' },
      body: { token: invited.token, login: 'zhang', name: '张三', password: 'rice-paddy-nine-7' },
    });
    const cookie =
      made.headers
        .getSetCookie()
        .find((one) => one.includes('session'))
        ?.split(';')[0] ?? '';
    const { principal } = (await made.json()) as { principal: { id: string } };
    const as = (headers: Record<string, string>) =>
      upload(pdfFile('person'), 'a.pdf', { token: null, headers: { cookie, ...headers } });
    expect((await as({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await as({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await as({})).status).toBe(403);
    expect((await as({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    await product.call(`/accounts/${principal.id}`, {
      method: 'PUT',
      body: { name: '张三', rights: { roles: ['unit'], unit: 'farm-01' }, disabled: true },
    });
    expect((await as({ 'sec-fetch-site': 'same-origin' })).status).toBe(401);
  });
});
