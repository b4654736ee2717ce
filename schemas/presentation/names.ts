import type { Language } from '../languages.ts';

/** What parts names in a row, and sentences: a name that holds some of it would be taken for several. */
const PARTS: Record<Language, RegExp> = { 'zh-CN': /[、，；：,;:]/, en: /[,;:、，；：](?!\d)/ };

/** What stands in quotation marks or brackets is no part of the row. */
const SET_OFF = /“[^”]*”|「[^」]*」|《[^》]*》|（[^）]*）|\([^)]*\)/g;

/** A name that stands in quotation marks carries single ones of its own (GB/T 15834): “‘一把手’带头谈心”. */
export const innerQuotes = (name: string): string => name.replaceAll('“', '‘').replaceAll('”', '’');

/** In quotation marks, whatever it carries of its own: the one way to quote. */
export const inQuotes = (name: string): string => `“${innerQuotes(name)}”`;

/** A name as it stands in a sentence: in quotation marks where it holds what parts names. */
export const called = (language: Language, name: string): string =>
  PARTS[language].test(name.replaceAll(SET_OFF, '')) ? inQuotes(name) : name;

/** `more`: the sentence itself goes on with how many others there are. `either`: one of them, and not all. */
export type RowOptions = { more?: boolean; either?: boolean };

/** Texts in a row as they are: `甲、乙、丙`, `A, B and C`; English has an “and” or an “or” before the last. */
export function inARow(
  language: Language,
  texts: readonly string[],
  { more = false, either = false }: RowOptions = {},
): string {
  if (language === 'zh-CN') return texts.join('、');
  if (more || texts.length < 2) return texts.join(', ');
  return `${texts.slice(0, -1).join(', ')} ${either ? 'or' : 'and'} ${texts.at(-1)}`;
}

/** An English name that has the word that ends the row. */
const HAS_AND = /\band\b/;

/** Whether names in a row must be set off: one of them holds what parts them. */
function isSetOff(language: Language, names: readonly string[]): boolean {
  const several = language === 'en' && names.length > 1;
  return names.some(
    (name) => called(language, name) !== name || (several && HAS_AND.test(name.replaceAll(SET_OFF, ''))),
  );
}

/** Names in a row, each as it stands there: all in quotation marks where one of them holds what parts them. */
export const namesFor = (language: Language, names: readonly string[]): string[] =>
  isSetOff(language, names) ? names.map(inQuotes) : [...names];

/** Names in a row; where one holds what parts them, all are set off in quotation marks. */
export const rowOf = (language: Language, names: readonly string[], options?: RowOptions): string =>
  inARow(language, namesFor(language, names), options);
