import { closeSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** TrueType as packages ship it: plain, or as a WOFF, which is a TrueType file with its tables compressed. */

/** The font is not installed or unusable; the message says what to do. */
export class FontUnavailable extends Error {
  override name = 'FontUnavailable';
}

const WOFF_HEAD = 44;
const WOFF_ENTRY = 20;
const TTF_HEAD = 12;
const TTF_ENTRY = 16;

const padded = (length: number): number => (length + 3) & ~3;

type Table = { tag: string; checksum: number; data: Buffer };

function written(version: number, tables: readonly Table[]): Buffer {
  const count = tables.length;
  const start = TTF_HEAD + count * TTF_ENTRY;
  const ttf = Buffer.alloc(tables.reduce((sum, { data }) => sum + padded(data.length), start));
  const power = 2 ** Math.floor(Math.log2(count));
  ttf.writeUInt32BE(version, 0);
  ttf.writeUInt16BE(count, 4);
  ttf.writeUInt16BE(power * 16, 6);
  ttf.writeUInt16BE(Math.log2(power), 8);
  ttf.writeUInt16BE((count - power) * 16, 10);
  let offset = start;
  tables.forEach(({ tag, checksum, data }, index) => {
    const entry = TTF_HEAD + index * TTF_ENTRY;
    ttf.write(tag, entry, 'latin1');
    ttf.writeUInt32BE(checksum, entry + 4);
    ttf.writeUInt32BE(offset, entry + 8);
    ttf.writeUInt32BE(data.length, entry + 12);
    data.copy(ttf, offset);
    offset += padded(data.length);
  });
  return ttf;
}

/** TrueType from WOFF 1: the same tables, inflated, behind a directory of their own. */
export function ttfOf(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new FontUnavailable('this is no WOFF font');
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index): Table => {
    const entry = WOFF_HEAD + index * WOFF_ENTRY;
    const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ];
    const data = woff.subarray(offset, offset + packed);
    return {
      tag: woff.toString('latin1', entry, entry + 4),
      checksum: woff.readUInt32BE(entry + 16),
      data: packed < length ? inflateSync(data) : data,
    };
  });
  return written(woff.readUInt32BE(4), tables);
}

const TRUETYPE = 0x0001_0000;

/** A TrueType font of these tables. Their sums are left out: renderers do not look at them. */
export const ttfFrom = (tables: Record<string, Buffer>): Buffer =>
  written(
    TRUETYPE,
    Object.entries(tables)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([tag, data]) => ({ tag, checksum: 0, data })),
  );

/** One table of a font file, read without the rest of it; empty where the font has none of the name. */
export function tableOf(path: string, tag: string): Buffer {
  const file = openSync(path, 'r');
  const read = (position: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, position);
    return bytes;
  };
  try {
    const head = read(0, WOFF_HEAD);
    const isWoff = head.toString('latin1', 0, 4) === 'wOFF';
    const count = head.readUInt16BE(isWoff ? 12 : 4);
    const [from, size] = isWoff ? [WOFF_HEAD, WOFF_ENTRY] : [TTF_HEAD, TTF_ENTRY];
    const entries = read(from, count * size);
    for (let at = 0; at < entries.length; at += size) {
      if (entries.toString('latin1', at, at + 4) !== tag) continue;
      if (!isWoff) return read(entries.readUInt32BE(at + 8), entries.readUInt32BE(at + 12));
      const [offset, packed, length] = [4, 8, 12].map((more) => entries.readUInt32BE(at + more)) as [
        number,
        number,
        number,
      ];
      const data = read(offset, packed);
      return packed < length ? inflateSync(data) : data;
    }
    return Buffer.alloc(0);
  } finally {
    closeSync(file);
  }
}
