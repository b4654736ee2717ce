import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultsOf } from '../../scripts/check-lock.mjs';

type Entry = { version: string; integrity?: string; license?: string };
type Lock = { packages: Record<string, Entry> };

const lock = (): Lock =>
  JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as Lock;
const faultsWith = (name: string, change: Partial<Entry>): string[] => {
  const changed = lock();
  const path = `node_modules/${name}`;
  changed.packages[path] = { ...(changed.packages[path] ?? { version: '1.0.0' }), ...change };
  return faultsOf(changed);
};

test('what the lock lets in is pinned by its bytes and under a licence of the list', () => {
  expect(faultsOf(lock())).toEqual([]);
  expect(faultsWith('zod', { integrity: '' })).toEqual([expect.stringMatching(/^zod@.* has no integrity/)]);
  for (const license of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', '(GPL-3.0-only OR UNLICENSED)', ''])
    expect(faultsWith('zod', { license })).toEqual([expect.stringMatching(/not on the list/)]);
  for (const license of ['(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)', 'ISC'])
    expect(faultsWith('zod', { license })).toEqual([]);
});

test('an exception holds for one version, and goes when it is needed no more', () => {
  const name = '@chdb/lib-darwin-arm64';
  expect(faultsWith(name, { version: '99.0.0' })).toHaveLength(2);
  expect(faultsWith(name, { integrity: 'sha512-x', license: 'Apache-2.0' })).toEqual([
    expect.stringMatching(/strike it off/),
  ]);
});
