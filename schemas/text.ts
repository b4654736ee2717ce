/** What a text must be, wherever it comes in: over HTTP, in a file, in the headers of another producer's message. */

/** Half of a surrogate pair: no character, and not to be written in UTF-8. */
const HALF = /\p{Cs}/u;

export const isWellFormed = (text: string): boolean => !HALF.test(text);

/** Whether every text in a JSON value is well-formed, names of members too. The value must not nest deeply. */
export function isWellFormedValue(value: unknown): boolean {
  if (typeof value === 'string') return isWellFormed(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, inner]) => isWellFormed(key) && isWellFormedValue(inner));
}

// What has no character yet counts as seen: which those are differs from engine to engine. The blank Braille cell
// is the one sign without ink that Unicode puts among those with it.
const SEEN = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether there is anything to see: marks alone, joiners and spaces of any kind are not. */
export const isVisible = (text: string): boolean => SEEN.test(text);

// Joiners and variation selectors shape what stands before them; behind these scripts they shape nothing.
const PLAIN =
  '\\0-\\x7f\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Hangul}\\p{Script=Hiragana}\\p{Script=Katakana}';
/** Source of a regular expression with the flag u: a sign that leaves no trace on paper. */
export const HIDDEN_SIGN = [
  // What is drawn blank, letters such as the Hangul filler among them.
  '\\u2800|(?![\\u200c\\u200d\\p{Variation_Selector}])\\p{Default_Ignorable_Code_Point}',
  `(?<=^|[${PLAIN}\\p{Script=Han}\\u200c\\u200d])[\\u200c\\u200d]|[\\u200c\\u200d](?=$)`,
  // Not of a keycap, 1️⃣.
  `(?<=^|[${PLAIN}]|\\p{Variation_Selector})\\p{Variation_Selector}(?!\\u20e3)`,
].join('|');
const HIDDEN = new RegExp(HIDDEN_SIGN, 'u');

/** A sign within the text that leaves no trace on paper, as U+3164; undefined where there is none. */
export function hiddenIn(text: string): string | undefined {
  const [sign] = HIDDEN.exec(text) ?? [];
  return sign && `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

export const NOTHING_TO_SEE = 'holds nothing that can be seen';

const NOT_IN_ATTRIBUTES = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Whether CloudEvents lets a text be the value of an attribute (specification 1.0.2, type system: String). */
export const isAttributeText = (text: string): boolean => !NOT_IN_ATTRIBUTES.test(text);

/** A text of somebody else's in a sentence of ours: its beginning. */
export const shortened = (text: string, most = 40): string =>
  text.length <= most ? text : `${text.slice(0, most)}…`;
