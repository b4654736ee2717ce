import type { Obligation } from '#schemas/results/agenda.ts';
import type { Words } from './words.ts';

/** Conditions may have no name of their own; their id stands for it. */
export const obligationName = (words: Words, { name, id }: Pick<Obligation, 'name' | 'id'>): string =>
  name ? words.name(name) : id;
