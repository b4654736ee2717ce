import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { withCheckedLines } from '#api/http/ndjson.ts';
import { Problem } from '#api/http/problem.ts';
import { linesOf } from '../../wuxing/verify/lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'wuxing-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Signs at which readers of lines break that are not made for JSON. */
const BREAKS = ['\u2028', '\u2029', '\u0085', '\u000b', '\u000c', '\u001c', '\u001e'];
const titles = BREAKS.map((sign) => `第一段${sign}第二段`);
/** As JSON may hold them: written as they are, where the format allows it. */
const written = titles.map((title) => JSON.stringify({ title }));

const read = async (source: Iterable<Uint8Array | string>, mostBytes = 10_000): Promise<unknown[]> => {
  const objects: unknown[] = [];
  await withCheckedLines(Readable.from(source), { folder, mostBytes }, async (found) => {
    for await (const object of found) objects.push(object);
  });
  return objects;
};

const problemOf = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'none',
    (error: unknown) => (error instanceof Problem ? error.message : String(error)),
  );

describe('lines end with a line feed and nothing else', () => {
  test('in what is imported, wherever its bytes are cut', async () => {
    const bytes = Buffer.from(`${written.join('\n')}\n`);
    for (const size of [1, 2, 3, 7, 1_000]) {
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
      expect(await read(pieces)).toEqual(titles.map((title) => ({ title })));
    }
  });

  test('in what is verified', async () => {
    const file = join(folder, 'events.ndjson');
    writeFileSync(file, written.join('\n'));
    const found: unknown[] = [];
    for await (const { line, bytes } of linesOf(file)) found.push([line, JSON.parse(bytes.toString())]);
    expect(found).toEqual(titles.map((title, index) => [index + 1, { title }]));
  });

  test('with blank lines, a carriage return before, a byte order mark in front, and no line feed at the end', async () => {
    expect(await read(['\ufeff{"a":1}\r\n', '\n  \r\n', '{"a":2}'])).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('and what is wrong is told by its line, before anything is handed on', async () => {
    let handed = 0;
    const use = async (): Promise<void> => {
      handed++;
    };
    const tried = (text: string | Buffer) =>
      problemOf(withCheckedLines(Readable.from([text]), { folder, mostBytes: 30 }, use));
    expect(await tried('{"a":1}\n{"a":\n')).toMatch(/^Line 2 is no JSON object/);
    expect(await tried('{"a":1}\n\n[1]\n')).toMatch(/^Line 3 is no JSON object/);
    expect(await tried(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toMatch(/^Line 1 is no UTF-8/);
    expect(await tried(`{"a":1}\n{"a":"${'x'.repeat(22)}"}\n`)).toBe('none');
    expect(await tried(`{"a":1}\n{"a":"${'x'.repeat(23)}"}\n`)).toMatch(
      /^Line 2 is longer than the 30 bytes/,
    );
    expect(handed).toBe(1);
    expect(readdirSync(folder).filter((name) => name.startsWith('import-'))).toEqual([]);
  });

  test('no part of the product reads lines with a reader that breaks them elsewhere', () => {
    const root = join(import.meta.dirname, '../..');
    const files = ['api', 'ingest', 'schemas', 'wuxing', 'sample', 'bin'].flatMap((name) =>
      readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|mjs)$/.test(file))
        .map((file) => join(root, name, file)),
    );
    const readers = files.filter((file) =>
      /['"](?:node:)?readline(?:\/promises)?['"]|\.readLines\(/.test(readFileSync(file, 'utf8')),
    );
    expect(files.length).toBeGreaterThan(200);
    expect(readers).toEqual([]);
  });
});
