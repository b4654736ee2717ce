import { shortened } from './text.ts';

/**
 * JSON in which an object has one key twice says two things, and readers differ in which of them counts (RFC 8259 §4).
 * Whatever is recorded or signed says one, so every door refuses it and names the key.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Space, tab and the ends of lines: the white space of JSON. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Colons behind a quote. Each key has one behind its own; texts may hold more, so this is never less than there are keys. */
function keysAtMost(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (isSpace(text.charCodeAt(before))) before--;
    if (text.charCodeAt(before) === QUOTE) count++;
  }
  return count;
}

/** How many keys were left when the text was read; of a key that stood there twice, one. */
function keysIn(value: unknown): number {
  let count = 0;
  const open = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    const inner = Object.values(item);
    if (!Array.isArray(item)) count += inner.length;
    for (const each of inner) if (typeof each === 'object' && each !== null) open.push(each);
  }
  return count;
}

/** The closing quote of the text that opens at `at`. */
function endOfText(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next++) {
    const code = text.charCodeAt(next);
    if (code === BACKSLASH) next++;
    else if (code === QUOTE) return next;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (isSpace(text.charCodeAt(next))) next++;
  return text[next] === ':';
}

/** An object with its keys so far, or a list; and where within it the reading is. */
type Level = { keys: Set<string> | undefined; step: string | number };

const MOST_STEPS = 10;
const pathOf = (levels: readonly Level[]): string =>
  [
    ...levels.slice(0, MOST_STEPS).map(({ step }) => shortened(String(step))),
    ...(levels.length > MOST_STEPS ? ['…'] : []),
  ].join('.');

/** Sign by sign: where a key comes again. */
function searched(text: string): string | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const top = levels.at(-1);
    switch (text[at]) {
      case '{':
        levels.push({ keys: new Set(), step: '' });
        break;
      case '[':
        levels.push({ keys: undefined, step: 0 });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (typeof top?.step === 'number') top.step++;
        break;
      case '"': {
        const end = endOfText(text, at);
        if (top?.keys && isKey(text, end)) {
          // Written with escapes or without, it is the same key.
          const key = JSON.parse(text.slice(at, end + 1)) as string;
          top.step = key;
          if (top.keys.has(key)) return pathOf(levels);
          top.keys.add(key);
        }
        at = end;
      }
    }
  }
  return undefined;
}

/**
 * The way to a key that an object of this JSON has twice (`2.data.due`), undefined where there is none. `value` is what
 * the text was read as: only where the two differ in the number of keys is the text looked through.
 */
export const keyTwice = (text: string, value: unknown): string | undefined =>
  keysAtMost(text) === keysIn(value) ? undefined : searched(text);

export const STANDS_TWICE = 'stands there twice';
