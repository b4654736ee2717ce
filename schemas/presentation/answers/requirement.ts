import { greatest } from './rows.ts';

/** How far a unit meets a requirement, and the points that it loses by it. */
type Told = { attainment: number; cost: number; open?: boolean | undefined };

/** How a requirement is doing, found in the units for which it counts. */
export type RequirementFact<U extends Told> =
  | { kind: 'nothing-due' }
  | { kind: 'all-met'; counted: number }
  | { kind: 'met'; counted: number; full: number; short: number }
  /** How many lack nothing but what ends today. */
  | { kind: 'still-open'; units: number }
  /** All that lose most by it. */
  | { kind: 'costs-most'; units: U[] }
  /** Where it costs nobody anything, all that attain least. */
  | { kind: 'attain-least'; units: U[] }
  /** All for which it counts are short by the same. */
  | { kind: 'alike' };

function worstOf<U extends Told>(behind: readonly U[], counted: number): RequirementFact<U>[] {
  if (behind.length === 0) return [];
  const costly = greatest(behind, ({ cost }) => cost).found;
  const worst = costly.length > 0 ? costly : greatest(behind, ({ attainment }) => 1 - attainment).found;
  // Of whom there is but one, nobody is worse than another.
  if (worst.length === counted) return counted > 1 ? [{ kind: 'alike' }] : [];
  return [{ kind: costly.length > 0 ? 'costs-most' : 'attain-least', units: worst }];
}

/** `behind` are those of `counted` that fall short, in the order in which they are listed. */
export function requirementFacts<U extends Told>({
  counted,
  behind,
}: {
  counted: readonly U[];
  behind: readonly U[];
}): RequirementFact<U>[] {
  if (counted.length === 0) return [{ kind: 'nothing-due' }];
  const units = counted.filter(({ open }) => open).length;
  if (behind.length + units === 0) return [{ kind: 'all-met', counted: counted.length }];
  const full = counted.length - behind.length - units;
  return [
    { kind: 'met', counted: counted.length, full, short: behind.length },
    ...(units > 0 ? [{ kind: 'still-open' as const, units }] : []),
    ...worstOf(behind, counted.length),
  ];
}
