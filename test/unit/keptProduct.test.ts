import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createKeeper } from '#test/support/keptProduct.ts';
import { makeRoom } from '#test/support/room.ts';
import type { Product } from '#test/support/server.ts';

/** As much of a product as the keeper asks. */
function house() {
  const dataDir = mkdtempSync(join(tmpdir(), 'kept-'));
  const said = { watermark: '0-1', started: 0, stopped: 0, issued: 0 };
  const keep = createKeeper(async () => {
    said.started += 1;
    const product = {
      dataDir,
      errors: [],
      tokens: { organisation: 'o', leader: 'l' },
      json: async () => ({ watermark: said.watermark }),
      access: { issue: async () => ({ secret: `new ${++said.issued}` }) },
      stop: async () => {
        said.stopped += 1;
      },
    };
    return product as unknown as Product;
  });
  return { dataDir, said, keep };
}

describe('given files of tests that ask for the product of a day', () => {
  const { dataDir, said, keep } = house();
  afterEach(async () => {
    await makeRoom();
    Object.assign(said, { watermark: '0-1', started: 0, stopped: 0, issued: 0 });
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('then who only reads leaves it for the next one, who comes as somebody else', async () => {
    await (await keep('2026-11-20')).giveBack();
    const second = await keep('2026-11-20');
    expect(said).toMatchObject({ started: 1, stopped: 0 });
    expect(second.product.tokens.leader).toBe('new 2');
    await second.giveBack();
  });

  it('then another day, and whoever may open a part of one, has it stopped before', async () => {
    await (await keep('2026-11-20')).giveBack();
    await (await keep('2026-06-30')).giveBack();
    expect(said).toMatchObject({ started: 2, stopped: 1 });
    await makeRoom();
    expect(said.stopped).toBe(2);
    await makeRoom();
    expect(said.stopped).toBe(2);
  });

  it('then who says that they write go on with what was left, and end it', async () => {
    await (await keep('2026-11-20')).giveBack();
    const writer = await keep('2026-11-20', { writes: true });
    said.watermark = '0-2';
    await writer.giveBack();
    expect(said).toMatchObject({ started: 1, stopped: 1 });
    await (await keep('2026-11-20')).giveBack();
    expect(said.started).toBe(2);
  });

  const WAYS: [string, () => void][] = [
    [
      'to the stream',
      () => {
        said.watermark = '0-9';
      },
    ],
    [
      'beside it',
      () => {
        mkdirSync(join(dataDir, 'views'), { recursive: true });
        writeFileSync(join(dataDir, 'views', 'mine.json'), '{}');
      },
    ],
  ];
  it.each(WAYS)(
    'then who writes %s without saying so fails, and nobody goes on with it',
    async (_, write) => {
      const silent = await keep('2026-11-20');
      write();
      await expect(silent.giveBack()).rejects.toThrow('says so');
      expect(said.stopped).toBe(1);
      await (await keep('2026-11-20')).giveBack();
      expect(said.started).toBe(2);
    },
  );
});
