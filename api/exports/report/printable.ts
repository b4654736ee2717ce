/**
 * What no page can show and some formats cannot even hold: control characters (but tab and line feed), lone
 * surrogates, signs that turn the direction of writing, noncharacters.
 */
const UNPRINTABLE = /[\p{Cs}\p{Bidi_Control}\u{FFFE}\u{FFFF}]|(?![\t\n])\p{Cc}/gu;

const clean = (text: string): string => text.replace(UNPRINTABLE, '');

/** The same value with every text in it printable. */
export function printable<T>(value: T): T {
  if (typeof value === 'string') return clean(value) as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printable(item)])) as T;
}
