import { z } from 'zod';
import { receipts } from '#schemas/results.ts';
import { problemSentence } from '../../components/problemSentence.ts';
import { ask } from '../../composables/client.ts';
import { queryClient } from '../../composables/queryClient.ts';
import type { Words } from '../../locales/words.ts';
import { decodeSheet, headsSentence, readUnits } from './unitSheet.ts';

/** The first steps of an empty system. Each says in a sentence what it did, or what is wrong. */
export type Outcome = { done: boolean; text: string };

async function attempt(words: Words, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    const outcome = await act();
    await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    return outcome;
  } catch (error) {
    return { done: false, text: problemSentence(words, error) };
  }
}

/** The plan that comes with the product, for the year asked for. */
async function shippedPlan(year: number) {
  const { default: plan } = await import('#schemas/plans/2026.json');
  const forYear = (text: string): string => text.replaceAll('2026', String(year));
  return { ...plan, year, version: 1, title: { zh: forYear(plan.title.zh), en: forYear(plan.title.en) } };
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

const BATCH = 500;

export const importUnits = (words: Words, file: Blob): Promise<Outcome> =>
  attempt(words, async () => {
    const reading = readUnits(words, decodeSheet(new Uint8Array(await file.arrayBuffer())));
    if (!reading)
      return { done: false, text: words.say('empty.unitsHeads', { heads: headsSentence(words) }) };
    const faults = [...reading.faults];
    let registered = 0;
    let last: string | undefined;
    for (let start = 0; start < reading.events.length; start += BATCH) {
      const part = reading.events.slice(start, start + BATCH);
      const body = part.map(({ event }) => event);
      const type = 'application/cloudevents-batch+json';
      const answer = await ask(receipts, '/events', { method: 'POST', body, type });
      last = answer.receipts.findLast(({ position }) => position !== undefined)?.position ?? last;
      answer.receipts.forEach(({ status, problem }, index) => {
        if (status === 'appended' || status === 'already') registered += 1;
        else faults.push({ line: part[index]?.line ?? 0, problem: problem ?? status });
      });
    }
    // Reads show it then; should a partition lag behind, live updates bring the rest.
    if (last) await ask(z.unknown(), '/watermark', { params: { atLeast: last, timeoutMs: 10_000 } });
    const [fault] = faults;
    const done = words.say('empty.unitsDone', {}, registered);
    if (!fault) return { done: true, text: done };
    const rest = reading.events.length + reading.faults.length - 1;
    return {
      done: false,
      text: `${words.say('empty.unitsFault', { ...fault, rest })} ${registered ? done : ''}`.trim(),
    };
  });
