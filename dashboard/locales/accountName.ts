import type { Words } from './words.ts';

/** What the server calls whoever comes by a link that it printed itself. */
const PRINTED = 'administrator';

/** A person's or an access's own name; the one that the server gives is said in the reader's language. */
export const accountName = (words: Words, label: string): string =>
  label === PRINTED ? words.say('role.administrator') : label;
