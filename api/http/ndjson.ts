import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from './problem.ts';

const MAX_LINE = 8 * 1024 * 1024;

const wrong = (line: number, why: string): Problem =>
  new Problem('invalid', `Line ${line} ${why}. Nothing was imported.`, {
    errors: [{ field: `line ${line}`, message: why }],
  });

function parseLine(text: string, line: number): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, in the same words as for any other line that is no object.
  }
  throw wrong(line, 'is no JSON object');
}

/** Refuses what could fill the memory before a line ends, and bytes that are no UTF-8. */
async function* guarded(source: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [line, length] = [1, 0];
  for await (const chunk of source) {
    const text = decode(decoder, typeof chunk === 'string' ? Buffer.from(chunk) : chunk, line);
    const breaks = text.split('\n');
    length = breaks.length > 1 ? (breaks.at(-1)?.length ?? 0) : length + text.length;
    line += breaks.length - 1;
    if (length > MAX_LINE) throw wrong(line, 'is longer than 8 MiB');
    yield text;
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array, line: number): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw wrong(line, 'or one close behind it is no UTF-8');
  }
}

async function* objectsOf(source: Readable): AsyncGenerator<unknown> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() !== '') yield parseLine(text, line);
  }
}

/**
 * Reads NDJSON whole into a file below `folder`, checking every line, and only then hands the objects on: a broken
 * line, or a connection that was cut, must not leave half a stream behind.
 */
export async function withCheckedLines<T>(
  source: Readable,
  folder: string,
  use: (objects: AsyncIterable<unknown>) => Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(folder, 'import-'));
  const file = join(temporary, 'events.ndjson');
  try {
    await pipeline(source, guarded, createWriteStream(file, { mode: 0o600 }));
    for await (const _object of objectsOf(createReadStream(file)));
    return await use(objectsOf(createReadStream(file)));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
