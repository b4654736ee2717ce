import { shownDifference, totalDecimals } from '#schemas/presentation/numbers.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { greatest, isFull, isPlaced, type Named, namedOf, overlaps, type Placed, type Row } from './rows.ts';

/** Who leads, how surely, who moved most, who is vetoed: facts found in the rows of a ranking. */
export type RankingFact =
  /** The filter names a group that nobody ranked in the year belongs to. */
  | { kind: 'no-such-group'; group: string }
  /** A unit looks at a group that is not its own, of which it may see nothing. */
  | { kind: 'other-group'; group: string }
  | { kind: 'no-units' }
  /** There are units, and none has a rank. */
  | { kind: 'no-ranks'; units: number }
  /** One unit is first. `lead` is how far `second` lies behind; null where nobody else has a rank. */
  | {
      kind: 'first';
      unit: Named;
      total: number;
      /** As many as the table has, wherever a total is told. */
      decimals: number;
      second: Second | null;
      /** Whether other weights could change it; `unknown` while bands are not there. */
      certainty: 'clear' | 'close' | 'unknown';
      /** Those that cannot be told apart from the first. */
      peers: Named[];
    }
  | { kind: 'shared'; units: Named[]; total: number; decimals: number; everybody: boolean }
  /** Against what is compared with. Places are those of the zone, within a group, too. */
  | { kind: 'rose' | 'fell'; units: Named[]; places: number }
  | { kind: 'vetoed'; units: Named[] }
  /** Without anything that counts yet, beside others that are ranked. */
  | { kind: 'unranked'; units: Named[] }
  /** A unit without a rank, where others have one. */
  | { kind: 'own-unranked'; unit: Named; ranked: number }
  /** All that a unit sees of the ranking with a name: itself. */
  | {
      kind: 'own';
      unit: Named;
      rank: number;
      /** How many others share it. */
      level: number;
      of: number;
      groupRank: number;
      total: number;
      decimals: number;
    };

/** Who comes next, and how far behind, told from the totals as they are shown. */
export type Second = { units: Named[]; lead: number };

export type RankingScope = {
  group: string | null;
  /** Whether other units stand in the ranking without names, as a unit sees it. */
  nameless: boolean;
  /** Whom a unit may share its rank with, where they are not all shown: nameless rows belong to no group. */
  among?: readonly Row[];
};

/** A row's place in what is looked at: within its group where the filter asks for one. */
export const placeIn = (group: string | null, row: Pick<RankingRow, 'rank' | 'groupRank'>): number | null =>
  group === null ? row.rank : row.groupRank;

function leading(placed: readonly Placed[], group: string | null, decimals: number): RankingFact[] {
  const first = placed.filter((row) => placeIn(group, row) === 1);
  const [leader] = first;
  if (!leader) return [];
  if (first.length > 1) {
    const everybody = first.length === placed.length;
    return [{ kind: 'shared', units: first.map(namedOf), total: leader.total, decimals, everybody }];
  }
  const others = placed.filter((row) => row !== leader);
  const next = others.reduce<number | null>((most, { total }) => Math.max(most ?? total, total), null);
  const peers = others.filter((row) => overlaps(row, leader));
  const banded = placed.every(({ band }) => band !== null);
  return [
    {
      kind: 'first',
      unit: namedOf(leader),
      total: leader.total,
      decimals,
      second: next === null ? null : secondOf(others, leader.total, next, decimals),
      certainty: peers.length > 0 ? 'close' : banded ? 'clear' : 'unknown',
      peers: peers.map(namedOf),
    },
  ];
}

const secondOf = (others: readonly Placed[], lead: number, total: number, decimals: number): Second => ({
  units: others.filter((row) => row.total === total).map(namedOf),
  lead: shownDifference(lead, total, decimals),
});

/** Places gained since; undefined where nothing is compared with, or where the unit had no rank then. */
export const placesGained = ({
  rank,
  previousRank,
}: Pick<RankingRow, 'rank' | 'previousRank'>): number | undefined =>
  rank === null || previousRank == null ? undefined : previousRank - rank;

function moved(rows: readonly RankingRow[], kind: 'rose' | 'fell'): RankingFact[] {
  const sign = kind === 'rose' ? 1 : -1;
  const { most, found } = greatest(rows, (row) => sign * (placesGained(row) ?? 0));
  return most > 0 ? [{ kind, units: found.map(namedOf), places: most }] : [];
}

function listed(kind: 'vetoed' | 'unranked', rows: readonly RankingRow[]): RankingFact[] {
  return rows.length > 0 ? [{ kind, units: rows.map(namedOf) }] : [];
}

function ownFacts(
  shown: readonly Row[],
  [own]: readonly RankingRow[],
  { group, among = shown }: RankingScope,
  decimals: number,
): RankingFact[] {
  if (!own) return group === null ? [{ kind: 'no-units' }] : [{ kind: 'other-group', group }];
  if (!isPlaced(own)) {
    const ranked = among.filter((row) => row.rank !== null).length;
    return ranked > 0
      ? [{ kind: 'own-unranked', unit: namedOf(own), ranked }]
      : [{ kind: 'no-ranks', units: 1 }];
  }
  const { rank, of, groupRank, total } = own;
  const level = among.filter((row) => row.rank === rank).length - 1;
  return [{ kind: 'own', unit: namedOf(own), rank, level, of, groupRank, total, decimals }];
}

/** What the rows shown say: of the zone, of one group, under trial weights, or of one unit alone. */
export function rankingFacts(shown: readonly Row[], scope: RankingScope): RankingFact[] {
  const rows = shown.filter(isFull);
  const decimals = totalDecimals(shown);
  if (scope.nameless) return ownFacts(shown, rows, scope, decimals);
  const { group } = scope;
  if (rows.length === 0) return [group === null ? { kind: 'no-units' } : { kind: 'no-such-group', group }];
  const placed = rows.filter(isPlaced);
  if (placed.length === 0) return [{ kind: 'no-ranks', units: rows.length }];
  return [
    ...leading(placed, group, decimals),
    ...moved(rows, 'rose'),
    ...moved(rows, 'fell'),
    ...listed(
      'vetoed',
      rows.filter(({ vetoes }) => vetoes.length > 0),
    ),
    ...listed(
      'unranked',
      rows.filter(({ rank }) => rank === null),
    ),
  ];
}
