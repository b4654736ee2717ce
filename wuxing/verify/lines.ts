import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { type Line, linesIn } from '#api/http/lines.ts';
import { parseForeign } from '#schemas/foreignJson.ts';
import { keyTwice } from '#schemas/keyTwice.ts';

/** What an export may hold is of any length. */
const ANY = {
  most: Number.POSITIVE_INFINITY,
  tooLong: (line: number): never => {
    throw new Error(`line ${line} is too long`);
  },
};

/** The lines of a file as bytes, counted from 1; a last one that is empty is none. */
export const linesOf = (file: string): AsyncGenerator<Line> =>
  linesIn(createReadStream(file, { highWaterMark: 2 ** 18 }), ANY);

export type Envelope = Readonly<Record<string, unknown>>;

/** The JSON object of a line; undefined where it holds none, or one that has a key twice and says two things. */
export function objectIn(bytes: Buffer): Envelope | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    const text = bytes.toString('utf8');
    const value = parseForeign(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return keyTwice(text, value) === undefined ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}

/** Texts of an envelope, '' where there are none: what is shown and compared is not trusted. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
