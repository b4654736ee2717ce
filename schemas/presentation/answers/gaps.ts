import { type Cut, cutAt } from '#schemas/cut.ts';
import { greatest } from './rows.ts';

type Told = { short: number; counted: number; open?: number | undefined };
/** With the points that all units together lose by it. */
type Costly = Told & { lost: number };

/** What is missed everywhere, found in the requirements as they stand in the table. */
export type GapFact<M extends Costly> =
  /** Nothing has fallen due or been done: no requirement counts for anybody. */
  | { kind: 'nothing-due' }
  | { kind: 'all-met' }
  /** Nothing is missed, though what ends today is not all met. */
  | { kind: 'none-missed' }
  /** What the greatest share of units misses; several where they share it. */
  | { kind: 'most'; misses: M[] }
  /** What the next greatest share misses, all of it. */
  | { kind: 'next'; misses: M[] }
  /** What of the missed costs the most points, all of it where several cost as many: few units may miss much. `same`: what is missed most. `ofMissed`:
   * others cost as much or more, of which nothing is over. */
  | { kind: 'costliest'; misses: M[]; lost: number; same: boolean; ofMissed: boolean }
  /** Some lack nothing but what ends today, which is not missed yet. */
  | { kind: 'still-open' };

export const someOpen = (requirements: readonly Told[]): boolean =>
  requirements.some(({ open = 0 }) => open > 0);

export function gapFacts<M extends Costly>(requirements: readonly M[]): GapFact<M>[] {
  const counted = requirements.filter((miss) => miss.counted > 0);
  if (counted.length === 0) return [{ kind: 'nothing-due' }];
  const shareOf = (miss: M): number => miss.short / miss.counted;
  const { most, found } = greatest(counted, shareOf);
  const isOpen = someOpen(counted);
  if (found.length === 0 && !isOpen) return [{ kind: 'all-met' }];
  const next = greatest(
    counted.filter((miss) => shareOf(miss) < most),
    shareOf,
  ).found;
  // What only lacks what ends today is not missed, and in no list of what is.
  const [missed, others] = [
    counted.filter(({ short }) => short > 0),
    counted.filter(({ short }) => short === 0),
  ];
  const costliest = greatest(missed, ({ lost }) => lost);
  const ofMissed = others.some(({ lost }) => lost > 0 && lost >= costliest.most);
  const same =
    costliest.found.length === found.length && costliest.found.every((miss) => found.includes(miss));
  return [
    found.length > 0 ? { kind: 'most', misses: found } : { kind: 'none-missed' },
    ...(next.length > 0 ? [{ kind: 'next' as const, misses: next }] : []),
    ...(costliest.found.length > 0
      ? [{ kind: 'costliest' as const, misses: costliest.found, lost: costliest.most, same, ofMissed }]
      : []),
    ...(isOpen ? [{ kind: 'still-open' as const }] : []),
  ];
}

type Measured = Told & { mean: number | null };

/** What is missed, by the share of units that miss it, the commonest first; among equals the lower mean. */
export const commonestFirst = <M extends Measured>(requirements: readonly M[]): M[] =>
  requirements
    .filter(({ counted, short }) => counted > 0 && short > 0)
    .sort((a, b) => shortShare(b) - shortShare(a) || (a.mean ?? 1) - (b.mean ?? 1));

/** What a list of misses is in the order of. */
export const shortShare = ({ short, counted }: Told): number => (counted === 0 ? 0 : short / counted);

/** How many requirements are missed, and the commonest of them; then what is not missed yet. */
export type MissFact<M extends Measured> =
  | { kind: 'nothing-due' }
  | { kind: 'all-met' }
  | { kind: 'missed'; counted: number; short: number; told: Cut<M> }
  /** Some lack nothing but what ends today, which is not missed yet; by itself where nothing is missed. */
  | { kind: 'still-open' };

export function missFacts<M extends Measured>(requirements: readonly M[], most: number): MissFact<M>[] {
  const counted = requirements.filter((miss) => miss.counted > 0).length;
  if (counted === 0) return [{ kind: 'nothing-due' }];
  const missed = commonestFirst(requirements);
  const isOpen = someOpen(requirements);
  if (missed.length === 0) return [{ kind: isOpen ? 'still-open' : 'all-met' }];
  return [
    { kind: 'missed', counted, short: missed.length, told: cutAt(missed, most, shortShare) },
    ...(isOpen ? [{ kind: 'still-open' as const }] : []),
  ];
}
