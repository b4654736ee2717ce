import { crc32 } from 'node:zlib';
import { FileRefused } from '../refused.ts';

/** A PNG with what it takes to show it, and no texts, times or Exif; nothing stands behind its end. */

const SIGNATURE_BYTES = 8;
const AROUND = 12;
const KEPT = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs'],
  ...['acTL', 'fcTL', 'fdAT'],
]);

export function cleanPng(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  let at = SIGNATURE_BYTES;
  let pictures = 0;
  for (;;) {
    if (at + AROUND > bytes.length) throw new FileRefused('broken');
    const end = at + AROUND + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length || (at === SIGNATURE_BYTES && name !== 'IHDR')) throw new FileRefused('broken');
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      throw new FileRefused('broken');
    if (KEPT.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IDAT') pictures++;
    if (name === 'IEND') break;
    at = end;
  }
  if (pictures === 0) throw new FileRefused('broken');
  return Buffer.concat(kept);
}
