import type { Obligation } from '#schemas/results/agenda.ts';
import { someOf } from './someOf.ts';
import type { Words } from './words.ts';

type Called = Pick<Obligation, 'name' | 'id'>;

/** Conditions may have no name of their own; their id stands for it. */
export const obligationName = (words: Words, { name, id }: Called): string => (name ? words.name(name) : id);

/** What is spoken of, each in quotation marks; more than a few are counted. */
export const quotedNames = (words: Words, items: readonly Called[]): string =>
  someOf(
    words,
    items.map((item) => words.say('table.quoted', { name: obligationName(words, item) })),
  );
