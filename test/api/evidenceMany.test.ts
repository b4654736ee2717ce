import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAttachments } from '#api/attachments/attachments.ts';
import { createFolderBlobs } from '#api/attachments/blobs.ts';
import type { Problem } from '#api/http/problem.ts';
import type { Attachment } from '#schemas/events.ts';
import { pdfFile } from '#test/support/files.ts';
import { said, startTool } from '#test/support/tool.ts';

const OCTETS = { 'content-type': 'application/octet-stream' };
const MB = 1024 * 1024;

describe('given bodies that come slowly', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wuxing-slow-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const open = (limits: object) =>
    createAttachments({
      blobs: createFolderBlobs(folder),
      folder,
      limits: { bytes: MB, unitBytes: MB, ...limits },
      now: Date.now,
    });
  const asked = { name: 'a.pdf', language: 'zh' as const, signal: new AbortController().signal };
  const refused = (error: unknown): unknown => (error as Problem).extras?.members?.code;

  test('when nothing comes any more, then it is ended, and the place is free for others', async () => {
    const attachments = open({ silenceMs: 100 });
    const still = Array.from({ length: 8 }, () => {
      const body = new PassThrough();
      body.write('%PDF-');
      return attachments.take('u-1', body, asked).catch(refused);
    });
    expect(await Promise.all(still)).toEqual(Array(8).fill('slow'));
    expect((await attachments.take('u-1', Readable.from([pdfFile()]), asked)).name).toBe('a.pdf');
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  test('when it trickles, then it is ended once it has had its time', async () => {
    const attachments = open({ silenceMs: 1_000, patienceMs: 300, slowest: 10_000 });
    async function* trickle() {
      for (let drop = 0; drop < 200; drop++) {
        yield Buffer.from('x');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    expect(await attachments.take('u-1', Readable.from(trickle()), asked).catch(refused)).toBe('slow');
  });
});

describe('given two hundred uploads at once', () => {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  const memoryOf = (pid: number): number =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

  test.skipIf(!existsSync('/proc/self/status'))(
    'then all are taken, each whole, and memory stays bounded',
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'wuxing-many-'));
      folders.push(dataDir);
      const ADMIN_TOKEN = 'a-token-of-the-administrator-for-tests';
      const server = startTool(['serve'], { DATA_DIR: dataDir, PORT: '0', ADMIN_TOKEN });
      const ended = new Promise((resolve) => server.on('close', resolve));
      try {
        const [, url = ''] = await said(server, /Wuxing is at (\S+)\n/);
        const pid = server.pid ?? 0;
        const idle = memoryOf(pid);
        let most = idle;
        const watch = setInterval(() => {
          most = Math.max(most, memoryOf(pid));
        }, 50);
        const filling = Buffer.alloc(64 * 1024, ' ');
        const uploads = Array.from({ length: 200 }, async (_, index) => {
          const parts = [pdfFile(String(index)), ...Array<Buffer>(48).fill(filling), pdfFile(String(index))];
          const answer = await fetch(`${url}/api/units/farm-${index % 10}/attachments?name=a.pdf`, {
            method: 'POST',
            headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...OCTETS },
            body: Readable.toWeb(Readable.from(parts)) as ReadableStream,
            duplex: 'half',
          } as RequestInit);
          const hash = createHash('sha256');
          for (const part of parts) hash.update(part);
          return [answer.status, ((await answer.json()) as Attachment).sha256 === hash.digest('hex')];
        });
        expect(await Promise.all(uploads)).toEqual(Array(200).fill([200, true]));
        // Spreadsheets lie on disk until it is their turn, and of one person only so many.
        const sheets = Array.from({ length: 200 }, async () => {
          const parts = [Buffer.from('%PDF-'), ...Array<Buffer>(64).fill(filling)];
          const answer = await fetch(`${url}/api/imports?kind=units&dryRun=true`, {
            method: 'POST',
            headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...OCTETS },
            body: Readable.toWeb(Readable.from(parts)) as ReadableStream,
            duplex: 'half',
          } as RequestInit);
          const { code } = (await answer.json()) as { code?: string };
          return answer.status === 422 ? code : answer.status;
        });
        const answers = new Set(await Promise.all(sheets));
        expect([...answers].filter((one) => one !== 202 && one !== 429)).toEqual([]);
        expect(answers.has(202)).toBe(true);
        clearInterval(watch);
        expect(most - idle).toBeLessThan(300);
      } finally {
        server.kill('SIGTERM');
        await ended;
      }
    },
  );
});
