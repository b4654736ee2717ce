import { FileRefused } from '../refused.ts';

/** A WebP without Exif and XMP; nothing stands behind its end. */

const HEAD = 12;
const CHUNK_HEAD = 8;
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** The bits of VP8X that announce Exif and XMP. */
const ANNOUNCED = 0x08 | 0x04;

export function cleanWebp(bytes: Buffer): Buffer {
  const end = CHUNK_HEAD + bytes.readUInt32LE(4);
  if (end > bytes.length) throw new FileRefused('broken');
  const kept: Buffer[] = [];
  let at = HEAD;
  while (at + CHUNK_HEAD <= end) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + CHUNK_HEAD + length + (length % 2);
    if (at + CHUNK_HEAD + length > end) throw new FileRefused('broken');
    if (KEPT.has(name))
      kept.push(name === 'VP8X' ? withoutFlags(bytes.subarray(at, next)) : bytes.subarray(at, next));
    at = next;
  }
  if (!kept.some((chunk) => /^(VP8 |VP8L|ANMF)/.test(chunk.toString('latin1', 0, 4))))
    throw new FileRefused('broken');
  const body = Buffer.concat(kept);
  const head = Buffer.from(bytes.subarray(0, HEAD));
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

function withoutFlags(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk);
  copy[CHUNK_HEAD] = (copy[CHUNK_HEAD] ?? 0) & ~ANNOUNCED;
  return copy;
}
