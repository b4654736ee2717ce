import type { peekZhCN } from './peek.zh-CN.ts';

/** Words of the short look at a unit, in English. */
export const peekEn: typeof peekZhCN = {
  title: 'A short look at a unit',
  at: 'A short look at {unit}',
  close: 'Close the short look',
  loading: 'Reading…',
  rank: 'rank {rank} of {of}',
  report: 'Last report: {day}, {title}',
  noReport: 'Nothing is reported this year.',
  noGaps: 'There are no gaps.',
  heard: '{unit}, {rank}, total {total}; {types}.',
  heardGaps: 'Largest gaps: {gaps}.',
  keys: 'Enter opens; ↑ ↓ or j k show the next rows; Space or Esc closes',
};
