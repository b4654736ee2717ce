import { isUtf8 } from 'node:buffer';
import { BACKSLASH, hasBackslashKey, parseForeign } from '#schemas/foreignJson.ts';
import { keyTwice } from '#schemas/keyTwice.ts';
import type { StreamRecord } from './eventStream.ts';

/** What a message says: text, or the bytes themselves where they are none. */
export type Said = Pick<StreamRecord, 'text' | 'raw' | 'fault'>;

/** Buffers decode ill-formed UTF-8 without complaint: a text that nobody wrote would become an event. */
export const textIn = (bytes: Buffer): Said =>
  isUtf8(bytes) ? { text: bytes.toString('utf8') } : rawOf(bytes);

/**
 * A text that others wrote. Where it has a key twice it says two things, so it is no event: the quarantine shows its
 * bytes, since its JSON would show one of them. The same where it must not be read as JSON.
 */
export function foreignText(text: string, bytes: Buffer): Said {
  if (hasBackslashKey(text)) return { ...rawOf(bytes), fault: BACKSLASH };
  const twice = keyTwiceIn(text);
  return twice === undefined ? { text } : { ...rawOf(bytes), fault: `has a key twice: ${twice}` };
}

/** Of what is no JSON the reader says so. */
function keyTwiceIn(text: string): string | undefined {
  try {
    return keyTwice(text, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A copy: the bytes are part of all that was fetched with them. */
export const rawOf = (bytes: Buffer): Said => ({ raw: Uint8Array.from(bytes) });

export function isJson(text: string): boolean {
  try {
    parseForeign(text);
    return true;
  } catch {
    return false;
  }
}
