import { commendableOf } from '#schemas/presentation/answers/commendable.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { Words } from './words.ts';

type Judged = Pick<RankingRow, 'eligible' | 'open'> & Partial<Pick<RankingRow, 'vetoes'>>;

/**
 * A whole year is judged as if it were over. While it is not (`running`), a condition that has not been met bars its
 * unit only so far; a veto bars it for good.
 */
const isOnlySoFar = ({ vetoes = [] }: Judged, running: boolean): boolean => running && vetoes.length === 0;

/** How a unit stands with commendation, beside the mark in a table. */
export function eligibleWord(words: Words, row: Judged, running = false): string {
  const is = commendableOf(row);
  if (is === 'open') return words.say('ranking.eligibleOpen', {}, row.open ?? 0);
  if (is === 'met') return words.say('ranking.eligible');
  return words.say(isOnlySoFar(row, running) ? 'ranking.notEligibleYet' : 'ranking.notEligible');
}

/** The same as a fact of a unit's page. */
export function eligibleSentence(words: Words, row: Judged, running = false): string {
  const is = commendableOf(row);
  if (is === 'open') return words.say('unit.eligibleOpen', { n: row.open ?? 0 });
  if (is === 'met') return words.say('unit.eligible');
  return words.say(isOnlySoFar(row, running) ? 'unit.notEligibleYet' : 'unit.notEligible');
}
