import type { Day } from '../../dates.ts';
import { greatest, type Named } from './rows.ts';

/** Where a unit stood on a day and stands on the last one; null where it has no rank. */
export type YearMove = Named & { from: number | null; to: number | null };

/** Places gained; negative = lost; null where there is no rank at one of the times. */
export const placesOf = ({ from, to }: Pick<YearMove, 'from' | 'to'>): number | null =>
  from === null || to === null ? null : from - to;

/** How the units moved between two days, found in the very panels. */
export type OverYearFact =
  | { kind: 'no-months' }
  /** Who moved furthest in one direction: by how many places, all that share it. */
  | { kind: 'rose' | 'fell'; places: number; units: YearMove[] }
  | { kind: 'kept'; count: number; of: number };

export function overYearFacts(
  moves: readonly YearMove[],
  { from, to }: { from: Day; to: Day },
): OverYearFact[] {
  if (from === to || moves.length === 0) return [{ kind: 'no-months' }];
  const known = moves.filter((move) => placesOf(move) !== null);
  const up = greatest(known, (move) => placesOf(move) ?? 0);
  const down = greatest(known, (move) => -(placesOf(move) ?? 0));
  return [
    ...(up.found.length > 0 ? [{ kind: 'rose' as const, places: up.most, units: up.found }] : []),
    ...(down.found.length > 0 ? [{ kind: 'fell' as const, places: down.most, units: down.found }] : []),
    { kind: 'kept', count: known.filter((move) => placesOf(move) === 0).length, of: known.length },
  ];
}
