import type { Page, Response } from 'playwright-core';
import { parted } from '#schemas/presentation/numbers.ts';
import { enWords } from '#schemas/presentation/vocabulary/en.ts';
import { en } from '../../dashboard/locales/en.ts';

/** What is wrong with the words of a page, whatever the page is about. */

const HAN = /\p{Script=Han}/u;
const ID = /^[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/;

/** Names that have no other language, in Chinese text as in English. */
const PROPER =
  /\b(?:Word|Excel|Office|PDF|PPT|PNG|SVG|CSV|JPEG|WebP|ics|xlsx|docx|pptx|csv|Esc|Enter|MB|KB)\b/g;

/** All words of the product in a language. */
const wordsIn = (tree: object): string[] =>
  Object.values(tree).flatMap((value) => {
    if (typeof value === 'string') return [value];
    return value !== null && typeof value === 'object' ? wordsIn(value) : [];
  });
const pathsIn = (tree: object, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : pathsIn(value, `${path}${key}.`),
  );
const KEYS = new Set(pathsIn(en).filter((path) => path.includes('.')));
const SPOKEN = [...wordsIn(en), ...wordsIn(enWords)].join('\n').toLowerCase();

export type Locale = 'zh-CN' | 'en';
type Heard = {
  /** Texts that the answers hold and that have no other language: names, titles, reasons. */
  data: Set<string>;
  /** Texts that a plan has in both languages. */
  named: Record<Locale, Set<string>>;
  ids: Set<string>;
};

/** Within quotation marks the marks of a text become single ones: a page may write it either way. */
const bothWays = (text: string): string[] => [
  text,
  ...(/[“”]/.test(text) ? [text.replaceAll('“', '‘').replaceAll('”', '’')] : []),
];

/** Notes of an answer every text and every id; what a plan has in two languages is no data of its own. */
function hear(heard: Heard, value: unknown, key = ''): void {
  if (Array.isArray(value)) for (const one of value) hear(heard, one, key);
  else if (value !== null && typeof value === 'object') {
    for (const [name, one] of Object.entries(value)) {
      if (name === 'zh' && typeof one === 'string')
        for (const way of bothWays(one)) heard.named['zh-CN'].add(way);
      else if (name === 'en' && typeof one === 'string')
        for (const way of bothWays(one)) heard.named.en.add(way);
      else hear(heard, one, name);
    }
  } else if (typeof value === 'string' && value.length > 1) {
    if (ID.test(value) && ['id', 'kind', 'unit', 'group', 'requirement', 'indicator', 'form'].includes(key))
      heard.ids.add(value);
    else if (HAN.test(value) || value.includes(' ')) for (const way of bothWays(value)) heard.data.add(way);
  }
}

/** Listens to what the server tells a page. `settled` resolves once all that came has been read. */
export function listen(page: Page): Heard & { settled: () => Promise<void> } {
  const heard: Heard = { data: new Set(), named: { 'zh-CN': new Set(), en: new Set() }, ids: new Set() };
  const reading = new Set<Promise<void>>();
  page.on('response', (response: Response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith('/api/') || pathname.endsWith('/live') || !response.ok()) return;
    const read = response
      .json()
      .then((body: unknown) => hear(heard, body))
      .catch(() => undefined)
      .then(() => void reading.delete(read));
    reading.add(read);
  });
  return { ...heard, settled: async () => void (await Promise.all(reading)) };
}

