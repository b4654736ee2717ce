import type { Language } from '../languages.ts';

/** What parts names in a row, and sentences: a name that holds some of it would be taken for several. */
const PARTS: Record<Language, RegExp> = { 'zh-CN': /[、，；：,;:]/, en: /[,;:、，；：](?!\d)/ };

/** What stands in quotation marks or brackets is no part of the row. */
const SET_OFF = /“[^”]*”|「[^」]*」|《[^》]*》|（[^）]*）|\([^)]*\)/g;

/** A name that stands in quotation marks carries single ones of its own (GB/T 15834): “‘一把手’带头谈心”. */
export const innerQuotes = (name: string): string => name.replaceAll('“', '‘').replaceAll('”', '’');

/** A name as it stands in a sentence: in quotation marks where it holds what parts names. */
export const called = (language: Language, name: string): string =>
  PARTS[language].test(name.replaceAll(SET_OFF, '')) ? `“${innerQuotes(name)}”` : name;

/** Names in a row. */
export const rowOf = (language: Language, names: readonly string[]): string =>
  names.map((name) => called(language, name)).join(language === 'zh-CN' ? '、' : ', ');
