import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseForeign } from '#schemas/foreignJson.ts';
import { keyTwice } from '#schemas/keyTwice.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { type Line, linesIn } from './lines.ts';
import { Problem } from './problem.ts';

const CHUNK = 256 * 1024;
const BREAK = Buffer.from('\n');
const BOM = Buffer.from('\ufeff');

const wrong = (line: number, why: string): Problem =>
  new Problem('invalid', `Line ${line} ${why}. Nothing was imported.`, {
    errors: [{ field: `line ${line}`, message: why }],
  });

/** The object of a line; undefined where it is blank. */
function objectIn({ line, bytes }: Line): object | undefined {
  const own = line === 1 && bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
  if (!isUtf8(own)) throw wrong(line, 'is no UTF-8');
  const text = own.toString('utf8');
  if (text.trim() === '') return undefined;
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(line, 'is no JSON object');
  const twice = keyTwice(text, value);
  if (twice !== undefined) throw wrong(line, `has a key twice: ${twice}`);
  return value;
}

/** Undefined where it is no JSON, which is then no object either. */
function parsed(text: string): unknown {
  try {
    return parseForeign(text);
  } catch {
    return undefined;
  }
}

const bounds = (most: number) => ({
  most,
  tooLong: (line: number): never => {
    throw wrong(line, `is longer than the ${countText(most)} bytes that the stream takes of an event`);
  },
});

/** Passes lines on as they are, checking each. */
async function* checked(source: AsyncIterable<Uint8Array | string>, most: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const each of linesIn(source, bounds(most))) {
    objectIn(each);
    parts.push(each.bytes, BREAK);
    size += each.bytes.length;
    if (size < CHUNK) continue;
    yield Buffer.concat(parts);
    [parts, size] = [[], 0];
  }
  yield Buffer.concat(parts);
}

async function* objectsOf(file: string, most: number): AsyncGenerator<object> {
  for await (const each of linesIn(createReadStream(file, { highWaterMark: CHUNK }), bounds(most))) {
    const object = objectIn(each);
    if (object) yield object;
  }
}

/**
 * Reads NDJSON whole into a file below `folder`, checking every line, and only then hands the objects on: a broken
 * line, one that the stream would not take, or a connection that was cut, must not leave half a stream behind.
 */
export async function withCheckedLines<T>(
  source: Readable,
  { folder, mostBytes }: { folder: string; mostBytes: number },
  use: (objects: AsyncIterable<unknown>) => Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(folder, 'import-'));
  const file = join(temporary, 'events.ndjson');
  try {
    await pipeline(source, (lines) => checked(lines, mostBytes), createWriteStream(file, { mode: 0o600 }));
    return await use(objectsOf(file, mostBytes));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
