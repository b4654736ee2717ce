import { FRAMES, orientationIn } from '../kinds/jpeg.ts';
import { firstFrame } from './webpFrame.ts';

/** How large a picture is, as its head says: asked before anything is unpacked. */

export type PictureSize = {
  width: number;
  height: number;
  /** Which way up it is, 1 to 8, as Exif counts. */
  orientation: number;
  /** 16 bits a channel take twice the room, and so does a decoder that hands its pixels on. */
  deep: boolean;
};

const PNG = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
const PNG_HEAD = 33;
const SCAN = 0xda;
const APP1 = 0xe1;

/** Undefined for what is no PNG, JPEG or WebP, and for one whose head is damaged. */
export function sizeOf(bytes: Buffer): PictureSize | undefined {
  const isPng = bytes.subarray(0, PNG.length).equals(PNG);
  const size = isPng ? pngSize(bytes) : (jpegSize(bytes) ?? webpSize(bytes));
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

function webpSize(bytes: Buffer): PictureSize | undefined {
  const frame = firstFrame(bytes);
  return frame && { width: frame.width, height: frame.height, orientation: frame.orientation, deep: true };
}

function pngSize(bytes: Buffer): PictureSize | undefined {
  if (bytes.length < PNG_HEAD) return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return { width, height, orientation: 1, deep: bytes[24] === 16 };
}

function jpegSize(bytes: Buffer): PictureSize | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  let orientation = 1;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === SCAN) return undefined;
    const next = at + 2 + bytes.readUInt16BE(at + 2);
    if (FRAMES.has(marker)) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return { width, height, orientation, deep: false };
    }
    if (marker === APP1) orientation = orientationIn(bytes.subarray(at + 4, next)) ?? orientation;
    at = next;
  }
  return undefined;
}
