import type { WindowRow } from '#schemas/results/results.ts';
import type { Words } from './words.ts';

type Asked = { windows: readonly WindowRow[] };

/** Nothing is asked of the unit: the requirement has no window that could be met or missed. */
export const isExcluded = ({ windows }: Asked): boolean => windows.length === 0;

/** In place of an attainment that there is not. */
export const uncountedWord = (words: Words, row: Asked): string =>
  words.say(isExcluded(row) ? 'unit.excluded' : 'unit.notCounted');
