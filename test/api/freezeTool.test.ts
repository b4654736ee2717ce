import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealedYear } from '#schemas/freezes.ts';
import type { SealedFile } from '#schemas/manifest.ts';
import { adopted, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool, runToolHere } from '#test/support/tool.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();

let product: Product;

beforeAll(async () => {
  // As an .env file or a compose file has it: on one line.
  product = await startProduct({ env: { SIGNING_KEY: pem.trimEnd().replaceAll('\n', '\\n') } });
  await product.send([adopted(2026), registered('u-1')]);
  await product.send([recorded('u-1', 'a-1')], await product.tokens.unit('u-1'));
});
afterAll(() => product?.stop());

describe('Given a server that holds the data folder, and a signing key in its settings', () => {
  it('when the tool seals a year, then it goes through the server and delivers the file, signed with that key', async () => {
    const out = join(product.dataDir, 'sealed.json');
    const { code, err } = await runTool(['freeze', '2026', '--out', out], { DATA_DIR: product.dataDir });
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/2026 is sealed as of .*: 3 events, root [0-9a-f]{64}/),
    ]);
    const text = readFileSync(out, 'utf8');
    expect((JSON.parse(text) as SealedFile).publicKey).toBe(publicPem);
    expect(await (await product.call('/freezes/2026/file')).text()).toBe(text);
    expect(existsSync(join(product.dataDir, 'signing-key.pem'))).toBe(false);
  });

  it('when it is sealed again as of a time, then the file comes on standard output', async () => {
    const asOf = new Date(Date.now() - 1).toISOString();
    const { code, out } = await runTool(['freeze', '2026', '--as-of', asOf], { DATA_DIR: product.dataDir });
    expect(code).toBe(0);
    expect((JSON.parse(out) as SealedFile).manifest.asOf).toBe(asOf);
    expect((await product.json<SealedYear>('/freezes/2026')).freezes).toHaveLength(2);
  });

  it('when it cannot be sealed, then the tool says why in a sentence', async () => {
    const env = { DATA_DIR: product.dataDir };
    const early = await runTool(['freeze', '2026', '--as-of', '2026-01-01T00:00:00Z'], env);
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('cannot look further back')]);
    const without = await runTool(['freeze', '2031'], env);
    expect([without.code, without.err]).toEqual([1, expect.stringContaining('No plan was adopted for 2031')]);
    expect((await runToolHere(['freeze', 'soon'], env)).err).toContain('give a year such as 2026');
  });
});

describe('Given a signing key that is none', () => {
  it('when anything starts, then the setting is refused', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    for (const SIGNING_KEY of ['secret', rsa.export({ type: 'pkcs8', format: 'pem' }).toString()]) {
      const { code, err } = await runToolHere(['freeze', '2026'], { DATA_DIR: '/nowhere', SIGNING_KEY });
      expect([code, err]).toEqual([1, expect.stringContaining('SIGNING_KEY must be an Ed25519 private key')]);
      expect(err).not.toContain(SIGNING_KEY);
    }
  });
});
