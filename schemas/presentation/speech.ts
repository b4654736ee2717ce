import { entryOf } from '../entries.ts';
import type { Language } from '../languages.ts';
import type { Bilingual } from '../plan.ts';
import { type RowOptions, rowOf } from './names.ts';
import { enWords } from './vocabulary/en.ts';
import { type Vocabulary, zhWords } from './vocabulary/zh.ts';

/** A language, with what everything is called in it: what tables, charts and sentences are written with. */

export type Speech = {
  language: Language;
  vocabulary: Vocabulary;
  name: (text: Bilingual) => string;
  /**
   * The name of an id of an open list (group, kind, form). Plan and units define these and give them no names in two
   * languages; the usual ones have a translation, others are shown as they are.
   */
  term: (id: string) => string;
  /** Names in a row; one that holds what parts them is set off in quotation marks. */
  list: (items: readonly string[], options?: RowOptions) => string;
  /** What an event of a type did, in a word; of an appeal that was decided, how. */
  event: (type: string, outcome?: string | null) => string;
  /** `2026-Q3` → 第三季度 / Q3, `2026-07` → 7月 / Jul; nothing where there is nothing to tell apart. */
  window: (label: string) => string;
};

const WORDS: Record<Language, Vocabulary> = { 'zh-CN': zhWords, en: enWords };

export function speechOf(language: Language): Speech {
  const vocabulary = WORDS[language];
  const known = (list: Record<string, string>, id: string): string | undefined => entryOf(list, id);
  return {
    language,
    vocabulary,
    name: (text) => (language === 'zh-CN' ? text.zh : text.en),
    term: (id) => known(vocabulary.terms, id) ?? id,
    list: (items, options) => rowOf(language, items, options),
    event: (type, outcome) =>
      (type === 'appeal.decided' && outcome ? known(vocabulary.event, `appeal.${outcome}`) : undefined) ??
      known(vocabulary.event, type) ??
      known(vocabulary.event, 'other') ??
      type,
    window: (label) => known(vocabulary.window, label.slice(5)) ?? '',
  };
}

/** The name that a list of the plan has for an id; some may have none, then the id stands for it. */
export function nameIn(
  { name }: Pick<Speech, 'name'>,
  list: readonly { id: string; name?: Bilingual | undefined }[],
  id: string,
): string {
  const found = list.find((item) => item.id === id)?.name;
  return found ? name(found) : id;
}
