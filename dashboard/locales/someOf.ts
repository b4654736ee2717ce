import type { Words } from './words.ts';

/** At most so many names in a sentence; the others are counted. */
const NAMED = 3;

/** Names in a row, the first few of many. */
export function someOf(words: Words, names: readonly string[]): string {
  const few = names.slice(0, NAMED);
  const list = words.list(few);
  const more = names.length - few.length;
  return more > 0 ? words.say('table.andMore', { list }, more) : list;
}
