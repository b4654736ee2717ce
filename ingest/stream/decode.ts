import { isUtf8 } from 'node:buffer';

/** What a record's bytes say: JSON of any shape, or the bytes themselves where they are none. */
export type Decoded = { envelope: unknown; raw?: Uint8Array };

export function decodeJson(bytes: Buffer): Decoded {
  // Buffers decode ill-formed UTF-8 without complaint: a text that nobody wrote would become an event.
  if (!isUtf8(bytes)) return { envelope: undefined, raw: bytes };
  try {
    return { envelope: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { envelope: undefined, raw: bytes };
  }
}
