import { unparted } from '#schemas/presentation/numbers.ts';
import type { Words } from './words.ts';

/** Words as they stand on a page: no line ends between a figure and what it counts. */
export const shownWords = (words: Words): Words => ({
  ...words,
  say: (...given) => unparted(words.say(...given)),
  day: (day) => unparted(words.day(day)),
  fullDay: (day) => unparted(words.fullDay(day)),
  window: (label) => unparted(words.window(label)),
});
