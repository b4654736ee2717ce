import { shallowRef, watchEffect } from 'vue';
import type { Bilingual } from '#schemas/plan.ts';
import type { Words } from '../locales/words.ts';

/** What the zone calls its evaluation of the year that is looked at; null where no plan is known. */
export const evaluationName = shallowRef<Bilingual | null>(null);

/** Stand for the numbers, which only the browser knows, until the foot is put together. */
const PAGE = '\u{E000}';
const PAGES = '\u{E001}';

/** A string of CSS; whatever a plan is called, it ends where it should. */
const quoted = (text: string): string =>
  `"${text.replace(/["\\\p{Cc}]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`;

/** A sentence with the page and the number of pages in it, as CSS writes it. */
const counted = (sentence: string): string =>
  quoted(sentence).replace(PAGE, '" counter(page) "').replace(PAGES, '" counter(pages) "');

/** What stands at the foot of every printed page: whose paper it is, and which of how many pages. */
export function footOf(words: Words, evaluation: Bilingual | null): string {
  const product = words.say('app.name');
  const name = evaluation ? words.name(evaluation) : product;
  const whose = name.includes(product) ? name : `${product} · ${name}`;
  const box = 'color: #444444; font-size: 8.5pt; vertical-align: top; padding-top: 3mm;';
  return `@page {
    @bottom-left { content: ${quoted(whose)}; ${box} }
    @bottom-right { content: ${counted(words.say('app.pageOf', { page: PAGE, pages: PAGES }))}; ${box} }
  }`;
}

/**
 * Keeps the foot in the language that is chosen and under the name of the plan. It is a style sheet of its own, since
 * what a page's margin says cannot come from the document.
 */
export function useFootOfPages(words: () => Words): void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  watchEffect(() => sheet.replaceSync(footOf(words(), evaluationName.value)));
}
