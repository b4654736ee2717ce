/** Texts of people's making, before they are shown, written or searched. */

/**
 * What no page can show and some formats cannot even hold: control characters (but tab and line feed), lone
 * surrogates, noncharacters, signs that turn the direction of writing or annotate it, and all that has no ink of its
 * own: joiners, selectors of variants, fillers, soft hyphens, marks of byte order.
 */
const INKLESS = new RegExp(
  [
    // But a joiner makes one picture of several.
    '(?!(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?[\\uFE0E\\uFE0F]?)\\u200D\\p{Extended_Pictographic})',
    '(?:[\\p{Cs}\\p{Bidi_Control}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u{FFF9}-\\u{FFFC}]',
    '|(?![\\t\\n])\\p{Cc})',
  ].join(''),
  'gu',
);
/** Ends of lines and blanks that others take for characters. */
const BLANKS = /[\u0085\u2028\u2029\u2800]/g;
/** A letter and its marks where there is one character for both; what is one character already stays that one. */
const COMPOSED = /\P{M}\p{M}+/gu;
/** Most texts have none of this. */
const ODD = /[\p{Cs}\p{Cc}\p{Cf}\p{Cn}\p{M}\p{Default_Ignorable_Code_Point}\u0085\u2028\u2029\u2800\uFFFC]/u;

/** A text as it is shown and written: nothing is left in it that would print as a box. */
export function printableText(text: string): string {
  if (!ODD.test(text)) return text;
  return text
    .replace(BLANKS, ' ')
    .replace(INKLESS, '')
    .replace(COMPOSED, (letter) => letter.normalize('NFC'));
}

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

/** Names of a whole zone are searched at every letter that is typed: each is folded once. */
const MOST_KEPT = 50_000;
const kept = new Map<string, string>();
function foldedOnce(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = folded(text);
  kept.set(text, made);
  return made;
}

/** Whether one of the texts has the part that somebody looks for. */
export function matches(texts: readonly string[], search: string): boolean {
  const part = foldedOnce(search);
  return texts.some((text) => foldedOnce(text).includes(part));
}
