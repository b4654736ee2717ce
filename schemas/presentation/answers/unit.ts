import type { Day } from '#schemas/dates.ts';
import type { Bilingual } from '#schemas/plan.ts';
import { exactSum } from '#schemas/presentation/numbers.ts';
import type { RequirementRow, Standing } from '#schemas/results/results.ts';
import { dueNext, lateOf } from './late.ts';
import { greatest } from './rows.ts';

/** An obligation that is spoken of; a condition need not have a name. */
type Item = { id: string; name?: Bilingual | undefined };

/** What a unit is still missing, found in its requirements and conditions. */
export type UnitFact =
  /** Nothing is counted yet. */
  | { kind: 'nothing' }
  | { kind: 'full' }
  /** Requirements not met in full: how many, the points that they lose, and all that lose most; none at no cost. */
  | { kind: 'gaps'; gaps: number; lost: number; worst: Item[]; points: number }
  /** How many of the gaps lack nothing but what ends on that day, and still can be done. */
  | { kind: 'still-open'; open: number }
  /** Points that deductions take off scores of its types: no gap, and nothing that can be made up. */
  /** `floored`: a type is at 0, so that less may have been taken. */
  | { kind: 'deducted'; points: number; floored: boolean }
  /** What a veto makes of its total; nothing where the total is not above the cap, or not there. */
  | { kind: 'vetoed'; vetoes: number; total: number | null; uncapped: number | null }
  /** Conditions that were missed; `all`: with the requirements that are late, where those are told by day. */
  | { kind: 'missed'; conditions: number; all: number | null }
  /** What can still be done and is due first. */
  | { kind: 'due'; due: Day; items: Item[] }
  /** The best rank that catching up on a single requirement leads to, and all that lead there. */
  | { kind: 'climb'; items: Item[]; rank: number; now: number };

/** The gaps of a standing, most points lost first. */
export const gapsOf = ({ requirements, gaps }: Pick<Standing, 'requirements' | 'gaps'>): RequirementRow[] =>
  gaps.flatMap((id) => requirements.find((row) => row.id === id) ?? []);

const itemOf = ({ id, name }: Item): Item => ({ id, name });

function headOf(standing: Standing, gaps: readonly RequirementRow[]): UnitFact {
  if (gaps.length === 0)
    return { kind: standing.requirements.some(({ attainment }) => attainment !== null) ? 'full' : 'nothing' };
  const { most, found } = greatest(gaps, ({ lost }) => lost ?? 0);
  const lost = exactSum(gaps.map((gap) => gap.lost ?? 0));
  return { kind: 'gaps', gaps: gaps.length, lost, worst: found.map(itemOf), points: most };
}

/** Whether a gap is what ends on a day alone: something of it does, and nothing is over. */
const endsOn =
  (on: Day) =>
  ({ windows }: RequirementRow): boolean =>
    windows.some(({ to, status }) => to === on && status === 'open') &&
    windows.every(({ status }) => status !== 'missed');

/** In how many of a unit's gaps nothing is lacking but what ends today. */
export const stillOpenIn = (
  gaps: readonly RequirementRow[],
  { basis, on }: Pick<Standing, 'basis' | 'on'>,
): number => (basis === 'to-date' ? gaps.filter(endsOn(on)).length : 0);

function stillOpenOf(gaps: readonly RequirementRow[], standing: Standing): UnitFact[] {
  const open = stillOpenIn(gaps, standing);
  return open > 0 ? [{ kind: 'still-open', open }] : [];
}

function climbOf(gaps: readonly RequirementRow[], now: number | null): UnitFact[] {
  if (now === null) return [];
  const { most, found } = greatest(gaps, ({ rankIfCaughtUp }) => now - (rankIfCaughtUp ?? now));
  return found.length > 0 ? [{ kind: 'climb', items: found.map(itemOf), rank: now - most, now }] : [];
}

/** A score goes no lower than 0, however much is to be taken off. */
export const isFloored = ({
  criteria,
  deductions,
}: Pick<Standing['row'], 'criteria' | 'deductions'>): boolean =>
  deductions.length > 0 && Object.values(criteria).includes(0);

function incidentsOf(row: Standing['row']): UnitFact[] {
  const { deductions, vetoes, total, totalWithoutVeto } = row;
  const points = exactSum(deductions.map((one) => one.points));
  const isCapped = total !== totalWithoutVeto;
  const capped = { total: isCapped ? total : null, uncapped: isCapped ? totalWithoutVeto : null };
  return [
    ...(points > 0 ? [{ kind: 'deducted' as const, points, floored: isFloored(row) }] : []),
    ...(vetoes.length > 0 ? [{ kind: 'vetoed' as const, vetoes: vetoes.length, ...capped }] : []),
  ];
}

export function unitFacts(standing: Standing): UnitFact[] {
  const gaps = gapsOf(standing);
  const { conditions, all } = lateOf(standing);
  const next = dueNext(standing);
  return [
    headOf(standing, gaps),
    ...stillOpenOf(gaps, standing),
    ...incidentsOf(standing.row),
    ...(conditions.length > 0
      ? [
          {
            kind: 'missed' as const,
            conditions: conditions.length,
            all: standing.basis === 'to-date' ? all : null,
          },
        ]
      : []),
    ...(next ? [{ kind: 'due' as const, due: next.due, items: next.items.map(itemOf) }] : []),
    ...climbOf(gaps, standing.row.rank),
  ];
}
