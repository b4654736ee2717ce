import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsistencyAnswer, InclusionAnswer, SealedYear } from '#schemas/freezes.ts';
import { adopted, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool, runToolHere } from '#test/support/tool.ts';
import { type ProofReport, verifyProof } from '../../wuxing/verify/proofs.ts';
import { describeProof } from '../../wuxing/verify/proofWords.ts';

/** Proof files, checked without a server as those who are handed one would. */
let product: Product;
let folder: string;
let event: InclusionAnswer;
let pair: ConsistencyAnswer;
let row: object;

const prove = <T>(query: string): Promise<T> => product.json<T>(`/freezes/2026/proof?${query}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-proofs-'));
  product = await startProduct();
  await product.send([adopted(2026), registered('u-1'), registered('u-2')]);
  const token = await product.tokens.unit('u-1');
  await product.send([recorded('u-1', 'a-1', { occurredOn: '2026-02-03' }, { id: 'first' })], token);
  await product.json('/freezes/2026', { method: 'POST' });
  await product.send([recorded('u-1', 'a-2', { occurredOn: '2026-05-03' })], token);
  await product.json('/freezes/2026', { method: 'POST' });
  event = await prove('event=first');
  pair = await prove('consistency=1');
  // As the page about seals saves it.
  const { freeze, ownRow, result } = await product.json<SealedYear>('/freezes/2026', { token });
  row = { freeze, row: result.find((one) => 'unit' in one && one.unit === 'u-1'), ...ownRow };
});
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
const write = (content: unknown): string => {
  const file = join(folder, `proof-${++files}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return file;
};
const checked = (content: unknown, key?: string): ProofReport => {
  const report = verifyProof(write(content), key === undefined ? undefined : write(key));
  if (!report) throw new Error('this is no proof');
  return report;
};
const faults = (content: unknown): string[] => checked(content).findings.map(({ kind }) => kind);

describe('given the proofs of a year that was sealed twice', () => {
  it('when they are checked, then each says what it proves, in both languages', () => {
    for (const [content, zh, en] of [
      [event, '事件 first（activity.recorded', 'Good: event first'],
      [pair, '一个不少，一字未改', 'none missing, none changed'],
      [row, '单位 u-1 的这一行', 'Good: the row of u-1'],
    ] as const) {
      const report = checked(content);
      expect(report.findings).toEqual([]);
      expect(describeProof(report, 'zh')).toMatch(/^相符：/);
      expect(describeProof(report, 'zh')).toContain(zh);
      expect(describeProof(report, 'en')).toContain(en);
      expect(describeProof(report, 'en')).toContain(event.freeze.root);
    }
  });

  it('when anything in them is changed, then they prove nothing any more', () => {
    expect(faults({ ...event, event: { ...event.event, id: 'another' } })).toEqual(['leaf', 'proof']);
    expect(faults({ ...event, index: event.index + 1 })).toContain('proof');
    expect(faults({ ...event, freeze: { ...event.freeze, root: pair.from.root } })).toEqual([
      'proof',
      'signature',
    ]);
    expect(faults({ ...pair, from: { ...pair.from, events: pair.from.events - 1 } })).toEqual([
      'proof',
      'signature',
    ]);
    expect(faults({ ...pair, from: pair.freeze, freeze: pair.from })).toEqual(['proof']);
    const prettier = { ...row, row: { ...(row as { row: object }).row, rank: 1, total: 100 } };
    expect(faults(prettier)).toEqual(['proof']);
    expect(faults({ ...row, freeze: { ...event.freeze, year: 2025 } })).toEqual(['signature']);
  });

  it('when the key is given, then it is compared', async () => {
    expect(checked(event, event.freeze.publicKey)).toMatchObject({ compared: true, findings: [] });
    const { generateKeyPairSync } = await import('node:crypto');
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(checked(event, other).findings).toMatchObject([{ kind: 'key' }]);
  });

  it('when the tool is given one, then it needs no events, and its exit code tells', async () => {
    const good = await runTool(['verify', write(pair)], { LANG: 'zh_CN.UTF-8', LC_ALL: '' });
    expect([good.code, good.out]).toEqual([0, expect.stringContaining('相符')]);
    const bad = await runToolHere(['verify', write({ ...event, index: 0 }), '--json'], {});
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({ ok: false, claim: { kind: 'event', id: 'first' } });
    const none = await runToolHere(['verify', write('{"proof": []}')], {});
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('--events')]);
  });
});
