import type { TFontDictionary } from 'pdfmake/interfaces.js';
import { MAIN, rareFont, runsOf } from '../fontCoverage.ts';
import { fontPath } from '../fontFiles.ts';
import { FAMILY, mainFont } from '../fonts.ts';

/** Text in the fonts that have its characters: nearly always one, for rare characters another beside it. */

const nameOf = (subset: string): string => (subset === MAIN ? FAMILY : `${FAMILY} ${subset}`);

type Run = { text: string; font?: string };

/** The fonts' curly quotes are as wide as a Chinese sign: beside Latin letters they would tear a word apart. */
const plainQuotes = (text: string): string =>
  text
    .replace(/(?<=[\p{Script=Latin}\d])[‘’]|[‘’](?=\p{Script=Latin})/gu, "'")
    .replace(/[“”](?=\p{Script=Latin})|(?<=[\p{Script=Latin}\d.,;:!?)])[“”]/gu, '"');

/** A text as pdfmake takes it; `used` collects the fonts that the document needs besides the main one. */
export function textOf(text: string, used: Set<string>): string | Run[] {
  const runs = runsOf(plainQuotes(text));
  if (runs.length <= 1 && (runs[0]?.subset ?? MAIN) === MAIN) return runs[0]?.text ?? '';
  return runs.map(({ text: part, subset }) => {
    if (subset === MAIN) return { text: part };
    used.add(subset);
    return { text: part, font: nameOf(subset) };
  });
}

/** The fonts by name. Rare ones have one weight. */
export function fontsFor(used: ReadonlySet<string>): TFontDictionary {
  const [normal, bold] = [fontPath(mainFont(400)), fontPath(mainFont(700))];
  const fonts: TFontDictionary = { [FAMILY]: { normal, bold, italics: normal, bolditalics: bold } };
  for (const subset of used) {
    const rare = fontPath(rareFont(subset, 400));
    fonts[nameOf(subset)] = { normal: rare, bold: rare, italics: rare, bolditalics: rare };
  }
  return fonts;
}