const STRAY = /\bNaN\b|\bundefined\b|\bnull\b|\bInfinity\b|\{\w+\}|\[object/;
const PUNCTUATION =
  /[。，、；：]{2}|[,;] ?[,;.]|(?<!\.)\.\.(?!\.)|[^\s—–·|(（"“‘]\s+[,;](?=\s|$)|: ?:|（）|\( ?\)|“”|\p{Script=Han} ?[,;](?= ?\p{Script=Han})|\S {2,}\S/u;

/** In Chinese no blank follows a mark of its own width. */
const BLANK_BEHIND = /[。！？；，、：] \S/u;

/** Stands where a text of the data stood. */
const DATUM = '¤';
/** In Chinese texts stand in a row with marks of their own. */
const FOREIGN_ROW = /¤ ?[,;] ?¤/;

/** A line without the data in it; longer texts first, since one may hold another. */
function without(line: string, texts: readonly string[]): string {
  return texts.reduce((rest, text) => (rest.includes(text) ? rest.replaceAll(text, DATUM) : rest), line);
}

const tokensOf = (line: string): string[] => line.match(/[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*/g) ?? [];

/** What the lines of a page should not say, each with the line. */
export function wordFaults(lines: readonly string[], locale: Locale, heard: Heard): string[] {
  const data = [...heard.data].sort((a, b) => b.length - a.length);
  const own = [...heard.named[locale]].sort((a, b) => b.length - a.length);
  const names = [...heard.named.en].join('\n').toLowerCase();
  /** An id that is a word of English, too, says nothing on an English page. */
  const raw = [...heard.ids].filter(
    (id) => locale === 'zh-CN' || (/[.-]/.test(id) && !SPOKEN.includes(id) && !names.includes(id)),
  );
  const ids = new Set(raw);
  const other = locale === 'en' ? HAN : /[A-Za-z]{3,}/;
  return lines.flatMap((line) => {
    const said: string[] = [];
    if (STRAY.test(line)) said.push('a value that is none');
    const odd = (token: string): boolean => KEYS.has(token) || ids.has(token);
    // Most lines are nothing but data, or have nothing that data could explain.
    const isBlank = locale === 'zh-CN' && BLANK_BEHIND.test(line);
    const isOdd = isBlank || PUNCTUATION.test(line) || other.test(line) || tokensOf(line).some(odd);
    const text = heard.data.has(line.trim()) || !isOdd ? '' : without(line, data);
    if (isBlank && BLANK_BEHIND.test(text)) said.push('a blank behind a mark');
    if (PUNCTUATION.test(text) || (locale === 'zh-CN' && FOREIGN_ROW.test(text))) said.push('punctuation');
    if (tokensOf(text).some((token) => KEYS.has(token))) said.push('a key');
    if (tokensOf(text).some((token) => ids.has(token))) said.push('an id');
    // Clauses are numbered in Chinese: 三(一)3, 五.
    const rest = without(text, own)
      .replace(PROPER, '')
      .replace(
        /\[?[一二三四五六七八九十]+(?:[(（][一二三四五六七八九十]+[)）]\d*)?\]?(?!\p{Script=Han})/gu,
        '',
      );
    if (other.test(rest)) said.push(`the other language (${rest.trim()})`);
    return said.map((what) => `${what}: ${line}`);
  });
}

/** The lines of what is open, as they are read; without what is marked as an id or a command, which has no language. */
export async function linesOf(page: Page): Promise<string[]> {
  const [text, codes] = await page.evaluate<[string, string[]]>(`(() => {
    const main = document.querySelector('main');
    return [main.innerText, [...main.querySelectorAll('code')].map((code) => code.innerText)];
  })()`);
  const marked = new Set(codes);
  return parted(text)
    .split(/[\n\t]/)
    .filter((line) => line.trim() !== '' && !marked.has(line.trim()));
}

/**
 * Where the sign for nothing stands alone and is read out as it is: who hears a page gets a word there. Evaluated in the
 * page.
 */
const BARE = `(() => {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const around = text.parentElement;
    if (text.data.trim() !== '–' || !around.checkVisibility() || around.closest('[aria-hidden=true], svg, [role=img]')) continue;
    found.push(around.tagName + '.' + around.className + ' in ' + around.parentElement?.textContent.trim().slice(0, 60));
  }
  return found;
})()`;
export const bareDashes = (page: Page): Promise<string[]> => page.evaluate<string[]>(BARE);
