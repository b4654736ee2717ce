import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealedYear } from '#schemas/freezes.ts';
import { adopted, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool, said, startTool } from '#test/support/tool.ts';

/** What the tool writes for people, and where that fails: a sentence and exit code 1, never the inside. */

const folder = mkdtempSync(join(tmpdir(), 'wuxing-writes-'));
let product: Product;
beforeAll(async () => {
  product = await startProduct({});
  await product.send([
    adopted(2026),
    ...Array.from({ length: 3_000 }, (_, index) => registered(`u-${index}`, { name: '单位'.repeat(90) })),
  ]);
});
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const noTrace = (err: string): void => expect(err).not.toMatch(/\n\s+at |node:/);

describe('given a file that cannot be written', () => {
  const file = join(folder, 'a-file');
  const within = join(file, 'x');
  beforeAll(() => {
    writeFileSync(file, 'kept');
    mkdirSync(join(folder, 'a-folder'));
  });

  it.each([
    ['events into no folder', ['export', 'events', '--out', join(folder, 'none', 'x.ndjson')]],
    ['events into a file as a folder', ['export', 'events', '--out', within]],
    ['events over a folder', ['export', 'events', '--out', join(folder, 'a-folder')]],
    ['attachments into a file', ['export', 'attachments', within]],
    ['a seal', ['freeze', '2026', '--out', join(folder, 'none', '2026.json')]],
  ])('when it is asked for %s, then it says so, through a server and alone', async (_what, args) => {
    const alone = join(folder, 'alone');
    for (const DATA_DIR of [product.dataDir, alone]) {
      const { code, out, err } = await runTool(args, { DATA_DIR });
      expect([code, out]).toEqual([1, '']);
      expect(err).toBe(`${args.at(-1)} cannot be written.\n`);
    }
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('then nothing was sealed either: what is sealed stays sealed', async () => {
    expect((await product.call('/freezes/2026')).status).toBe(404);
    const out = join(folder, '2026.json');
    expect((await runTool(['freeze', '2026', '--out', out], { DATA_DIR: product.dataDir })).code).toBe(0);
    expect(existsSync(out)).toBe(true);
    expect((await product.json<SealedYear>('/freezes/2026')).freezes).toHaveLength(1);
  });
});

describe('given somebody who reads the beginning of a pipe alone', () => {
  it('when the stream is exported, then it ends with a sentence', async () => {
    const tool = startTool(['export', 'events'], { DATA_DIR: product.dataDir });
    const closed = new Promise<number | null>((resolve) => tool.on('close', resolve));
    let err = '';
    tool.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    await said(tool, /plan\.adopted/);
    tool.stdout.destroy();
    expect(await closed).toBe(1);
    expect(err).toBe('The output cannot be written any further.\n');
  });
});

describe('given an empty folder that no server holds', () => {
  it('when a year without a plan is sealed, then the tool says why', async () => {
    const { code, err } = await runTool(['freeze', '2026'], { DATA_DIR: join(folder, 'empty') });
    expect([code, err]).toEqual([1, expect.stringMatching(/^No plan was adopted for 2026[^\n]*\n$/)]);
    noTrace(err);
  });
});
