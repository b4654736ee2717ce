import type { RankingRow } from './results/results.ts';

/**
 * Who may be shown as a model to learn from (学习榜样), on whatever page or in whatever document: a unit without a
 * veto that stands in the better half of the ranked, the middle place of an odd number included. What it is a model at, and how good it has to be there, the
 * page says.
 */
export const isModel = ({ rank, of, vetoes }: Pick<RankingRow, 'rank' | 'of' | 'vetoes'>): boolean =>
  vetoes.length === 0 && rank !== null && rank * 2 <= of + 1;
