/** `"\\":` as it stands in JSON: an object with a key that is one backslash. */
const BACKSLASH_KEY = /"\\\\"\s*:/;

export const BACKSLASH = 'has a key that is a backslash';

/**
 * Whether JSON must not be read at all. V8 from 13.6 on (Node 24, 26) remembers the keys of objects that it has read, and
 * takes a key that begins with an escape (`\u4e8b`) for one that is a backslash, where such a key came before: what one
 * sends would change how another's is read. No field of ours is called so.
 */
export const hasBackslashKey = (text: string): boolean => BACKSLASH_KEY.test(text);

/** JSON that others wrote. Throws a `SyntaxError` where it is none, or has such a key. */
export function parseForeign(text: string): unknown {
  if (hasBackslashKey(text)) throw new SyntaxError(`it ${BACKSLASH}`);
  return JSON.parse(text);
}
