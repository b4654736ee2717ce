import type { Language } from '#schemas/languages.ts';
import { printableText } from '#schemas/presentation/text.ts';

/** Brackets around Chinese are as wide as its characters (GB/T 15834); plans and clauses may have narrow ones. */
const NARROW = /\(([^()]*\p{Script=Han}[^()]*)\)/gu;

/** The same value with every text in it told anew. */
function eachText<T>(value: T, tell: (text: string) => string): T {
  if (typeof value === 'string') return tell(value) as T;
  if (Array.isArray(value)) return value.map((item) => eachText(item, tell)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, eachText(item, tell)])) as T;
}

/** Tells each text once: tables say the same names over and over. */
function once(tell: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let told = known.get(text);
    if (told === undefined) {
      told = tell(text);
      known.set(text, told);
    }
    return told;
  };
}

/** The same value with every text in it printable. */
export const printable = <T>(value: T): T => eachText(value, once(printableText));

/** The same value as a Chinese page sets it; sheets keep what the data says. */
export const typeset = <T>(value: T, language: Language): T =>
  language === 'zh-CN' ? eachText(value, (text) => text.replace(NARROW, '（$1）')) : value;
