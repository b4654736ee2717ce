import type { Language } from '../languages.ts';

/** Its end, before quotes and brackets that close. */
const ENDED = /[.。!！?？…][”’"'）」』)]*\s*$/u;

/** A text as a sentence: with a full stop, unless it has an end already, as what people write often has. */
export const stopped = (language: Language, text: string): string =>
  ENDED.test(text) ? text : text + (language === 'en' ? '.' : '。');
