import { commendableOf } from '#schemas/presentation/answers/commendable.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { Words } from './words.ts';

type Judged = Pick<RankingRow, 'eligible' | 'open'>;

/** How a unit stands with commendation, beside the mark in a table. */
export function eligibleWord(words: Words, row: Judged): string {
  const is = commendableOf(row);
  if (is === 'open') return words.say('ranking.eligibleOpen', {}, row.open ?? 0);
  return words.say(is === 'met' ? 'ranking.eligible' : 'ranking.notEligible');
}

/** The same as a fact of a unit's page. */
export function eligibleSentence(words: Words, row: Judged): string {
  const is = commendableOf(row);
  if (is === 'open') return words.say('unit.eligibleOpen', { n: row.open ?? 0 });
  return words.say(is === 'met' ? 'unit.eligible' : 'unit.notEligible');
}
