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

/**
 * The text of a file, with the encoding that was found. A byte order mark decides; without one, what is valid UTF-8
 * is UTF-8, and the rest is GB18030, in which Chinese Windows saves CSV. undefined where it is none of them.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  const known = marked?.[0] ?? unmarkedUtf16(bytes);
  const tries: Encoding[] = known ? [known] : ['UTF-8', 'GB18030'];
  for (const encoding of tries) {
    try {
      // The decoder takes the byte order mark off.
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}
