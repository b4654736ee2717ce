import type { RequirementRow } from '#schemas/results/results.ts';
import type { Words } from './words.ts';

/** Nothing is asked of the unit: the requirement has no window that could be met or missed. */
export const isExcluded = ({ windows }: Pick<RequirementRow, 'windows'>): boolean => windows.length === 0;

/** In place of an attainment that there is not. */
export const uncountedWord = (words: Words, row: Pick<RequirementRow, 'windows'>): string =>
  words.say(isExcluded(row) ? 'unit.excluded' : 'unit.notCounted');
