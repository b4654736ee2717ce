import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { describeFaults } from '#schemas/admission.ts';
import { parseForeign } from '#schemas/foreignJson.ts';
import { keyTwice, STANDS_TWICE } from '#schemas/keyTwice.ts';
import { shapeSentence } from '#schemas/shapeWords.ts';
import { requestFaults } from './faults.ts';
import { refuseBoundless } from './jsonBounds.ts';
import { Problem } from './problem.ts';

/** What is checked: its faults are told in its own words. */
export type CheckedKind = 'invalid-parameter' | 'invalid';

/** Parses with a schema or throws the problem that names each parameter or field at fault. */
export function check<T>(schema: z.ZodType<T>, value: unknown, kind: CheckedKind): T {
  const parsed = schema.safeParse(value, { error: shapeSentence });
  if (parsed.success) return parsed.data;
  const where = kind === 'invalid' ? 'field' : 'parameter';
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const errors = requestFaults(parsed.error, value, where, known);
  throw new Problem(kind, describeFaults(errors), { errors });
}

/**
 * Parses JSON in UTF-8 or throws a 400; bytes that are no UTF-8 are refused, not replaced, and so is an object that has a
 * key twice. Of too much JSON, 413.
 */
export function parseJson(bytes: Uint8Array): unknown {
  refuseBoundless(bytes);
  const { text, value } = readJson(bytes);
  const field = keyTwice(text, value);
  if (field === undefined) return value;
  throw new Problem('bad-request', `The body has a key twice: ${field}.`, {
    errors: [{ field, message: STANDS_TWICE }],
  });
}

function readJson(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    if (!isUtf8(bytes)) throw new TypeError('it is not UTF-8');
    // Several times as fast as a strict TextDecoder, which leaves a byte order mark out, too.
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return { text, value: parseForeign(text.startsWith('\ufeff') ? text.slice(1) : text) };
  } catch (error) {
    throw new Problem('bad-request', `The body is no JSON: ${(error as Error).message}`);
  }
}

/** The media type of a Content-Type header in lower case, without its parameters. */
export const mediaType = (contentType: string | undefined): string =>
  (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** What is UTF-8 to the byte. */
const UNICODE = new Set(['utf-8', 'us-ascii']);

export function requireType(contentType: string | undefined, types: readonly string[]): string {
  const type = mediaType(contentType);
  const charsets = [...(contentType ?? '').matchAll(/;\s*charset\s*=\s*"?([^";\s]+)/gi)];
  const isUnicode = charsets.every(([, charset]) => UNICODE.has(charset?.toLowerCase() ?? ''));
  if (!types.includes(type) || !isUnicode)
    throw new Problem(
      'unsupported-media-type',
      `${contentType ?? 'no Content-Type'} is not taken here; send ${types.join(', ')} in UTF-8.`,
    );
  return type;
}
