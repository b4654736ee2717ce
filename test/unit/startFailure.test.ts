import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownFolder } from '#ingest/process/dataFolder.ts';
import { NoRoom } from '#ingest/process/room.ts';
import { startFailure } from '#ingest/process/startFailure.ts';
import { StoreError } from '#ingest/store/errors.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wuxing-start-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const caught = (run: () => void): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};
const said = (error: unknown, dataDir: string): string =>
  String(startFailure(error, { host: 'h', port: 1, dataDir }));

describe('a start that the machine forbids is told in a sentence that names the setting', () => {
  it('a folder that is a file or lies below one', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    for (const dataDir of [file, join(file, 'below')])
      expect(
        said(
          caught(() => ownFolder(dataDir, { warn: () => undefined })),
          dataDir,
        ),
      ).toMatch(/^Error: DATA_DIR \S+ (is a file|lies below a file) \(E[A-Z]+ at /);
  });

  it('a folder that may not be written is not taken for a port', () => {
    const dataDir = join(home, 'data');
    mkdirSync(dataDir);
    const denied = Object.assign(new Error('denied'), {
      code: 'EACCES',
      syscall: 'open',
      path: join(dataDir, 'x'),
    });
    expect(said(denied, dataDir)).toMatch(/^Error: DATA_DIR .* may not be read and written/);
  });

  it('a host that has no address', async () => {
    const error = await new Promise((resolve) =>
      createServer().once('error', resolve).listen(0, 'nohost.invalid'),
    );
    expect(said(error, home)).toMatch(/^Error: Cannot listen on h:1 \(E[A-Z_]+\)\. Set HOST and PORT\.$/);
  });

  it.each([
    ['by the system', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
    ['by the quota', Object.assign(new Error('disk quota exceeded'), { code: 'EDQUOT' })],
    ['by the store', new StoreError('Cannot reserve 1.00 MiB, not enough space. ', '243')],
    ['by lmdb', Object.assign(new Error('No space left on device'), { code: 28 })],
    ['behind another error', new Error('the event log', { cause: new NoRoom() })],
  ])('a disk that is full, as it is told %s', (_, error) => {
    expect(said(error, home)).toBe(
      `StartFailure: The disk of DATA_DIR ${home} is full. Make room there, and start again.`.replace(
        'StartFailure',
        'Error',
      ),
    );
  });

  it.each([
    ['by the system', Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' })],
    ['by Node’s rmSync, without a code', new Error(", Unknown error: Read-only file system '/x'")],
  ])('a disk that is read-only, as it is told %s', (_, error) => {
    expect(said(error, home)).toMatch(/^Error: DATA_DIR \S+ lies on a disk that is read-only\. Set DATA_DIR/);
  });

  it('and a fault of ours stays what it is', () => {
    const fault = new TypeError('ours');
    expect(startFailure(fault, { host: 'h', port: 1, dataDir: home })).toBe(fault);
  });
});
