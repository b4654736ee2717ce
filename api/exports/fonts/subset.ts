import { closeSync, openSync, readSync } from 'node:fs';
import { glyphsOf } from './coverage.ts';
import { ttfFrom } from './woff.ts';

/**
 * A TrueType font with no more than the characters that a drawing has: a renderer that reads its fonts anew for every
 * text takes seconds over a whole Chinese one. Substitutions are left out, and so are hints.
 */

type Source = {
  table(tag: string): Buffer;
  glyph(id: number): Buffer;
  close(): void;
};

const TTF_HEAD = 12;
const ENTRY = 16;

function openFont(path: string): Source {
  const file = openSync(path, 'r');
  const read = (position: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, position);
    return bytes;
  };
  const count = read(0, TTF_HEAD).readUInt16BE(4);
  const entries = read(TTF_HEAD, count * ENTRY);
  const places = new Map<string, [number, number]>();
  for (let at = 0; at < entries.length; at += ENTRY)
    places.set(entries.toString('latin1', at, at + 4), [
      entries.readUInt32BE(at + 8),
      entries.readUInt32BE(at + 12),
    ]);
  const table = (tag: string): Buffer => read(...(places.get(tag) ?? [0, 0]));
  const isLong = table('head').readUInt16BE(50) === 1;
  const loca = table('loca');
  const offsetOf = (id: number): number =>
    isLong ? loca.readUInt32BE(4 * id) : 2 * loca.readUInt16BE(2 * id);
  const [glyphs = 0] = places.get('glyf') ?? [];
  return {
    table,
    glyph: (id) => read(glyphs + offsetOf(id), offsetOf(id + 1) - offsetOf(id)),
    close: () => closeSync(file),
  };
}

const [WORDS, SCALE, MORE, BOTH, MATRIX] = [0x01, 0x08, 0x20, 0x40, 0x80];

/** Where a composite glyph names its parts. */
function partsOf(glyph: Buffer): number[] {
  if (glyph.length < 10 || glyph.readInt16BE(0) >= 0) return [];
  const places: number[] = [];
  for (let at = 10, flags = MORE; flags & MORE; ) {
    flags = glyph.readUInt16BE(at);
    places.push(at + 2);
    at += 4 + (flags & WORDS ? 4 : 2) + (flags & SCALE ? 2 : flags & BOTH ? 4 : flags & MATRIX ? 8 : 0);
  }
  return places;
}

type Kept = { ids: number[]; bytes: Buffer[] };

/** The glyphs with those that they are made of, numbered anew. */
function gather(source: Source, wanted: readonly number[]): Kept {
  const ids = [...new Set([0, ...wanted])];
  const bytes: Buffer[] = [];
  for (let at = 0; at < ids.length; at++) {
    const glyph = source.glyph(ids[at] ?? 0);
    for (const place of partsOf(glyph)) {
      const id = glyph.readUInt16BE(place);
      if (!ids.includes(id)) ids.push(id);
      glyph.writeUInt16BE(ids.indexOf(id), place);
    }
    bytes.push(glyph);
  }
  return { ids, bytes };
}

function outlines({ bytes }: Kept): { glyf: Buffer; loca: Buffer } {
  const loca = Buffer.alloc(4 * (bytes.length + 1));
  const even = bytes.map((glyph) => Buffer.concat([glyph, Buffer.alloc(-glyph.length & 3)]));
  let offset = 0;
  for (const [at, glyph] of even.entries()) {
    offset += glyph.length;
    loca.writeUInt32BE(offset, 4 * (at + 1));
  }
  return { glyf: Buffer.concat(even), loca };
}

function advances(source: Source, { ids }: Kept): Buffer {
  const count = source.table('hhea').readUInt16BE(34);
  const widths = source.table('hmtx');
  const kept = Buffer.alloc(4 * ids.length);
  for (const [at, id] of ids.entries()) {
    const bearing = id < count ? 4 * id + 2 : 4 * count + 2 * (id - count);
    kept.writeUInt16BE(widths.readUInt16BE(4 * Math.min(id, count - 1)), 4 * at);
    kept.writeUInt16BE(widths.readUInt16BE(bearing), 4 * at + 2);
  }
  return kept;
}

/** One table for all of Unicode, a group for each character. */
function mapping(codes: readonly [code: number, glyph: number][]): Buffer {
  const table = Buffer.alloc(12 + 16 + 12 * codes.length);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + 12 * codes.length, 16);
  table.writeUInt32BE(codes.length, 24);
  for (const [at, [code, glyph]] of codes.entries()) {
    table.writeUInt32BE(code, 28 + 12 * at);
    table.writeUInt32BE(code, 32 + 12 * at);
    table.writeUInt32BE(glyph, 36 + 12 * at);
  }
  return table;
}

function changed(table: Buffer, at: number, value: number): Buffer {
  table.writeUInt16BE(value, at);
  return table;
}

/** The font at `path`, plain TrueType, with these characters alone. */
export function subsetOf(path: string, text: string): Buffer {
  const glyphs = glyphsOf(path);
  const codes = [...new Set(Array.from(text, (sign) => sign.codePointAt(0) ?? 0))]
    .filter((code) => glyphs.has(code))
    .sort((a, b) => a - b);
  const source = openFont(path);
  try {
    const kept = gather(
      source,
      codes.map((code) => glyphs.get(code) ?? 0),
    );
    const number = (code: number): number => kept.ids.indexOf(glyphs.get(code) ?? 0);
    const post = source.table('post').subarray(0, 32);
    post.writeUInt32BE(0x0003_0000, 0);
    return ttfFrom({
      'OS/2': source.table('OS/2'),
      cmap: mapping(codes.map((code) => [code, number(code)])),
      ...outlines(kept),
      head: changed(source.table('head'), 50, 1),
      hhea: changed(source.table('hhea'), 34, kept.ids.length),
      hmtx: advances(source, kept),
      maxp: changed(source.table('maxp'), 4, kept.ids.length),
      name: source.table('name'),
      post,
    });
  } finally {
    source.close();
  }
}
