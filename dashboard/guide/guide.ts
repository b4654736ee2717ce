import { shallowRef } from 'vue';
import type { Language } from '#schemas/languages.ts';
import type { guideZh } from '../locales/guide.zh-CN.ts';
import type { WordKey, Words } from '../locales/words.ts';

/** What a page answers, how its numbers are made, and what one can do there. */
export type GuideEntry = { answers: string; made: string; can: string };
export type GuidePage = keyof typeof guideZh;

/** A unit's desk is the same page, whether its own people have come to it or the department. */
export const guidePageOf = (route: unknown): string => String(route ?? '').replace(/^unit-(?=desk)/, '');

/** Some 12 kB a language that hardly anybody needs at once: they come when they are asked for. */
const guideIn = async (locale: Language): Promise<Record<string, GuideEntry>> =>
  locale === 'en'
    ? (await import('../locales/guide.en.ts')).guideEn
    : (await import('../locales/guide.zh-CN.ts')).guideZh;

/** The guide that is open. */
export const openedGuide = shallowRef<GuideEntry | null>(null);

/** Opens the guide of a page, by the name of its route. */
export async function openGuide(route: unknown, locale: Language): Promise<void> {
  // Where it does not come, the router says so.
  const guide = await guideIn(locale).catch(() => null);
  openedGuide.value = guide?.[guidePageOf(route)] ?? null;
}

/** A key as it is printed on every keyboard, or the word for one that is called otherwise in each language. */
type Key = readonly [key: string, does: WordKey];
const SPACE = 'guide.space' satisfies WordKey;

export const keyName = (words: Words, key: string): string => (key === SPACE ? words.say(SPACE) : key);

/** What works on every page. */
export const KEYS: readonly Key[] = [
  ['Ctrl K', 'guide.find'],
  ['/', 'guide.find'],
  ['j', 'guide.down'],
  ['k', 'guide.up'],
  [SPACE, 'guide.peek'],
  ['?', 'guide.help'],
];

/** What works on one page alone. */
export const PAGE_KEYS: Readonly<Record<string, readonly Key[]>> = {
  inbox: [
    ['j', 'inbox.keys.next'],
    ['k', 'inbox.keys.previous'],
    ['v', 'inbox.keys.verify'],
    ['r', 'inbox.keys.reject'],
    ['u', 'inbox.keys.undo'],
  ],
};
