import type { InboxCounts } from '#schemas/results/inbox.ts';
import type { Words } from '../../locales/words.ts';

/** What waits in a year, as one sentence: the department hears of everything, a reviewer of what is theirs. */
export function inboxAnswer(
  words: Words,
  year: number,
  { verification, late, duplicates, appeals, quarantine }: InboxCounts,
  isOrganisation: boolean,
): string {
  if (!isOrganisation) return words.say('inbox.answerReviewer', { year, late, duplicates }, verification);
  return words.say('inbox.answer', {
    year,
    verification: words.say('inbox.answerVerification', {}, verification),
    appeals: words.say('inbox.answerAppeals', {}, appeals ?? 0),
    quarantine: words.say('inbox.answerQuarantine', {}, quarantine ?? 0),
  });
}
