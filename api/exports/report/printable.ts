import type { Language } from '#schemas/languages.ts';
import { unparted } from '#schemas/presentation/numbers.ts';
import { printableText } from '#schemas/presentation/text.ts';

/** Brackets around Chinese are as wide as its characters (GB/T 15834); plans and clauses may have narrow ones. */
const NARROW = /\(([^()]*\p{Script=Han}[^()]*)\)/gu;

/** The same value with every text in it told anew; what no text of differs is the very same. */
function eachText<T>(value: T, tell: (text: string) => string): T {
  if (typeof value === 'string') return tell(value) as T;
  if (value === null || typeof value !== 'object') return value;
  return (Array.isArray(value) ? eachOfList(value, tell) : eachOfRecord(value, tell)) as T;
}

/** Long tables are told again and again, and hardly a text of them differs: only a list that does is made anew. */
function eachOfList(list: readonly unknown[], tell: (text: string) => string): readonly unknown[] {
  let own: unknown[] | null = null;
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    const told = eachText(item, tell);
    if (told === item) continue;
    own ??= [...list];
    own[at] = told;
  }
  return own ?? list;
}

function eachOfRecord(record: object, tell: (text: string) => string): object {
  let differs = false;
  const own = Object.entries(record).map(([key, item]) => {
    const told = eachText(item, tell);
    differs ||= told !== item;
    return [key, told];
  });
  return differs ? Object.fromEntries(own) : record;
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

/** The same value for reading: a line of it ends nowhere between a figure and what it counts. */
export const readable = <T>(value: T): T => eachText(value, once(unparted));

/** The same value as a Chinese page sets it; sheets keep what the data says. */
export const typeset = <T>(value: T, language: Language): T =>
  language === 'zh-CN'
    ? eachText(value, (text) => (text.includes('(') ? text.replace(NARROW, '（$1）') : text))
    : value;
