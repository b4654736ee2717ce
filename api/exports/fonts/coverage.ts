import { FACES, type Face, MAIN, sourceOf } from './faces.ts';
import { tableOf } from './woff.ts';

/** Which characters a font has, and how wide its signs are. */

/** Code points with their glyphs, of the segments of a format 4 table. */
function* segments(table: Buffer): Generator<[number, number]> {
  const size = table.readUInt16BE(6);
  for (let at = 0; at < size; at += 2) {
    const last = table.readUInt16BE(14 + at);
    const first = table.readUInt16BE(16 + size + at);
    const delta = table.readUInt16BE(16 + 2 * size + at);
    const place = 16 + 3 * size + at;
    const range = table.readUInt16BE(place);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const found = range ? table.readUInt16BE(place + range + 2 * (code - first)) : code;
      const glyph = range && !found ? 0 : (found + delta) & 0xffff;
      if (glyph) yield [code, glyph];
    }
  }
}

function* groups(table: Buffer): Generator<[number, number]> {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const entry = 16 + group * 12;
    const [first, last, glyph] = [0, 4, 8].map((at) => table.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ];
    for (let code = first; code <= last; code++) yield [code, glyph + code - first];
  }
}

function readGlyphs(path: string): Map<number, number> {
  const cmap = tableOf(path, 'cmap');
  const found = new Map<number, number>();
  for (let index = 0; cmap.length > 0 && index < cmap.readUInt16BE(2); index++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    const format = table.readUInt16BE(0);
    for (const [code, glyph] of format === 4 ? segments(table) : format === 12 ? groups(table) : [])
      found.set(code, glyph);
  }
  return found;
}

const read = new Map<string, ReadonlyMap<number, number>>();

/** The glyphs of a font by the code points that they stand for; read once, for every drawing asks. */
export function glyphsOf(path: string): ReadonlyMap<number, number> {
  const glyphs = read.get(path) ?? readGlyphs(path);
  read.set(path, glyphs);
  return glyphs;
}

const known = new Map<Face, ReadonlyMap<number, number>>();

function glyphsIn(face: Face): ReadonlyMap<number, number> {
  const glyphs = known.get(face) ?? glyphsOf(sourceOf(face, 400));
  known.set(face, glyphs);
  return glyphs;
}

export const has = (face: Face, code: number): boolean => glyphsIn(face).has(code);

/** The first face that has all of these; undefined where none has. */
export const faceWith = (codes: readonly number[]): Face | undefined =>
  FACES.find((face) => codes.every((code) => has(face, code)));

type Advances = { widths: Buffer; count: number; unit: number };
const advances = new Map<Face, Advances>();

function readAdvances(face: Face): Advances {
  const path = sourceOf(face, 400);
  const table = {
    widths: tableOf(path, 'hmtx'),
    count: tableOf(path, 'hhea').readUInt16BE(34),
    unit: tableOf(path, 'head').readUInt16BE(18),
  };
  advances.set(face, table);
  return table;
}

/** What a face leaves for a character, in sizes of the type; a square for what it lacks. */
export function advanceOf(code: number, face = MAIN): number {
  const glyph = glyphsIn(face).get(code);
  if (glyph === undefined) return 1;
  const { widths, count, unit } = advances.get(face) ?? readAdvances(face);
  return widths.readUInt16BE(4 * Math.min(glyph, count - 1)) / unit;
}
