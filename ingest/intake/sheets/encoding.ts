/** The encodings in which offices save CSV. */
export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030';

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['UTF-8', [0xef, 0xbb, 0xbf]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

const SAMPLE_BYTES = 4_096;

/** UTF-16 without its mark: heads and separators make one byte of many pairs zero, always the same one. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, SAMPLE_BYTES);
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd < length / 20) return undefined;
  return odd > even ? 'UTF-16LE' : 'UTF-16BE';
}

/** `damaged`: some bytes are no text; U+FFFD stands for them. */
export type Decoded = { text: string; encoding: Encoding; damaged: boolean };

/** So many signs that cannot be read may be slips of one cell or another, in a short file as well. */
const SLIPS = 3;
/** Of a very short one, no more than one in so many. */
const SHORT_SIGNS_A_SLIP = 10;
/** Beyond one in so many signs, the encoding is another, or none. */
const SIGNS_A_SLIP = 50;

export const isMostlyText = (unreadable: number, signs: number): boolean =>
  unreadable <= Math.max(Math.min(SLIPS, signs / SHORT_SIGNS_A_SLIP), signs / SIGNS_A_SLIP);

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

type Loose = Decoded & { unreadable: number };

function loosely(bytes: Uint8Array, encoding: Encoding): Loose {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, damaged: true, unreadable: countOf(text, /\ufffd/g) };
}

function strictly(bytes: Uint8Array, encoding: Encoding): Decoded | undefined {
  try {
    // The decoder takes the byte order mark off.
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, damaged: false };
  } catch {
    return undefined;
  }
}

/** GB18030 read as UTF-8 has one such sign to five that cannot be read, and never many times as many. */
const UTF8_SIGNS_A_SLIP = 3;

/**
 * The text of a file, with the encoding that was found. A byte order mark decides; without one, what is valid UTF-8
 * is UTF-8, and the rest is GB18030, in which Chinese Windows saves CSV. A few bytes that are none of it do not make
 * it another encoding: where it is clear, they are marked. undefined where it is none of them.
 */
export function decodeText(bytes: Uint8Array): Decoded | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  const known = marked?.[0] ?? unmarkedUtf16(bytes);
  const strict = strictly(bytes, known ?? 'UTF-8');
  if (strict) return strict;
  const loose: Loose[] = [loosely(bytes, known ?? 'UTF-8')];
  if (!known) {
    const [utf8] = loose;
    const signs = countOf(utf8?.text ?? '', /[^\0-\x7f\ufffd]/g);
    const isUtf8 = signs > UTF8_SIGNS_A_SLIP * (utf8?.unreadable ?? 0);
    if (!isUtf8) {
      const other = strictly(bytes, 'GB18030');
      if (other) return other;
      loose.push(loosely(bytes, 'GB18030'));
    }
  }
  const [best] = loose.toSorted((one, other) => one.unreadable - other.unreadable);
  return best && isMostlyText(best.unreadable, best.text.length) ? best : undefined;
}
