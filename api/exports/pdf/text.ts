import type { TFontDictionary } from 'pdfmake/interfaces.js';
import { fileOf, MAIN } from '../fonts/faces.ts';
import { type Ink, runsOf } from '../fonts/runs.ts';

/** Text in the fonts that have its characters: nearly always one, for rare characters another beside it. */

type Part = { text: string; font?: string };

/** The fonts' curly quotes are as wide as a Chinese sign: beside Latin letters they would tear a word apart. */
const plainQuotes = (text: string): string =>
  text
    .replace(/(?<=[\p{Script=Latin}\d])[‘’]|[‘’](?=\p{Script=Latin})/gu, "'")
    .replace(/[“”](?=\p{Script=Latin})|(?<=[\p{Script=Latin}\d.,;:!?)])[“”]/gu, '"');

/** A text as pdfmake takes it. */
export function textOf(text: string, ink: Ink): string | Part[] {
  const runs = runsOf(plainQuotes(text), ink);
  if (runs.length <= 1 && (runs[0]?.face ?? MAIN) === MAIN) return runs[0]?.text ?? '';
  return runs.map(({ text: part, face }) =>
    face === MAIN ? { text: part } : { text: part, font: face.family },
  );
}

/** The fonts by name. */
export function fontsFor(ink: Ink): TFontDictionary {
  return Object.fromEntries(
    [MAIN, ...ink.faces].map((face) => {
      const [normal, bold] = [fileOf(face, 400), fileOf(face, 700)];
      return [face.family, { normal, bold, italics: normal, bolditalics: bold }];
    }),
  );
}
