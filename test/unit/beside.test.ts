import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const BESIDE = fileURLToPath(new URL('../../scripts/beside.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wuxing-beside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scripts = {
  good: 'echo one && echo two',
  quiet: 'true',
  bad: 'echo three && exit 3',
  last: 'echo four',
};
writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'beside', private: true, scripts }));

const ran = (...names: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [BESIDE, ...names], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, said: stdout.replaceAll(/, \d+ s$/gm, '') };
};

test('scripts that run side by side say what they have to say in one piece each, and pass together', () => {
  const { status, said } = ran('good', 'quiet');
  expect(status).toBe(0);
  expect(said).toContain('passed  good\none\ntwo\n');
  expect(said).toContain('passed  quiet\n');
});

test('when one fails, then all of them run to their end, and it is named at the end', () => {
  const { status, said } = ran('bad', 'good', 'last', 'nobody');
  expect(status).toBe(1);
  expect(said).toContain('FAILED  bad\nthree\n');
  expect(said).toContain('passed  good\none\ntwo\n');
  expect(said).toContain('passed  last\nfour\n');
  expect(said).toMatch(/FAILED {2}nobody\n/);
  expect(said).toMatch(/FAILED: .*bad/);
});
