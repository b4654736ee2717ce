import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool } from '#test/support/tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'wuxing-raised-'));
let product: Product;
beforeAll(async () => {
  product = await startProduct({});
});
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('given an exported stream the clock of which goes back', () => {
  const file = join(folder, 'back.ndjson');
  const times = ['2026-06-05T00:00:00Z', '2026-06-03T00:00:00Z', '2026-06-04T00:00:00Z'];
  const TOLD = `3 events imported.
The recorded time of 2 was earlier than that of the one before in the same subject, and is that one’s now.
`;

  it('when it is restored, alone or by a server, then the tool says how many times were raised', async () => {
    const restored = times.map((recordedtime, index) => ({
      ...registered('u-1', { name: `甲${index}` }),
      recordedtime,
    }));
    writeFileSync(file, restored.map((event) => `${JSON.stringify(event)}\n`).join(''));
    for (const DATA_DIR of [join(folder, 'alone'), product.dataDir]) {
      const { code, err } = await runTool(['import', 'events', file], { DATA_DIR });
      expect([code, err]).toEqual([0, TOLD]);
    }
  });

  it('then they are raised, and the audit knows it', async () => {
    const { events } = await product.json<{ events: { recordedtime: string }[] }>('/events');
    expect(events.map(({ recordedtime }) => Date.parse(recordedtime))).toEqual(
      times.map(() => Date.parse(times[0] ?? '')),
    );
    const { entries } = await product.json<{ entries: { action: string; details: object }[] }>('/audit');
    expect(entries.find(({ action }) => action === 'import.events')?.details).toMatchObject({
      events: 3,
      raised: 2,
    });
  });
});
