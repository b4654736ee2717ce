import type { UnitRow } from '#schemas/results/results.ts';
import type { Words } from '../locales/words.ts';

type Registered = Pick<UnitRow, 'name' | 'since' | 'closedOn'>;

/**
 * Why a year's ranking does not have a unit, as its registration tells: it was closed, it came later, or there is no
 * such unit (null). Nothing where the registration does not tell.
 */
export function whyNotRanked(
  { say, fullDay }: Words,
  { unit, year, found }: { unit: string; year: number; found: Registered | null },
): string | null {
  if (found === null) return say('state.unknownUnit', { unit });
  const { name, closedOn, since } = found;
  if (closedOn && closedOn <= `${year}-12-31`)
    return say('state.unitClosed', { unit: name, day: fullDay(closedOn), year });
  if (since && since > `${year}-12-31`)
    return say('state.unitLater', { unit: name, day: fullDay(since), year });
  return null;
}
