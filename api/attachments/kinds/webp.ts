import { FileRefused } from '../refused.ts';
import { exifBody, isTurned, orientationIn } from './jpeg.ts';

/** A WebP without XMP, and of its Exif only which way up it is; nothing stands behind its end. */

const HEAD = 12;
const CHUNK_HEAD = 8;
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** The bits of VP8X that announce Exif and XMP. */
const EXIF = 0x08;
const ANNOUNCED = EXIF | 0x04;

const EXIF_HEAD = Buffer.from('Exif\0\0', 'latin1');

/** Which way up a WebP is, as its Exif says, which begins with a head of its own or without one. */
export function orientationOfExif(data: Buffer): number | undefined {
  const hasHead = data.subarray(0, EXIF_HEAD.length).equals(EXIF_HEAD);
  return orientationIn(hasHead ? data : Buffer.concat([EXIF_HEAD, data]));
}

function exifChunk(orientation: number): Buffer {
  const data = exifBody(orientation).subarray(EXIF_HEAD.length);
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
}

export function cleanWebp(bytes: Buffer): Buffer {
  const end = CHUNK_HEAD + bytes.readUInt32LE(4);
  if (end > bytes.length) throw new FileRefused('broken');
  const kept: Buffer[] = [];
  let orientation: number | undefined;
  let at = HEAD;
  while (at + CHUNK_HEAD <= end) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + CHUNK_HEAD + length + (length % 2);
    if (at + CHUNK_HEAD + length > end) throw new FileRefused('broken');
    if (KEPT.has(name)) kept.push(Buffer.from(bytes.subarray(at, next)));
    if (name === 'EXIF') orientation ??= orientationOfExif(bytes.subarray(at + CHUNK_HEAD, next));
    at = next;
  }
  if (!kept.some((chunk) => /^(VP8 |VP8L|ANMF)/.test(chunk.toString('latin1', 0, 4))))
    throw new FileRefused('broken');
  const [first] = kept;
  // Only the extended kind says what it holds, and may hold an Exif.
  if (first?.toString('latin1', 0, 4) === 'VP8X' && first.length > CHUNK_HEAD) {
    const flags = (first[CHUNK_HEAD] ?? 0) & ~ANNOUNCED;
    first[CHUNK_HEAD] = isTurned(orientation) ? flags | EXIF : flags;
    if (isTurned(orientation)) kept.push(exifChunk(orientation));
  }
  const body = Buffer.concat(kept);
  const head = Buffer.from(bytes.subarray(0, HEAD));
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}
