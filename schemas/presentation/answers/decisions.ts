import type { RankingRow } from '#schemas/results/results.ts';
import { countCommendable } from './commendable.ts';
import { beyondPlaces } from './commendation.ts';

/** Whom a document commends or proposes, found in the awards, or in the candidates of its table. */
export type DecisionFact =
  /** Awards, and how many units they go to. */
  | { kind: 'awarded'; awards: number; units: number }
  | { kind: 'none' }
  /**
   * Of the ranked, how many meet every condition and how many have none missed and some open; the places of the zone, the
   * candidates, and how many of these are more than the places, since they share the last; null: some, of whom not all are
   * listed.
   */
  | {
      kind: 'proposed';
      ranked: number;
      met: number;
      open: number;
      places: number;
      candidates: number;
      beyond: number | null;
    };

type Told = {
  awards: readonly { unit: string }[];
  rows: readonly Pick<RankingRow, 'rank' | 'eligible' | 'open'>[];
  /** Each candidate, and whether it is within the places of the zone. */
  candidates: readonly { overall: boolean }[];
  places: number;
  /** How many of the whole zone are within its places, where the candidates are those of a group. */
  inZone: number;
};

export function decisionFact({ awards, rows, candidates, places, inZone }: Told): DecisionFact {
  if (awards.length > 0)
    return { kind: 'awarded', awards: awards.length, units: new Set(awards.map(({ unit }) => unit)).size };
  if (candidates.length === 0) return { kind: 'none' };
  const placed = rows.filter(({ rank }) => rank !== null);
  const { met, open } = countCommendable(placed);
  const beyond = beyondPlaces(candidates.filter((one) => one.overall).length, { inZone, places });
  return {
    kind: 'proposed',
    ...{ ranked: placed.length, met, open, places, candidates: candidates.length, beyond },
  };
}
