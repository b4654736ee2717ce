import { toRaw } from 'vue';
import { createI18n } from 'vue-i18n';
import type { Day } from '#schemas/dates.ts';
import { LANGUAGES, type Language } from '#schemas/languages.ts';
import { dayText, fullDayText, timeText } from '#schemas/presentation/days.ts';
import { innerQuotes } from '#schemas/presentation/names.ts';
import {
  bandText,
  countText,
  gapText,
  lossText,
  movesText,
  plainText,
  pointsText,
  setOff,
  shareText,
  signedText,
} from '#schemas/presentation/numbers.ts';
import { type Speech, speechOf } from '#schemas/presentation/speech.ts';

import { filled, templateAt } from './template.ts';
import type { zhCN } from './zh-CN.ts';

type Messages = typeof zhCN;

/** Every key of the messages, as a path: `ranking.question`. A key that does not exist does not compile. */
type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`;
}[keyof T & string];
export type WordKey = PathsOf<Messages>;

/** What a message tells of: names and figures that are written already, and counts, which it writes. */
type Named = Record<string, string | number>;

/** Stands behind a name until the message is put together; a Chinese word right behind it is then set off. */
const END_OF_NAME = '\u{F8FF}';

/** Stands before a day, a month or a year with its unit (`6 月 25 日`): a Chinese word right before it is set off. */
const BEGIN_OF_DATE = '\u{F8FE}';
/** Around what is put in and has quotation marks of its own: within those of the message they become single ones. */
const [QUOTING, QUOTED] = ['\u{F8FC}', '\u{F8FD}'];

/** On a page a date has blanks at which no line ends. */
const DATE = /^\d+[ \u00a0]\p{Script=Han}/u;

/** A year is a name: no thousands are set off in it. */
const written = (locale: Language, named: Named): Record<string, string> =>
  Object.fromEntries(
    Object.entries(named).map(([key, value]) => {
      if (typeof value === 'number') return [key, key === 'year' ? String(value) : plainText(value)];
      const text = /[“”]/.test(value) ? QUOTING + value + QUOTED : value;
      if (locale !== 'zh-CN') return [key, text];
      const begin = DATE.test(value) ? BEGIN_OF_DATE : '';
      return [key, begin + text + (setOff(value) !== value ? END_OF_NAME : '')];
    }),
  );

const SET_OFF = new RegExp(`${END_OF_NAME}(?=\\p{Script=Han})|(?<=\\p{Script=Han})${BEGIN_OF_DATE}`, 'gu');
const MARKS = new RegExp(`[${END_OF_NAME}${BEGIN_OF_DATE}]`, 'gu');
const HAS_MARKS = new RegExp(`[${END_OF_NAME}${BEGIN_OF_DATE}]`, 'u');
const joined = (message: string): string => {
  const quoted = HAS_QUOTES.test(message) ? nested(message) : message;
  return HAS_MARKS.test(quoted) ? quoted.replace(SET_OFF, ' ').replace(MARKS, '') : quoted;
};

const HAS_QUOTES = new RegExp(`[“”${QUOTING}]`, 'u');
const QUOTES = new RegExp(`[“”]|${QUOTING}([^${QUOTED}]*)${QUOTED}`, 'gu');

/** Quotation marks within quotation marks (GB/T 15834, and so in English): those of what was put in become single ones. */
function nested(message: string): string {
  let open = 0;
  return message.replace(QUOTES, (sign, own: string | undefined) => {
    if (own !== undefined) return open > 0 ? innerQuotes(own) : own;
    open += sign === '“' ? 1 : -1;
    return sign;
  });
}

/**
 * A message has its plural forms for the one count that it is of; a noun behind another number is written with both:
 * `{of} ⟨unit/units⟩`.
 */
const BOTH_FORMS = /(?:(\d[\d,.]*)([^\d⟨]*))?⟨([^/⟩]+)\/([^⟩]+)⟩/g;
const numbered = (message: string): string =>
  message.includes('⟨')
    ? message.replace(
        BOTH_FORMS,
        (_, number = '', between = '', one, many) => `${number}${between}${number === '1' ? one : many}`,
      )
    : message;

/**
 * What there is none of is said as none, or not at all: `⟦{n} are¦none is⟧ on course⟦, {closed} of them closed⟧`, what
 * stands behind the bar where the number before it is zero.
 */
const UNLESS_ZERO = /⟦([^⟧¦]*)(?:¦([^⟧]*))?⟧/g;
const ZERO = /(?<![\d.,])0(?![\d.,]*\d)/;
/** Parts of an English list: which of them is the last one shown, and has an “and” before it, is known only here. */
const LISTED = /(?:⟦, [^⟧¦]*⟧){2,}/g;
const listed = (run: string): string => {
  const shown = run
    .slice(1, -1)
    .split('⟧⟦')
    .filter((part) => !ZERO.test(part));
  const last = shown.length > 1 ? shown.pop() : undefined;
  return shown.join('') + (last === undefined ? '' : ` and ${last.slice(', '.length)}`);
};
const counted = (message: string): string =>
  message.includes('⟦')
    ? message
        .replace(LISTED, listed)
        .replace(UNLESS_ZERO, (_, part: string, none = '') => (ZERO.test(part) ? none : part))
    : message;

/** What pages, charts and answers speak with: one language's messages and ways to write figures. */
export type Words = Speech & {
  locale: Language;
  /** `count` picks the plural form where the message has several. */
  say: (key: WordKey, named?: Named, count?: number) => string;
  day: (day: Day) => string;
  fullDay: (day: Day) => string;
  time: (instant: number, timezone: string) => string;
  /** Points: two decimals, or as many as tell figures apart that stand in an order. */
  score: (value: number | null | undefined, decimals?: number) => string;
  /** By how many points two differ; never 0.00 where they do. */
  gap: (value: number | null | undefined, decimals?: number) => string;
  /** Points gained or lost, with their sign. */
  signed: (value: number | null | undefined, decimals?: number) => string;
  /** Points lost, with a minus. */
  loss: (value: number | null | undefined) => string;
  share: (value: number | null | undefined) => string;
  band: (band: readonly [number, number] | null) => string;
  /** How many, or which place: whole, with thousands set off. */
  count: (value: number | null | undefined) => string;
  /** Places gained or lost, as ▲ and ▼. */
  moves: (places: number | null | undefined) => string;
  plain: (value: number) => string;
  /** What is told and what it is, with a colon between. */
  labelled: (label: string, text: string) => string;
  /** Phrases in a row that may carry commas of their own. */
  phrases: (items: readonly string[]) => string;
  /** Sentences in a row: in Chinese no blank stands behind a full stop. */
  sentences: (items: readonly string[]) => string;
};

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Language,
  fallbackLocale: false,
  messages: {} as Record<Language, Messages>,
  // A page that was thought to need the first messages alone says the others as soon as they are there.
  missing: (locale) => {
    // Of zh-CN it is asked last, as zh.
    const spoken = LANGUAGES.find((language) => language.startsWith(locale));
    if (spoken) void loadMessages(spoken, 'later').catch(() => undefined);
    return '';
  },
});

/** A language's messages come in two files, a tenth of all script: nobody loads the language that they do not speak. */
const MESSAGES = {
  'zh-CN': {
    first: async () => (await import('./first.zh-CN.ts')).firstZh,
    later: async () => (await import('./later.zh-CN.ts')).laterZh,
  },
  en: {
    first: async () => (await import('./first.en.ts')).firstEn,
    later: async () => (await import('./later.en.ts')).laterEn,
  },
};
type Part = keyof (typeof MESSAGES)[Language];

const loading = new Map<string, Promise<void>>();

/** The words of a language can be said once its messages are there: of the first pages, or of all (`later`). */
export async function loadMessages(locale: Language, upTo: Part): Promise<void> {
  await Promise.all([loadPart(locale, 'first'), upTo === 'later' && loadPart(locale, 'later')]);
}

function loadPart(locale: Language, part: Part): Promise<void> {
  const name = `${locale} ${part}`;
  const begun =
    loading.get(name) ??
    MESSAGES[locale][part]().then((messages) =>
      // As a whole: what is shown already does not hear of a message that is added to those that are there.
      i18n.global.setLocaleMessage(locale, { ...i18n.global.getLocaleMessage(locale), ...messages }),
    );
  loading.set(name, begun);
  // What could not be loaded is asked for again.
  begun.catch(() => loading.delete(name));
  return begun;
}

/** All messages of a language that is spoken, for lists that are read as a whole. */
export const messagesOf = (locale: Language): Messages => i18n.global.getLocaleMessage(locale);

/** The message with what it is given: by its template, or by the library where it asks for more. */
function messageOf(locale: Language, key: WordKey, named: Record<string, string>, count?: number): string {
  // Whoever speaks is told when messages come, and speaks again.
  const template = templateAt(toRaw(i18n.global.getLocaleMessage(locale)), key);
  if (template) return filled(template, named);
  return count === undefined
    ? i18n.global.t(key, named, { locale })
    : i18n.global.t(key, named, { locale, plural: count });
}

export function wordsOf(locale: Language): Words {
  const say: Words['say'] = (key, named = {}, count) => {
    const given = count === undefined ? named : { ...named, n: count };
    return numbered(counted(joined(messageOf(locale, key, written(locale, given), count))));
  };
  return {
    ...speechOf(locale),
    locale,
    say,
    day: (day) => dayText(locale, day),
    fullDay: (day) => fullDayText(locale, day),
    time: timeText,
    score: pointsText,
    gap: gapText,
    signed: signedText,
    loss: lossText,
    share: shareText,
    band: bandText,
    count: countText,
    moves: movesText,
    plain: plainText,
    labelled: (label, text) => `${label}${locale === 'zh-CN' ? '：' : ': '}${text}`,
    phrases: (items) => items.join(locale === 'zh-CN' ? '；' : '; '),
    sentences: (items) => items.join(locale === 'zh-CN' ? '' : ' '),
  };
}
