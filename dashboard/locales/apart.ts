import type { Words } from './words.ts';

/** What names a thing among others of its kind: its name and what tells it from them; what is not known tells nothing. */
export const tellingApart = (words: Words, parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(words.say('filters.separator'));

/** Names for things beside each other, of which those that would be called alike are numbered: no two are the same. */
export function apart(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    if (names.indexOf(name) === names.lastIndexOf(name)) return name;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return `${name} (${nth})`;
  });
}
