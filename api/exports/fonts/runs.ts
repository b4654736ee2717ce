import { faceWith, has } from './coverage.ts';
import { type Face, MAIN } from './faces.ts';

/** Text in the faces that have its characters: nearly always one. */

/** Stands for what no font has, as printers do it. */
export const MARK = '〓';

/** What a drawing needs besides the main face, and what it could not show; collected as it is made. */
export type Ink = { faces: Set<Face>; missing: Set<string> };
export const newInk = (): Ink => ({ faces: new Set(), missing: new Set() });

export type Run = { text: string; face: Face };

/**
 * Letters that take their shapes from their neighbours, or run from the right: set one by one, as is done here, a word
 * of them says something else. Better one mark for the word.
 */
const JOINED =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Tibetan}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Thai}\p{Script=Lao}]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
const SPACE = /^\s$/u;
/** What would join pictures, or colour them: renderers differ in it, so each picture stands for itself. */
const JOINERS = /\u200D|\p{Emoji_Modifier}/gu;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Signs that are drawn as one: a letter with its marks, a joined picture, a word of joined letters. */
function* signsOf(text: string): Generator<string> {
  let word = '';
  for (const { segment } of graphemes.segment(text)) {
    if (JOINED.test(segment)) {
      word += segment;
      continue;
    }
    if (word) yield word;
    word = '';
    yield segment;
  }
  if (word) yield word;
}

const codesOf = (text: string): number[] => Array.from(text, (sign) => sign.codePointAt(0) ?? 0);

/** Whether the main face has all of a text, as it nearly always does. */
function isPlain(text: string): boolean {
  for (const sign of text) if (!has(MAIN, sign.codePointAt(0) ?? 0) || JOINED.test(sign)) return false;
  return true;
}

const bare = (sign: string): string =>
  sign.length > 2 && PICTURE.test(sign) ? sign.replace(JOINERS, '') : sign;

function add(runs: Run[], text: string, face: Face): void {
  const last = runs.at(-1);
  if (last?.face === face) last.text += text;
  else runs.push({ text, face });
}

/** A sign in its face; in parts where no face has all of it. Whoever has a mark alone still has the letter. */
function addSign(runs: Run[], sign: string, ink: Ink): void {
  if (SPACE.test(sign)) {
    add(runs, sign === '\n' || has(MAIN, sign.codePointAt(0) ?? 0) ? sign : ' ', MAIN);
    return;
  }
  const face = JOINED.test(sign) ? undefined : faceWith(codesOf(sign));
  if (face) {
    if (face !== MAIN) ink.faces.add(face);
    add(runs, sign, face);
    return;
  }
  const parts = JOINED.test(sign) ? [] : [...sign];
  if (parts.length > 1) for (const part of parts) addSign(runs, part, ink);
  else {
    ink.missing.add(sign);
    add(runs, MARK, MAIN);
  }
}

/** A text in runs, each of one face; what no font has is marked. `ink` learns what they need and lack. */
export function runsOf(text: string, ink: Ink): Run[] {
  if (isPlain(text)) return text ? [{ text, face: MAIN }] : [];
  const runs: Run[] = [];
  for (const sign of signsOf(text)) addSign(runs, bare(sign), ink);
  return runs;
}

const NAMED = 8;

/** The characters that are missing, named by their code points, since they cannot be shown; null where none is. */
export function missingIn({ missing }: Ink): string | null {
  const codes = [...new Set([...missing].flatMap(codesOf))].sort((a, b) => a - b);
  if (codes.length === 0) return null;
  const named = codes.slice(0, NAMED).map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  return [...named, ...(codes.length > NAMED ? ['…'] : [])].join(' ');
}
