import type { ActivityRow } from '#schemas/results/results.ts';
import { apart, tellingApart } from '../../locales/apart.ts';
import type { Words } from '../../locales/words.ts';

/**
 * What tells each report of a list from the others: what is done month after month has one title, so the day is said with
 * it, and of several on one day a number.
 */
export function whichOf(
  words: Words,
  activities: readonly Pick<ActivityRow, 'activity' | 'title' | 'occurredOn'>[],
): Map<string, string> {
  const names = apart(
    activities.map(({ title, occurredOn }) => tellingApart(words, [title, words.day(occurredOn)])),
  );
  return new Map(activities.map(({ activity }, index) => [activity, names[index] ?? '']));
}
