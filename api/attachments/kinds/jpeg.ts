import { FileRefused } from '../refused.ts';

/**
 * A JPEG without what the camera wrote into it: where and when it was taken, by whose device. What is needed to show it
 * stays, which way up it is among that. Whatever stands behind the end of the picture goes as well.
 */

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

const ORIENTATION = 0x0112;

/** The markers that a picture's size stands behind: C0 to CF without the three that say something else. */
export const FRAMES: ReadonlySet<number> = new Set(
  Array.from({ length: 16 }, (_, index) => 0xc0 + index).filter(
    (marker) => ![0xc4, 0xc8, 0xcc].includes(marker),
  ),
);

/** Which way up it is (1 to 8), as its Exif says; undefined where it says nothing. */
export function orientationIn(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(6);
  if (tiff.length < 14) return undefined;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return undefined;
  for (let index = 0; index < u16(first); index++) {
    const at = first + 2 + index * 12;
    if (at + 12 > tiff.length) return undefined;
    if (u16(at) === ORIENTATION) return u16(at + 8);
  }
  return undefined;
}

/** An Exif that says which way up the picture is, and nothing else. */
export function exifBody(orientation: number): Buffer {
  const body = Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  body.writeUInt16BE(orientation, 24);
  return body;
}

function exifOf(orientation: number): Buffer {
  const body = exifBody(orientation);
  return Buffer.concat([Buffer.from([0xff, APP1, 0, body.length + 2]), body]);
}

/** Whether a picture has to be turned or mirrored to stand upright. */
export const isTurned = (orientation: number | undefined): orientation is number =>
  orientation !== undefined && orientation > 1 && orientation <= 8;

/** The base format, colours and their profile; all else that applications add goes. */
function isKept(marker: number, segment: Buffer): boolean {
  if (marker === COMMENT) return false;
  if (marker < APP0 || marker > APP15) return true;
  if (marker === APP0) return segment.toString('latin1', 0, 5) === 'JFIF\0';
  if (marker === APP2) return segment.toString('latin1', 0, 12) === 'ICC_PROFILE\0';
  return marker === APP14 && segment.toString('latin1', 0, 5) === 'Adobe';
}

/** Where the bytes of a scan end: at the next marker that is no part of them. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = from;
  while (at + 1 < bytes.length) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) break;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at += next === 0xff ? 1 : 2;
  }
  throw new FileRefused('broken');
}

export function cleanJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let orientation: number | undefined;
  let scans = 0;
  let at = 2;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0 || marker === START) throw new FileRefused('broken');
    if (marker === END) break;
    if (at + 4 > bytes.length) throw new FileRefused('broken');
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw new FileRefused('broken');
    const segment = bytes.subarray(at + 4, end);
    if (marker === APP1) orientation ??= orientationIn(segment);
    const stop = marker === SCAN ? endOfScan(bytes, end) : end;
    if (isKept(marker, segment)) kept.push(bytes.subarray(at, stop));
    if (marker === SCAN) scans++;
    at = stop;
  }
  if (scans === 0) throw new FileRefused('broken');
  kept.push(bytes.subarray(at, at + 2));
  // Behind JFIF, which must come first where there is one.
  if (isTurned(orientation)) kept.splice(kept[1]?.[1] === APP0 ? 2 : 1, 0, exifOf(orientation));
  return Buffer.concat(kept);
}
