import type { Named } from '#schemas/presentation/answers/rows.ts';
import type { Words } from './words.ts';

/** At most so many names in a sentence. */
const NAMED = 3;

/** The first few by name, the others by number. */
export function names(words: Words, units: readonly Pick<Named, 'name'>[]): string {
  const list = words.list(units.slice(0, NAMED).map(({ name }) => name));
  const more = units.length - NAMED;
  return more > 0 ? words.say('ranking.andMore', { list }, more) : list;
}
