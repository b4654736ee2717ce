import { createI18n } from 'vue-i18n';
import type { Day } from '#schemas/dates.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Bilingual } from '#schemas/plan.ts';
import { en } from './en.ts';
import {
  formatBand,
  formatDay,
  formatFixed,
  formatFullDay,
  formatPlain,
  formatShare,
  formatTime,
  type Locale,
} from './format.ts';
import { zhCN } from './zh-CN.ts';

type Messages = typeof zhCN;

/** Every key of the messages, as a path: `ranking.question`. A key that does not exist does not compile. */
type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`;
}[keyof T & string];
export type WordKey = PathsOf<Messages>;

type Named = Record<string, string | number>;

/** What pages, charts and answers speak with: one language's messages and ways to write figures. */
export type Words = {
  locale: Locale;
  /** `count` picks the plural form where the message has several. */
  say: (key: WordKey, named?: Named, count?: number) => string;
  name: (text: Bilingual) => string;
  /**
   * The name of an id of an open list (group, kind, form). Plan and units define these and give them no names in
   * two languages; the usual ones have a translation here, others are shown as they are.
   */
  term: (id: string) => string;
  day: (day: Day) => string;
  fullDay: (day: Day) => string;
  time: (instant: number, timezone: string) => string;
  score: (value: number | null | undefined) => string;
  share: (value: number | null | undefined) => string;
  band: (band: readonly [number, number] | null) => string;
  plain: (value: number) => string;
  list: (items: readonly string[]) => string;
  /** What is told and what it is, with a colon between. */
  labelled: (label: string, text: string) => string;
  /** Phrases in a row that may carry commas of their own. */
  phrases: (items: readonly string[]) => string;
};

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Locale,
  fallbackLocale: false,
  messages: { 'zh-CN': zhCN, en },
});

export function wordsOf(locale: Locale): Words {
  const composer = i18n.global;
  const terms: Record<string, string> = locale === 'zh-CN' ? zhCN.terms : en.terms;
  const say: Words['say'] = (key, named = {}, count) =>
    count === undefined
      ? composer.t(key, named, { locale })
      : composer.t(key, { ...named, n: count }, { locale, plural: count });
  return {
    locale,
    say,
    name: (text) => (locale === 'zh-CN' ? text.zh : text.en),
    term: (id) => entryOf(terms, id) ?? id,
    day: (day) => formatDay(locale, day),
    fullDay: (day) => formatFullDay(locale, day),
    time: formatTime,
    score: (value) => formatFixed(value),
    share: formatShare,
    band: formatBand,
    plain: (value) => formatPlain(locale, value),
    list: (items) => items.join(locale === 'zh-CN' ? '、' : ', '),
    labelled: (label, text) => `${label}${locale === 'zh-CN' ? '：' : ': '}${text}`,
    phrases: (items) => items.join(locale === 'zh-CN' ? '；' : '; '),
  };
}
