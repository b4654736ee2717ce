import { entryOf } from '#schemas/entries.ts';

/** The palette of screen and documents; the first five types have colours of their own, the same everywhere. */
const TYPES: Readonly<Record<string, string>> = {
  learning: '#0072B2',
  unity: '#E69F00',
  innovation: '#009E73',
  integrity: '#6A4C93',
  development: '#CC79A7',
};
const OTHERS = ['#56B4E9', '#8C6D31', '#7A8490'];

export const INK = '#1F2328';
export const MUTED = '#59636E';
export const RULE = '#E3E6EA';
export const WASH = '#F5F7F9';
export const ACCENT = '#1F4E79';
export const ALARM = '#B42318';
/** What a veto took off. */
export const WITHHELD = '#C9CED4';
/** Light and dark end of the single hue for attainment. */
export const ATTAIN = ['#E4ECF4', '#1F4E79'] as const;

/** The colour of a criterion: its own, else one of the spare ones by its place in the plan. */
export const colorOf = (criterion: string, index: number): string =>
  entryOf(TYPES, criterion) ?? OTHERS[index % OTHERS.length] ?? MUTED;
