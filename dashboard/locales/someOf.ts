import type { Named } from '#schemas/presentation/answers/rows.ts';
import type { WordKey, Words } from './words.ts';

/** At most so many names in a sentence; the others are counted. */
const NAMED = 3;

/** Names in a row, the first few of many; `more` says how many others there are, and of what. */
export function someOf(
  words: Words,
  names: readonly string[],
  more: Extract<WordKey, 'table.andMore' | 'table.orMore' | 'ranking.andMore'> = 'table.andMore',
): string {
  const left = names.length - NAMED;
  const list = words.list(names.slice(0, NAMED), { more: left > 0, either: more === 'table.orMore' });
  return left > 0 ? words.say(more, { list }, left) : list;
}

/** Units in a row, the first few by name, the others by number. */
export const someUnits = (words: Words, units: readonly Pick<Named, 'name'>[]): string =>
  someOf(
    words,
    units.map(({ name }) => name),
    'ranking.andMore',
  );
