import type { Language } from '#schemas/languages.ts';
import type { ExportJob } from '#schemas/results/exportJobs.ts';
import { apiParams, type Filters } from '../../composables/filters.ts';
import type { Words } from '../../locales/words.ts';

/** The order for the letters of all units that the screen looks at. */
export function lettersOrder(filters: Filters, lang: Language) {
  const { basis, on, asOf } = apiParams(filters);
  const { year, group } = filters;
  const given = Object.entries({ on, asOf, group }).filter(([, value]) => value !== null);
  return { document: 'letters', format: 'docx', year, basis, lang, ...Object.fromEntries(given) };
}

/** The letters that were ordered last for the year. */
export const lettersOf = (jobs: readonly ExportJob[], year: number): ExportJob | undefined =>
  jobs.find(({ order }) => order.document === 'letters' && order.year === year);

export const isUnderWay = ({ state }: Pick<ExportJob, 'state'>): boolean =>
  state === 'queued' || state === 'running';

/** How far the letters are, in a sentence. */
export function lettersWord(words: Words, { state, progress, problem }: ExportJob): string {
  if (state === 'queued' || (state === 'running' && progress.of === null))
    return words.say('meeting.lettersQueued');
  if (state === 'running')
    return words.say('meeting.lettersProgress', { done: progress.done, of: words.count(progress.of) });
  if (state === 'done') return words.say('meeting.lettersReady', {}, progress.done);
  if (state === 'failed') return words.say('meeting.lettersFailed', { detail: problem ?? '' });
  return words.say(state === 'cancelled' ? 'meeting.lettersCancelled' : 'meeting.lettersInterrupted');
}
