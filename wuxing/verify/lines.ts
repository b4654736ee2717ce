import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

/** The lines of a file as bytes, counted from 1; a last one that is empty is none. */
export async function* linesOf(file: string): AsyncGenerator<{ line: number; bytes: Buffer }> {
  let line = 0;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 })) {
    const bytes = chunk as Buffer;
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      yield { line: ++line, bytes: Buffer.concat([...rest, bytes.subarray(start, end)]) };
      rest = [];
      start = end + 1;
    }
    if (start < bytes.length) rest.push(bytes.subarray(start));
  }
  if (rest.length > 0) yield { line: ++line, bytes: Buffer.concat(rest) };
}

export type Envelope = Readonly<Record<string, unknown>>;

/** The JSON object of a line; undefined where it holds none. */
export function objectIn(bytes: Buffer): Envelope | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Envelope)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Texts of an envelope, '' where there are none: what is shown and compared is not trusted. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
