import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '#schemas/canonical.ts';
import type { ConsistencyAnswer, SealedYear } from '#schemas/freezes.ts';
import type { SealedFile } from '#schemas/manifest.ts';
import { type Bytes, verifyConsistency } from '#schemas/merkle.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runToolHere } from '#test/support/tool.ts';

const sha256 = (bytes: Bytes): Bytes => createHash('sha256').update(bytes).digest();
const bytes = (text: string): Bytes => Buffer.from(text, 'hex');

let folder: string;
let product: Product;
let sealedText: string;
let exported: string;
let sealed: SealedFile;

const tool = async (...args: string[]): Promise<void> => {
  const { code, err } = await runToolHere(args, { DATA_DIR: join(folder, 'old') });
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`);
};

/** A new unit whose events come from a producer with a slow clock: dated before the seal, there after it. */
const latecomers = (asOf: string) => {
  const recordedtime = new Date(Date.parse(asOf) - 60_000).toISOString();
  return [
    registered('late-01', {}, { recordedtime, id: 'latecomer' }),
    recorded(
      'late-01',
      'a-1',
      { kind: 'research', occurredOn: '2026-02-03' },
      { recordedtime, id: 'late-activity' },
    ),
  ];
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-moves-'));
  await tool('sample', '--today', '2026-10-20');
  await tool('freeze', '2026', '--out', join(folder, 'seal.json'));
  await tool('export', 'events', '--out', join(folder, 'events.ndjson'));
  sealedText = readFileSync(join(folder, 'seal.json'), 'utf8');
  sealed = JSON.parse(sealedText) as SealedFile;
  exported = readFileSync(join(folder, 'events.ndjson'), 'utf8');
  product = await startProduct();
  const lines = latecomers(sealed.manifest.asOf).map((event) => JSON.stringify(event));
  await product.json('/imports?kind=events', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: `${exported}${lines.join('\n')}\n`,
  });
});
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('Given a sealed sample year whose events were moved to a fresh system, with two latecomers behind them', () => {
  it('when the sealed file is asked for there, then the events make it again to the byte', async () => {
    const response = await product.call('/freezes/2026/file');
    expect(await response.text()).toBe(sealedText);
  });

  it('then the latecomers are late, although they are dated before', async () => {
    const { late, freeze } = await product.json<SealedYear>('/freezes/2026');
    expect(late.events.map(({ id }) => id)).toEqual(['latecomer', 'late-activity']);
    expect(late.events.every(({ recordedtime }) => recordedtime < freeze.asOf)).toBe(true);
    const proof = await product.call('/freezes/2026/proof?event=latecomer');
    expect(await proof.text()).toContain('it came later');
  });

  it('when it is sealed there again, then the new seal begins with the old one’s events, latecomers behind', async () => {
    const again = await product.json<SealedYear>('/freezes/2026', { method: 'POST' });
    expect(again.freeze.previous?.root).toBe(sealed.manifest.root);
    // The seal's own record and the latecomers.
    expect(again.freeze.events).toBe(sealed.manifest.events + 3);
    expect(again.freeze.publicKey).not.toBe(sealed.publicKey);
    const { proof, from, freeze } = await product.json<ConsistencyAnswer>(
      '/freezes/2026/proof?consistency=1',
    );
    expect(
      verifyConsistency(sha256, {
        first: from.events,
        second: freeze.events,
        firstRoot: bytes(sealed.manifest.root),
        secondRoot: bytes(freeze.root),
        proof: proof.map(bytes),
      }),
    ).toBe(true);
    const { rows } = await product.json<Ranking>(`/rankings/2026?asOf=${encodeURIComponent(freeze.asOf)}`);
    expect(canonicalJson(again.result)).toBe(canonicalJson(rows));
  });
});
