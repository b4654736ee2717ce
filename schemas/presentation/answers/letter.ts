import { type Cut, cutAt } from '#schemas/cut.ts';
import type { Day } from '#schemas/dates.ts';
import { exactDifference, exactSum } from '#schemas/presentation/numbers.ts';
import type { ConditionRow, RankingRow, RequirementRow, Standing } from '#schemas/results/results.ts';
import { gapsOf, stillOpenIn } from './unit.ts';

/** What the letter to a unit says of it, found in the tables of the letter. */

export type PlaceFact =
  /** Nothing is counted yet. */
  | { kind: 'no-place' }
  /** Nobody else has a place. */
  | { kind: 'only'; total: number }
  | { kind: 'place'; total: number; rank: number; of: number; groupRank: number; groupOf: number }
  /** Where the place lies under other weights. */
  | { kind: 'band'; best: number; worst: number }
  | { kind: 'met'; met: number; counted: number };

type Peer = Pick<RankingRow, 'group' | 'rank'>;

/** `rows`: those of the unit's group at least, itself among them. */
export function placeFacts(
  { row, requirements }: Pick<Standing, 'row' | 'requirements'>,
  rows: readonly Peer[],
): PlaceFact[] {
  const { rank, total, of, groupRank, group, band } = row;
  if (rank === null || total === null) return [{ kind: 'no-place' }];
  const groupOf = rows.filter((peer) => peer.group === group && peer.rank !== null).length;
  const counted = requirements.filter(({ attainment }) => attainment !== null);
  const met = counted.filter(({ attainment }) => attainment === 1).length;
  return [
    of === 1
      ? { kind: 'only', total }
      : { kind: 'place', total, rank, of, groupRank: groupRank ?? 1, groupOf },
    ...(band && of > 1 ? [{ kind: 'band' as const, best: band[0], worst: band[1] }] : []),
    { kind: 'met', met, counted: counted.length },
  ];
}

type Compared = { own: number | null; median: number | null };

/** Where a unit stands above the median of its group, and where below. */
export const besideMedian = <C extends Compared>(profile: readonly C[]): { above: C[]; below: C[] } => ({
  above: profile.filter(({ own, median }) => own !== null && median !== null && own > median),
  below: profile.filter(({ own, median }) => own !== null && median !== null && own < median),
});

export type GapsFact =
  | { kind: 'nothing' }
  | { kind: 'full' }
  /** How many, in how many of them nothing is lacking but what ends today, what they cost, and those that cost most. */
  | { kind: 'gaps'; gaps: number; open: number; lost: number; told: Cut<RequirementRow> };

export function gapsFact(
  standing: Pick<Standing, 'requirements' | 'gaps' | 'basis' | 'on'>,
  most: number,
): GapsFact {
  const gaps = gapsOf(standing);
  if (gaps.length === 0)
    return { kind: standing.requirements.some(({ attainment }) => attainment !== null) ? 'full' : 'nothing' };
  const lost = exactSum(gaps.map((gap) => gap.lost ?? 0));
  const open = stillOpenIn(gaps, standing);
  return { kind: 'gaps', gaps: gaps.length, open, lost, told: cutAt(gaps, most, (gap) => gap.lost ?? 0) };
}

/** Whether a unit can be commended, what bars it, and what is still to come. */
export type VerdictFact = {
  kind: 'met' | 'open' | 'barred' | 'not-yet';
  vetoed: boolean;
  missed: ConditionRow[];
  open: ConditionRow[];
};

export function verdictFact({ row, conditions }: Pick<Standing, 'row' | 'conditions'>): VerdictFact {
  const missed = conditions.filter(({ status }) => status === 'missed');
  const open = conditions.filter(({ status }) => status === 'open');
  const vetoed = row.vetoes.length > 0;
  const barred = vetoed || missed.length > 0 ? 'barred' : 'not-yet';
  return { kind: row.eligible ? (open.length > 0 ? 'open' : 'met') : barred, vetoed, missed, open };
}

/** `ahead`: requirements that are met so far and have more to be done this year. */
export type DueFact = {
  ahead: number;
} /** By day, the nearest first; within a day what costs most comes first. */ & (
  | { kind: 'due'; requirements: number; days: { day: Day; items: RequirementRow[] }[] }
  /** Something is short that can no longer be made up. */
  | { kind: 'too-late'; gaps: number }
  /** Nothing is short. */
  | { kind: 'done' }
);

export function dueFact({ requirements, gaps }: Pick<Standing, 'requirements' | 'gaps'>): DueFact {
  const dated = requirements.filter((row) => row.due !== null);
  const due = dated.filter(({ attainment }) => attainment !== 1);
  const ahead = dated.length - due.length;
  if (due.length === 0)
    return gaps.length > 0 ? { kind: 'too-late', gaps: gaps.length, ahead } : { kind: 'done', ahead };
  const days = [...new Set(due.flatMap((row) => row.due ?? []))].sort();
  const itemsOn = (day: Day) =>
    due.filter((row) => row.due === day).sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0));
  return {
    kind: 'due',
    ahead,
    requirements: due.length,
    days: days.map((day) => ({ day, items: itemsOn(day) })),
  };
}

/** Points from which on an own score asks for another look. */
const DISTANCE = 10;

/** How many types the unit scores at least so many points above its record. */
export const overclaimed = (claims: readonly { self: number | null; evidenced: number | null }[]): number =>
  claims.filter(
    ({ self, evidenced }) =>
      self !== null && evidenced !== null && exactDifference(self, evidenced) >= DISTANCE,
  ).length;
