import type { Day } from '#schemas/dates.ts';
import { someOf } from './someOf.ts';
import type { Words } from './words.ts';

/** A unit that began after a day that is looked at. */
export type Unbegun = { name: string; since: Day };

/** Such units in a row, the first few by name, each with the day since which it is there. */
export const unbegunUnits = (words: Words, units: readonly Unbegun[]): string =>
  someOf(
    words,
    units.map(({ name, since }) =>
      words.say('yearOnYear.unbegunUnit', { unit: name, day: words.fullDay(since) }),
    ),
    'ranking.andMore',
  );
