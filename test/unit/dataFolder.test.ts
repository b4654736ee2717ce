import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownFolder } from '#ingest/process/dataFolder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wuxing-own-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const log = { warn: () => expect.fail('nothing is to be warned of') };
const modeOf = (...path: string[]): number => statSync(join(home, ...path)).mode & 0o777;

test('a folder that others could read is closed with all that it holds, and what it points to is left alone', () => {
  mkdirSync(join(home, 'data', 'exports'), { recursive: true });
  writeFileSync(join(home, 'data', 'exports', 'letters.file'), 'x');
  writeFileSync(join(home, 'elsewhere'), 'x');
  symlinkSync(join(home, 'elsewhere'), join(home, 'data', 'link'));
  for (const path of ['data', 'data/exports', 'data/exports/letters.file', 'elsewhere'])
    chmodSync(join(home, path), 0o755);
  ownFolder(join(home, 'data'), log);
  expect(modeOf('data')).toBe(0o700);
  expect(modeOf('data', 'exports')).toBe(0o700);
  expect(modeOf('data', 'exports', 'letters.file')).toBe(0o700);
  expect(modeOf('elsewhere')).toBe(0o755);
});

test('a folder that is reached by a link is closed as well', () => {
  mkdirSync(join(home, 'disk'));
  chmodSync(join(home, 'disk'), 0o755);
  symlinkSync(join(home, 'disk'), join(home, 'data'));
  ownFolder(join(home, 'data'), log);
  expect(modeOf('disk')).toBe(0o700);
});

test('where nothing can be made, the start ends', () => {
  expect(() => ownFolder('/proc/none/of/it', log)).toThrow(/ENOENT/);
});

test('a new folder is its owner\u2019s alone', () => {
  ownFolder(join(home, 'new', 'data'), log);
  expect(modeOf('new', 'data')).toBe(0o700);
});
