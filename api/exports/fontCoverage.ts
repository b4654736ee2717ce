import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fontFile, mainFont, type Weight } from './fonts.ts';

/** Which font file has a character: the main one has some 8,000; the rarer ones stand in numbered files of the package. */

export const MAIN = 'chinese-simplified';

function cmapOf(ttf: Buffer): Buffer {
  for (let table = 0; table < ttf.readUInt16BE(4); table++) {
    const entry = 12 + table * 16;
    if (ttf.toString('latin1', entry, entry + 4) === 'cmap') return ttf.subarray(ttf.readUInt32BE(entry + 8));
  }
  return Buffer.alloc(4);
}

/** Characters of the segments of a format 4 table. */
function* segments(table: Buffer): Generator<number> {
  const size = table.readUInt16BE(6);
  for (let at = 0; at < size; at += 2) {
    const last = table.readUInt16BE(14 + at);
    const first = table.readUInt16BE(16 + size + at);
    for (let code = first; code <= last && code < 0xffff; code++) yield code;
  }
}

function* groups(table: Buffer): Generator<number> {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const entry = 16 + group * 12;
    for (let code = table.readUInt32BE(entry); code <= table.readUInt32BE(entry + 4); code++) yield code;
  }
}

/** The characters that a TrueType font has. */
export function charactersOf(ttf: Buffer): Set<number> {
  const cmap = cmapOf(ttf);
  const found = new Set<number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    const format = table.readUInt16BE(0);
    for (const code of format === 4 ? segments(table) : format === 12 ? groups(table) : []) found.add(code);
  }
  return found;
}

type Range = { from: number; to: number; subset: string };

function readRanges(): Range[] {
  const path = createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/unicode.json');
  const subsets = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  return Object.entries(subsets).flatMap(([key, text]) =>
    text.split(',').map((part) => {
      const [from = '0', to = from] = part.trim().slice(2).split('-');
      return {
        from: Number.parseInt(from, 16),
        to: Number.parseInt(to, 16),
        subset: key.replace(/[[\]]/g, ''),
      };
    }),
  );
}

let main: Set<number> | undefined;
let ranges: Range[] | undefined;
const known = new Map<number, string>();
const coverage = new Map<string, Set<number>>();

/** A range of the package's list need not be filled. */
function has(subset: string, code: number): boolean {
  const characters = coverage.get(subset) ?? charactersOf(fontFile(subset, 400));
  coverage.set(subset, characters);
  return characters.has(code);
}

/** Stands for a character that no font has, as printers do it. */
const GETA = '〓';

/** The file that has the character; the main one too where none has it. */
export function subsetOf(code: number): string {
  main ??= charactersOf(mainFont(400));
  if (main.has(code)) return MAIN;
  const before = known.get(code);
  if (before) return before;
  ranges ??= readRanges();
  const listed = ranges.find(({ from, to }) => code >= from && code <= to)?.subset;
  const subset = listed !== undefined && has(listed, code) ? listed : MAIN;
  known.set(code, subset);
  return subset;
}

/** A text in runs, each of one font file. Most texts are one run. */
export function runsOf(text: string): { text: string; subset: string }[] {
  const runs: { text: string; subset: string }[] = [];
  for (const sign of text) {
    const subset = /\s/.test(sign) ? (runs.at(-1)?.subset ?? MAIN) : subsetOf(sign.codePointAt(0) ?? 0);
    const shown = subset === MAIN && !/\s/.test(sign) && !main?.has(sign.codePointAt(0) ?? 0) ? GETA : sign;
    const last = runs.at(-1);
    if (last?.subset === subset) last.text += shown;
    else runs.push({ text: shown, subset });
  }
  return runs;
}

/** The files besides the main one that a text needs. */
export const subsetsOf = (text: string): string[] =>
  [...new Set(Array.from(text, (sign) => subsetOf(sign.codePointAt(0) ?? 0)))].filter(
    (subset) => subset !== MAIN,
  );

export const rareFont = (subset: string, weight: Weight): Buffer => fontFile(subset, weight);
