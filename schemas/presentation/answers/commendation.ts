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
  | { kind: 'tied'; beyond: number }
  | { kind: 'passed'; units: Named[] };

export type Told = {
  quota: Pick<Commendations['quota'], 'places' | 'ranked'>;
  candidates: readonly Pick<Candidate, 'row' | 'within' | 'open'>[];
  passedOver: readonly Named[];
};

const isOverall = ({ within }: Pick<Candidate, 'within'>): boolean => within.includes('overall');
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

function head({ quota, candidates }: Told): CommendationFact {
  const overall = candidates.filter(isOverall);
  if (overall.length > 0) return { kind: 'overall', places: quota.places, units: rowsOf(overall) };
  return candidates.length > 0 ? { kind: 'groups-only', units: rowsOf(candidates) } : { kind: 'none' };
}

export function commendationFacts(shortlist: Told): CommendationFact[] {
  const { quota, candidates, passedOver } = shortlist;
  if (quota.ranked === 0) return [{ kind: 'no-ranks' }];
  const open = candidates.filter((candidate) => candidate.open.length > 0);
  const beyond = candidates.filter(isOverall).length - quota.places;
  return [
    head(shortlist),
    ...groupsFact(candidates),
    ...(open.length > 0
      ? [{ kind: 'open' as const, units: rowsOf(open), all: open.length === candidates.length }]
      : []),
    ...(beyond > 0 ? [{ kind: 'tied' as const, beyond }] : []),
    ...(passedOver.length > 0 ? [{ kind: 'passed' as const, units: passedOver.map(namedOf) }] : []),
  ];
}
