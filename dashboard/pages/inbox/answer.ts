import { inARow } from '#schemas/presentation/names.ts';
import type { InboxCounts } from '#schemas/results/inboxOpen.ts';
import type { Words } from '../../locales/words.ts';

/** What waits in a year, as one sentence: the department hears of everything, a reviewer of what is theirs; of nothing that is none. */
export function inboxAnswer(
  words: Words,
  year: number,
  { verification, late, duplicates, appeals, quarantine }: InboxCounts,
  isOrganisation: boolean,
): string {
  const counts = isOrganisation ? [verification, appeals, quarantine] : [verification];
  if (counts.every((count) => !count)) return words.say('inbox.answerNothing', { year });
  if (!isOrganisation) return words.say('inbox.answerReviewer', { year, late, duplicates }, verification);
  const told = (
    key: 'inbox.answerVerification' | 'inbox.answerAppeals' | 'inbox.answerQuarantine',
    count: number | null,
  ) => (count ? [words.say(key, {}, count)] : []);
  const waiting = [
    ...told('inbox.answerVerification', verification),
    ...told('inbox.answerAppeals', appeals),
    ...told('inbox.answerQuarantine', quarantine),
  ];
  return words.say('inbox.answer', { year, what: inARow(words.locale, waiting) });
}
