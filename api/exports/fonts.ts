import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

/**
 * The Chinese font of PDF and chart pictures: Noto Sans SC (SIL Open Font Licence) from @fontsource, which ships
 * WOFF only; a WOFF is a TrueType file with its tables compressed.
 */

export const FAMILY = 'Noto Sans SC';
export const WEIGHTS = [400, 700] as const;
export type Weight = (typeof WEIGHTS)[number];

/** The font is not installed or unusable; the message says what to do. */
export class FontUnavailable extends Error {
  override name = 'FontUnavailable';
}

const WOFF_HEAD = 44;
const WOFF_ENTRY = 20;
const TTF_HEAD = 12;
const TTF_ENTRY = 16;

const padded = (length: number): number => (length + 3) & ~3;

/** TrueType from WOFF 1: the same tables, inflated, behind a directory of their own. */
export function ttfOf(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new FontUnavailable('this is no WOFF font');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = WOFF_HEAD + index * WOFF_ENTRY;
    const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ];
    const data = woff.subarray(offset, offset + packed);
    return {
      tag: woff.subarray(entry, entry + 4),
      checksum: woff.readUInt32BE(entry + 16),
      data: packed < length ? inflateSync(data) : data,
    };
  });
  const start = TTF_HEAD + count * TTF_ENTRY;
  const ttf = Buffer.alloc(tables.reduce((sum, { data }) => sum + padded(data.length), start));
  const power = 2 ** Math.floor(Math.log2(count));
  ttf.writeUInt32BE(woff.readUInt32BE(4), 0);
  ttf.writeUInt16BE(count, 4);
  ttf.writeUInt16BE(power * 16, 6);
  ttf.writeUInt16BE(Math.log2(power), 8);
  ttf.writeUInt16BE((count - power) * 16, 10);
  let offset = start;
  tables.forEach(({ tag, checksum, data }, index) => {
    const entry = TTF_HEAD + index * TTF_ENTRY;
    tag.copy(ttf, entry);
    ttf.writeUInt32BE(checksum, entry + 4);
    ttf.writeUInt32BE(offset, entry + 8);
    ttf.writeUInt32BE(data.length, entry + 12);
    data.copy(ttf, offset);
    offset += padded(data.length);
  });
  return ttf;
}

const resolve = createRequire(import.meta.url).resolve;
const kept = new Map<string, Buffer>();

/** Which of the package's files: a subset by its name or number, in a weight. */
const fileOf = (subset: string, weight: Weight): string =>
  `@fontsource/noto-sans-sc/files/noto-sans-sc-${subset}-${weight}-normal.woff`;

/** A font file of the package as TrueType, kept in memory once read. Throws `FontUnavailable`. */
export function fontFile(subset: string, weight: Weight): Buffer {
  const name = fileOf(subset, weight);
  const known = kept.get(name);
  if (known) return known;
  let woff: Buffer;
  try {
    woff = readFileSync(resolve(name));
  } catch (error) {
    throw new FontUnavailable(
      `the font ${FAMILY} is missing, so PDF and chart pictures cannot be made: install the package @fontsource/noto-sans-sc (npm ci)`,
      { cause: error },
    );
  }
  const ttf = ttfOf(woff);
  kept.set(name, ttf);
  return ttf;
}

/** The main font: the usual Chinese characters with Latin letters and digits. */
export const mainFont = (weight: Weight): Buffer => fontFile('chinese-simplified', weight);
