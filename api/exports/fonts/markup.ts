import { advanceOf } from './coverage.ts';
import { type Face, MAIN } from './faces.ts';
import { type Ink, type Run, runsOf } from './runs.ts';

/**
 * The texts of an SVG in the faces that have their characters, for renderers that look for no other by themselves.
 * A text of several faces becomes several texts side by side: spans within one are set apart by one renderer, and all
 * in one face by the other.
 */

const TEXT = /<text([^>]*)>([^<>]+)<\/text>/g;
const NAMED: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'", apos: "'" };
const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

const plain = (text: string): string =>
  text.replace(/&(\w+|#39);/g, (whole, name: string) => NAMED[name] ?? whole);

const SIZE = /font-size[:=]"?([\d.]+)/;
const ANCHOR = / text-anchor="(\w+)"/;
const ACROSS = / x="([^"]*)"/;
const FAMILY = /font-family:[^;"]*;?/;
/** A blank at the edge of a text is lost on the way to a page. */
const EDGE = /^ | $/g;
const HARD = '\u00A0';
const SHARE: Record<string, number> = { middle: 0.5, end: 1 };

const widthOf = ({ text, face }: Run): number =>
  Array.from(text).reduce((sum, sign) => sum + advanceOf(sign.codePointAt(0) ?? 0, face), 0);

/** Runs one beside the other, where the text stood. */
function sideBySide(attributes: string, runs: readonly Run[]): string {
  const size = Number(SIZE.exec(attributes)?.[1] ?? 0);
  const widths = runs.map((run) => widthOf(run) * size);
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let x =
    Number(ACROSS.exec(attributes)?.[1] ?? 0) - whole * (SHARE[ANCHOR.exec(attributes)?.[1] ?? ''] ?? 0);
  const bare = attributes.replace(ANCHOR, '').replace(ACROSS, '').replace(FAMILY, '');
  return runs
    .map(({ text, face }, index) => {
      const made = `<text${bare} x="${x}" font-family="${face.family}">${escaped(text.replace(EDGE, HARD))}</text>`;
      x += widths[index] ?? 0;
      return made;
    })
    .join('');
}

/** The same drawing; what is in no font is marked, and `ink` learns of it. */
export const inFaces = (svg: string, ink: Ink): string =>
  svg.replace(TEXT, (_, attributes: string, text: string) => {
    const runs = runsOf(plain(text), ink);
    return runs.every(({ face }) => face === MAIN)
      ? `<text${attributes}>${escaped(runs.map((run) => run.text).join(''))}</text>`
      : sideBySide(attributes, runs);
  });

/** What a drawing by `inFaces` shows in a face. */
export function textIn(svg: string, face: Face, faces: readonly Face[]): string {
  const others = faces.filter((one) => one !== face).map(({ family }) => ` font-family="${family}"`);
  return Array.from(svg.matchAll(TEXT), ([, attributes = '', text = '']) =>
    others.some((other) => attributes.includes(other)) ? '' : plain(text),
  ).join('');
}
