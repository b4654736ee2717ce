/** Texts of people's making, before they are shown, written or searched. */

/**
 * What no page can show and some formats cannot even hold: control characters (but tab and line feed), lone
 * surrogates, signs that turn the direction of writing, noncharacters.
 */
const UNPRINTABLE = /[\p{Cs}\p{Bidi_Control}\u{FFFE}\u{FFFF}]|(?![\t\n])\p{Cc}/gu;

export const printableText = (text: string): string => text.replace(UNPRINTABLE, '');

/** Whatever ends a line or a column in some program. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** The text on one line. */
export const onOneLine = (text: string): string => text.replace(BREAKS, ' ');

/** As it is searched for: full width and half width, large and small letters are the same; what has no ink is nothing. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Whether one of the texts has the part that somebody looks for. */
export function matches(texts: readonly string[], wish: string): boolean {
  const part = folded(wish);
  return texts.some((text) => folded(text).includes(part));
}
