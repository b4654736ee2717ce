import type { RankingRow } from '#schemas/results/results.ts';
import { countCommendable } from './commendable.ts';

/** Whom a document commends or proposes, found in the awards, or in the candidates of its table. */
export type DecisionFact =
  /** Awards, and how many units they go to. */
  | { kind: 'awarded'; awards: number; units: number }
  | { kind: 'none' }
  /**
   * Of the ranked, how many meet every condition and how many have none missed and some open; the places of the zone, the
   * candidates, and how many of these are more than the places, since they share the last.
   */
  | {
      kind: 'proposed';
      ranked: number;
      met: number;
      open: number;
      places: number;
      candidates: number;
      beyond: number;
    };

type Told = {
  awards: readonly { unit: string }[];
  rows: readonly Pick<RankingRow, 'rank' | 'eligible' | 'open'>[];
  /** Each candidate, and whether it is within the places of the zone. */
  candidates: readonly { overall: boolean }[];
  places: number;
};

export function decisionFact({ awards, rows, candidates, places }: Told): DecisionFact {
  if (awards.length > 0)
    return { kind: 'awarded', awards: awards.length, units: new Set(awards.map(({ unit }) => unit)).size };
  if (candidates.length === 0) return { kind: 'none' };
  const placed = rows.filter(({ rank }) => rank !== null);
  const { met, open } = countCommendable(placed);
  const overall = candidates.filter((one) => one.overall).length;
  const beyond = Math.max(0, overall - places);
  return {
    kind: 'proposed',
    ...{ ranked: placed.length, met, open, places, candidates: candidates.length, beyond },
  };
}
