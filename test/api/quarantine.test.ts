import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealPreview } from '#schemas/freezes.ts';
import { type SealedFile, sealedFileText } from '#schemas/manifest.ts';
import { clockFrom } from '#test/support/clock.ts';
import { fromOrganisation, registered } from '#test/support/events.ts';
import { INBOX_PLAN } from '#test/support/inboxZone.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool } from '#test/support/tool.ts';

describe('given an event in quarantine', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ clock: clockFrom('2026-06-15T12:00:00+08:00') });
    // As a foreign producer, or an older version, would have written it into the stream.
    const lines = [
      registered('farm-1'),
      {
        ...fromOrganisation('farm-2', 'unit.changed', { name: '二区' }),
        recordedtime: '2026-05-01T00:00:00.000Z',
      },
      fromOrganisation('nobody', 'unit.closed', { on: '2026-05-01', reason: '误报' }),
    ].map((event) => JSON.stringify({ recordedtime: '2026-05-01T00:00:00.000Z', ...event }));
    await product.json('/imports?kind=events', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
    });
  });
  afterAll(() => product?.stop());

  type List = {
    total: number;
    items: { position: string; reason: string; handled: { how: string } | null }[];
  };
  const open = () => product.json<List>('/quarantine?handled=false');

  it('when its cause is mended, then it is sent again; before that it says why not; and nothing is deleted', async () => {
    const found = (await open()).items.find(({ reason }) => reason.includes('farm-2'));
    expect(found?.reason).toContain('there is no unit farm-2');
    const again = () => product.call(`/quarantine/${found?.position}/replay`, { method: 'POST' });
    expect((await again()).status).toBe(422);
    await product.send([registered('farm-2')]);
    expect((await again()).status).toBe(202);
    expect((await again()).status).toBe(409);
    const { units } = await product.json<{ units: { unit: string; name: string }[] }>('/units');
    expect(units.find(({ unit }) => unit === 'farm-2')?.name).toBe('二区');
    expect((await open()).items).toHaveLength(1);
    const { items, total } = await product.json<List>('/quarantine');
    expect([total, items[0]?.handled?.how]).toEqual([2, 'replayed']);
    expect((await product.call('/quarantine/0-77/replay', { method: 'POST' })).status).toBe(404);
  });

  it('while one waits, no year is sealed; once it is set aside, the seal names both with reasons, and is good', async () => {
    await product.send([fromOrganisation('zone', 'plan.adopted', INBOX_PLAN)]);
    const seal = () => product.call('/freezes/2026', { method: 'POST' });
    const refused = await seal();
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('1 event is in quarantine'),
    ]);
    const [left] = (await open()).items;
    const reason = '发错了单位，不必再送';
    await product.json(`/quarantine/${left?.position}/dismissal`, { method: 'POST', body: { reason } });
    const preview = await product.json<SealPreview>('/freezes/2026/preview');
    expect([preview.quarantined, preview.setAside]).toEqual([0, 2]);
    expect((await seal()).status).toBe(201);
    const text = await (await product.call('/freezes/2026/file')).text();
    const { manifest } = JSON.parse(text) as SealedFile;
    expect(manifest.setAside?.map(({ how, reason: why }) => [how, why])).toEqual([
      ['replayed', ''],
      ['dismissed', reason],
    ]);
    const env = { DATA_DIR: product.dataDir, LANG: 'en_GB' };
    const [file, events] = ['sealed.json', 'events.ndjson'].map((name) => join(product.dataDir, name));
    writeFileSync(file as string, text);
    expect((await runTool(['export', 'events', '--out', events as string], env)).code).toBe(0);
    const checked = await runTool(['verify', file as string, '--events', events as string], env);
    expect([checked.code, checked.out + checked.err]).toEqual([
      0,
      expect.stringContaining('2 lines broke the rules'),
    ]);
    // A seal that hid one of them would not stand: its line would be one that nobody accounts for.
    const { setAside: _, ...bare } = manifest;
    writeFileSync(file as string, sealedFileText({ ...JSON.parse(text), manifest: bare }));
    expect((await runTool(['verify', file as string, '--events', events as string], env)).code).toBe(1);
  });
});
