import { advanceOf } from './fonts/coverage.ts';

/** Texts measured by the widths of the main font, which are those of other Chinese fonts within a few in a hundred. */

/** Width of a text, in the unit of the type's size. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const sign of text) width += advanceOf(sign.codePointAt(0) ?? 0);
  return width * size;
}

/**
 * Where a line may end: behind a blank, and before or behind a Chinese character that is no closing mark, but not beside
 * a blank that holds its neighbours together (U+00A0).
 */
const BLANKS = '[^\\S\\u00A0]';
const WORD = '(?:[^\\s\\u2E80-\\u{3FFFF}]|\\u00A0)+';
const CHARACTER = '[\\u2E80-\\u{3FFFF}][，。；：、）”》]*';
const WORDS = new RegExp(
  `(?:${WORD}|${CHARACTER})(?:(?<=\\u00A0)${CHARACTER}|(?=\\u00A0)${WORD})*${BLANKS}*|${BLANKS}+`,
  'gu',
);

/** A word that is wider than the room, torn: rather at a blank that holds it together than anywhere. */
function torn(word: string, room: number, size: number): string[] {
  if (widthOf(word.trimEnd(), size) <= room) return [word];
  const held = word.split(/(?<=\u00A0)(?!$)/u);
  if (held.length > 1) return held.flatMap((part) => torn(part, room, size));
  const parts = [''];
  for (const sign of word) {
    const part = `${parts.at(-1)}${sign}`;
    if (parts.at(-1) !== '' && widthOf(part.trimEnd(), size) > room) parts.push(sign);
    else parts[parts.length - 1] = part;
  }
  return parts;
}

/** The text in lines that fit the room. */
export function linesIn(text: string, room: number, size: number): string[] {
  const lines = [''];
  for (const word of (text.match(WORDS) ?? []).flatMap((one) => torn(one, room, size))) {
    const line = `${lines.at(-1)}${word}`;
    if (lines.at(-1) !== '' && widthOf(line.trimEnd(), size) > room) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.map((line) => line.trimEnd());
}

/** The text cut to its room, with an ellipsis where something is gone. */
export function cutTo(text: string, room: number, size: number): string {
  if (widthOf(text, size) <= room) return text;
  const signs = [...text];
  while (signs.length && widthOf(`${signs.join('')}…`, size) > room) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** The text cut to so many lines of its room. */
export function cutToLines(text: string, lines: number, room: number, size: number): string {
  const all = linesIn(text, room, size);
  if (all.length <= lines) return text;
  // The last line is cut for the ellipsis, though what follows it would not have to be.
  const [last = '', ...before] = all.slice(0, lines).reverse();
  const joined = before.reverse().reduce((sum, line) => sum + line + gapAfter(text, sum + line), '');
  return joined + cutTo(`${last}${text.slice((joined + last).length)}`, room, size);
}

/** Signs of a name's end that tell it from others that begin alike. */
const END = 6;

/**
 * Names cut to their room so that no two that differ look alike: those that do once they are cut keep their end, with
 * the ellipsis before it.
 */
export function toldApart(names: readonly string[], cut: (name: string) => string): string[] {
  const texts = names.map(cut);
  return texts.map((text, at) => {
    const name = names[at] ?? '';
    const isAlone = texts.every((other, index) => other !== text || names[index] === name);
    if (isAlone) return text;
    const end = `…${[...name].slice(-END).join('')}`;
    const signs = [...text.replace(/…$/, '')];
    while (signs.length > 0 && cut(signs.join('') + end) !== signs.join('') + end) signs.pop();
    return signs.join('') + end;
  });
}

/** What stood between two lines: a blank, or nothing. */
const gapAfter = (text: string, before: string): string =>
  /^[ \u00A0]/.exec(text.slice(before.length))?.[0] ?? '';

export type Box = { width: number; height: number };

/** Lines of slides stand so far apart, in sizes of the type; said to the program, so that no font changes it. */
const PITCH = 1.3;
/** What other fonts are wider by. */
const WIDER = 1.05;

/**
 * The largest size, from the preferred one down to the least, in which the paragraphs fit the box, in points; where none
 * does, they are cut in the least. `between` stands after each paragraph.
 */
export function fittedIn(
  paragraphs: readonly string[],
  { width, height }: Box,
  { preferred, least, between = 0 }: { preferred: number; least: number; between?: number },
): { texts: string[]; size: number; pitch: number; lines: number } {
  const room = width / WIDER;
  for (let size = preferred; size >= least; size--) {
    const lines = paragraphs.reduce((sum, text) => sum + linesIn(text, room, size).length, 0);
    if (lines * size * PITCH + (paragraphs.length - 1) * between <= height)
      return { texts: [...paragraphs], size, pitch: size * PITCH, lines };
  }
  const lines = Math.floor((height - (paragraphs.length - 1) * between) / (least * PITCH));
  const each = Math.max(1, Math.floor(lines / paragraphs.length));
  return {
    texts: paragraphs.map((text) => cutToLines(text, each, room, least)),
    size: least,
    pitch: least * PITCH,
    lines,
  };
}
