import { z } from 'zod';
import { receipts } from '#schemas/results/results.ts';
import { problemSentence } from '../../components/problemSentence.ts';
import { ask } from '../../composables/client.ts';
import { queryClient } from '../../composables/queryClient.ts';
import type { Words } from '../../locales/words.ts';

/** The first steps of an empty system. Each says in a sentence what it did, or what is wrong. */
export type Outcome = { done: boolean; text: string };

async function attempt(words: Words, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    const outcome = await act();
    await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    return outcome;
  } catch (error) {
    return { done: false, text: problemSentence(words, error, { pressed: 'sent' }) };
  }
}

/** The plan that comes with the product, for the year asked for. */
async function shippedPlan(year: number) {
  const [{ default: plan }, { default: clauses }] = await Promise.all([
    import('#schemas/plans/2026.json'),
    import('#schemas/plans/2026.clauses.json'),
  ]);
  const forYear = (text: string): string => text.replaceAll('2026', String(year));
  return {
    ...plan,
    clauses,
    year,
    version: 1,
    title: { zh: forYear(plan.title.zh), en: forYear(plan.title.en) },
  };
}

export const adoptPlan = (words: Words, year: number): Promise<Outcome> =>
  attempt(words, async () => {
    await ask(receipts, `/plans/${year}`, { method: 'PUT', body: await shippedPlan(year) });
    return { done: true, text: words.say('empty.planDone', { year }) };
  });

export const loadSample = (words: Words): Promise<Outcome> =>
  attempt(words, async () => {
    await ask(z.unknown(), '/sample', { method: 'POST', body: {} });
    return { done: true, text: words.say('empty.sampleDone') };
  });
