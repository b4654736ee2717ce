/**
 * How texts break into lines: at blanks and between Chinese signs, never within a word, a figure, at a blank that holds
 * its neighbours together (U+00A0), or before a comma.
 */

const BLANKS = '[^\\S\\u00A0]+';
const WORD = '(?:[^\\s\\u2E80-\\uFFFF“”‘’]|\\u00A0)+';
const OPENING = '[（《〈【「“‘]*';
const CLOSING = '[，。、；：！？）》〉】」”’]*';
const SIGN = `${OPENING}(?:${WORD}|[\\u2E80-\\uFFFF]|[“”‘’])${CLOSING}`;
const PIECES = new RegExp(`${BLANKS}|${SIGN}(?:(?<=\\u00A0)${SIGN}|(?=\\u00A0)${WORD}${CLOSING})*`, 'gu');

const piecesOf = (text: string): string[] => text.match(PIECES) ?? [];

/** Width in half-width characters. */
export function halves(text: string): number {
  let width = 0;
  for (const sign of text) width += sign > '\u2E80' ? 2 : 1;
  return width;
}

/** The width of the longest piece that no line may tear apart. */
export const longestPiece = (text: string): number =>
  piecesOf(text).reduce((most, piece) => Math.max(most, halves(piece.trimEnd())), 0);

/** The lines of a text in a width; a piece that is wider stands alone. */
function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line !== '' && halves(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()];
}

export const foldedLines = (text: string, width: number): number => folded(text, width).length;

/** The text in as many lines as it needs in a width, all about as long: none is left with a single sign. */
export function evened(text: string, width: number): string {
  const lines = foldedLines(text, width);
  let even = Math.min(width, Math.ceil(halves(text) / lines));
  while (foldedLines(text, even) > lines) even++;
  return folded(text, even).join('\n');
}
