import type { Candidate, Commendations } from '#schemas/results/commendations.ts';
import { type Named, namedOf } from './rows.ts';

/** Who can be commended, found in the candidates and in those passed over. */
export type CommendationFact =
  /** Nobody has a rank, so nobody can be a candidate. */
  | { kind: 'no-ranks' }
  | { kind: 'none' }
  /** Within the places of the zone; several more than places where the last is shared. */
  | { kind: 'overall'; places: number; units: Named[] }
  /** Nobody is within the places of the zone: those within their groups' alone. */
  | { kind: 'groups-only'; units: Named[] }
  /** Besides those within the places of the zone. */
  | { kind: 'groups-too'; units: Named[] }
  /** Candidates that have still conditions to meet; `all` where every one has. */
  | { kind: 'open'; units: Named[]; all: boolean }
  /** The last of the zone's places is shared: how many more there are than places; null where not all of them are listed. */
  | { kind: 'tied'; beyond: number | null }
  | { kind: 'passed'; units: Named[] };

export type Told = {
  quota: Pick<Commendations['quota'], 'places' | 'ranked'>;
  /** Of the zone, or of a group of it. */
  candidates: readonly Pick<Candidate, 'row' | 'within' | 'open'>[];
  /** How many of the whole zone are within its places: a group has none of its own. */
  inZone: number;
  passedOver: readonly Named[];
};

export const isOverall = ({ within }: Pick<Candidate, 'within'>): boolean => within.includes('overall');
const rowsOf = (candidates: Told['candidates']): Named[] => candidates.map(({ row }) => namedOf(row));

/** Those besides the zone's places: the table lists them, too. */
export function groupsFact(
  candidates: Told['candidates'],
): Extract<CommendationFact, { kind: 'groups-too' }>[] {
  const others = candidates.filter((one) => !isOverall(one));
  return others.length > 0 && others.length < candidates.length
    ? [{ kind: 'groups-too', units: rowsOf(others) }]
    : [];
}

function head({ quota, candidates }: Pick<Told, 'quota' | 'candidates'>): CommendationFact {
  const overall = candidates.filter(isOverall);
  if (overall.length > 0) return { kind: 'overall', places: quota.places, units: rowsOf(overall) };
  return candidates.length > 0 ? { kind: 'groups-only', units: rowsOf(candidates) } : { kind: 'none' };
}

/**
 * How many more are within the zone's places than there are, since they share the last; null where it is so, but not all
 * of them are among those `listed`, as of one group.
 */
export function beyondPlaces(
  listed: number,
  { inZone, places }: { inZone: number; places: number },
): number | null {
  if (listed === 0 || inZone <= places) return 0;
  return listed < inZone ? null : inZone - places;
}

export function commendationFacts(shortlist: Told): CommendationFact[] {
  const { quota, candidates, inZone, passedOver } = shortlist;
  if (quota.ranked === 0) return [{ kind: 'no-ranks' }];
  const open = candidates.filter((candidate) => candidate.open.length > 0);
  const beyond = beyondPlaces(candidates.filter(isOverall).length, { inZone, places: quota.places });
  return [
    head(shortlist),
    ...groupsFact(candidates),
    ...(open.length > 0
      ? [{ kind: 'open' as const, units: rowsOf(open), all: open.length === candidates.length }]
      : []),
    ...(beyond === 0 ? [] : [{ kind: 'tied' as const, beyond }]),
    ...(passedOver.length > 0 ? [{ kind: 'passed' as const, units: passedOver.map(namedOf) }] : []),
  ];
}
