import { greatest } from './rows.ts';

/** How far a unit meets a requirement, and the points that it loses by it. */
type Told = { attainment: number; cost: number };

/** How a requirement is doing, found in the units for which it counts. */
export type RequirementFact<U extends Told> =
  | { kind: 'nothing-due' }
  | { kind: 'all-met'; counted: number }
  | { kind: 'met'; counted: number; full: number; short: number }
  /** All that lose most by it. */
  | { kind: 'costs-most'; units: U[] }
  /** Where it costs nobody anything, all that attain least. */
  | { kind: 'attain-least'; units: U[] };

/** `behind` are those of `counted` that fall short, in the order in which they are listed. */
export function requirementFacts<U extends Told>({
  counted,
  behind,
}: {
  counted: readonly U[];
  behind: readonly U[];
}): RequirementFact<U>[] {
  if (counted.length === 0) return [{ kind: 'nothing-due' }];
  if (behind.length === 0) return [{ kind: 'all-met', counted: counted.length }];
  const met = { counted: counted.length, full: counted.length - behind.length, short: behind.length };
  const costly = greatest(behind, ({ cost }) => cost).found;
  return [
    { kind: 'met', ...met },
    costly.length > 0
      ? { kind: 'costs-most', units: costly }
      : { kind: 'attain-least', units: greatest(behind, ({ attainment }) => 1 - attainment).found },
  ];
}
